/** How what a data path remembers is taken down, so that its successor goes on where it stopped. */
package net.twinpath.duppath.state;
