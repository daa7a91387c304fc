package net.twinpath.daemon.machine;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings of a VLAN interface by name. */
final class VlanSetting {
    static final String ID = "id";
    static final String PROTOCOL = "protocol";
    static final String REORDER_HEADER = "reorder-header";
    static final String GVRP = "gvrp";
    static final String MVRP = "mvrp";
    static final String LOOSE_BINDING = "loose-binding";
    static final String BRIDGE_BINDING = "bridge-binding";
    static final String INGRESS_PRIORITY = "ingress-priority";
    static final String EGRESS_PRIORITY = "egress-priority";

    private VlanSetting() {}

    /** Those that can be changed later, as the kernel makes them (net/8021q/vlan_netlink.c). */
    static SortedMap<String, String> initial() {
        return new TreeMap<>(Map.of(
                REORDER_HEADER, Setting.TRUE,
                GVRP, Setting.FALSE,
                MVRP, Setting.FALSE,
                LOOSE_BINDING, Setting.FALSE,
                BRIDGE_BINDING, Setting.FALSE,
                INGRESS_PRIORITY, Setting.NONE,
                EGRESS_PRIORITY, Setting.NONE));
    }

    static Setting of(String owner, String name) {
        return new Setting(owner, Group.VLAN, name);
    }

    /** Whether the interface is a VLAN that goes up and down with its link. */
    static boolean isBound(Settings machine, String owner) {
        return machine.kind(owner).equals(Setting.VLAN)
                && !machine.get(of(owner, LOOSE_BINDING)).equals(Setting.TRUE);
    }
}
