/** Inward: from the links to the inside port. */
package net.twinpath.duppath.receive;
