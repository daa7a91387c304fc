package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.recovery.SequenceRecovery.DISCARD;
import static net.twinpath.duppath.recovery.SequenceRecovery.LATE;
import static net.twinpath.duppath.recovery.SequenceRecovery.PASS;
import static net.twinpath.duppath.recovery.SequenceRecovery.ROGUE;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import net.twinpath.duppath.counters.StreamCounter;

/** The standard's text (IEEE 802.1CB 7.4.3) written down as it stands, with an array that is shifted: the tests' oracle. */
final class NaiveVectorRecovery {
    private final RecoverySettings settings;

    private boolean takeAny;
    private int recovSeqNum;
    private final boolean[] sequenceHistory;

    /** For each place of the history whether its number came after the first accepted one: only those can be lost. */
    private final boolean[] afterFirst;

    private long restartedNs;

    private long outOfOrder;
    private long rogue;
    private long passed;
    private long discarded;
    private long lost;
    private long tagless;
    private long resets;

    NaiveVectorRecovery(RecoverySettings settings) {
        this.settings = settings;
        sequenceHistory = new boolean[settings.historyLength()];
        afterFirst = new boolean[settings.historyLength()];
        sequenceRecoveryReset();
    }

    void sequenceRecoveryReset() {
        takeAny = true;
        recovSeqNum = 65_535;
        Arrays.fill(sequenceHistory, false);
        Arrays.fill(afterFirst, false);
        resets++;
    }

    void recoveryTimeout(long nowNs) {
        if (!takeAny && nowNs - restartedNs >= settings.resetNs()) {
            sequenceRecoveryReset();
        }
    }

    int recoverTagless(long nowNs) {
        recoveryTimeout(nowNs);
        tagless++;
        return settings.takeNoSequence() ? accept(nowNs) : discard(nowNs);
    }

    int recover(int sequenceNumber, long nowNs) {
        recoveryTimeout(nowNs);
        int length = settings.historyLength();
        int delta = sequenceNumber - recovSeqNum & 0xFFFF;
        if ((delta & 0x8000) != 0) {
            delta -= 65_536;
        }
        if (takeAny) {
            takeAny = false;
            sequenceHistory[0] = true;
            afterFirst[0] = true;
            recovSeqNum = sequenceNumber;
            return accept(nowNs);
        }
        if (delta >= length || delta <= -length) {
            rogue++;
            restartIfIndividual(nowNs);
            return delta > 0 ? ROGUE : LATE;
        }
        if (delta <= 0) {
            if (sequenceHistory[-delta]) {
                return discard(nowNs);
            }
            sequenceHistory[-delta] = true;
            outOfOrder++;
            return accept(nowNs);
        }
        if (delta != 1) {
            outOfOrder++;
        }
        shift(delta);
        recovSeqNum = sequenceNumber;
        return accept(nowNs);
    }

    private void shift(int delta) {
        int length = sequenceHistory.length;
        for (int place = length - delta; place < length; place++) {
            if (!sequenceHistory[place] && afterFirst[place]) {
                lost++;
            }
        }
        System.arraycopy(sequenceHistory, 0, sequenceHistory, delta, length - delta);
        System.arraycopy(afterFirst, 0, afterFirst, delta, length - delta);
        Arrays.fill(sequenceHistory, 0, delta, false);
        Arrays.fill(afterFirst, 0, delta, true);
        sequenceHistory[0] = true;
    }

    private int accept(long nowNs) {
        passed++;
        restartedNs = nowNs;
        return PASS;
    }

    private int discard(long nowNs) {
        discarded++;
        restartIfIndividual(nowNs);
        return DISCARD;
    }

    private void restartIfIndividual(long nowNs) {
        if (settings.individual()) {
            restartedNs = nowNs;
        }
    }

    Map<StreamCounter, Long> counts() {
        Map<StreamCounter, Long> counts = new EnumMap<>(StreamCounter.class);
        for (StreamCounter counter : StreamCounter.values()) {
            counts.put(counter, 0L);
        }
        counts.put(StreamCounter.OUT_OF_ORDER, outOfOrder);
        counts.put(StreamCounter.ROGUE, rogue);
        counts.put(StreamCounter.PASSED, passed);
        counts.put(StreamCounter.DISCARDED, discarded);
        counts.put(StreamCounter.LOST, lost);
        counts.put(StreamCounter.TAGLESS, tagless);
        counts.put(StreamCounter.RECOVERY_RESETS, resets);
        return counts;
    }
}
