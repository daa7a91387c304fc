/**
 * Stream identification (IEEE 802.1CB clause 6): which stream a frame belongs to, and what is done with the stream's
 * frames. {@link net.twinpath.duppath.stream.StreamIdentification} is asked for every frame; the rest is what it is made
 * from.
 */
@NullMarked
package net.twinpath.duppath.stream;

import org.jspecify.annotations.NullMarked;
