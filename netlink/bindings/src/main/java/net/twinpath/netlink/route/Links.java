package net.twinpath.netlink.route;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jnr.constants.platform.Errno;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.NetlinkRequest;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.family.rtlink.DellinkRequest;
import net.twinpath.netlink.family.rtlink.GetlinkDumpRequest;
import net.twinpath.netlink.family.rtlink.GetlinkRequest;
import net.twinpath.netlink.family.rtlink.IfinfoFlags;
import net.twinpath.netlink.family.rtlink.Ifinfomsg;
import net.twinpath.netlink.family.rtlink.LinkAttrs;
import net.twinpath.netlink.family.rtlink.LinkinfoAttrs;
import net.twinpath.netlink.family.rtlink.LinkinfoVethAttrs;
import net.twinpath.netlink.family.rtlink.NewlinkRequest;
import net.twinpath.netlink.family.rtlink.SetlinkRequest;

/** Finds, makes, changes and removes network interfaces. */
public final class Links {
    private static final String VETH = "veth";

    private final NetlinkSocket socket;

    /** Works over a socket of {@code NETLINK_ROUTE} that has joined no group. */
    public Links(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** All interfaces of the namespace. */
    public List<Link> list() {
        return list(Link::decode);
    }

    /** What {@code decode} finds in the messages of all interfaces. */
    <T> List<T> list(Function<NetlinkMessage, Optional<T>> decode) {
        return socket.dump(new Operation("list interfaces", null), new GetlinkDumpRequest()).stream()
                .map(decode)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The interface with this name; empty when there is none. */
    public Optional<Link> find(String name) {
        return message(name).flatMap(Link::decode);
    }

    /** The interface with this index; empty when there is none, as for 0, which the kernel takes for a missing index. */
    public Optional<Link> find(int index) {
        if (index == 0) {
            return Optional.empty();
        }
        GetlinkRequest request = new GetlinkRequest().ifinfomsg(Ifinfomsg.ZERO.withIfiIndex(index));
        return message(new Operation("find interface with index " + index, null), request)
                .flatMap(Link::decode);
    }

    /** What the kernel tells of the interface with this name; empty when there is none. */
    Optional<NetlinkMessage> message(String name) {
        return message(new Operation("find interface", name), new GetlinkRequest().ifname(name));
    }

    private Optional<NetlinkMessage> message(Operation operation, GetlinkRequest request) {
        try {
            return socket.request(operation, request, 0).stream().findFirst();
        } catch (NetlinkException e) {
            if (e.is(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Makes a pair of connected virtual interfaces, both down.
     *
     * @param name     the first end
     * @param peerName the other end
     * @param mtu      of both ends, octets of payload
     * @param address  MAC address of the first end; the kernel chooses one for the other
     * @return the first end
     */
    public Link createVeth(String name, String peerName, int mtu, MacAddress address) {
        return create(new Operation("create veth", name), name, vethRequest(name, peerName, mtu, address));
    }

    /** Makes what the request describes under a name that is still free. */
    Link create(Operation operation, String name, NetlinkRequest request) {
        socket.request(operation, request, Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL);
        return find(name)
                .orElseThrow(() -> new NetlinkException(
                        operation, Errno.ENODEV.intValue(), "it was made and is already gone", null));
    }

    static NetlinkRequest vethRequest(String name, String peerName, int mtu, MacAddress address) {
        LinkAttrs peer = LinkAttrs.builder().ifname(peerName).mtu(mtu).build();
        LinkinfoVethAttrs veth =
                LinkinfoVethAttrs.builder().peer(Ifinfomsg.ZERO, peer).build();
        return new NewlinkRequest()
                .ifname(name)
                .mtu(mtu)
                .address(address.octets())
                .linkinfo(LinkinfoAttrs.builder().kind(VETH).dataVeth(veth).build());
    }

    /** Removes a virtual interface; of a veth pair both ends go, of a bond the members are released. */
    public void delete(String name) {
        socket.request(new Operation("delete interface", name), new DellinkRequest().ifname(name), 0);
    }

    /** Switches the interface on. */
    public void setUp(Link link) {
        change("switch on", link, flag(link, IfinfoFlags.IFF_UP, true));
    }

    /** Switches the interface off. */
    public void setDown(Link link) {
        change("switch off", link, flag(link, IfinfoFlags.IFF_UP, false));
    }

    /** Sets the MTU, octets of payload without the Ethernet header. */
    public void setMtu(Link link, int mtu) {
        change("set mtu of", link, mtuRequest(link, mtu));
    }

    static SetlinkRequest mtuRequest(Link link, int mtu) {
        return to(link).mtu(mtu);
    }

    /** Sets the MAC address; many drivers refuse while the interface is up. */
    public void setAddress(Link link, MacAddress address) {
        change("set MAC address of", link, to(link).address(address.octets()));
    }

    /** Makes the interface a member of a bond or a bridge; a bond takes only interfaces that are switched off. */
    public void setMaster(Link link, Link master) {
        change("join " + master.name() + " with", link, to(link).master(master.index()));
    }

    /** Takes the interface out of its bond or bridge. */
    public void release(Link link) {
        change("release", link, to(link).master(0));
    }

    /** Lets the kernel use ARP on the interface, or not (IFF_NOARP). */
    public void setArp(Link link, boolean arp) {
        change("set ARP of", link, flag(link, IfinfoFlags.IFF_NOARP, !arp));
    }

    /** Gives the interface a text, at most 255 octets; an empty one takes it away. */
    public void setAlias(Link link, String alias) {
        change("set alias of", link, to(link).ifalias(alias));
    }

    private void change(String action, Link link, SetlinkRequest request) {
        socket.request(new Operation(action, link.name()), request, 0);
    }

    private static SetlinkRequest to(Link link) {
        return new SetlinkRequest().ifinfomsg(Ifinfomsg.ZERO.withIfiIndex(link.index()));
    }

    static SetlinkRequest flag(Link link, int flag, boolean on) {
        return new SetlinkRequest()
                .ifinfomsg(Ifinfomsg.ZERO
                        .withIfiIndex(link.index())
                        .withIfiFlags(on ? flag : 0)
                        .withIfiChange(flag));
    }
}
