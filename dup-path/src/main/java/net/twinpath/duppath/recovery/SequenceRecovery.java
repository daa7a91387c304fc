package net.twinpath.duppath.recovery;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;

/**
 * Passes the first copy of each of a stream's frames and removes the later ones (IEEE 802.1CB 7.4.3, base recovery
 * function; 7.5, individual recovery function). Pure state: no clock, no I/O, nothing allocated once made; for one thread.
 *
 * <p>{@link #reset} makes the function take whatever number comes next. It happens at the start (BEGIN), when nothing was
 * accepted for the reset time (RECOVERY_TIMEOUT), and when told. The reset time is looked at with each frame, before the
 * frame, and with each {@link #tick}, so that ticks may be as coarse as one likes. It is exact to the nanosecond: a frame
 * that comes just the reset time after the last accepted one finds the function reset. A function that waits for any number
 * has nothing to reset and is not reset again.
 *
 * <p>Each frame is counted once, as passed, discarded or rogue; {@link #LATE} and {@link #ROGUE} are both rogue to the
 * standard, which counts numbers a history length or more away from the newest without asking on which side. As in
 * clauses 10.8.4 and 10.8.6, rogue frames are not among the discarded.
 *
 * <p>Frames that were removed restart the timer of an individual recovery function only (10.4.1.10): so a transmitter
 * stuck on one number is silent for good, and not only for the reset time.
 */
public abstract class SequenceRecovery {
    /** The number was not heard before: the frame is to be passed on. */
    public static final int PASS = 0;

    /** The number was heard before, or there is none and one is needed. */
    public static final int DISCARD = 1;

    /** The number is further behind the newest than the history reaches, so it may have been heard before. */
    public static final int LATE = 2;

    /** The number is further ahead of the newest than the history reaches. */
    public static final int ROGUE = 3;

    /** Links a function can tell apart. */
    public static final int GREATEST_LINKS = Integer.SIZE;

    private final long resetNs;
    private final boolean individual;
    private final CounterBlock counters;

    private boolean takeAny = true;
    private long restartedNs;

    SequenceRecovery(RecoverySettings settings, CounterBlock counters) {
        this.resetNs = settings.resetNs();
        this.individual = settings.individual();
        this.counters = counters;
        counters.increment(StreamCounter.RECOVERY_RESETS);
    }

    /**
     * Makes a function, reset.
     *
     * @param links    links frames may come from, 1 to {@link #GREATEST_LINKS}; 1 for an individual recovery function
     * @param counters the stream's, or for an individual recovery function the link's part of it
     */
    public static SequenceRecovery of(RecoverySettings settings, int links, CounterBlock counters) {
        RecoverySettings.check(links >= 1 && links <= GREATEST_LINKS, "links", links, "1 to " + GREATEST_LINKS);
        return switch (settings.algorithm()) {
            case VECTOR -> new VectorRecovery(settings, links, counters);
            case MATCH -> new MatchRecovery(settings, counters);
        };
    }

    /**
     * Takes note of a frame's number.
     *
     * @param link           place of the link that brought the frame, from 0
     * @param sequenceNumber 0 to 65535
     * @param nowNs          time of arrival; any clock that does not go back
     * @return {@link #PASS}: pass the frame on; {@link #DISCARD}, {@link #LATE} or {@link #ROGUE}: drop it
     */
    public final int recover(int link, int sequenceNumber, long nowNs) {
        tick(nowNs);
        return takeAny ? take(link, sequenceNumber, nowNs) : compare(link, sequenceNumber, nowNs);
    }

    /**
     * Takes note of a frame that is the stream's and has no number.
     *
     * @return {@link #PASS} or {@link #DISCARD}
     */
    public final int recoverTagless(long nowNs) {
        tick(nowNs);
        counters.increment(StreamCounter.TAGLESS);
        return tagless(nowNs);
    }

    /** Looks at the reset time. */
    public final void tick(long nowNs) {
        if (!takeAny && nowNs - restartedNs >= resetNs) {
            reset();
        }
    }

    /** Forgets all numbers and takes the next one, whatever it is (SequenceRecoveryReset, 7.4.3.3). */
    public final void reset() {
        takeAny = true;
        forget();
        counters.increment(StreamCounter.RECOVERY_RESETS);
    }

    /** Takes down what was heard, for a function of the same settings to go on with. */
    public final void save(StateOutput out) {
        out.putBoolean(takeAny);
        out.putLong(restartedNs);
        saveNumbers(out);
    }

    /** Goes on from what another function of the same settings has heard. */
    public final void load(StateInput in) {
        takeAny = in.getBoolean();
        restartedNs = in.getLong();
        loadNumbers(in);
    }

    /** Passes a frame whatever its number. */
    final int take(int link, int number, long nowNs) {
        takeAny = false;
        begin(link, number, nowNs);
        return pass(nowNs);
    }

    /** Forgets all numbers. */
    abstract void forget();

    /** Remembers the first number after a reset. */
    abstract void begin(int link, int number, long nowNs);

    /** The verdict on a number after the first. */
    abstract int compare(int link, int number, long nowNs);

    /** Takes down the numbers heard. */
    abstract void saveNumbers(StateOutput out);

    /** Goes on from the numbers that were taken down. */
    abstract void loadNumbers(StateInput in);

    /** The verdict on a frame without a number. */
    abstract int tagless(long nowNs);

    final int pass(long nowNs) {
        counters.increment(StreamCounter.PASSED);
        restartedNs = nowNs;
        return PASS;
    }

    final int discard(long nowNs) {
        counters.increment(StreamCounter.DISCARDED);
        restartIfIndividual(nowNs);
        return DISCARD;
    }

    final void restartIfIndividual(long nowNs) {
        if (individual) {
            restartedNs = nowNs;
        }
    }

    final void count(StreamCounter counter, long amount) {
        counters.add(counter, amount);
    }
}
