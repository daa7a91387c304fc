package net.twinpath.config;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.twinpath.config.machine.BondMode;
import net.twinpath.config.toml.Quoted;

/**
 * Which modes of a bond its options go with. With the others the kernel refuses them (drivers/net/bonding/bond_options.c)
 * or they do nothing (Documentation/networking/bonding.rst).
 */
final class BondModes {
    private static final Map<ConfigOption, Set<BondMode>> MODES = new EnumMap<>(ConfigOption.class);

    static {
        put(Set.of(BondMode.BALANCE_RR), ConfigOption.BOND_PACKETS_PER_SLAVE);
        put(
                Set.of(BondMode.ACTIVE_BACKUP),
                ConfigOption.BOND_ARP_ALL_TARGETS,
                ConfigOption.BOND_FAIL_OVER_MAC,
                ConfigOption.BOND_NUM_PEER_NOTIF,
                ConfigOption.BOND_PEER_NOTIF_DELAY);
        put(
                Set.of(BondMode.ACTIVE_BACKUP, BondMode.BALANCE_TLB, BondMode.BALANCE_ALB),
                ConfigOption.BOND_PRIMARY,
                ConfigOption.BOND_PRIMARY_RESELECT,
                ConfigOption.MEMBER_PRIORITY);
        put(
                Set.of(BondMode.BALANCE_RR, BondMode.ACTIVE_BACKUP, BondMode.BALANCE_XOR, BondMode.BROADCAST),
                ConfigOption.BOND_ARP_INTERVAL);
        put(
                Set.of(BondMode.BALANCE_RR, BondMode.ACTIVE_BACKUP, BondMode.BALANCE_TLB, BondMode.BALANCE_ALB),
                ConfigOption.BOND_RESEND_IGMP);
        put(
                Set.of(BondMode.ACTIVE_BACKUP, BondMode.LACP, BondMode.BALANCE_TLB, BondMode.BALANCE_ALB),
                ConfigOption.BOND_ALL_SLAVES_ACTIVE);
        put(
                Set.of(BondMode.BALANCE_XOR, BondMode.LACP, BondMode.BALANCE_TLB, BondMode.BALANCE_ALB),
                ConfigOption.BOND_XMIT_HASH_POLICY);
        put(
                Set.of(BondMode.BALANCE_TLB, BondMode.BALANCE_ALB),
                ConfigOption.BOND_TLB_DYNAMIC_LB,
                ConfigOption.BOND_LP_INTERVAL);
        put(
                Set.of(BondMode.LACP),
                ConfigOption.BOND_LACP_ACTIVE,
                ConfigOption.BOND_LACP_RATE,
                ConfigOption.BOND_AD_SELECT,
                ConfigOption.BOND_MIN_LINKS,
                ConfigOption.BOND_AD_ACTOR_SYS_PRIO,
                ConfigOption.BOND_AD_ACTOR_SYSTEM,
                ConfigOption.BOND_AD_USER_PORT_KEY,
                ConfigOption.BOND_COUPLED_CONTROL);
    }

    private BondModes() {}

    private static void put(Set<BondMode> modes, ConfigOption... options) {
        Arrays.stream(options).forEach(option -> MODES.put(option, modes));
    }

    /** The modes an option goes with. */
    static Set<BondMode> of(ConfigOption option) {
        return MODES.getOrDefault(option, Set.of(BondMode.values()));
    }

    /** The modes in words, such as {@code only with "802.3ad"}; the shorter of what goes and what does not. */
    static String text(ConfigOption option) {
        boolean few = of(option).size() <= 3;
        List<String> named = Arrays.stream(BondMode.values())
                .filter(mode -> of(option).contains(mode) == few)
                .map(mode -> Quoted.of(mode.text()))
                .toList();
        return (few ? "only with " : "not with ") + AllowedValues.alternatives(named);
    }

    /** Reports the options of a bond or member that do not go with the mode; without one, nothing. */
    static void refuseOthers(TableReader table, ConfigTable kind, Optional<BondMode> mode) {
        mode.ifPresent(present -> kind.options().stream()
                .filter(option -> table.has(option) && !of(option).contains(present))
                .forEach(option -> table.report(
                        option,
                        text(option) + ", and the mode of this bond is " + Quoted.of(present.text())
                                + "; remove the key, or change the mode")));
    }
}
