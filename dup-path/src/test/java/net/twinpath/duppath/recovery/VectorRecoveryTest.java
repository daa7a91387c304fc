package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.counters.StreamCounter.DISCARDED;
import static net.twinpath.duppath.counters.StreamCounter.LOST;
import static net.twinpath.duppath.counters.StreamCounter.OUT_OF_ORDER;
import static net.twinpath.duppath.counters.StreamCounter.PASSED;
import static net.twinpath.duppath.counters.StreamCounter.RECOVERY_RESETS;
import static net.twinpath.duppath.counters.StreamCounter.ROGUE;
import static net.twinpath.duppath.counters.StreamCounter.TAGLESS;
import static net.twinpath.duppath.recovery.SequenceRecovery.DISCARD;
import static net.twinpath.duppath.recovery.SequenceRecovery.LATE;
import static net.twinpath.duppath.recovery.SequenceRecovery.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard's rules of the vector algorithm, one by one, with every counter; jumps are not followed. */
class VectorRecoveryTest {
    private static final int ROGUE_AHEAD = SequenceRecovery.ROGUE;
    private static final long MS = 1_000_000;
    private static final long RESET_MS = 2_000;

    private CounterBlock counters = CounterBlock.ofStream();
    private SequenceRecovery recovery = recovery(8, false, false);

    private SequenceRecovery recovery(int historyLength, boolean takeNoSequence, boolean individual) {
        counters = CounterBlock.ofStream();
        RecoverySettings settings = new RecoverySettings(
                RecoveryAlgorithm.VECTOR,
                historyLength,
                RESET_MS * MS,
                takeNoSequence,
                individual,
                false,
                LatentErrorSettings.off());
        return SequenceRecovery.of(settings, 2, counters);
    }

    /** One line of a table: a number, the verdict, and the counters that go up by one. */
    private void heard(int number, int verdict, StreamCounter... counted) {
        heardAt(0, number, verdict, counted);
    }

    private void heardAt(long nowMs, int number, int verdict, StreamCounter... counted) {
        Map<StreamCounter, Long> expected = StreamCounts.of(counters);
        assertThat(recovery.recover(0, number & 0xFFFF, nowMs * MS))
                .as("number %d", number)
                .isEqualTo(verdict);
        for (StreamCounter counter : counted) {
            expected.merge(counter, 1L, Long::sum);
        }
        assertThat(StreamCounts.of(counters)).as("counters after %d", number).isEqualTo(expected);
    }

    private void taglessAt(long nowMs, int verdict, StreamCounter... counted) {
        Map<StreamCounter, Long> expected = StreamCounts.of(counters);
        assertThat(recovery.recoverTagless(nowMs * MS)).isEqualTo(verdict);
        for (StreamCounter counter : counted) {
            expected.merge(counter, 1L, Long::sum);
        }
        assertThat(StreamCounts.of(counters)).isEqualTo(expected);
    }

    @Test
    void truthTableOfAHistoryOfEight() {
        assertThat(counters.value(RECOVERY_RESETS)).isEqualTo(1); // BEGIN
        heard(100, PASS, PASSED); // 1 anything is new at the start
        heard(100, DISCARD, DISCARDED); // 2
        heard(101, PASS, PASSED); // 3 in order
        heard(103, PASS, PASSED, OUT_OF_ORDER); // 4 a gap
        heard(102, PASS, PASSED, OUT_OF_ORDER); // 5 late, not heard before
        heard(102, DISCARD, DISCARDED); // 6
        heard(99, PASS, PASSED, OUT_OF_ORDER); // 7 before the first
        heard(111, ROGUE_AHEAD, ROGUE); // 8 eight ahead
        heard(95, LATE, ROGUE); // 9 eight behind
        heard(96, PASS, PASSED, OUT_OF_ORDER); // 10 seven behind
        heard(110, PASS, PASSED, OUT_OF_ORDER); // 11 seven ahead; 103 is now the last of the history
        heard(103, DISCARD, DISCARDED); // 12
        heard(102, LATE, ROGUE); // 13
        heard(104, PASS, PASSED, OUT_OF_ORDER); // 14
        heard(110 + 32_768, LATE, ROGUE); // 15 half the range is behind
        heard(110 + 32_767, ROGUE_AHEAD, ROGUE); // 16 one less is ahead
    }

