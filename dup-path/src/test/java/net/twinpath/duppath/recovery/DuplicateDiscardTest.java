package net.twinpath.duppath.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Duplicate discard by a truth table, then by seeded bulk runs against a naive oracle. */
class DuplicateDiscardTest {
    private static final int FORGET_MS = 400;
    private static final int SENDER = 1;

    private final DuplicateDiscard discard = discard(2);

    private static DuplicateDiscard discard(int senders) {
        DuplicateDiscard discard = new DuplicateDiscard(
                new UnsafeBuffer(new byte[senders * DuplicateDiscard.BYTES_PER_SENDER]), FORGET_MS);
        for (int sender = 0; sender < senders; sender++) {
            discard.reset(sender);
        }
        return discard;
    }

    /** One line of the table: a number at a time is first copy or duplicate. */
    private void heard(int number, long nowMs, boolean first) {
        assertThat(discard.accept(SENDER, number, nowMs))
                .as("number %d at %d ms is a first copy", number, nowMs)
                .isEqualTo(first);
    }

    @Test
    void truthTable() {
        heard(7, 0, true); // 1 anything is new at the start
        heard(7, 0, false); // 2 the other copy
        heard(7, 1, false); // 3 a third copy
        heard(8, 1, true); // 4
        heard(11, 1, true); // 5 a gap is normal
        heard(9, 1, true); // 6 late, not heard before
        heard(11, 1, false); // 7
        heard(10, 2, true); // 8
        heard(9, 2, false); // 9
        heard(0, 2, true); // 10 late, from another block
        heard(65_535, 2, true); // 11 late, over the wrap
        heard(65_535, 2, false); // 12
        heard(11, 401, false); // 13 399 ms after number 10, of the same block, was accepted
    }

    @Test
    void anotherSendersNumbersAreItsOwn() {
        heard(7, 0, true);
        assertThat(discard.accept(0, 7, 0)).isTrue();
        assertThat(discard.accept(0, 7, 0)).isFalse();
        heard(7, 0, false);
    }

    @Test
    void copyIsRecognisedUpToTheForgetTimeBehindTheFirst() {
        for (int number = 0; number < 1_000; number++) {
            heard(number, number * 20L, true);
            if (number >= 20) {
                heard(number - 20, number * 20L, false);
            }
        }
    }

    @Test
    void numbersComeAgainAfterTheWrapAtAnyRate() {
        for (int frame = 0; frame < 200_000; frame++) {
            heard(frame & 0xFFFF, 0, true);
            heard(frame & 0xFFFF, 0, false);
        }
    }

    @Test
    void restartedSenderIsHeardAfterTheForgetTime() {
        for (int number = 0; number < 1_000; number++) {
            heard(number, 0, true);
        }
        heard(0, FORGET_MS, false);
        heard(0, FORGET_MS + 1, true);
        heard(1, FORGET_MS + 1, true);
        heard(1, FORGET_MS + 1, false);
    }

    @Test
    void forgedNumberFarAheadCostsNoOtherFrame() {
        for (int number = 0; number < 100; number++) {
            heard(number, 0, true);
        }
        heard(100 + 32_767, 0, true);
        heard(100 + 65_000, 0, true);
        for (int number = 100; number < 30_000; number++) {
            heard(number, 1, true);
            heard(number, 1, false);
        }
    }

    @Test
    void resetForgets() {
        heard(5, 0, true);
        discard.reset(SENDER);
        heard(5, 0, true);
    }

    /** Two lossy links of different delay: the oracle remembers, per number, when it was accepted last. */
    @Test
    void agreesWithTheOracleUnderLossSkewAndReordering() {
        for (long seed : new long[] {0x5E55101D, 0xC0FFEE, 0xDECAF, 0xFACADE}) {
            agreesWithTheOracle(new SplittableRandom(seed), seed);
        }
    }

    private void agreesWithTheOracle(SplittableRandom random, long seed) {
        DuplicateDiscard tested = discard(1);
        Map<Integer, Integer> passed = new HashMap<>();
        int sent = 0;
        for (Copy copy : copies(random)) {
            boolean first = tested.accept(0, copy.frame & 0xFFFF, copy.atMs);
            assertThat(first)
                    .as("seed %x, frame %d at %d ms", seed, copy.frame, copy.atMs)
                    .isEqualTo(passed.putIfAbsent(copy.frame, 1) == null);
            sent++;
        }
        assertThat(sent).isGreaterThan(100_000);
        assertThat(passed).hasSizeGreaterThan(90_000);
    }

    /** 100 000 frames at 100 a millisecond, a tenth lost on each link, link B up to 100 ms behind with jitter. */
    private static List<Copy> copies(SplittableRandom random) {
        List<Copy> copies = new ArrayList<>();
        int skewMs = random.nextInt(100);
        for (int frame = 0; frame < 100_000; frame++) {
            long sentMs = frame / 100;
            if (random.nextInt(10) != 0) {
                copies.add(new Copy(frame, sentMs + random.nextInt(3)));
            }
            if (random.nextInt(10) != 0) {
                copies.add(new Copy(frame, sentMs + skewMs + random.nextInt(5)));
            }
        }
        copies.sort(Comparator.comparingLong(Copy::atMs));
        return copies;
    }

    private record Copy(int frame, long atMs) {}
}
