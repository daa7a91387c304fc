/** How values of answers are written for people. */
package net.twinpath.daemon.ctl.words;
