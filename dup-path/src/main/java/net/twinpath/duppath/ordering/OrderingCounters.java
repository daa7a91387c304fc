package net.twinpath.duppath.ordering;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What {@link PacketOrdering} has done, in frames: written by its one thread, read by anyone; a reader sees every count
 * whole and never going back.
 *
 * <p>Frames held are {@link #held} less {@link #releasedInOrder}, {@link #releasedByDelay} and {@link #releasedEarly}.
 */
public final class OrderingCounters {
    private static final int HELD = 0;
    private static final int IN_ORDER = 8;
    private static final int BY_DELAY = 16;
    private static final int EARLY = 24;
    private static final int LATE = 32;
    private static final int UNHELD = 40;

    /** A cache line of their own, so that readers do not slow the writer's other memory down. */
    private static final int LENGTH = 64;

    private final UnsafeBuffer values = new UnsafeBuffer(BufferUtil.allocateDirectAligned(LENGTH, LENGTH));

    OrderingCounters() {}

    /** Frames that came ahead of a missing one and were held for it. */
    public long held() {
        return values.getLongVolatile(HELD);
    }

    /** Held frames that went because all before them had gone. */
    public long releasedInOrder() {
        return values.getLongVolatile(IN_ORDER);
    }

    /** Held frames that went because they, or one behind them, had been held for the longest time allowed. */
    public long releasedByDelay() {
        return values.getLongVolatile(BY_DELAY);
    }

    /** Held frames that went before their time because memory was full or their flow's place was given away. */
    public long releasedEarly() {
        return values.getLongVolatile(EARLY);
    }

    /** Frames not newer than the last one sent, passed at once: out of order. */
    public long passedLate() {
        return values.getLongVolatile(LATE);
    }

    /** Frames ahead of a missing one, passed at once because they were too long or no memory was free. */
    public long passedUnheld() {
        return values.getLongVolatile(UNHELD);
    }

    void countHeld() {
        add(HELD, 1);
    }

    void countReleasedInOrder() {
        add(IN_ORDER, 1);
    }

    void countReleasedByDelay(int frames) {
        add(BY_DELAY, frames);
    }

    void countReleasedEarly(int frames) {
        add(EARLY, frames);
    }

    void countPassedLate() {
        add(LATE, 1);
    }

    void countPassedUnheld() {
        add(UNHELD, 1);
    }

    private void add(int offset, int frames) {
        values.putLongOrdered(offset, values.getLong(offset) + frames);
    }
}
