package net.twinpath.daemon.machine;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings of a bond's member by name. */
final class PortSetting {
    static final String PRIORITY = "priority";
    static final String QUEUE_ID = "queue-id";

    private PortSetting() {}

    /** As the kernel makes them. */
    static SortedMap<String, String> initial() {
        return new TreeMap<>(Map.of(PRIORITY, "0", QUEUE_ID, "0"));
    }
}
