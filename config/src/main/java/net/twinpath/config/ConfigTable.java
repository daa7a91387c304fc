package net.twinpath.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The tables a configuration file may have. */
public enum ConfigTable {
    CONTROL("control", "[control]", "[control]"),
    PATH("path", "[path.NAME]", "[path.dup0]");

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

    /** The first key of the table's header, such as {@code path}. */
    public String key() {
        return key;
    }

    /** The header with {@code NAME} where the operator chooses one, such as {@code [path.NAME]}. */
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

    static Optional<ConfigTable> withKey(String key) {
        return Arrays.stream(values()).filter(table -> table.key.equals(key)).findFirst();
    }

    static boolean isPlanned(String key) {
        return PLANNED.contains(key);
    }
}
