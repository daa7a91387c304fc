package net.twinpath.duppath.receive;

import java.util.List;
import java.util.stream.Stream;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.recovery.LatentErrorDetection;
import net.twinpath.duppath.recovery.LatentErrorSettings;
import net.twinpath.duppath.recovery.RecoverySettings;
import net.twinpath.duppath.recovery.SequenceRecovery;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
import org.jspecify.annotations.Nullable;

/**
 * All that removes a stream's copies (IEEE 802.1CB clause 7): on each link an individual recovery function, when wanted,
 * then the one that merges the links, and latent error detection beside it.
 */
public final class StreamRecovery {
    /** The same link brought the number before: what an individual recovery function removes. */
    static final int REPEAT = 4;

    private static final int MAX_LINKS = 8;

    private final RecoverySettings settings;
    private final CounterBlock counters;
    private final List<CounterBlock> individualCounters;
    private final SequenceRecovery @Nullable [] individuals;
    private final SequenceRecovery merging;
    private volatile LatentErrorDetection latentErrors;

    /**
     * @param settings   of the function that merges the links
     * @param individual whether each link has a function of its own before
     * @param counters   the stream's
     */
    public StreamRecovery(RecoverySettings settings, boolean individual, CounterBlock counters) {
        this.settings = settings;
        this.counters = counters;
        this.merging = SequenceRecovery.of(settings, MAX_LINKS, counters);
        this.individualCounters = Stream.generate(CounterBlock::ofStream)
                .limit(individual ? MAX_LINKS : 0)
                .toList();
        this.individuals = individual ? individuals(settings, individualCounters) : null;
        this.latentErrors = new LatentErrorDetection(settings.latentError(), counters);
    }

    private static SequenceRecovery[] individuals(RecoverySettings settings, List<CounterBlock> counters) {
        SequenceRecovery[] functions = new SequenceRecovery[MAX_LINKS];
        RecoverySettings own = new RecoverySettings(
                settings.algorithm(),
                settings.historyLength(),
                settings.resetNs(),
                settings.takeNoSequence(),
                true,
                settings.resync(),
                LatentErrorSettings.off());
        for (int link = 0; link < MAX_LINKS; link++) {
            functions[link] = SequenceRecovery.of(own, 1, counters.get(link));
        }
        return functions;
    }

    /**
     * Takes note of a frame's number.
     *
     * @return {@link SequenceRecovery#PASS} or why the frame is to be dropped
     */
    int recover(int link, int sequenceNumber, long nowNs) {
        if (individuals != null) {
            int verdict = individuals[link].recover(0, sequenceNumber, nowNs);
            // A number far from those of its own link is for all links to judge: they know which of two senders is the
            // good one.
            if (verdict == SequenceRecovery.DISCARD) {
                return REPEAT;
            }
            if (verdict != SequenceRecovery.PASS && !settings.resync()) {
                return verdict;
            }
        }
        return merging.recover(link, sequenceNumber, nowNs);
    }

    /** Takes note of a frame of the stream that has no number. */
    int recoverTagless(long nowNs) {
        return merging.recoverTagless(nowNs);
    }

    /** Takes down the numbers heard, for a successor of the same settings. */
    public void save(StateOutput out) {
        merging.save(out);
        if (individuals != null) {
            for (SequenceRecovery individual : individuals) {
                individual.save(out);
            }
        }
    }

    /** Goes on from the numbers a predecessor of the same settings has heard. */
    public void load(StateInput in) {
        merging.load(in);
        if (individuals != null) {
            for (SequenceRecovery individual : individuals) {
                individual.load(in);
            }
        }
    }

    /** Tells that copies come over so many links from now on. */
    void linksChanged(int links) {
        LatentErrorSettings latent = settings.latentError();
        latentErrors = new LatentErrorDetection(
                new LatentErrorSettings(
                        latent.enabled(), latent.difference(), latent.periodNs(), links, latent.resetPeriodNs()),
                counters);
    }

    /** Looks at the timers. */
    void tick(long nowNs) {
        merging.tick(nowNs);
        latentErrors.tick(nowNs);
    }

    /**
     * What the individual recovery functions count, that of the first link first; empty when there are none. What they
     * remove the stream's own counters do not know.
     */
    public List<CounterBlock> individualCounters() {
        return individualCounters;
    }

    /** Whether fewer or more copies come than links should bring; may be asked by any thread. */
    public boolean hasLatentError() {
        return latentErrors.inError();
    }
}
