package net.twinpath.duppath.receive;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Tells when a frame arrived, by the clock that times all else and never goes back. The kernel stamps frames with the time
 * of day: how long ago that was is taken off the time it is now. So a frame that had to wait while its agent was held up
 * counts as having come when it did.
 *
 * <p>A stamp further than {@link #CREDIBLE_NS} from the time of day was made before somebody set that clock, or is not
 * the kernel's: the frame counts as having come now.
 */
final class ArrivalClock {
    /** More frames than a ring holds come within that time, and no clock is set back by less on purpose. */
    static final long CREDIBLE_NS = 1_000_000_000;

    private final NanoClock clock;
    private final EpochNanoClock timeOfDay;
    private long nowNs;
    private long timeOfDayNs;
    private long latestNs;

    /**
     * @param clock     never goes back
     * @param timeOfDay stamps the frames
     */
    ArrivalClock(NanoClock clock, EpochNanoClock timeOfDay) {
        this.clock = clock;
        this.timeOfDay = timeOfDay;
        nowNs = clock.nanoTime();
        latestNs = nowNs;
    }

    /** Reads both clocks; to be called before frames are looked for. */
    void read() {
        nowNs = clock.nanoTime();
        timeOfDayNs = timeOfDay.nanoTime();
    }

    /** When the frame came that has this stamp, nanoseconds; no earlier than any before. */
    long arrivedNs(long stampNs) {
        long agoNs = timeOfDayNs - stampNs;
        boolean isCredible = agoNs > -CREDIBLE_NS && agoNs < CREDIBLE_NS;
        return latest(isCredible ? nowNs - agoNs : nowNs);
    }

    /** Notes that none was found any more: all were taken that came before the clocks were read. */
    void nothingWaits() {
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
