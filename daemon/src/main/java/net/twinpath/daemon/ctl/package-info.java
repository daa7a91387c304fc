/** {@code twinpathctl}: asks the daemon and shows the answers to people and programs. */
package net.twinpath.daemon.ctl;
