package net.twinpath.netlink.route;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.twinpath.linux.Netlink;
import net.twinpath.linux.Socket;
import net.twinpath.netlink.NetlinkRequest;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.family.rtaddr.DeladdrRequest;
import net.twinpath.netlink.family.rtaddr.GetaddrDumpRequest;
import net.twinpath.netlink.family.rtaddr.IfaCacheinfo;
import net.twinpath.netlink.family.rtaddr.IfaFlags;
import net.twinpath.netlink.family.rtaddr.Ifaddrmsg;
import net.twinpath.netlink.family.rtaddr.NewaddrRequest;
import net.twinpath.netlink.family.rtaddr.Scope;

/** Lists, adds and deletes the IP addresses of interfaces. */
public final class Addresses {
    /** A network with no more than two addresses has none to spare for broadcast (RFC 3021). */
    private static final int LONGEST_PREFIX_WITH_BROADCAST = 30;

    /** The flags that are an administrator's; the others are the kernel's own findings. */
    private static final long SETTABLE_FLAGS = IfaFlags.IFA_F_NODAD
            | IfaFlags.IFA_F_HOMEADDRESS
            | IfaFlags.IFA_F_MANAGETEMPADDR
            | IfaFlags.IFA_F_NOPREFIXROUTE
            | IfaFlags.IFA_F_MCAUTOJOIN;

    private final NetlinkSocket socket;

    /** Works over a socket of {@code NETLINK_ROUTE} that has joined no group. */
    public Addresses(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** The addresses of all interfaces, IPv4 and IPv6, in the kernel's order. */
    public List<Address> list() {
        return socket.dump(new Operation("list addresses", null), new GetaddrDumpRequest()).stream()
                .map(Address::decode)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The addresses of an interface, IPv4 and IPv6, in the kernel's order. */
    public List<Address> list(Link link) {
        GetaddrDumpRequest request = new GetaddrDumpRequest().ifaddrmsg(Ifaddrmsg.ZERO.withIfaIndex(link.index()));
        return socket.dump(new Operation("list addresses of", link.name()), request).stream()
                .map(Address::decode)
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

    /**
     * Puts addresses back just as {@link #list} told them, in an order that makes the list the same again: of IPv4 the
     * first of a network becomes its primary address, of IPv6 the kernel puts each new one first. Lifetimes count from
     * now on.
     */
    public void restore(Link link, List<Address> addresses) {
        List<Address> inOrder = new ArrayList<>();
        for (Address address : addresses) {
            if (!(address.address() instanceof Inet4Address)) {
                inOrder.add(0, address);
            }
        }
        addresses.stream()
                .filter(address -> address.address() instanceof Inet4Address)
                .forEach(inOrder::add);
        inOrder.forEach(address -> restore(link, address));
    }

    private void restore(Link link, Address address) {
        socket.request(
                operation("restore address", "of", link, address.address(), address.prefixLength()),
                restoreRequest(link, address),
                Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL);
    }

    private static NewaddrRequest restoreRequest(Link link, Address address) {
        InetAddress peer = address.peer();
        NewaddrRequest request = new NewaddrRequest()
                .ifaddrmsg(
                        header(link, address.address(), address.prefixLength()).withIfaScope(address.scope()))
                .local(address.address().getAddress())
                .address((peer == null ? address.address() : peer).getAddress())
                .flags(address.flags() & SETTABLE_FLAGS)
                .cacheinfo(IfaCacheinfo.ZERO.withValid(address.validS()).withPrefered(address.preferredS()));
        if (address.broadcast() != null) {
            request.broadcast(address.broadcast().getAddress());
        }
        if (address.label() != null) {
            request.label(address.label());
        }
        if (address.metric() != 0) {
            request.rtPriority(address.metric());
        }
        return address.protocol() == 0 ? request : request.proto(address.protocol());
    }

    /** Deletes an address that {@link #list} told. */
    public void delete(Link link, Address address) {
        InetAddress peer = address.peer();
        delete(link, address.address(), peer == null ? address.address() : peer, address.prefixLength());
    }

    /** Deletes an address. */
    public void delete(Link link, InetAddress address, int prefixLength) {
        delete(link, address, address, prefixLength);
    }

    private void delete(Link link, InetAddress address, InetAddress end, int prefixLength) {
        DeladdrRequest request = new DeladdrRequest()
                .ifaddrmsg(header(link, address, prefixLength))
                .local(address.getAddress())
                .address(end.getAddress());
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
}
