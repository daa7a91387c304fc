package net.twinpath.daemon.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a bond with what the kernel asks of each ({@code bond_opts} of drivers/net/bonding/bond_options.c, Linux
 * 6.1), in an order in which they can be set.
 */
enum BondSetting {
    MODE("mode", "balance-rr", Modes.ALL, Condition.DOWN_AND_EMPTY),
    MIIMON("miimon", "0ms", Modes.ALL, Condition.NONE),
    UPDELAY("updelay", "0ms", Modes.ALL, Condition.NONE),
    DOWNDELAY("downdelay", "0ms", Modes.ALL, Condition.NONE),
    PEER_NOTIF_DELAY("peer-notif-delay", "0ms", Modes.ALL, Condition.NONE),
    ARP_IP_TARGET("arp-ip-target", Setting.NONE, Modes.ALL, Condition.NONE),
    NS_IP6_TARGET("ns-ip6-target", Setting.NONE, Modes.ALL, Condition.NONE),
    ARP_INTERVAL("arp-interval", "0ms", Modes.WITH_ARP, Condition.NONE),
    ARP_MISSED_MAX("arp-missed-max", "2", Modes.WITH_ARP, Condition.NONE),
    ARP_VALIDATE("arp-validate", "none", Modes.WITH_ARP, Condition.NONE),
    ARP_ALL_TARGETS("arp-all-targets", "any", Modes.ALL, Condition.NONE),
    FAIL_OVER_MAC("fail-over-mac", "none", Modes.ALL, Condition.EMPTY),
    PRIMARY_RESELECT("primary-reselect", "always", Modes.ALL, Condition.NONE),
    NUM_PEER_NOTIF("num-peer-notif", "1", Modes.ALL, Condition.NONE),
    RESEND_IGMP("resend-igmp", "1", Modes.ALL, Condition.NONE),
    ALL_SLAVES_ACTIVE("all-slaves-active", "false", Modes.ALL, Condition.NONE),
    XMIT_HASH_POLICY("xmit-hash-policy", "layer2", Modes.ALL, Condition.NONE),
    PACKETS_PER_SLAVE("packets-per-slave", "1", Modes.ROUND_ROBIN, Condition.NONE),
    TLB_DYNAMIC_LB("tlb-dynamic-lb", "true", Modes.ADAPTIVE, Condition.DOWN),
    LP_INTERVAL("lp-interval", "1s", Modes.ALL, Condition.NONE),
    LACP_ACTIVE("lacp-active", "true", Modes.LACP, Condition.DOWN),
    LACP_RATE("lacp-rate", "slow", Modes.LACP, Condition.DOWN),
    AD_SELECT("ad-select", "stable", Modes.ALL, Condition.DOWN),
    MIN_LINKS("min-links", "0", Modes.ALL, Condition.NONE),
    AD_ACTOR_SYS_PRIO("ad-actor-sys-prio", "65535", Modes.LACP, Condition.NONE),
    AD_ACTOR_SYSTEM("ad-actor-system", "00:00:00:00:00:00", Modes.LACP, Condition.NONE),
    AD_USER_PORT_KEY("ad-user-port-key", "0", Modes.LACP, Condition.DOWN),
    COUPLED_CONTROL("coupled-control", "true", Modes.LACP, Condition.DOWN),

    /** Names a member, which must have joined to be found there again. */
    PRIMARY("primary", Setting.NONE, Modes.WITH_PRIMARY, Condition.NONE);

    /** What the kernel sets where a mode cannot do without (BOND_DEFAULT_MIIMON of include/net/bonding.h). */
    static final String DEFAULT_MIIMON = "100ms";

    static final String NO_TIME = "0ms";

    /** Kept by the kernel as multiples of miimon, and so changed with it. */
    static final List<BondSetting> DELAYS = List.of(UPDELAY, DOWNDELAY, PEER_NOTIF_DELAY);

    /** Told in mode 802.3ad only, and to the privileged. */
    static final Set<BondSetting> TOLD_WITH_LACP = Set.of(AD_ACTOR_SYS_PRIO, AD_ACTOR_SYSTEM, AD_USER_PORT_KEY);

    /** Newer than the oldest kernel we know: not told, and passed over, by those that do not have it. */
    static final Set<BondSetting> NOT_OF_EVERY_KERNEL = Set.of(COUPLED_CONTROL);

    private final String key;
    private final String initial;
    private final Modes modes;
    private final Condition condition;

    /** The state a bond must be in for an option to be set. */
    enum Condition {
        NONE,
        DOWN,
        EMPTY,
        DOWN_AND_EMPTY
    }

    /** The modes in which an option can be set. */
    private enum Modes {
        ALL,
        ROUND_ROBIN,
        LACP,
        ADAPTIVE,
        WITH_PRIMARY,
        WITH_ARP;

        boolean have(String mode) {
            boolean adaptive = mode.equals("balance-tlb") || mode.equals("balance-alb");
            return switch (this) {
                case ALL -> !mode.isEmpty();
                case ROUND_ROBIN -> mode.equals("balance-rr");
                case LACP -> mode.equals("802.3ad");
                case ADAPTIVE -> adaptive;
                case WITH_PRIMARY -> adaptive || mode.equals("active-backup");
                case WITH_ARP -> !adaptive && !mode.isEmpty() && !mode.equals("802.3ad");
            };
        }
    }

    BondSetting(String key, String initial, Modes modes, Condition condition) {
        this.key = key;
        this.initial = initial;
        this.modes = modes;
        this.condition = condition;
    }

    /** As the configuration calls it. */
    String key() {
        return key;
    }

    /** As the kernel makes it. */
    String initial() {
        return initial;
    }

    boolean fits(String mode) {
        return modes.have(mode);
    }

    boolean needsDown() {
        return condition == Condition.DOWN || condition == Condition.DOWN_AND_EMPTY;
    }

    boolean needsEmpty() {
        return condition == Condition.EMPTY || condition == Condition.DOWN_AND_EMPTY;
    }

    Setting of(String bond) {
        return new Setting(bond, Group.BOND, key);
    }

    static Optional<BondSetting> of(Setting setting) {
        return setting.group() == Group.BOND
                ? Arrays.stream(values())
                        .filter(option -> option.key.equals(setting.name()))
                        .findFirst()
                : Optional.empty();
    }

    /** Milliseconds of a value such as {@code 100ms}; 0 when it is not told. */
    static int milliseconds(String value) {
        return value.endsWith("ms") ? Integer.parseInt(value.substring(0, value.length() - 2)) : 0;
    }
}
