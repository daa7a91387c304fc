package net.twinpath.netlink.route;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.family.rtlink.GetlinkReply;
import net.twinpath.netlink.family.rtlink.IflaVlanFlags;
import net.twinpath.netlink.family.rtlink.IflaVlanQosMapping;
import net.twinpath.netlink.family.rtlink.LinkinfoAttrs;
import net.twinpath.netlink.family.rtlink.LinkinfoVlanAttrs;
import net.twinpath.netlink.family.rtlink.VlanQosAttrs;
import net.twinpath.netlink.route.VlanOptions.Flag;
import net.twinpath.netlink.route.VlanOptions.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A VLAN interface as the kernel described it at one moment.
 *
 * @param link    the interface; {@link Link#linkedIndex} is the interface below
 * @param options its settings
 * @param qdisc   kind of its queueing discipline at the root; {@code noqueue} when nobody gave it one, {@code noop} when it
 *     was never switched on, empty when not told
 */
public record Vlan(Link link, VlanOptions options, String qdisc) {
    /** Of an interface without queues, as a VLAN is by itself ({@code attach_one_default_qdisc} of net/sched/sch_generic.c). */
    private static final Set<String> BY_ITSELF = Set.of("", "noop", "noqueue");

    static Optional<Vlan> decode(NetlinkMessage message) {
        GetlinkReply reply = GetlinkReply.decode(message);
        LinkinfoAttrs info = reply.linkinfo();
        LinkinfoVlanAttrs attributes = info == null ? null : info.dataVlan();
        return attributes == null
                ? Optional.empty()
                : Link.decode(message).map(link -> new Vlan(link, options(attributes), orEmpty(reply.qdisc())));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Whether somebody has given it a queueing discipline. */
    public boolean hasOwnQdisc() {
        return !BY_ITSELF.contains(qdisc);
    }

    /** The kernel leaves out flags when there are none. */
    private static VlanOptions options(LinkinfoVlanAttrs attributes) {
        Integer id = attributes.id();
        Integer protocol = attributes.protocol();
        IflaVlanFlags flags = attributes.flags();
        return new VlanOptions(
                id == null ? 0 : id,
                protocol == null ? Protocol.DOT1Q : Protocol.of(protocol),
                Flag.of(flags == null ? 0 : flags.flags()),
                egress(attributes.egressQos()),
                ingress(attributes.ingressQos()));
    }

    private static SortedMap<Long, Integer> egress(@Nullable VlanQosAttrs attributes) {
        SortedMap<Long, Integer> map = new TreeMap<>();
        if (attributes != null) {
            for (IflaVlanQosMapping mapping : attributes.mapping()) {
                map.put(mapping.from(), (int) mapping.to());
            }
        }
        return map;
    }

    private static SortedMap<Integer, Long> ingress(@Nullable VlanQosAttrs attributes) {
        SortedMap<Integer, Long> map = new TreeMap<>();
        if (attributes != null) {
            for (IflaVlanQosMapping mapping : attributes.mapping()) {
                map.put((int) mapping.from(), mapping.to());
            }
        }
        return map;
    }
}
