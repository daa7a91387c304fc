package net.twinpath.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables a configuration file may have, and those inside of them. */
public enum ConfigTable {
    CONTROL("control", "[control]", "[control]"),
    METRICS("metrics", "[metrics]", "[metrics]"),
    PATH("path", "[path.NAME]", "[path.dup0]"),
    LINK("links", "links", "[[path.feed.links]]"),
    STREAM("stream", "[[path.NAME.stream]]", "[[path.feed.stream]]"),
    MATCH("match", "match", "[path.feed.stream.match]"),
    RECOVERY("recovery", "recovery", "[path.feed.recovery]"),
    ORDERING("ordering", "ordering", "[path.feed.ordering]"),
    SYSCTL("sysctl", "[sysctl]", "[sysctl]"),
    BOND("bond", "[bond.NAME]", "[bond.bond0]"),
    MEMBER("members", "members", "[[bond.alb0.members]]"),
    VLAN("vlan", "[vlan.NAME]", "[vlan.\"bond0.100\"]"),
    INTERFACE("interface", "[interface.NAME]", "[interface.enp9s0]"),
    PAUSE("pause", "pause", "[interface.enp9s0.pause]"),
    RING("ring", "ring", "[interface.enp9s0.ring]"),
    COALESCE("coalesce", "coalesce", "[interface.enp9s0.coalesce]"),
    CHANNELS("channels", "channels", "[interface.enp9s0.channels]");

    private static final List<ConfigTable> TOP_LEVEL = List.of(CONTROL, METRICS, SYSCTL, BOND, VLAN, INTERFACE, PATH);

    /** Those of which there may be several, each with a name, and what the name is of. */
    private static final Map<ConfigTable, String> NAMED =
            Map.of(PATH, "path", BOND, "bond", VLAN, "VLAN", INTERFACE, "interface");

    private final String key;
    private final String header;
    private final String example;

    ConfigTable(String key, String header, String example) {
        this.key = key;
        this.header = header;
        this.example = example;
    }

    /** The key the table stands under: the first of its header at the top level, else one of the table around it. */
    public String key() {
        return key;
    }

    /**
     * How people call the table: by its header with {@code NAME} where the operator chooses one, such as
     * {@code [path.NAME]}, or by its key when it is mostly written inline.
     */
    public String header() {
        return header;
    }

    /** A header as it may stand in a file, such as {@code [path.dup0]}. */
    public String example() {
        return example;
    }

    /** The options that may stand in this table, in the order of the option table. */
    public List<ConfigOption> options() {
        return Arrays.stream(ConfigOption.values())
                .filter(option -> option.table() == this)
                .toList();
    }

    /** The tables that stand in no other. */
    static Stream<ConfigTable> topLevel() {
        return TOP_LEVEL.stream();
    }

    static Optional<ConfigTable> topLevel(String key) {
        return topLevel().filter(table -> table.key.equals(key)).findFirst();
    }

    /** What {@code NAME} in the header is the name of, such as {@code path}; empty when there is one such table only. */
    Optional<String> named() {
        return Optional.ofNullable(NAMED.get(this));
    }

    /** Whether a key of the other one may have been put here by mistake, under the header above it. */
    boolean isNear(ConfigTable other) {
        return isOfDaemon() || other.isOfDaemon() || isOfMachine() == other.isOfMachine();
    }

    private boolean isOfDaemon() {
        return this == CONTROL || this == METRICS;
    }

    private boolean isOfMachine() {
        return compareTo(SYSCTL) >= 0;
    }

    /** Whether it may have keys that are no options. */
    boolean hasFreeKeys() {
        return this == SYSCTL;
    }
}
