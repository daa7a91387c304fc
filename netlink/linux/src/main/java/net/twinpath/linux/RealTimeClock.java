package net.twinpath.linux;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The clock by which the kernel stamps frames ({@code CLOCK_REALTIME}): nanoseconds since 1970, going back when somebody
 * sets it. Nothing is allocated; for one thread.
 */
public final class RealTimeClock implements EpochNanoClock {
    /** {@code time.h}. */
    static final int CLOCK_REALTIME = 0;

    static final long NANOS_PER_SECOND = 1_000_000_000;

    /** {@code struct timespec}: s64 seconds, s64 nanoseconds. */
    static final int TIMESPEC_LENGTH = 16;

    private final UnsafeBuffer timespec = NativeBuffers.allocate(TIMESPEC_LENGTH);

    @Override
    public long nanoTime() {
        LibC.INSTANCE.clock_gettime(CLOCK_REALTIME, timespec.addressOffset());
        return timespec.getLong(0) * NANOS_PER_SECOND + timespec.getLong(8);
    }
}
