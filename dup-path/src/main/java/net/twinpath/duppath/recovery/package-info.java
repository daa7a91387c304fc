/** Which frames were seen before: pure state, without clock or I/O. */
package net.twinpath.duppath.recovery;
