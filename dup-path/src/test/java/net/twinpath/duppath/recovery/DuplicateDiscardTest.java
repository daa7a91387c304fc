package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.recovery.DuplicateDiscard.DUPLICATE;
import static net.twinpath.duppath.recovery.DuplicateDiscard.ENTRY_FORGET_TIME_NS;
import static net.twinpath.duppath.recovery.DuplicateDiscard.FIRST;
import static net.twinpath.duppath.recovery.DuplicateDiscard.REPEAT;
import static net.twinpath.duppath.recovery.DuplicateDiscard.RESTART;
import static net.twinpath.duppath.recovery.DuplicateDiscard.RESTART_RUN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Duplicate discard by a truth table, by its stated bounds, then by seeded bulk runs against a naive oracle. */
class DuplicateDiscardTest {
    private static final int SENDER = 1;
    private static final int A = 0;
    private static final int B = 1;
    private static final long MS = 1_000_000;

    private final DuplicateDiscard discard = discard(2);

    private static DuplicateDiscard discard(int senders) {
        return discard(senders, 2);
    }

    private static DuplicateDiscard discard(int senders, int links) {
        var memory = new UnsafeBuffer(new byte[DuplicateDiscard.bytes(senders, links)]);
        DuplicateDiscard discard = new DuplicateDiscard(memory, senders, links);
        for (int sender = 0; sender < senders; sender++) {
            discard.reset(sender);
        }
        return discard;
    }

    /** One line of the table: a number on a LAN at a time, and the verdict. */
    private void heard(int lan, int number, long nowMs, int verdict) {
        assertThat(discard.accept(SENDER, lan, number, nowMs * MS))
                .as("number %d on LAN %s at %d ms", number, lan == A ? "A" : "B", nowMs)
                .isEqualTo(verdict);
    }

    @Test
    void truthTable() {
        heard(A, 7, 0, FIRST); // 1 anything is new at the start
        heard(B, 7, 0, DUPLICATE); // 2
        heard(B, 7, 1, REPEAT); // 3 a third copy
        heard(A, 7, 1, REPEAT); // 4
        heard(B, 8, 1, FIRST); // 5
        heard(A, 11, 1, FIRST); // 6 a gap is normal
        heard(A, 9, 1, FIRST); // 7 late, not heard before
        heard(A, 8, 1, DUPLICATE); // 8
        heard(B, 10, 2, FIRST); // 9
        heard(B, 9, 2, DUPLICATE); // 10
        heard(A, 0, 2, FIRST); // 11 late, from the beginning of the block
        heard(A, 65_535, 2, FIRST); // 12 late, over the wrap
        heard(B, 65_535, 2, DUPLICATE); // 13
        heard(B, 11, 401, DUPLICATE); // 14 399 ms after number 0, of the same block, was accepted
    }

    @Test
    void anotherSendersNumbersAreItsOwn() {
        heard(A, 7, 0, FIRST);
        assertThat(discard.accept(0, A, 7, 0)).isEqualTo(FIRST);
        assertThat(discard.accept(0, B, 7, 0)).isEqualTo(DUPLICATE);
        heard(B, 7, 0, DUPLICATE);
    }

    @Test
    void copyIsRecognisedUpToTheForgetTimeBehindTheFirst() {
        for (int number = 0; number < 1_000; number++) {
            heard(A, number, number * 20L, FIRST);
            if (number >= 20) {
                heard(B, number - 20, number * 20L, DUPLICATE);
            }
        }
    }

    @Test
    void numbersComeAgainAfterTheWrapWhateverTheRate() {
        for (int frame = 0; frame < 300_000; frame++) {
            heard(A, frame & 0xFFFF, frame / 14_880, FIRST);
            heard(B, frame & 0xFFFF, frame / 14_880, DUPLICATE);
        }
    }

    @Test
    void fastSendersNumbersAreForgottenBeforeTheyComeRoundUnseen() {
        long nowNs = 0;
        for (int frame = 0; frame < 100_000; frame++) {
            nowNs += 2_000; // 500 000 a second: half the range takes 65.5 ms
            discard.accept(SENDER, A, frame & 0xFFFF, nowNs);
        }
        // The next 65 000 frames went elsewhere: the number that comes now looks late, and is new.
        int number = (100_000 + 65_000) & 0xFFFF;
        nowNs += 65_000L * 2_000;
        assertThat(discard.accept(SENDER, A, number, nowNs)).isEqualTo(FIRST);
    }

