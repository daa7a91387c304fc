package net.twinpath.daemon.machine;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One thing the kernel is asked to do. */
public sealed interface Change {
    /** The interface it is done to; empty for a sysctl. */
    String owner();

    /**
     * An interface is made, switched off.
     *
     * @param kind {@code bond} or {@code vlan}
     * @param with what cannot be changed later, or only before anything else: a bond's mode; a VLAN's link, id, protocol
     */
    record Make(String owner, String kind, SortedMap<Setting, String> with) implements Change {
        public Make {
            with = Collections.unmodifiableSortedMap(new TreeMap<>(with));
        }

        String value(Group group, String name) {
            return with.getOrDefault(new Setting(owner, group, name), Setting.ABSENT);
        }
    }

    /** An interface is removed, with what stands on it. */
    record Remove(String owner) implements Change {}

    /**
     * Settings of one group get values, all in one request.
     *
     * @param values by name; {@link Setting#ABSENT} deletes an address
     */
    record Put(String owner, Group group, SortedMap<String, String> values) implements Change {
        public Put {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        static Put one(Setting setting, String value) {
            return new Put(setting.owner(), setting.group(), new TreeMap<>(Map.of(setting.name(), value)));
        }

        Setting setting(String name) {
            return new Setting(owner, group, name);
        }
    }
}
