package net.twinpath.tests.traffic;

import java.util.Arrays;

/** When something arrived, as a series of times in nanoseconds since a stream's beginning, oldest first. */
public final class Arrivals {
    private static final double NS_PER_MS = 1e6;

    private final long[] timesNs;
    private final long[] octets;

    private Arrivals(long[] timesNs, long[] octets) {
        this.timesNs = timesNs;
        this.octets = octets;
    }

    public int count() {
        return timesNs.length;
    }

    /** Time of an arrival, counted from 0, in nanoseconds since the beginning. */
    public long timeNs(int index) {
        return timesNs[index];
    }

    /** Octets of payload in an arrival, counted from 0. */
    public long octets(int index) {
        return octets[index];
    }

    /**
     * Longest time without an arrival, between the first one and the given end.
     *
     * @param endNs when the last arrival was due, in nanoseconds since the beginning: a stream that fell silent before
     *     it has a gap up to there
     * @return milliseconds; 0 with fewer than one arrival
     */
    public double longestGapMs(long endNs) {
        long longest = 0;
        for (int i = 0; i < timesNs.length; i++) {
            long next = i + 1 < timesNs.length ? timesNs[i + 1] : endNs;
            longest = Math.max(longest, next - timesNs[i]);
        }
        return longest / NS_PER_MS;
    }

    /** Collects arrivals; used by one thread. */
    static final class Recorder {
        private static final int FIRST_CAPACITY = 4096;

        private long[] timesNs = new long[FIRST_CAPACITY];
        private long[] octets = new long[FIRST_CAPACITY];
        private int count;

        void add(long timeNs, long octetCount) {
            if (count == timesNs.length) {
                timesNs = Arrays.copyOf(timesNs, 2 * count);
                octets = Arrays.copyOf(octets, 2 * count);
            }
            timesNs[count] = timeNs;
            octets[count] = octetCount;
            count++;
        }

        Arrivals arrivals() {
            return new Arrivals(Arrays.copyOf(timesNs, count), Arrays.copyOf(octets, count));
        }
    }
}
