package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.counters.StreamCounter.LOST;
import static net.twinpath.duppath.counters.StreamCounter.OUT_OF_ORDER;
import static net.twinpath.duppath.counters.StreamCounter.RECOVERY_RESETS;
import static net.twinpath.duppath.counters.StreamCounter.RESYNCS;
import static net.twinpath.duppath.recovery.SequenceRecovery.DISCARD;
import static net.twinpath.duppath.recovery.SequenceRecovery.LATE;
import static net.twinpath.duppath.recovery.SequenceRecovery.PASS;
import static net.twinpath.duppath.recovery.SequenceRecovery.ROGUE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the vector algorithm treats numbers far ahead that are within the history, rule by rule. */
class StrayNumbersTest extends HeardNumbers {
    /** A number just within the history behind {@code newest} is not late, and one more is. */
    private void assertNewest(int newest, int historyLength, long nowMs) {
        heard(B, newest - historyLength, nowMs, LATE);
        assertThat(recovery.recover(B, newest - historyLength + 1 & 0xFFFF, nowMs * MS))
                .isNotEqualTo(LATE);
    }

    @Test
    void strayPassesOnceAndTheWindowStays() {
        bothBring(0, 5_000, 0);
        heard(A, 5_000 + 3_000, 0, PASS);
        heard(B, 5_000 + 3_000, 1, DISCARD);
        heard(A, 5_000 + 3_000, 1, DISCARD);
        assertThat(counters.value(OUT_OF_ORDER)).isEqualTo(1);
        bothBring(5_000, 5_100, 2);
        heard(B, 5_099 - 4_096, 2, LATE);
        assertThat(counters.value(OUT_OF_ORDER)).isEqualTo(1);
        assertThat(counters.value(LOST)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"8, 5008", "9, 5000"})
    void windowMovesOnByEightNumbersAtOnce(int step, int newest) {
        recovery = vector(128, true, false);
        for (int number = 4_900; number <= 5_000; number++) {
            heard(A, number, 0, PASS);
        }
        heard(A, 5_000 + step, 0, PASS);
        heard(B, newest - 128, 0, LATE);
        heard(B, newest - 127, 0, PASS);
    }

    @Test
    void thirdNumberInARowMovesTheWindowAndAllOfThemAreKnown() {
        heard(A, 5_000, 0, PASS);
        heard(A, 6_000, 0, PASS);
        heard(A, 6_001, 0, PASS);
        assertThat(counters.value(OUT_OF_ORDER)).isEqualTo(1);
        heard(A, 6_065, 0, PASS);
        assertThat(counters.value(OUT_OF_ORDER)).isEqualTo(2);
        heard(B, 6_000, 0, DISCARD);
        heard(B, 6_001, 0, DISCARD);
        heard(B, 6_065, 0, DISCARD);
        heard(B, 6_002, 0, PASS);
        heard(B, 5_000, 0, DISCARD);
        heard(B, 6_065 - 4_096, 0, LATE);
    }

    @Test
    void copiesOfOneNumberAreNoRow() {
        heard(A, 5_000, 0, PASS);
        heard(A, 6_000, 0, PASS);
        for (int copy = 0; copy < 20; copy++) {
            heard(A, 6_000, 0, DISCARD);
            heard(B, 6_000, 0, DISCARD);
        }
        assertNewest(5_000, 4_096, 0);
    }

    @Test
    void copiesOfARowOnTheOtherLinkAreOne() {
        heard(A, 5_000, 0, PASS);
        heard(B, 6_000, 0, PASS);
        heard(A, 6_000, 0, DISCARD);
        heard(A, 6_001, 0, PASS);
        heard(B, 6_001, 0, DISCARD);
        heard(B, 6_002, 0, PASS);
        assertNewest(6_002, 4_096, 0);
    }

    @Test
    void rowsOfFramesOutOfOrderAndWithOthersInBetweenCountToo() {
        bothBring(0, 5_001, 0);
        heard(A, 6_002, 0, PASS);
        heard(A, 6_000, 0, PASS);
        heard(A, 4_990, 0, DISCARD); // a copy of an old one
        heard(B, 5_001, 0, PASS);
        heard(A, 6_003, 0, PASS);
        heard(A, 6_001, 0, PASS);
        heard(A, 6_004, 0, PASS);
        assertNewest(6_004, 4_096, 0);
        for (int number = 6_000; number <= 6_004; number++) {
            heard(B, number, 0, DISCARD);
        }
    }