    @Test
    void numbersWrap() {
        heard(65_534, PASS, PASSED);
        heard(65_535, PASS, PASSED);
        heard(0, PASS, PASSED);
        heard(65_535, DISCARD, DISCARDED);
        heard(2, PASS, PASSED, OUT_OF_ORDER);
        heard(1, PASS, PASSED, OUT_OF_ORDER);
        heard(65_533, PASS, PASSED, OUT_OF_ORDER);
        heard(65_530, LATE, ROGUE);
    }

    @Test
    void numberIsLostWhenItLeavesTheHistoryUnheard() {
        heard(0, PASS, PASSED);
        heard(2, PASS, PASSED, OUT_OF_ORDER); // 1 is missing
        for (int number = 3; number < 9; number++) {
            heard(number, PASS, PASSED);
        }
        heard(9, PASS, PASSED, LOST); // the history is now 2 to 9
        heard(10, PASS, PASSED);
    }

    @Test
    void numbersBeforeTheFirstAreNotLost() {
        for (int number = 50; number < 70; number++) {
            heard(number, PASS, PASSED);
        }
        recovery.reset();
        heard(60, PASS, PASSED);
        heard(59, PASS, PASSED, OUT_OF_ORDER); // one of them may still come
        heard(67, PASS, PASSED, OUT_OF_ORDER);
        heard(68, PASS, PASSED); // 60 leaves
        heard(69, PASS, PASSED, LOST); // 61 leaves
    }

