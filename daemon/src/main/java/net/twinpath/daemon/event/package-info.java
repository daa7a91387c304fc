/** What happens, as records: for the log, and for whoever asks or subscribes at the control socket. */
package net.twinpath.daemon.event;
