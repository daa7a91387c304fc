package net.twinpath.netlink.route;

import java.util.Optional;
import java.util.OptionalInt;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.family.rtlink.GetlinkReply;
import net.twinpath.netlink.family.rtlink.IfinfoFlags;
import net.twinpath.netlink.family.rtlink.LinkinfoAttrs;
import org.jspecify.annotations.Nullable;

/**
 * A network interface as the kernel described it at one moment.
 *
 * @param index            interface index, from 1
 * @param name             interface name
 * @param hardwareType     {@code ARPHRD_*}; 1 is Ethernet
 * @param flags            {@code IFF_*}
 * @param mtu              octets of payload, without the Ethernet header
 * @param minMtu           smallest MTU the driver takes; 0 when not told
 * @param maxMtu           largest MTU the driver takes; 0 when there is no limit
 * @param address          MAC address; null when it has none of 48 bits
 * @param permanentAddress address the hardware came with; null when it has none
 * @param kind             {@code veth}, {@code bond}, ...; null for a physical interface
 * @param masterIndex      index of the bond or bridge it belongs to; 0 for none
 * @param linkedIndex      index of the interface below it or at its other end; 0 for none
 * @param linkedNamespace  this namespace's number for the one that linkedIndex counts in, below 0 when it has none; empty
 *     when it is this namespace itself
 * @param alias            text an administrator gave it; null for none
 * @param operationalState RFC 2863 state
 * @param carrierChanges   how often the carrier came or went since the interface was made
 */
public record Link(
        int index,
        String name,
        int hardwareType,
        long flags,
        int mtu,
        int minMtu,
        long maxMtu,
        @Nullable MacAddress address,
        @Nullable MacAddress permanentAddress,
        @Nullable String kind,
        int masterIndex,
        int linkedIndex,
        OptionalInt linkedNamespace,
        @Nullable String alias,
        OperationalState operationalState,
        long carrierChanges) {
    /** {@code ARPHRD_ETHER} (linux/if_arp.h). */
    public static final int ETHERNET = 1;

    private static final int AF_UNSPEC = 0;

    public boolean isEthernet() {
        return hardwareType == ETHERNET;
    }

    /** True when it was switched on; says nothing about the cable. */
    public boolean isUp() {
        return (flags & IfinfoFlags.IFF_UP) != 0;
    }

    public boolean isLoopback() {
        return (flags & IfinfoFlags.IFF_LOOPBACK) != 0;
    }

    /** True when it is up and the driver sees the other end (IFF_LOWER_UP). */
    public boolean hasCarrier() {
        return (flags & IfinfoFlags.IFF_LOWER_UP) != 0;
    }

    /** True when the kernel neither asks nor answers ARP on it. */
    public boolean isNoArp() {
        return (flags & IfinfoFlags.IFF_NOARP) != 0;
    }

    /**
     * Reads a link message; empty for one that tells of something else about a link: a bridge's view of its port, or a
     * message of a wireless driver, which has no name in it.
     */
    static Optional<Link> decode(NetlinkMessage message) {
        GetlinkReply reply = GetlinkReply.decode(message);
        String name = reply.ifname();
        if (name == null || reply.ifinfomsg().ifiFamily() != AF_UNSPEC) {
            return Optional.empty();
        }
        LinkinfoAttrs info = reply.linkinfo();
        Integer state = reply.operstate();
        Integer linkedNamespace = reply.linkNetnsid();
        return Optional.of(new Link(
                reply.ifinfomsg().ifiIndex(),
                name,
                reply.ifinfomsg().ifiType(),
                reply.ifinfomsg().ifiFlags(),
                (int) orZero(reply.mtu()),
                (int) orZero(reply.minMtu()),
                orZero(reply.maxMtu()),
                macAddress(reply.address()),
                macAddress(reply.permAddress()),
                info == null ? null : info.kind(),
                (int) orZero(reply.master()),
                (int) orZero(reply.link()),
                linkedNamespace == null ? OptionalInt.empty() : OptionalInt.of(linkedNamespace),
                reply.ifalias(),
                state == null ? OperationalState.UNKNOWN : OperationalState.of(state),
                orZero(reply.carrierChanges())));
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static @Nullable MacAddress macAddress(byte @Nullable [] octets) {
        return octets == null || octets.length != MacAddress.LENGTH ? null : MacAddress.of(octets);
    }
}
