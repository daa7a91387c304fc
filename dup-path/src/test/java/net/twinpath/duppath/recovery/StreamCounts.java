package net.twinpath.duppath.recovery;

import java.util.EnumMap;
import java.util.Map;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;

/** All values of a stream's counters at one moment, to be compared and printed together. */
final class StreamCounts {
    private StreamCounts() {}

    static Map<StreamCounter, Long> of(CounterBlock counters) {
        Map<StreamCounter, Long> counts = new EnumMap<>(StreamCounter.class);
        for (StreamCounter counter : StreamCounter.values()) {
            counts.put(counter, counters.value(counter));
        }
        return counts;
    }
}
