/** The data path as neighbours and applications meet it: frames, faults, captures, restarts. */
package net.twinpath.tests.path;
