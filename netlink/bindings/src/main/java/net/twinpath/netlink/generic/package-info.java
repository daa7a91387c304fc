/** Finding the families of generic netlink, whose numbers the kernel gives out when it starts. */
package net.twinpath.netlink.generic;
