package net.twinpath.duppath.recovery;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;

/**
 * Removes frames whose number is the last one passed (MatchRecoveryAlgorithm, IEEE 802.1CB 7.4.3.5). There is no history:
 * nothing is late, rogue or lost, and a copy that comes after the next frame's first copy passes again. Frames without a
 * number are passed, and leave the reset timer alone.
 */
final class MatchRecovery extends SequenceRecovery {
    private int last;

    MatchRecovery(RecoverySettings settings, CounterBlock counters) {
        super(settings, counters);
    }

    @Override
    void forget() {}

    @Override
    void begin(int link, int number, long nowNs) {
        last = number;
    }

    @Override
    int compare(int link, int number, long nowNs) {
        if (number == last) {
            return discard(nowNs);
        }
        if ((short) (number - last) != 1) {
            count(StreamCounter.OUT_OF_ORDER, 1);
        }
        last = number;
        return pass(nowNs);
    }

    @Override
    void saveNumbers(StateOutput out) {
        out.putInt(last);
    }

    @Override
    void loadNumbers(StateInput in) {
        last = in.getInt();
    }

    @Override
    int tagless(long nowNs) {
        count(StreamCounter.PASSED, 1);
        return PASS;
    }
}
