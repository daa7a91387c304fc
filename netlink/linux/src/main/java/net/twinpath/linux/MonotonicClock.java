package net.twinpath.linux;

import org.agrona.concurrent.UnsafeBuffer;

/** The clock that runs since the machine's start and is never set ({@code CLOCK_MONOTONIC}); systemd goes by it. */
public final class MonotonicClock {
    /** {@code time.h}. */
    static final int CLOCK_MONOTONIC = 1;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private MonotonicClock() {}

    /** Microseconds. */
    public static long nowUs() {
        UnsafeBuffer timespec = NativeBuffers.allocate(RealTimeClock.TIMESPEC_LENGTH);
        LibC.INSTANCE.clock_gettime(CLOCK_MONOTONIC, timespec.addressOffset());
        return timespec.getLong(0) * MICROS_PER_SECOND + timespec.getLong(8) / NANOS_PER_MICRO;
    }
}
