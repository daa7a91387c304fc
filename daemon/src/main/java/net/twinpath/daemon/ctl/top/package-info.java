/** The live screen of {@code twinpathctl top}: what it shows, without the terminal it is shown on. */
package net.twinpath.daemon.ctl.top;
