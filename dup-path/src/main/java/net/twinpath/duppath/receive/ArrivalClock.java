package net.twinpath.duppath.receive;

import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Tells when a frame arrived, by the clock that times all else and never goes back. The kernel stamps frames with the time
 * of day: how long ago that was is taken off the time it is now. So a frame that had to wait while its agent was held up,
 * or handed its rings over to a successor, counts as having come when it did.
 *
 * <p>A frame that waits came after the rings were last seen empty. A stamp further than {@link #CREDIBLE_NS} from the time
 * since then was made before somebody set the time of day, or is not the kernel's: the frame counts as having come now.
 *
 * <p>How far the time of day is ahead changes only when somebody sets it. So it is measured now and then, and when a stamp
 * says so, and not whenever frames are looked for.
 */
public final class ArrivalClock {
    /** No clock is set by less on purpose. */
    static final long CREDIBLE_NS = 1_000_000_000;

    /** How often the clocks are compared. */
    static final long COMPARE_INTERVAL_NS = 100_000_000;

    /** A stamp so far in the future tells that the time of day was set, or that others had the core meanwhile. */
    private static final long FUTURE_NS = 1_000_000;

    /** Two clocks read so soon after each other were read at once. */
    private static final long CLOSE_NS = 1_000;

    /** Where they never are, the closest of so many readings counts. */
    private static final int TRIES = 4;

    private final NanoClock clock;
    private final EpochNanoClock timeOfDay;
    private long nowNs;
    private long comparedNs;
    private boolean isCompared;
    private long aheadNs;
    private long latestNs;
    private long emptyNs;

    /**
     * @param clock     never goes back
     * @param timeOfDay stamps the frames
     */
    public ArrivalClock(NanoClock clock, EpochNanoClock timeOfDay) {
        this.clock = clock;
        this.timeOfDay = timeOfDay;
        compare();
        latestNs = nowNs;
        emptyNs = nowNs;
    }

    /** Takes down up to when frames were taken, for a successor with the same rings. */
    public void save(StateOutput out) {
        out.putLong(latestNs);
        out.putLong(emptyNs);
    }

    /** Goes on where a predecessor left off, on the same machine since it was started. */
    public void load(StateInput in) {
        latestNs = in.getLong();
        emptyNs = in.getLong();
    }

    /** Reads the time; to be called before frames are looked for. */
    void read() {
        nowNs = clock.nanoTime();
        isCompared = false;
        if (nowNs - comparedNs >= COMPARE_INTERVAL_NS) {
            compare();
        }
    }

    private void compare() {
        long closestNs = Long.MAX_VALUE;
        for (int tries = 0; tries < TRIES && closestNs > CLOSE_NS; tries++) {
            long beforeNs = clock.nanoTime();
            long timeOfDayNs = timeOfDay.nanoTime();
            nowNs = clock.nanoTime();
            if (nowNs - beforeNs < closestNs) {
                closestNs = nowNs - beforeNs;
                aheadNs = timeOfDayNs - nowNs;
            }
        }
        comparedNs = nowNs;
        isCompared = true;
    }

    /** When the frame came that has this stamp, nanoseconds; no earlier than any before. */
    long arrivedNs(long stampNs) {
        if (stampNs - aheadNs - nowNs > FUTURE_NS && !isCompared) {
            compare();
        }
        long agoNs = nowNs + aheadNs - stampNs;
        boolean isCredible = agoNs > -CREDIBLE_NS && agoNs < nowNs - emptyNs + CREDIBLE_NS;
        return latest(isCredible ? nowNs - agoNs : nowNs);
    }

    /** Notes that none was found any more: all were taken that came before the time was read. */
    void nothingWaits() {
        emptyNs = nowNs;
        latest(nowNs);
    }

    /** The time up to which frames were taken: what is due by then is due. */
    long latestNs() {
        return latestNs;
    }

    private long latest(long timeNs) {
        latestNs = Math.max(latestNs, timeNs);
        return latestNs;
    }
}
