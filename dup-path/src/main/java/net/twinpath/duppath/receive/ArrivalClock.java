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
 */
public final class ArrivalClock {
    /** No clock is set by less on purpose. */
    static final long CREDIBLE_NS = 1_000_000_000;

    private final NanoClock clock;
    private final EpochNanoClock timeOfDay;
    private long nowNs;
    private long timeOfDayNs;
    private long latestNs;
    private long emptyNs;

    /**
     * @param clock     never goes back
     * @param timeOfDay stamps the frames
     */
    public ArrivalClock(NanoClock clock, EpochNanoClock timeOfDay) {
        this.clock = clock;
        this.timeOfDay = timeOfDay;
        nowNs = clock.nanoTime();
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

    /** Reads both clocks; to be called before frames are looked for. */
    void read() {
        nowNs = clock.nanoTime();
        timeOfDayNs = timeOfDay.nanoTime();
    }

    /** When the frame came that has this stamp, nanoseconds; no earlier than any before. */
    long arrivedNs(long stampNs) {
        long agoNs = timeOfDayNs - stampNs;
        boolean isCredible = agoNs > -CREDIBLE_NS && agoNs < nowNs - emptyNs + CREDIBLE_NS;
        return latest(isCredible ? nowNs - agoNs : nowNs);
    }

    /** Notes that none was found any more: all were taken that came before the clocks were read. */
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
