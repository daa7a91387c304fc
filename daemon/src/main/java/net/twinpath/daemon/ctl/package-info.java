/** The command {@code twinpathctl}: asks the daemon, and writes its answers as text, JSON or keys and values. */
package net.twinpath.daemon.ctl;
