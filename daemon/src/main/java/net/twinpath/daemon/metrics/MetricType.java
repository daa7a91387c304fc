package net.twinpath.daemon.metrics;

import java.util.List;

/** Kinds of metrics, and what they put behind the name of each of their samples. */
public enum MetricType {
    INFO,
    GAUGE,
    STATES,
    COUNTER,
    HISTOGRAM;

    List<String> endings() {
        return switch (this) {
            case INFO -> List.of("_info");
            case GAUGE, STATES -> List.of("");
            case COUNTER -> List.of("_total");
            case HISTOGRAM -> List.of("_bucket", "_count", "_sum");
        };
    }
}
