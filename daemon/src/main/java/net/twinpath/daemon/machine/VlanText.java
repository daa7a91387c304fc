package net.twinpath.daemon.machine;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import net.twinpath.netlink.route.VlanOptions;
import net.twinpath.netlink.route.VlanOptions.Flag;
import net.twinpath.netlink.route.VlanOptions.Protocol;

/** How the settings of a VLAN interface are written. */
final class VlanText {
    static final Map<String, Flag> FLAGS = Map.of(
            VlanSetting.REORDER_HEADER, Flag.REORDER_HDR,
            VlanSetting.GVRP, Flag.GVRP,
            VlanSetting.MVRP, Flag.MVRP,
            VlanSetting.LOOSE_BINDING, Flag.LOOSE_BINDING,
            VlanSetting.BRIDGE_BINDING, Flag.BRIDGE_BINDING);

    private VlanText() {}

    static Protocol protocol(String text) {
        return text.equals(Protocol.DOT1AD.toString()) ? Protocol.DOT1AD : Protocol.DOT1Q;
    }

    /** The same options with one setting changed. */
    static VlanOptions with(VlanOptions options, String name, String value) {
        Flag flag = FLAGS.get(name);
        if (flag != null) {
            return options.with(flags(options.flags(), flag, Boolean.parseBoolean(value)));
        }
        return switch (name) {
            case VlanSetting.INGRESS_PRIORITY ->
                options.withIngress(priorities(value, Integer::valueOf, Long::valueOf));
            case VlanSetting.EGRESS_PRIORITY -> options.withEgress(priorities(value, Long::valueOf, Integer::valueOf));
            default -> throw new IllegalArgumentException(name + " of a VLAN cannot be changed");
        };
    }

    private static Set<Flag> flags(Set<Flag> flags, Flag flag, boolean on) {
        Set<Flag> changed = EnumSet.noneOf(Flag.class);
        changed.addAll(flags);
        if (on) {
            changed.add(flag);
        } else {
            changed.remove(flag);
        }
        return changed;
    }

    private static <K extends Comparable<K>, V> Map<K, V> priorities(
            String text, Function<String, K> from, Function<String, V> to) {
        Map<K, V> map = new TreeMap<>();
        if (!text.equals(Setting.NONE)) {
            for (String pair : text.split(" ", -1)) {
                int colon = pair.indexOf(':');
                map.put(from.apply(pair.substring(0, colon)), to.apply(pair.substring(colon + 1)));
            }
        }
        return map;
    }
}
