package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.recovery.SequenceRecovery.DISCARD;
import static net.twinpath.duppath.recovery.SequenceRecovery.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import net.twinpath.duppath.counters.CounterBlock;

/** A vector recovery function that links bring numbers to, each with the verdict it is to have. */
abstract class HeardNumbers {
    static final int A = 0;
    static final int B = 1;
    static final long MS = 1_000_000;

    CounterBlock counters = CounterBlock.ofStream();

    /** The function under test. */
    SequenceRecovery recovery = vector(4096, true, false);

    /** A new function of three links, which counts in {@link #counters} from now on; its reset time is 2 s. */
    final SequenceRecovery vector(int historyLength, boolean resync, boolean individual) {
        counters = CounterBlock.ofStream();
        return SequenceRecovery.of(
                new RecoverySettings(
                        RecoveryAlgorithm.VECTOR,
                        historyLength,
                        2_000 * MS,
                        false,
                        individual,
                        resync,
                        LatentErrorSettings.off()),
                3,
                counters);
    }

    final void heard(int link, int number, long nowMs, int verdict) {
        assertThat(recovery.recover(link, number & 0xFFFF, nowMs * MS))
                .as("number %d on link %d at %d ms", number, link, nowMs)
                .isEqualTo(verdict);
    }

    /** Links A and B bring the numbers from {@code first} to before {@code end}, all at once. */
    final void bothBring(int first, int end, long nowMs) {
        for (int number = first; number < end; number++) {
            heard(A, number, nowMs, PASS);
            heard(B, number, nowMs, DISCARD);
        }
    }
}
