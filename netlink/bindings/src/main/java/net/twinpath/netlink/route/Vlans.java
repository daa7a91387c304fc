package net.twinpath.netlink.route;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.family.rtlink.Ifinfomsg;
import net.twinpath.netlink.family.rtlink.IflaVlanFlags;
import net.twinpath.netlink.family.rtlink.IflaVlanQosMapping;
import net.twinpath.netlink.family.rtlink.LinkinfoAttrs;
import net.twinpath.netlink.family.rtlink.LinkinfoVlanAttrs;
import net.twinpath.netlink.family.rtlink.NewlinkRequest;
import net.twinpath.netlink.family.rtlink.VlanQosAttrs;
import net.twinpath.netlink.route.VlanOptions.Flag;

/** Finds, makes and changes VLAN interfaces; {@link Links} does the rest. */
public final class Vlans {
    private static final String VLAN = "vlan";

    private final NetlinkSocket socket;
    private final Links links;

    /** Works over a socket of {@code NETLINK_ROUTE} that has joined no group. */
    public Vlans(NetlinkSocket socket) {
        this.socket = socket;
        links = new Links(socket);
    }

    /** All VLAN interfaces of the namespace. */
    public List<Vlan> list() {
        return links.list(Vlan::decode);
    }

    /** The VLAN interface with this name; empty when there is no interface of that name, or it is of another kind. */
    public Optional<Vlan> find(String name) {
        return links.message(name).flatMap(Vlan::decode);
    }

    /**
     * Makes a VLAN interface, switched off.
     *
     * @param below the interface that carries the tagged frames
     * @throws net.twinpath.netlink.NetlinkException EOPNOTSUPP when the kernel has no VLANs, EEXIST when the name is
     *     taken or the interface below has this VLAN already
     */
    public Link create(String name, Link below, VlanOptions options) {
        VlanOptions fresh = VlanOptions.of(options.id()).with(options.protocol());
        LinkinfoVlanAttrs attributes = changes(fresh, options)
                .id(options.id())
                .protocol(options.protocol().etherType())
                .build();
        NewlinkRequest request =
                new NewlinkRequest().ifname(name).link(below.index()).linkinfo(data(attributes));
        return links.create(
                new Operation("create VLAN " + options.id() + " of " + below.name() + " as", name), name, request);
    }

    /**
     * Changes flags and maps where they differ; identifier and tag of a VLAN interface stay.
     *
     * @param from how it is now
     * @param to   how it is to be
     */
    public void change(Link vlan, VlanOptions from, VlanOptions to) {
        if (from.id() != to.id() || from.protocol() != to.protocol()) {
            throw new IllegalArgumentException(vlan.name() + " has VLAN " + from.protocol() + " " + from.id()
                    + ", which cannot become " + to.protocol() + " " + to.id());
        }
        NewlinkRequest request = new NewlinkRequest()
                .ifinfomsg(Ifinfomsg.ZERO.withIfiIndex(vlan.index()))
                .linkinfo(data(changes(from, to).build()));
        socket.request(new Operation("change VLAN options of", vlan.name()), request, 0);
    }

    private static LinkinfoAttrs data(LinkinfoVlanAttrs attributes) {
        return LinkinfoAttrs.builder().kind(VLAN).dataVlan(attributes).build();
    }

    private static LinkinfoVlanAttrs.Builder changes(VlanOptions from, VlanOptions to) {
        LinkinfoVlanAttrs.Builder attributes = LinkinfoVlanAttrs.builder();
        Set<Flag> changed = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            if (from.flags().contains(flag) != to.flags().contains(flag)) {
                changed.add(flag);
            }
        }
        if (!changed.isEmpty()) {
            attributes.flags(new IflaVlanFlags(Flag.bits(to.flags()) & Flag.bits(changed), Flag.bits(changed)));
        }
        List<IflaVlanQosMapping> egress = changes(from.egress(), to.egress());
        if (!egress.isEmpty()) {
            attributes.egressQos(VlanQosAttrs.builder().mapping(egress).build());
        }
        List<IflaVlanQosMapping> ingress = changes(from.ingress(), to.ingress());
        if (!ingress.isEmpty()) {
            attributes.ingressQos(VlanQosAttrs.builder().mapping(ingress).build());
        }
        return attributes;
    }

    /** What is no longer mapped goes back to 0. */
    private static <K extends Number & Comparable<K>, V extends Number> List<IflaVlanQosMapping> changes(
            Map<K, V> from, Map<K, V> to) {
        Set<K> keys = new TreeSet<>(from.keySet());
        keys.addAll(to.keySet());
        List<IflaVlanQosMapping> changes = new ArrayList<>();
        for (K key : keys) {
            V now = to.get(key);
            if (now == null) {
                changes.add(new IflaVlanQosMapping(key.longValue(), 0));
            } else if (!now.equals(from.get(key))) {
                changes.add(new IflaVlanQosMapping(key.longValue(), now.longValue()));
            }
        }
        return changes;
    }
}