    @Test
    void twoPathsInOneLinkDoNotBreakEachOthersRow() {
        heard(A, 5_000, 0, PASS);
        for (int frame = 0; frame < 100; frame++) {
            heard(A, 6_100 + 2 * frame, 0, PASS);
            heard(A, 6_001 + 2 * frame, 0, PASS);
        }
        for (int frame = 0; frame < 100; frame++) {
            heard(B, 6_100 + 2 * frame, 0, DISCARD);
            heard(B, 6_001 + 2 * frame, 0, DISCARD);
        }
    }

    @Test
    void rogueFrameBreaksTheRow() {
        bothBring(0, 5_001, 0);
        heard(A, 6_000, 0, PASS);
        heard(A, 6_001, 0, PASS);
        heard(A, 20_000, 0, ROGUE);
        heard(A, 6_002, 0, PASS);
        heard(A, 6_003, 0, PASS);
        assertNewest(5_000, 4_096, 0);
        heard(A, 6_004, 0, PASS);
        heard(B, 6_004 - 4_096, 0, LATE);
    }

    @Test
    void rowMayLeadOverTheHistorysEnd() {
        bothBring(0, 5_000, 0);
        heard(A, 4_999 + 4_095, 0, PASS);
        heard(A, 4_999 + 4_097, 0, PASS);
        heard(A, 4_999 + 4_097, 0, DISCARD);
        heard(A, 4_999 + 4_096, 0, PASS);
        heard(A, 4_999 + 4_150, 0, PASS);
        assertNewest(4_999 + 4_150, 4_096, 0);
        heard(B, 4_999 + 4_095, 0, DISCARD);
        heard(B, 4_999 + 4_096, 0, DISCARD);
        heard(B, 4_999 + 4_097, 0, DISCARD);
        assertThat(counters.value(RESYNCS)).isZero();
    }

    @Test
    void numbersOfAGapAreCountedLostAsIfTheWindowHadMovedAtOnce() {
        bothBring(0, 5_000, 0);
        for (int second = 0; second < 3; second++) { // longer apart than strays are remembered
            heard(A, 6_000 + second, 1_000L * second, PASS);
        }
        for (int number = 6_003; number < 12_000; number++) {
            heard(A, number, 3_000, PASS);
        }
        assertThat(counters.value(LOST)).isEqualTo(1_000);
        assertThat(counters.value(OUT_OF_ORDER)).isEqualTo(1);
    }

    @Test
    void senderThatLeavesOutNumbersWithEachFrameIsFollowedFromTheEighthOn() {
        heard(A, 5_000, 0, PASS);
        for (int frame = 1; frame < 1_000; frame++) {
            heard(A, 5_000 + 500 * frame, frame, PASS);
            heard(B, 5_000 + 500 * frame, frame, DISCARD);
        }
        assertThat(counters.value(RESYNCS)).isZero();
    }

    @Test
    void strayThatIsNotConfirmedIsForgottenWhenItWasNotHeardForFourHundredMilliseconds() {
        heard(A, 5_000, 0, PASS);
        heard(A, 6_000, 0, PASS);
        heard(B, 6_000, 399, DISCARD);
        heard(B, 6_000, 799, PASS);
        heard(A, 6_000, 1_198, DISCARD);
        heard(A, 5_001, 1_598, PASS);
        heard(A, 6_000, 1_598, PASS);
    }

    @ParameterizedTest
    @CsvSource({"399, 1", "400, 0"})
    void goodFrameThatComesToAStraysNumberIsTakenForItsCopyWhileItIsRemembered(long atMs, int expected) {
        bothBring(5_000, 5_020, 0);
        heard(A, 5_035, 0, PASS);
        bothBring(5_020, 5_035, atMs);
        heard(A, 5_035, atMs, expected);
        heard(B, 5_035, atMs, DISCARD);
        bothBring(5_036, 5_200, atMs);
        assertThat(counters.value(OUT_OF_ORDER)).isEqualTo(1);
    }

    @Test
    void sixtyFourStraysAreRememberedAndTheOldestIsForgottenFirst() {
        heard(A, 5_000, 0, PASS);
        for (int stray = 0; stray < 65; stray++) {
            heard(A, 8_900 - 50 * stray, 1 + stray, PASS);
        }
        heard(B, 8_850, 70, DISCARD);
        heard(B, 8_900 - 50 * 64, 70, DISCARD);
        heard(B, 8_900, 70, PASS);
        heard(B, 8_800, 71, PASS); // which made room for 8 900
    }

    @Test
    void straysWrap() {
        bothBring(60_000, 65_500, 0);
        heard(A, 65_536 + 600, 0, PASS);
        heard(A, 65_536 + 601, 0, PASS);
        heard(B, 65_536 + 600, 0, DISCARD);
        heard(A, 65_536 + 602, 0, PASS);
        assertNewest(65_536 + 602, 4_096, 0);
    }