    @Test
    void longStepLosesAllItShiftsOut() {
        heard(0, PASS, PASSED);
        heard(7, PASS, PASSED, OUT_OF_ORDER);
        heard(3, PASS, PASSED, OUT_OF_ORDER);
        recovery.recover(0, 14, 0); // 0 to 6 leave, of which 0 and 3 were heard
        assertThat(counters.value(LOST)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2", "64, 63", "65, 64", "1000, 999", "4096, 4095", "32768, 32767"})
    void windowIsAsLongAsTheHistory(int historyLength, int reach) {
        recovery = recovery(historyLength, false, false);
        heard(5, PASS, PASSED);
        heard(5 - historyLength, LATE, ROGUE);
        if (historyLength < 32_768) { // which is behind as well as ahead
            heard(5 + historyLength, ROGUE_AHEAD, ROGUE);
        }
        heard(5 - reach, PASS, PASSED, OUT_OF_ORDER);
        heard(5 - reach, DISCARD, DISCARDED);
        recovery.recover(0, 5 + reach, 0);
        heard(5, DISCARD, DISCARDED);
        heard(4, LATE, ROGUE);
        heard(6, reach == 1 ? DISCARD : PASS, reach == 1 ? new StreamCounter[] {DISCARDED} : passedLate());
    }

    private static StreamCounter[] passedLate() {
        return new StreamCounter[] {PASSED, OUT_OF_ORDER};
    }

    @ParameterizedTest
    @ValueSource(ints = {32_769, 40_000, 65_535, 65_536})
    void nothingIsRogueWithAHistoryOfMoreThanHalfTheRange(int historyLength) {
        recovery = recovery(historyLength, false, false);
        heard(0, PASS, PASSED);
        heard(32_768, PASS, PASSED, OUT_OF_ORDER); // the furthest behind
        heard(32_768, DISCARD, DISCARDED);
        heard(32_767, PASS, PASSED, OUT_OF_ORDER); // the furthest ahead
        heard(0, DISCARD, DISCARDED);
        assertThat(recovery.recover(0, 32_767 + 32_767, 0)).isEqualTo(PASS);
        heard(32_767, DISCARD, DISCARDED);
        heard(32_766, PASS, PASSED, OUT_OF_ORDER); // heard never
    }

    @Test
    void wholeRangeIsRememberedAndNoNumberMeetsItsOwnMark() {
        recovery = recovery(65_536, false, false);
        for (int frame = 0; frame < 200_000; frame++) {
            assertThat(recovery.recover(0, frame & 0xFFFF, 0)).isEqualTo(PASS);
            if (frame >= 32_768) {
                assertThat(recovery.recover(1, frame - 32_768 & 0xFFFF, 0)).isEqualTo(DISCARD);
            }
        }
        assertThat(counters.value(LOST)).isZero();
        assertThat(counters.value(OUT_OF_ORDER)).isZero();
    }

    @Test
    void whatIsLostOfTheWholeRangeIsCountedAWholeRangeLater() {
        recovery = recovery(65_536, false, false);
        for (int frame = 0; frame < 200_000; frame++) {
            if (frame % 100 != 7) {
                recovery.recover(0, frame & 0xFFFF, 0);
            }
        }
        long leftTheHistory = 199_999 - 65_535;
        assertThat(counters.value(LOST)).isEqualTo((leftTheHistory - 8) / 100 + 1);
    }

    @Test
    void resetTimeWithoutAnAcceptedFrameMakesAnyNumberNew() {
        heardAt(0, 100, PASS, PASSED);
        heardAt(1_999, 100, DISCARD, DISCARDED); // does not restart the timer
        heardAt(1_999, 200, ROGUE_AHEAD, ROGUE); // nor does this
        heardAt(2_000, 200, PASS, PASSED, RECOVERY_RESETS);
        heardAt(2_001, 100, LATE, ROGUE);
        heardAt(3_999, 199, PASS, PASSED, OUT_OF_ORDER); // this does
        heardAt(5_998, 199, DISCARD, DISCARDED);
        heardAt(5_999, 199, PASS, PASSED, RECOVERY_RESETS);
    }

    @Test
    void tickResetsOnceAndNotBeforeTheTime() {
        heardAt(0, 100, PASS, PASSED);
        recovery.tick(1_999 * MS);
        assertThat(counters.value(RECOVERY_RESETS)).isEqualTo(1);
        for (int second = 2; second < 20; second++) {
            recovery.tick(second * 1_000L * MS);
        }
        assertThat(counters.value(RECOVERY_RESETS)).isEqualTo(2);
        heardAt(20_000, 100, PASS, PASSED);
    }

    @Test
    void waitingFunctionIsNotResetByTime() {
        recovery.tick(100_000 * MS);
        assertThat(counters.value(RECOVERY_RESETS)).isEqualTo(1);
    }

    @Test
    void resetOnDemandTakesAnyNumberAndIsCounted() {
        heard(100, PASS, PASSED);
        recovery.reset();
        assertThat(counters.value(RECOVERY_RESETS)).isEqualTo(2);
        heard(100, PASS, PASSED);
        heard(100, DISCARD, DISCARDED);
    }

    @Test
    void frameWithoutANumberIsDiscardedUnlessTaken() {
        heardAt(0, 100, PASS, PASSED);
        taglessAt(1_999, DISCARD, TAGLESS, DISCARDED);
        heardAt(2_000, 100, PASS, PASSED, RECOVERY_RESETS); // it did not restart the timer
    }

    @Test
    void frameWithoutANumberThatIsTakenRestartsTheTimer() {
        recovery = recovery(8, true, false);
        heardAt(0, 100, PASS, PASSED);
        taglessAt(1_999, PASS, TAGLESS, PASSED);
        heardAt(3_998, 100, DISCARD, DISCARDED);
        taglessAt(3_999, PASS, TAGLESS, PASSED, RECOVERY_RESETS);
        heardAt(4_000, 100, PASS, PASSED); // it was not a number to start from
    }

    @Test
    void individualFunctionStaysShutForAStuckTransmitter() {
        recovery = recovery(8, false, true);
        heardAt(0, 100, PASS, PASSED);
        for (int second = 1; second < 100; second++) {
            heardAt(second * 1_000L, 100, DISCARD, DISCARDED);
        }
        heardAt(99_500, 300, ROGUE_AHEAD, ROGUE);
        heardAt(101_499, 100, DISCARD, DISCARDED);
        heardAt(103_499, 100, PASS, PASSED, RECOVERY_RESETS);
    }

    @Test
    void standardAloneIsDeafForTheResetTimeAfterAGap() {
        heardAt(0, 100, PASS, PASSED);
        for (int ms = 1; ms < 2_000; ms++) {
            heardAt(ms, 1_000 + ms, ROGUE_AHEAD, ROGUE);
        }
        heardAt(2_000, 3_000, PASS, PASSED, RECOVERY_RESETS);
    }
}
