package net.twinpath.daemon.path;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * By how much a link's first copies came before those of other links, over the last {@link #WINDOW_MS} to twice as long.
 * Pure: no clock, no I/O.
 */
final class RecentLead {
    /** How far back leads count at least. */
    static final long WINDOW_MS = 30_000;

    private @Nullable Histogram now;
    private @Nullable Histogram before;

    /** Both together, asked for at every look: of 20 KiB, and so not made anew for each. */
    private @Nullable Histogram both;

    private long beganMs;

    /**
     * What the leads are like.
     *
     * @param count    how many there were
     * @param medianUs half of them were at most so long, microseconds
     * @param p99Us    of a hundred 99 were at most so long, microseconds
     */
    record Leads(long count, long medianUs, long p99Us) {
        static final Leads NONE = new Leads(0, 0, 0);

        static Leads of(Histogram leads) {
            return leads.getTotalCount() == 0
                    ? NONE
                    : new Leads(leads.getTotalCount(), leads.getValueAtPercentile(50), leads.getValueAtPercentile(99));
        }
    }

    /**
     * Takes the leads since the last call.
     *
     * @param leads in microseconds; not kept
     * @param nowMs time, never going back
     */
    void sample(Histogram leads, long nowMs) {
        if (now == null || nowMs - beganMs >= WINDOW_MS) {
            boolean isOld = nowMs - beganMs >= 2 * WINDOW_MS;
            before = isOld ? null : now;
            now = leads.copy();
            beganMs = nowMs;
        } else {
            now.add(leads);
        }
    }

    /** Forgets all leads. */
    void forget() {
        now = null;
        before = null;
    }

    Leads leads() {
        if (now == null) {
            return Leads.NONE;
        }
        if (before == null) {
            return Leads.of(now);
        }
        Histogram all = both == null ? new Histogram(now) : both;
        all.reset();
        all.add(now);
        all.add(before);
        both = all;
        return Leads.of(all);
    }
}
