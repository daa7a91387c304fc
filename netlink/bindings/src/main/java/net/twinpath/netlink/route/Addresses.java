package net.twinpath.netlink.route;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import net.twinpath.linux.Netlink;
import net.twinpath.linux.Socket;
import net.twinpath.netlink.MalformedMessageException;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.NetlinkRequest;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.family.rtaddr.DeladdrRequest;
import net.twinpath.netlink.family.rtaddr.GetaddrDumpRequest;
import net.twinpath.netlink.family.rtaddr.GetaddrReply;
import net.twinpath.netlink.family.rtaddr.IfaFlags;
import net.twinpath.netlink.family.rtaddr.Ifaddrmsg;
import net.twinpath.netlink.family.rtaddr.NewaddrRequest;
import net.twinpath.netlink.family.rtaddr.Scope;

/** Lists, adds and deletes the IP addresses of interfaces. */
public final class Addresses {
    /** A network with no more than two addresses has none to spare for broadcast (RFC 3021). */
    private static final int LONGEST_PREFIX_WITH_BROADCAST = 30;

    private final NetlinkSocket socket;

    /** Works over a socket of {@code NETLINK_ROUTE} that has joined no group. */
    public Addresses(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** The addresses of an interface, IPv4 and IPv6. */
    public List<Address> list(Link link) {
        GetaddrDumpRequest request = new GetaddrDumpRequest().ifaddrmsg(Ifaddrmsg.ZERO.withIfaIndex(link.index()));
        return socket.dump(new Operation("list addresses of", link.name()), request).stream()
                .map(Addresses::decode)
                .flatMap(Optional::stream)
                .filter(address -> address.interfaceIndex() == link.index())
                .toList();
    }

    /**
     * Adds an address. An IPv6 address is usable at once (IFA_F_NODAD); an IPv4 address gets the broadcast address of
     * its network, and host scope when it is a loopback address, as with ifconfig.
     *
     * @param prefixLength bits of the network part
     */
    public void add(Link link, InetAddress address, int prefixLength) {
        socket.request(
                operation("add address", "to", link, address, prefixLength),
                addRequest(link, address, prefixLength),
                Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL);
    }

    static NetlinkRequest addRequest(Link link, InetAddress address, int prefixLength) {
        byte[] octets = address.getAddress();
        NewaddrRequest request = new NewaddrRequest()
                .ifaddrmsg(header(link, address, prefixLength))
                .local(octets)
                .address(octets);
        if (!(address instanceof Inet4Address)) {
            return request.flags(IfaFlags.IFA_F_NODAD);
        }
        return prefixLength > LONGEST_PREFIX_WITH_BROADCAST
                ? request
                : request.broadcast(broadcast(octets, prefixLength));
    }

    /** Deletes an address. */
    public void delete(Link link, InetAddress address, int prefixLength) {
        byte[] octets = address.getAddress();
        DeladdrRequest request = new DeladdrRequest()
                .ifaddrmsg(header(link, address, prefixLength))
                .local(octets)
                .address(octets);
        socket.request(operation("delete address", "of", link, address, prefixLength), request, 0);
    }

    private static Operation operation(
            String verb, String preposition, Link link, InetAddress address, int prefixLength) {
        String action = verb + " " + address.getHostAddress() + "/" + prefixLength + " " + preposition;
        return new Operation(action, link.name());
    }

    /** The kernel works out the scope of an IPv6 address by itself. */
    private static Ifaddrmsg header(Link link, InetAddress address, int prefixLength) {
        boolean ipv4 = address instanceof Inet4Address;
        return Ifaddrmsg.ZERO
                .withIfaFamily(ipv4 ? Socket.AF_INET : Socket.AF_INET6)
                .withIfaPrefixlen(prefixLength)
                .withIfaScope(ipv4 && address.isLoopbackAddress() ? Scope.RT_SCOPE_HOST : Scope.RT_SCOPE_UNIVERSE)
                .withIfaIndex(link.index());
    }

    private static byte[] broadcast(byte[] address, int prefixLength) {
        byte[] broadcast = address.clone();
        for (int bit = prefixLength; bit < Byte.SIZE * broadcast.length; bit++) {
            broadcast[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
        }
        return broadcast;
    }

    /** IPv4 tells the own address as IFA_LOCAL; IPv6 only as IFA_ADDRESS, unless it has a peer. */
    private static Optional<Address> decode(NetlinkMessage message) {
        GetaddrReply reply = GetaddrReply.decode(message);
        Ifaddrmsg header = reply.ifaddrmsg();
        byte[] local = reply.local();
        byte[] octets = local == null ? reply.address() : local;
        if (octets == null) {
            return Optional.empty();
        }
        Long flags = reply.flags();
        return Optional.of(new Address(
                (int) header.ifaIndex(),
                inetAddress(octets),
                header.ifaPrefixlen(),
                flags == null ? header.ifaFlags() : flags));
    }

    private static InetAddress inetAddress(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new MalformedMessageException("an IP address of " + octets.length + " octets");
        }
    }
}
