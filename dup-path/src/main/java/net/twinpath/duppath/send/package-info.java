/** Outward: from the inside port to every link. */
package net.twinpath.duppath.send;
