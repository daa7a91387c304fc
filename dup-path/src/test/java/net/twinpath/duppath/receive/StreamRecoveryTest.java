package net.twinpath.duppath.receive;

import static org.assertj.core.api.Assertions.assertThat;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.duppath.recovery.LatentErrorSettings;
import net.twinpath.duppath.recovery.RecoveryAlgorithm;
import net.twinpath.duppath.recovery.RecoverySettings;
import net.twinpath.duppath.recovery.SequenceRecovery;
import org.junit.jupiter.api.Test;

/** A stream whose links have recovery functions of their own before the one that merges them. */
class StreamRecoveryTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final long MS = 1_000_000;

    private final CounterBlock counters = CounterBlock.ofStream();
    private final StreamRecovery recovery = new StreamRecovery(
            new RecoverySettings(
                    RecoveryAlgorithm.VECTOR, 4_096, 2_000 * MS, false, false, true, LatentErrorSettings.off()),
            true,
            counters);

    @Test
    void aStuckTransmitterIsRemovedOnItsLink() {
        assertThat(recovery.recover(A, 7, 0)).isEqualTo(SequenceRecovery.PASS);
        for (int copy = 1; copy < 1_000; copy++) {
            assertThat(recovery.recover(A, 7, 10L * copy * MS)).isEqualTo(StreamRecovery.REPEAT);
        }
        assertThat(recovery.individualCounters().get(A).value(StreamCounter.DISCARDED))
                .isEqualTo(999);
        assertThat(counters.value(StreamCounter.PASSED)).isEqualTo(1);
        assertThat(counters.value(StreamCounter.DISCARDED)).isZero();
    }

    @Test
    void whoIsFirstOnOneLinkDoesNotKeepOutTheSenderOnBoth() {
        int lost = 0;
        for (int frame = -100; frame < 1_000; frame++) {
            long nowNs = 1_000 * MS + frame * MS;
            recovery.recover(A, 40_100 + frame, nowNs);
            if (frame >= 0) {
                boolean onA = recovery.recover(A, 10_000 + frame, nowNs) == SequenceRecovery.PASS;
                boolean onB = recovery.recover(B, 10_000 + frame, nowNs) == SequenceRecovery.PASS;
                assertThat(onA && onB).as("frame %d", frame).isFalse();
                lost += onA || onB ? 0 : 1;
            }
        }
        assertThat(lost).isLessThanOrEqualTo(3);
    }

    @Test
    void aRestartThatBothLinksBringCostsNothing() {
        for (int number = 0; number < 1_000; number++) {
            recovery.recover(A, number, 0);
            recovery.recover(B, number, 0);
        }
        for (int number = 30_000; number < 30_100; number++) {
            boolean onA = recovery.recover(A, number, 50 * MS) == SequenceRecovery.PASS;
            boolean onB = recovery.recover(B, number, 50 * MS) == SequenceRecovery.PASS;
            assertThat(onA ^ onB).as("number %d", number).isTrue();
        }
    }
}