    @Test
    void burstsDoNotShortenTheForgetTime() {
        for (int burst = 0; burst < 1_000; burst++) {
            long startNs = burst * 100L * MS;
            for (int copy = 0; copy < 2; copy++) {
                for (int i = 0; i < 1_000; i++) {
                    int number = (burst * 1_000 + i) & 0xFFFF;
                    long nowNs = startNs + copy * 50L * MS + i * 1_000L; // a million a second
                    assertThat(discard.accept(SENDER, copy, number, nowNs))
                            .as("burst %d, number %d", burst, i)
                            .isEqualTo(copy == 0 ? FIRST : DUPLICATE);
                }
            }
        }
    }

    @Test
    void aFrameAnHourHasTheWholeForgetTimeForYears() {
        for (int frame = 0; frame < 20_000; frame++) {
            heard(A, frame, 3_600_000L * frame, FIRST);
            heard(B, frame, 3_600_000L * frame + 399, DUPLICATE);
        }
    }

    @Test
    void slowedSenderHasTheWholeForgetTimeAgain() {
        for (int frame = 0; frame < 100_000; frame++) {
            discard.accept(SENDER, A, frame & 0xFFFF, frame * 2_000L);
        }
        long slowNs = 100_000 * 2_000L + ENTRY_FORGET_TIME_NS;
        for (int frame = 0; frame < 10; frame++) {
            long nowNs = slowNs + 500L * frame * MS;
            assertThat(discard.accept(SENDER, A, 40_000 + frame, nowNs)).isEqualTo(FIRST);
            if (frame > 0) { // the first may have followed others that went elsewhere
                assertThat(discard.accept(SENDER, B, 40_000 + frame, nowNs + 390 * MS))
                        .isEqualTo(DUPLICATE);
            }
        }
    }

    @Test
    void restartAtNumbersJustHeardCostsAShortRunAtMost() {
        for (int number = 0; number < 20_000; number++) {
            heard(A, number, 0, FIRST);
            heard(B, number, 0, DUPLICATE);
        }
        for (int number = 5_000; number < 5_000 + RESTART_RUN - 1; number++) {
            heard(A, number, 1, REPEAT);
        }
        heard(A, 5_000 + RESTART_RUN - 1, 1, RESTART);
        for (int number = 5_000 + RESTART_RUN; number < 30_000; number++) {
            heard(A, number, 1, FIRST);
        }
        heard(B, 5_000, 1, FIRST); // what LAN A's run cost, the slower LAN still brings
        heard(B, 5_000 + RESTART_RUN - 1, 1, DUPLICATE);
        heard(B, 5_000 + RESTART_RUN, 1, DUPLICATE);
    }

    @Test
    void senderHeldUpBetweenTwoLinksPassesNothingTwice() {
        long nowNs = 0;
        for (int batch = 0; batch < 2_000; batch++) {
            for (int lan = A; lan <= B; lan++) {
                for (int i = 0; i < 64; i++) {
                    nowNs += 1_000; // 500 000 a second: half the range takes 65.5 ms
                    int verdict = discard.accept(SENDER, lan, (batch * 64 + i) & 0xFFFF, nowNs);
                    assertThat(verdict).as("batch %d, LAN %d", batch, lan).isEqualTo(lan == A ? FIRST : DUPLICATE);
                }
                nowNs += batch % 100 == 99 ? 390 * MS : 0;
            }
        }
    }

    @Test
    void whatPassedBeforeARestartWasToldIsStillKnown() {
        for (int number = 0; number < 20_000; number++) {
            if (number < 5_000 || number >= 5_010) {
                heard(A, number, number / 1_000, FIRST);
                heard(B, number, number / 1_000, DUPLICATE);
            }
        }
        for (int number = 5_000; number < 5_010; number++) {
            heard(A, number, 30, FIRST); // not heard before
        }
        for (int number = 5_010; number < 5_010 + RESTART_RUN - 1; number++) {
            heard(A, number, 30, REPEAT);
        }
        heard(A, 5_010 + RESTART_RUN - 1, 30, RESTART);
        for (int number = 5_000; number < 5_010 + RESTART_RUN; number++) {
            boolean isRepeated = number >= 5_010 && number < 5_010 + RESTART_RUN - 1;
            heard(B, number, 30, isRepeated ? FIRST : DUPLICATE);
        }
    }

