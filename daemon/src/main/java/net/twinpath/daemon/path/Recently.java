package net.twinpath.daemon.path;

/** Tells whether a counter that should stand still has risen more than once lately. Pure: no clock, no I/O. */
final class Recently {
    /** How long a rise counts, milliseconds. */
    static final long WITHIN_MS = 10_000;

    private long count;
    private long lastRiseMs;
    private long riseBeforeMs;

    /** @param nowMs time, never going back */
    Recently(long count, long nowMs) {
        this.count = count;
        lastRiseMs = nowMs - WITHIN_MS;
        riseBeforeMs = lastRiseMs;
    }

    /** Takes a sample. */
    void sample(long now, long nowMs) {
        if (now != count) {
            count = now;
            riseBeforeMs = lastRiseMs;
            lastRiseMs = nowMs;
        }
    }

    /** True when it has risen at two samples within {@link #WITHIN_MS}. */
    boolean rose(long nowMs) {
        return nowMs - riseBeforeMs < WITHIN_MS;
    }
}
