/** Ports: the inside one and the links, all AF_PACKET sockets that own their interface. */
package net.twinpath.duppath.port;
