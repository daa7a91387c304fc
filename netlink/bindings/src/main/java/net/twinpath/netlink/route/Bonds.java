package net.twinpath.netlink.route;

import java.util.List;
import java.util.Optional;
import net.twinpath.netlink.NetlinkRequest;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.family.rtlink.BondSlaveAttrs;
import net.twinpath.netlink.family.rtlink.Ifinfomsg;
import net.twinpath.netlink.family.rtlink.LinkinfoAttrs;
import net.twinpath.netlink.family.rtlink.NewlinkRequest;

/** Finds, makes and changes bonds and what is particular to their members; {@link Links} does the rest. */
public final class Bonds {
    private static final String BOND = "bond";

    private final NetlinkSocket socket;
    private final Links links;

    /** Works over a socket of {@code NETLINK_ROUTE} that has joined no group. */
    public Bonds(NetlinkSocket socket) {
        this.socket = socket;
        links = new Links(socket);
    }

    /** All bonds of the namespace. */
    public List<Bond> list() {
        return links.list(Bond::decode);
    }

    /** The bond with this name; empty when there is no interface of that name, or it is of another kind. */
    public Optional<Bond> find(String name) {
        return links.message(name).flatMap(Bond::decode);
    }

    /** The members of a bond. */
    public List<BondPort> ports(Link bond) {
        return links.list(BondPort::decode).stream()
                .filter(port -> port.link().masterIndex() == bond.index())
                .toList();
    }

    /**
     * Makes a bond, switched off and without members.
     *
     * @throws net.twinpath.netlink.NetlinkException EOPNOTSUPP when the kernel has no bonding, EEXIST when the name is
     *     taken, and what the kernel says of the options
     */
    public Link create(String name, BondOptions options) {
        NewlinkRequest request = new NewlinkRequest().ifname(name).linkinfo(data(options));
        return links.create(new Operation("create bond", name), name, request);
    }

    /**
     * Sets these options and leaves the others. When the kernel refuses one, those before it in its own order are set
     * already.
     */
    public void change(Link bond, BondOptions options) {
        String action = "set " + options + " of";
        socket.request(new Operation(action, bond.name()), to(bond).linkinfo(data(options)), 0);
    }

    /** Lets a transmit queue of the bond lead to this member; 0 for none. */
    public void setQueueId(Link port, int queueId) {
        changePort(
                "set queue_id " + queueId + " of",
                port,
                BondSlaveAttrs.builder().queueId(queueId));
    }

    /** Sets how soon this member takes over: the higher, the sooner (Linux 6.0). */
    public void setPriority(Link port, int priority) {
        changePort(
                "set prio " + priority + " of", port, BondSlaveAttrs.builder().prio(priority));
    }

    private void changePort(String action, Link port, BondSlaveAttrs.Builder attributes) {
        LinkinfoAttrs info = LinkinfoAttrs.builder()
                .slaveKind(BOND)
                .slaveDataBond(attributes.build())
                .build();
        NetlinkRequest request = to(port).linkinfo(info);
        socket.request(new Operation(action, port.name()), request, 0);
    }

    private static LinkinfoAttrs data(BondOptions options) {
        return LinkinfoAttrs.builder().kind(BOND).dataBond(options.encode()).build();
    }

    private static NewlinkRequest to(Link link) {
        return new NewlinkRequest().ifinfomsg(Ifinfomsg.ZERO.withIfiIndex(link.index()));
    }
}
