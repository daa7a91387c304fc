package net.twinpath.duppath.recovery;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;

/**
 * Finds a link that has failed unnoticed behind the others, by counting copies (IEEE 802.1CB 7.4.4): of each frame passed
 * a copy less than there are paths should have been discarded. Pure state: no clock, no I/O, nothing allocated once made;
 * for the thread that counts. {@link #inError} may be called by any thread.
 *
 * <pre>
 *  missing copies  =  passed x (paths - 1) - discarded
 *  test            every period:        error when |base - missing copies| is more than the difference allowed
 *  reset           every reset period:  base = missing copies
 * </pre>
 *
 * <p>When both fall due at once the test comes first. The first {@link #tick} takes a base without counting it as a reset,
 * and starts both timers. A tick that comes late stands for all it missed.
 *
 * <p>Limits, from the standard's arithmetic: rogue frames are not among the discarded, so a link further behind than the
 * history looks like one that is silent; frames without a number, where they are taken, all pass and look like frames
 * without copies; and one link's loss hides behind another's surplus. The standard has no counter
 * for the error itself, it is an event (SIGNAL_LATENT_ERROR); {@link StreamCounter#LATENT_ERRORS} counts it, once for
 * each test that fails.
 */
public final class LatentErrorDetection {
    private final LatentErrorSettings settings;
    private final CounterBlock counters;

    private boolean started;
    private long base;
    private long testedNs;
    private long resetNs;
    private volatile boolean inError;

    /** @param counters the stream's, where its sequence recovery function counts */
    public LatentErrorDetection(LatentErrorSettings settings, CounterBlock counters) {
        this.settings = settings;
        this.counters = counters;
    }

    /** Makes the test and takes a new base, each when it is due. */
    public void tick(long nowNs) {
        if (!settings.enabled()) {
            return;
        }
        if (!started) {
            start(nowNs);
        }
        if (nowNs - testedNs >= settings.periodNs()) {
            testedNs = nowNs;
            test();
        }
        if (nowNs - resetNs >= settings.resetPeriodNs()) {
            resetNs = nowNs;
            base = missingCopies();
            counters.increment(StreamCounter.LATENT_ERROR_RESETS);
        }
    }

    private void start(long nowNs) {
        started = true;
        testedNs = nowNs;
        resetNs = nowNs;
        base = missingCopies();
    }

    private void test() {
        boolean error = settings.paths() > 1 && Math.abs(base - missingCopies()) > settings.difference();
        if (error) {
            counters.increment(StreamCounter.LATENT_ERRORS);
        }
        inError = error;
    }

    private long missingCopies() {
        return counters.value(StreamCounter.PASSED) * (settings.paths() - 1) - counters.value(StreamCounter.DISCARDED);
    }

    /** Whether the last test failed. */
    public boolean inError() {
        return inError;
    }
}
