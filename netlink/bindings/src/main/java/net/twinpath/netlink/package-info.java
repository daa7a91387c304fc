/**
 * Netlink in layers: transport, socket, and messages of attributes.
 *
 * <ol>
 *   <li>{@link net.twinpath.netlink.NetlinkTransport} moves octets; a test puts a kernel of its own in its place.
 *   <li>{@link net.twinpath.netlink.NetlinkSocket} makes requests of them: sequence numbers, acknowledgements, dumps,
 *       multicast groups, and errors with the kernel's own words.
 *   <li>{@code net.twinpath.netlink.family} holds the typed messages, generated from {@code src/main/netlink/*.yaml}.
 *   <li>{@link net.twinpath.netlink.route} and {@link net.twinpath.netlink.ethtool} are what callers use.
 * </ol>
 *
 * <p>A socket belongs to the network namespace of the thread that opened it, and to one thread at a time. Numbers are in
 * the byte order of the machine unless said otherwise (netlink(7)). To look at the messages of a namespace:
 * {@code ip link add nlmon0 type nlmon; ip link set nlmon0 up; tcpdump -i nlmon0 -w netlink.pcap}.
 */
package net.twinpath.netlink;
