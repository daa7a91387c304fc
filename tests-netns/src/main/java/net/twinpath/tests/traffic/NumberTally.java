package net.twinpath.tests.traffic;

import java.util.BitSet;

/** Account of the numbers that arrived out of 0, 1, 2, …: each counts as received once, and as a duplicate after that. */
final class NumberTally {
    private final BitSet seen = new BitSet();
    private long received;
    private long duplicated;
    private long reordered;
    private int highest = -1;

    /** Counts an arrival; true when it is the first of its number. */
    boolean arrived(int number) {
        if (seen.get(number)) {
            duplicated++;
            return false;
        }
        seen.set(number);
        received++;
        if (number < highest) {
            reordered++;
        }
        highest = Math.max(highest, number);
        return true;
    }

    /** Highest number that arrived; -1 before the first. */
    int highest() {
        return highest;
    }

    /** Arrivals of numbers that had arrived before. */
    long duplicated() {
        return duplicated;
    }

    /** The result of a stream that sent the numbers 0 to {@code sent - 1}. */
    StreamResult result(long sent, double longestGapMs, Arrivals arrivals) {
        if (highest >= sent) {
            throw new IllegalStateException("number " + highest + " arrived, but only " + sent + " were sent");
        }
        return new StreamResult(
                sent, received, sent - received, lossRuns(sent), duplicated, reordered, longestGapMs, arrivals);
    }

    private long lossRuns(long sent) {
        long runs = 0;
        int lost = seen.nextClearBit(0);
        while (lost < sent) {
            runs++;
            int arrived = seen.nextSetBit(lost);
            lost = arrived < 0 ? Integer.MAX_VALUE : seen.nextClearBit(arrived);
        }
        return runs;
    }
}
