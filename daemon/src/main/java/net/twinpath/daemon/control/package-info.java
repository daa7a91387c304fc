/** The control socket: who asks what, what it costs, and who is told when something happens. */
package net.twinpath.daemon.control;