    @Test
    void copiesOfALateLinkAreStillKnownAfterARestart() {
        for (int number = 0; number < 10_000; number++) {
            heard(A, number, number / 1_000, FIRST);
            if (number >= 4_000) {
                heard(B, number - 4_000, number / 1_000, DUPLICATE);
            }
        }
        for (int number = 2_000; number < 2_000 + RESTART_RUN - 1; number++) {
            heard(A, number, 10, REPEAT);
        }
        heard(A, 2_000 + RESTART_RUN - 1, 10, RESTART);
        for (int i = 0; i < 4_000; i++) {
            heard(B, 6_000 + i, 10 + i / 1_000, DUPLICATE);
            heard(A, 2_000 + RESTART_RUN + i, 10 + i / 1_000, FIRST);
        }
        for (int i = 0; i < 8_000; i++) {
            heard(B, 2_000 + RESTART_RUN + i, 14 + i / 1_000, i < 4_000 ? DUPLICATE : FIRST);
        }
    }

    /** Both links end in one network: each brings all the other does, in bursts one behind the other. */
    @Test
    void burstsThatComeTwiceAreNoRestart() {
        for (int burst = 0; burst < 2_000; burst++) {
            for (int copy = 0; copy < 2; copy++) {
                for (int lan = A; lan <= B; lan++) {
                    for (int i = 0; i < 64; i++) {
                        int number = (burst * 64 + i) & 0xFFFF;
                        int expected = copy == 1 ? REPEAT : lan == A ? FIRST : DUPLICATE;
                        heard(lan, number, burst, expected);
                    }
                }
            }
        }
    }

    @Test
    void restartRightBehindTheNewestIsHeardOnceTheLastBurstIsOld() {
        for (int number = 0; number < 100; number++) {
            heard(A, number, 0, FIRST);
        }
        for (int number = 0; number < 40; number++) {
            heard(A, number, 4, REPEAT);
        }
        for (int number = 40; number < 40 + RESTART_RUN - 1; number++) {
            heard(A, number, 5, REPEAT);
        }
        heard(A, 40 + RESTART_RUN - 1, 5, RESTART);
        heard(A, 40 + RESTART_RUN, 5, FIRST);
    }

    @Test
    void ofEightLinksTheFirstPassesAndSevenAreDuplicates() {
        DuplicateDiscard eight = discard(1, 8);
        for (int frame = 0; frame < 200_000; frame++) {
            for (int i = 0; i < 8; i++) {
                int verdict = eight.accept(0, (frame + i) & 7, frame & 0xFFFF, frame * 1_000L);
                assertThat(verdict).as("frame %d, copy %d", frame, i).isEqualTo(i == 0 ? FIRST : DUPLICATE);
            }
        }
    }

    @Test
    void anotherLinkInAPlaceTellsNoRestart() {
        for (int number = 0; number < 1_000; number++) {
            heard(A, number, number / 10, FIRST);
            heard(B, number, number / 10, DUPLICATE);
        }
        discard.linksChanged(110 * MS);
        for (int number = 500; number < 1_000; number++) {
            heard(B, number, 110, REPEAT);
        }
        for (int number = 1_000; number < 2_000; number++) {
            heard(B, number, 111, FIRST);
            heard(A, number, 111, DUPLICATE);
        }
    }

    @Test
    void slowSenderIsHeardAgainAfterTheForgetTime() {
        heard(A, 100, 0, FIRST);
        heard(A, 100, 400, REPEAT);
        heard(A, 100, 401, FIRST);
    }

    @Test
    void networkThatRepeatsFramesIsNoRestart() {
        for (int number = 0; number < 1_000; number++) {
            heard(A, number, 0, FIRST);
            heard(A, number, 0, REPEAT);
            heard(B, number, 0, DUPLICATE);
            heard(B, number, 0, REPEAT);
        }
        for (int i = 0; i < 1_000; i++) {
            heard(A, 999, 0, REPEAT); // a transmitter that is stuck
        }
    }

    @Test
    void forgedNumbersRoundAndRoundCostOnlyTheFramesWhoseNumbersTheyTook() {
        SplittableRandom random = new SplittableRandom(0xF0);
        BitSet forged = new BitSet();
        for (int frame = 0; frame < 200_000; frame++) {
            long nowNs = frame * 10_000L;
            int number = frame & 0xFFFF;
            int verdict = discard.accept(SENDER, A, number, nowNs);
            assertThat(verdict == FIRST || forged.get(number))
                    .as("frame %d, whose number was not forged, is passed", frame)
                    .isTrue();
            forged.clear(number);
            if (frame % 50 == 0) {
                int taken = random.nextInt(0x1_0000);
                discard.accept(SENDER, A, taken, nowNs);
                forged.set(taken);
            }
        }
    }

