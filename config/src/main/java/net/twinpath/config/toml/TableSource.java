package net.twinpath.config.toml;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a table of a configuration file and its keys stand, kept so that a later error can name the key.
 *
 * @param table its header, or its key when it is inline
 * @param keys  by key; those of tables below with dots between, for example {@code pause.receive}
 */
public record TableSource(ConfigPosition table, SortedMap<String, ConfigPosition> keys) {
    public TableSource {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    /** A table of which no key is known. */
    public static TableSource at(ConfigPosition table) {
        return new TableSource(table, new TreeMap<>());
    }

    /** Where the key stands; for one that is not there, the key or the table around it. */
    public ConfigPosition of(String key) {
        ConfigPosition position = keys.get(key);
        if (position != null) {
            return position;
        }
        int dot = key.lastIndexOf('.');
        return dot < 0 ? table : of(key.substring(0, dot));
    }

    /** Of the table, as {@link ConfigPosition#toString}. */
    @Override
    public String toString() {
        return table.toString();
    }
}
