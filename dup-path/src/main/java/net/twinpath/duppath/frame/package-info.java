/** Frames where they lie in a ring: Ethernet header, VLAN tag, PRP trailer. */
package net.twinpath.duppath.frame;
