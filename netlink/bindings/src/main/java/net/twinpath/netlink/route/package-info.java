/**
 * Links, bonds, VLANs, their addresses and what filters them, over rtnetlink (rtnetlink(7)): one class for each kind of
 * thing, which reads and changes it, and records of what was read.
 *
 * <p>The namespace is that of the thread that opened the socket. Every refusal is a
 * {@link net.twinpath.netlink.NetlinkException} that names what was to be done, the interface, and the kernel's reason.
 */
package net.twinpath.netlink.route;
