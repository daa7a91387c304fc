package net.twinpath.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables a configuration file may have, and those inside of them. */
public enum ConfigTable {
    CONTROL("control", "[control]", "[control]"),
    PATH("path", "[path.NAME]", "[path.dup0]"),
    LINK("links", "links", "[[path.feed.links]]"),
    STREAM("stream", "[[path.NAME.stream]]", "[[path.feed.stream]]"),
    MATCH("match", "match", "[path.feed.stream.match]"),
    RECOVERY("recovery", "recovery", "[path.feed.recovery]"),
    ORDERING("ordering", "ordering", "[path.feed.ordering]");

    private static final List<ConfigTable> TOP_LEVEL = List.of(CONTROL, PATH);

    /** Tables of later versions: refused like every unknown table, but with the true reason. */
    private static final List<String> PLANNED = List.of("sysctl", "bond", "vlan", "interface", "metrics");

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

    static boolean isPlanned(String key) {
        return PLANNED.contains(key);
    }
}
