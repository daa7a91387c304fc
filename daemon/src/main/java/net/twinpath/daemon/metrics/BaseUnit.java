package net.twinpath.daemon.metrics;

import io.prometheus.metrics.model.snapshots.Unit;
import org.jspecify.annotations.Nullable;

/** The units that metrics have: base units, never multiples. */
public enum BaseUnit {
    /** What is counted, as the metric's text says. */
    NONE,
    SECONDS,
    BYTES,

    /** From 0 to 1. */
    RATIO;

    /** With which the name of the metric ends. */
    @Nullable
    Unit suffix() {
        return switch (this) {
            case NONE -> null;
            case SECONDS -> Unit.SECONDS;
            case BYTES -> Unit.BYTES;
            case RATIO -> Unit.RATIO;
        };
    }
}
