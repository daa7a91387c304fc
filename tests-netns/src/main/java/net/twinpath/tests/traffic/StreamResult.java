package net.twinpath.tests.traffic;

/**
 * What became of a stream of numbered packets.
 *
 * @param sent         packets sent
 * @param received     packets that arrived, each counted once
 * @param lost         packets that never arrived: {@code sent - received}
 * @param lossRuns     how many times loss began: packets lost one after the other are one run
 * @param duplicated   further arrivals of packets that had arrived already
 * @param reordered    packets that arrived after one with a higher number
 * @param longestGapMs longest time without an arrival, from the first one to the end of sending, in milliseconds
 * @param arrivals     times of the first arrival of each packet received
 */
public record StreamResult(
        long sent,
        long received,
        long lost,
        long lossRuns,
        long duplicated,
        long reordered,
        double longestGapMs,
        Arrivals arrivals) {
    /** Whether every packet arrived, and none twice. */
    public boolean isWhole() {
        return lost == 0 && duplicated == 0;
    }
}
