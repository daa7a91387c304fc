/**
 * The daemon. Start order: signals, configuration, privileges, control socket, then path by path locks, links, the path's
 * own interface and the data path; stop goes the same way back.
 */
package net.twinpath.daemon;