    @Test
    void forgedNumberFarAheadCostsNoOtherFrame() {
        for (int number = 0; number < 100; number++) {
            heard(A, number, 0, FIRST);
        }
        heard(A, 100 + 32_767, 0, FIRST);
        heard(A, (100 + 65_000) & 0xFFFF, 0, FIRST);
        for (int number = 100; number < 30_000; number++) {
            heard(A, number, 1, FIRST);
            heard(B, number, 1, DUPLICATE);
        }
    }

    @Test
    void resetForgets() {
        heard(A, 5, 0, FIRST);
        discard.reset(SENDER);
        heard(A, 5, 0, FIRST);
    }

    /** Giving memory back changes no verdict, whatever the numbers do. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void memoryGivenBackIsForgottenAnyway(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DuplicateDiscard frugal = discard(1);
        DuplicateDiscard lavish = discard(1);
        int[] next = {0, 0};
        long nowNs = 1_000 * MS;
        for (int copy = 0; copy < 1_000_000; copy++) {
            nowNs += random.nextInt(2_000) == 0 ? random.nextLong(900 * MS) : random.nextLong(40_000);
            int lan = random.nextInt(2);
            if (random.nextInt(5_000) == 0) {
                next[lan] = random.nextBoolean() ? random.nextInt(0x1_0000) : next[1 - lan];
            }
            int number = (random.nextInt(30) == 0 ? random.nextInt(0x1_0000) : next[lan]++) & 0xFFFF;
            assertThat(frugal.accept(0, lan, number, nowNs))
                    .as("seed %d, copy %d", seed, copy)
                    .isEqualTo(lavish.accept(0, lan, number, nowNs));
            if (random.nextInt(1_000) == 0) {
                frugal.tick(nowNs);
            }
        }
    }

    /**
     * Twelve million copies: two LANs that lose, burst, delay, reorder and repeat; a sender that skips numbers meant for
     * others, wraps, and starts again at a random number. The oracle knows each frame by itself and says whether it was
     * passed before.
     */
    @ParameterizedTest
    @ValueSource(longs = {0x5E55101DL, 0xC0FFEEL, 0xDECAFL, 0xFACADEL})
    void agreesWithTheOracle(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DuplicateDiscard tested = discard(1);
        BitSet passed = new BitSet();
        long copies = 0;
        int lost = 0;
        int first = 0;
        int restarts = 0;
        for (int life = 0; life < 6; life++) {
            List<Copy> schedule = schedule(random, first, life * 10_000L * MS);
            BitSet heard = new BitSet();
            for (Copy copy : schedule) {
                int verdict = tested.accept(0, copy.lan, copy.number, copy.atNs);
                boolean pass = verdict == FIRST || verdict == RESTART;
                restarts += verdict == RESTART ? 1 : 0;
                assertThat(pass && passed.get(copy.frame))
                        .as("seed %x, frame %d passed twice", seed, copy.frame)
                        .isFalse();
                if (pass) {
                    passed.set(copy.frame);
                }
                heard.set(copy.frame);
                copies++;
            }
            heard.andNot(passed);
            lost += heard.cardinality();
            first += FRAMES_PER_LIFE;
        }
        assertThat(copies).isGreaterThan(2_900_000);
        // Between two lives the sender was silent longer than the forget time: nothing may be lost at all.
        assertThat(lost).as("frames heard but never passed").isZero();
        assertThat(restarts).isZero();
    }

    private static final int FRAMES_PER_LIFE = 350_000;

    private record Copy(int frame, int lan, int number, long atNs) {}

    private static List<Copy> schedule(SplittableRandom random, int firstFrame, long startNs) {
        List<Copy> copies = new ArrayList<>();
        long skewNs = random.nextInt(20) * MS;
        int number = random.nextInt(0x1_0000);
        long[] blindUntilNs = new long[2];
        for (int frame = 0; frame < FRAMES_PER_LIFE; frame++) {
            long sentNs = startNs + frame * 5_000L; // 200 000 a second
            number += random.nextInt(50) == 0 ? random.nextInt(1, 10) : 1;
            for (int lan = A; lan <= B; lan++) {
                if (random.nextInt(20_000) == 0) {
                    blindUntilNs[lan] = sentNs + random.nextInt(30) * MS;
                }
                if (random.nextInt(10) == 0 || sentNs < blindUntilNs[lan]) {
                    continue;
                }
                long atNs = sentNs + lan * skewNs + random.nextInt(200_000);
                copies.add(new Copy(firstFrame + frame, lan, number & 0xFFFF, atNs));
                if (random.nextInt(200) == 0) {
                    copies.add(new Copy(firstFrame + frame, lan, number & 0xFFFF, atNs + random.nextInt(100_000)));
                }
            }
        }
        copies.sort(Comparator.comparingLong(Copy::atNs));
        return copies;
    }
}
