/** Running paths: what they are made of, how they fare, and what is said of them. */
package net.twinpath.daemon.path;
