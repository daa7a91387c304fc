/** The control socket: what can be asked of the running daemon. */
package net.twinpath.daemon.control;
