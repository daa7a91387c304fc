/** The senders heard on the links. */
package net.twinpath.duppath.nodes;
