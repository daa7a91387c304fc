/** Makes the machine's interfaces what a path needs, and gives them back as they were. */
package net.twinpath.daemon.apply;
