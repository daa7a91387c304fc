package net.twinpath.netlink.route;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import net.twinpath.netlink.MalformedMessageException;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.family.rtaddr.GetaddrReply;
import net.twinpath.netlink.family.rtaddr.IfaCacheinfo;
import net.twinpath.netlink.family.rtaddr.IfaFlags;
import net.twinpath.netlink.family.rtaddr.Ifaddrmsg;
import org.jspecify.annotations.Nullable;

/**
 * An IP address of an interface with all that the kernel keeps of it.
 *
 * @param interfaceIndex index of the interface
 * @param address        the interface's own address
 * @param prefixLength   bits of the network part: of the peer's address where there is a peer
 * @param peer           address of the only other end there is; null on a network of many
 * @param broadcast      IPv4 only; null for none
 * @param label          IPv4 only: name of the interface, or an alias of it; null for none
 * @param scope          {@code RT_SCOPE_*}
 * @param flags          {@code IFA_F_*}
 * @param metric         of the route to the network; 0 for the kernel's usual one
 * @param protocol       {@code IFAPROT_*}, who put it there; 0 when not told (before Linux 5.18 never)
 * @param validS         seconds it stays, or {@link #FOREVER}
 * @param preferredS     seconds it is chosen for new connections, or {@link #FOREVER}
 */
public record Address(
        int interfaceIndex,
        InetAddress address,
        int prefixLength,
        @Nullable InetAddress peer,
        @Nullable InetAddress broadcast,
        @Nullable String label,
        int scope,
        long flags,
        long metric,
        int protocol,
        long validS,
        long preferredS) {
    /** {@code INFINITY_LIFE_TIME} ({@code net/addrconf.h}). */
    public static final long FOREVER = 0xFFFF_FFFFL;

    private static final int IPV6_LENGTH = 16;

    /** True while IPv6 still asks whether somebody else has it. */
    public boolean isTentative() {
        return (flags & IfaFlags.IFA_F_TENTATIVE) != 0;
    }

    /** Another address, with all else as it is here. */
    public Address at(InetAddress other) {
        return new Address(
                interfaceIndex,
                other,
                prefixLength,
                peer,
                broadcast,
                label,
                scope,
                flags,
                metric,
                protocol,
                validS,
                preferredS);
    }

    /** For example {@code 192.0.2.1/24}. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength;
    }

    /** IPv4 tells the own address as IFA_LOCAL; IPv6 only as IFA_ADDRESS, unless it has a peer. */
    static Optional<Address> decode(NetlinkMessage message) {
        GetaddrReply reply = GetaddrReply.decode(message);
        InetAddress local = inetAddress(reply.local());
        InetAddress end = inetAddress(reply.address());
        InetAddress own = local == null ? end : local;
        if (own == null) {
            return Optional.empty();
        }
        Ifaddrmsg header = reply.ifaddrmsg();
        Integer protocol = reply.proto();
        IfaCacheinfo lifetime = reply.cacheinfo();
        return Optional.of(new Address(
                (int) header.ifaIndex(),
                own,
                header.ifaPrefixlen(),
                own.equals(end) ? null : end,
                inetAddress(reply.broadcast()),
                reply.label(),
                header.ifaScope(),
                or(reply.flags(), header.ifaFlags()),
                or(reply.rtPriority(), 0),
                protocol == null ? 0 : protocol,
                lifetime == null ? FOREVER : lifetime.valid(),
                lifetime == null ? FOREVER : lifetime.prefered()));
    }

    /** An IPv6 address stays one, also when an IPv4 address is mapped into it. */
    static @Nullable InetAddress inetAddress(byte @Nullable [] octets) {
        if (octets == null) {
            return null;
        }
        try {
            return octets.length == IPV6_LENGTH
                    ? Inet6Address.getByAddress(null, octets, -1)
                    : InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new MalformedMessageException("an IP address of " + octets.length + " octets");
        }
    }

    private static long or(@Nullable Long value, long otherwise) {
        return value == null ? otherwise : value;
    }
}