    @Test
    void leadingLinkThatComesBackLosesNothingAndPassesNothingTwice() {
        bothBring(0, 1_000, 0);
        for (int number = 1_000; number < 3_000; number++) {
            heard(B, number, 1, PASS);
        }
        for (int frame = 0; frame < 2_000; frame++) { // A is 200 ahead; the links take turns
            heard(A, 3_200 + frame, 2, PASS);
            heard(B, 3_000 + frame, 2, frame < 200 ? PASS : DISCARD);
        }
        assertThat(counters.value(RESYNCS)).isZero();
    }

    @Test
    void cutLeadingLinksStraysAreKnownWhenTheOtherComesToThem() {
        bothBring(0, 1_000, 0);
        heard(A, 1_200, 0, PASS);
        heard(A, 1_201, 0, PASS);
        for (int number = 1_000; number < 2_000; number++) {
            heard(B, number, 1, number == 1_200 || number == 1_201 ? DISCARD : PASS);
        }
    }

    @Test
    void straysAreStillKnownAfterAJumpAhead() {
        bothBring(0, 1_000, 0);
        heard(A, 5_090, 50, PASS);
        heard(A, 20_000, 50, ROGUE);
        heard(A, 5_100, 50, ROGUE);
        heard(B, 5_100, 50, PASS);
        heard(A, 5_101, 50, PASS);
        heard(A, 5_102, 50, PASS);
        heard(B, 5_090, 50, DISCARD);
        assertThat(counters.value(RESYNCS)).isEqualTo(1);
    }

    @Test
    void resetForgetsStraysAndRows() {
        heard(A, 5_000, 0, PASS);
        heard(A, 6_000, 0, PASS);
        heard(A, 6_001, 0, PASS);
        recovery.reset();
        heard(A, 5_000, 0, PASS);
        heard(A, 6_000, 0, PASS);
        heard(A, 6_002, 0, PASS);
        assertNewest(5_000, 4_096, 0);
    }

    @Test
    void straysRestartTheResetTimeAndATickEndsItAndThem() {
        heard(A, 5_000, 0, PASS);
        heard(A, 6_000, 1_999, PASS);
        recovery.tick(3_998 * MS);
        assertThat(counters.value(RECOVERY_RESETS)).isEqualTo(1);
        recovery.tick(3_999 * MS);
        assertThat(counters.value(RECOVERY_RESETS)).isEqualTo(2);
        heard(B, 6_000, 3_999, PASS);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 64})
    void shortHistoriesKnowNoStrays(int historyLength) {
        recovery = vector(historyLength, true, false);
        heard(A, 5_000, 0, PASS);
        heard(A, 5_000 + historyLength - 1, 0, PASS);
        heard(B, 5_000 - 1, 0, LATE);
        heard(B, 5_000, 0, DISCARD);
    }

    @Test
    void standardAloneKnowsNoStrays() {
        recovery = vector(4_096, false, false);
        heard(A, 5_000, 0, PASS);
        heard(A, 9_095, 0, PASS);
        heard(A, 13_190, 0, PASS);
        heard(A, 9_094, 0, LATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {32_768, 32_769, 50_000, 65_536})
    void longestHistoriesKnowStraysUpToHalfTheRange(int historyLength) {
        recovery = vector(historyLength, true, false);
        bothBring(0, 65_536, 0);
        bothBring(65_536, 70_000, 1);
        heard(A, 69_999 + 32_767, 1, PASS);
        heard(B, 69_999 + 32_767, 1, DISCARD);
        bothBring(70_000, 70_100, 1);
        assertThat(counters.value(LOST)).isZero();
        heard(A, 80_000, 1, PASS);
        heard(A, 80_001, 1, PASS);
        heard(A, 80_002, 1, PASS);
        heard(B, 79_999, 1, PASS);
        heard(B, 80_001, 1, DISCARD);
        heard(B, 80_003, 1, PASS);
        assertThat(counters.value(RESYNCS)).isZero();
    }

    @Test
    void individualFunctionKnowsStraysTooAndAStuckTransmitterStaysShut() {
        recovery = vector(4_096, true, true);
        heard(A, 5_000, 0, PASS);
        for (int second = 0; second < 4; second++) {
            heard(A, 6_000, 300L * second, second == 0 ? PASS : DISCARD);
        }
        assertNewest(5_000, 4_096, 1_000);
        heard(A, 6_001, 1_000, PASS);
        heard(A, 6_002, 1_000, PASS);
        heard(A, 6_003, 1_000, PASS);
        assertNewest(6_003, 4_096, 1_000);
    }
}
