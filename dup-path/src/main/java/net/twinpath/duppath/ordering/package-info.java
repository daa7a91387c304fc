/** Frames of one flow put back in order: pure state, without clock or I/O. */
package net.twinpath.duppath.ordering;
