package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.recovery.SequenceRecovery.DISCARD;
import static net.twinpath.duppath.recovery.SequenceRecovery.LATE;
import static net.twinpath.duppath.recovery.SequenceRecovery.PASS;
import static net.twinpath.duppath.recovery.SequenceRecovery.ROGUE;
import static org.assertj.core.api.Assertions.assertThat;

import net.twinpath.duppath.counters.StreamCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the vector algorithm follows a sender whose numbers have jumped, rule by rule. */
class ResyncTest extends HeardNumbers {
    private static final int C = 2;

    private void assertResyncs(long resyncs) {
        assertThat(counters.value(StreamCounter.RESYNCS)).isEqualTo(resyncs);
        assertThat(counters.value(StreamCounter.RECOVERY_RESETS)).isEqualTo(1 + resyncs);
    }

    @Test
    void gapOnBothLinksLosesNothingMoreBecauseTheSecondLinkBringsWhatTheFirstBroughtInVain() {
        bothBring(0, 1_000, 0);
        heard(A, 26_000, 50, ROGUE);
        heard(B, 26_000, 50, PASS);
        heard(A, 26_001, 50, PASS);
        heard(B, 26_001, 50, DISCARD);
        assertResyncs(0);
        heard(B, 26_002, 50, PASS);
        heard(A, 26_002, 50, DISCARD);
        assertResyncs(1);
    }

    @Test
    void linkThatLeadsInsistsAndTheOtherBringsTheTwoFramesThatWereRogue() {
        bothBring(0, 1_000, 0);
        heard(A, 26_000, 50, ROGUE);
        heard(A, 26_001, 50, ROGUE);
        heard(A, 26_002, 50, PASS);
        heard(A, 26_003, 50, PASS);
        heard(B, 26_000, 51, PASS);
        heard(B, 26_001, 51, PASS);
        heard(B, 26_002, 51, DISCARD);
        heard(B, 26_003, 51, DISCARD);
        assertResyncs(1);
    }

    @Test
    void lostNumbersOfTheGapAreNotCountedLostAndThoseAfterItAre() {
        bothBring(0, 1_000, 0);
        heard(A, 26_000, 50, ROGUE);
        heard(B, 26_000, 50, PASS);
        for (int number = 26_002; number < 26_000 + 4_098; number++) {
            heard(A, number, 50, PASS);
        }
        assertThat(counters.value(StreamCounter.LOST)).isEqualTo(1);
    }

    @Test
    void bothLinksAgreeAtOnceOnNumbersAhead() {
        bothBring(0, 1_000, 0);
        heard(A, 6_000, 0, ROGUE);
        heard(A, 6_001, 0, ROGUE);
        heard(A, 6_002, 0, ROGUE);
        heard(B, 6_000, 0, PASS);
        heard(B, 6_001, 0, PASS);
        heard(A, 6_003, 0, PASS);
        assertResyncs(1);
    }

    @Test
    void leadingLinksFramesAfterARestartAreTakenFromTheOtherWhenItsOldOnesAreThrough() {
        bothBring(0, 1_000, 0);
        for (int number = 1_000; number < 1_200; number++) {
            heard(A, number, 0, PASS);
        }
        for (int frame = 0; frame < 200; frame++) { // A brings the new numbers, B what A brought before
            heard(A, 30_000 + frame, 1, ROGUE);
            heard(B, 1_000 + frame, 1, DISCARD);
        }
        for (int frame = 0; frame < 200; frame++) {
            heard(B, 30_000 + frame, 2, PASS);
        }
        heard(A, 30_200, 2, PASS);
        assertResyncs(1);
    }

    @Test
    void oneLinkInsistsFromFiveMillisecondsOn() {
        heard(A, 1_000, 0, PASS);
        heard(A, 6_000, 4, ROGUE);
        heard(A, 6_001, 4, ROGUE);
        heard(A, 6_002, 4, ROGUE);
        heard(A, 6_003, 4, ROGUE);
        heard(A, 6_004, 5, PASS);
        heard(A, 6_003, 5, PASS);
        assertResyncs(1);
    }

    @Test
    void slowStreamLosesTwoFramesOnOneLinkAndNoneOnTwo() {
        heard(A, 1_000, 0, PASS);
        heard(A, 9_000, 100, ROGUE);
        heard(A, 9_001, 200, ROGUE);
        heard(A, 9_002, 300, PASS);
        heard(B, 9_002, 301, DISCARD);
        heard(A, 20_000, 500, ROGUE);
        heard(B, 20_000, 501, PASS);
        heard(A, 20_001, 600, PASS);
        heard(B, 20_001, 601, DISCARD);
        heard(A, 20_002, 700, PASS);
        assertResyncs(2);
    }

    @Test
    void senderThatStartsAgainBehindIsHeardFromTwentyMillisecondsOn() {
        bothBring(30_000, 31_000, 0);
        heard(A, 5, 19, LATE);
        heard(B, 5, 19, LATE);
        heard(A, 6, 19, LATE);
        heard(A, 7, 19, LATE);
        heard(A, 8, 20, PASS);
        heard(B, 8, 20, DISCARD);
        heard(B, 6, 20, PASS);
        heard(A, 9, 20, PASS);
        heard(A, 10, 20, PASS);
        heard(B, 9, 20, DISCARD);
        assertResyncs(1);
    }

    @Test
    void senderThatStartsAgainAtNumbersOfTheHistoryIsHeardToo() {
        bothBring(30_000, 31_000, 0);
        heard(A, 30_100, 300, DISCARD);
        heard(B, 30_100, 300, PASS);
        heard(A, 30_101, 300, PASS);
        heard(A, 30_102, 300, PASS);
        assertResyncs(1);
        bothBring(30_103, 34_000, 301);
        heard(A, 31_000, 700, DISCARD);
        heard(A, 31_001, 700, DISCARD);
        heard(A, 31_002, 700, PASS);
        assertResyncs(2);
    }

    @Test
    void newStartShortlyBehindTheOldNumbersAtOnceCostsAsManyFramesAsItIsBehind() {
        bothBring(30_000, 31_000, 0);
        for (int number = 30_936; number < 31_000; number++) {
            heard(A, number, 99, DISCARD);
            heard(B, number, 99, DISCARD);
        }
        heard(A, 31_000, 99, PASS);
        assertResyncs(0);
    }

    @Test
    void newStartShortlyBehindTheOldNumbersAfterASilenceCostsNothing() {
        for (int behind = 2; behind <= 64; behind++) {
            recovery = vector(4_096, true, false);
            bothBring(30_000, 31_000, 0);
            int first = 31_000 - behind;
            heard(A, first, 100, DISCARD);
            heard(B, first, 100, PASS);
            heard(A, first + 1, 100, PASS);
            heard(B, first + 1, 100, DISCARD);
            for (int number = first + 2; number < first + 200; number++) {
                heard(A, number, 100, PASS);
                heard(B, number, 100, DISCARD);
            }
        }
    }

    @Test
    void gapOfMoreThanHalfTheRangeIsNotMistakenForCopiesByTheLongestHistory() {
        recovery = vector(65_536, true, false);
        bothBring(0, 65_536, 0);
        bothBring(65_536, 70_000, 1);
        int after = 70_000 + 40_000; // seems 25 536 behind
        heard(A, after, 81, DISCARD);
        heard(B, after, 81, PASS);
        heard(A, after + 1, 81, PASS);
        heard(A, after + 2, 81, PASS);
        assertResyncs(1);
    }

    @Test
    void singleForgedNumberCostsNothing() {
        bothBring(0, 1_000, 0);
        for (int number = 1_000; number < 2_000; number++) {
            long nowMs = 10L * (number - 999); // 10 ms apart: the window is silent between frames
            heard(A, number + 4_096 + 20 * (number % 1_000), nowMs, ROGUE);
            heard(A, number, nowMs, PASS);
            heard(B, number - 20_000, nowMs, LATE);
            heard(B, number, nowMs, DISCARD);
        }
        assertResyncs(0);
    }

    @Test
    void forgedAscendingNumbersDoNotMoveAWindowThatIsFed() {
        bothBring(0, 1_000, 0);
        for (int number = 1_000; number < 5_000; number++) {
            long nowMs = number / 250; // 4 ms go by
            heard(A, 10_000 + 2 * number, nowMs, ROGUE);
            heard(A, 10_001 + 2 * number, nowMs, ROGUE);
            heard(B, number, nowMs, PASS);
        }
        assertResyncs(0);
    }

    @Test
    void stuckTransmitterIsNoJump() {
        heard(A, 1_000, 0, PASS);
        for (int frame = 0; frame < 1_000; frame++) {
            heard(A, 9_000, 1 + frame, ROGUE);
        }
        for (int frame = 0; frame < 500; frame++) {
            heard(A, 1_000, 1_001 + frame, DISCARD);
        }
        assertResyncs(0);
    }

    @Test
    void linkFurtherBehindThanTheHistoryNeverTakesTheWindowWhileTheOtherFeedsIt() {
        for (int frame = 0; frame < 200_000; frame += 64) {
            long nowMs = frame / 100; // 100 000 a second, in bursts; link B 60 ms late, link C 70
            for (int i = 0; i < 64; i++) {
                heard(A, frame + i, nowMs, PASS);
            }
            for (int i = 0; i < 64 && frame >= 6_016; i++) {
                heard(B, frame - 6_016 + i, nowMs + 15, LATE); // as if the agent had been held up before each burst
            }
            for (int i = 0; i < 64 && frame >= 7_040; i++) {
                heard(C, frame - 7_040 + i, nowMs + 15, LATE);
            }
        }
        assertResyncs(0);
    }

    @Test
    void lateLinksTakeOverWithoutPassingAFrameTwiceWhenTheLeadingOneIsCut() {
        for (int frame = 0; frame < 20_000; frame++) {
            heard(A, frame, frame / 100, PASS);
            if (frame >= 6_000) {
                heard(B, frame - 6_000, frame / 100, LATE);
                heard(C, frame - 6_000, frame / 100, LATE);
            }
        }
        for (int frame = 14_000; frame < 40_000; frame++) {
            int expected = frame <= 19_999 - 4_096 ? LATE : frame <= 19_999 ? DISCARD : PASS;
            heard(B, frame, (frame + 6_000) / 100, expected);
            heard(C, frame, (frame + 6_000) / 100, expected == PASS ? DISCARD : expected);
        }
        assertResyncs(0);
    }

    @Test
    void linkThatLeadsByMoreThanTheHistoryWaitsUntilTheOtherHasFallenSilent() {
        for (int frame = 0; frame < 1_000; frame++) {
            heard(B, frame, 0, PASS);
            heard(A, 5_000 + frame, 0, ROGUE);
        }
        for (int ms = 1; ms < 100; ms++) {
            heard(A, 6_000 + ms, ms, ROGUE);
        }
        heard(A, 6_100, 100, PASS);
        assertResyncs(1);
    }

    @Test
    void individualFunctionFollowsAJumpThoughRogueFramesRestartItsTimer() {
        recovery = vector(4096, true, true);
        heard(A, 1_000, 0, PASS);
        heard(A, 9_000, 10, ROGUE);
        heard(A, 9_001, 10, ROGUE);
        heard(A, 9_002, 10, PASS);
        for (int frame = 0; frame < 10_000; frame++) {
            heard(A, 9_002, 10 + frame, DISCARD);
        }
        assertResyncs(1);
    }

    @Test
    void resetForgetsWhatSpokeAgainstTheWindow() {
        heard(A, 1_000, 0, PASS);
        heard(A, 9_000, 10, ROGUE);
        heard(A, 9_001, 10, ROGUE);
        recovery.reset();
        heard(A, 1_000, 10, PASS);
        heard(A, 9_002, 20, ROGUE);
        heard(A, 9_003, 20, ROGUE);
        heard(A, 9_004, 20, PASS);
        assertThat(counters.value(StreamCounter.RESYNCS)).isEqualTo(1);
    }

    @Test
    void twoLinksThatLeadDoNotTakeTheWindowFromAThirdThatFeedsIt() {
        for (int number = 0; number < 1_000; number++) {
            heard(C, number, 0, PASS);
            heard(A, number + 5_000, 0, ROGUE);
            heard(B, number + 5_000, 0, ROGUE);
        }
        assertResyncs(0);
    }

    @Test
    void forgedNumberFindsNoSupportInALateLink() {
        recovery = vector(64, true, false);
        for (int number = 1_000; number < 2_000; number++) { // 50 ms apart
            heard(A, number, 50L * number, PASS);
            if (number % 10 == 0) {
                heard(C, number - 100, 50L * number, LATE);
            }
            if (number % 10 == 5) {
                heard(B, number - 105, 50L * number + 45, LATE);
            }
            heard(B, number, 50L * number + 45, DISCARD);
        }
        assertResyncs(0);
    }

    @Test
    void jumpBackToNumbersBeforeTheFirstLosesNothingAndPassesNothingTwice() {
        bothBring(30_000, 31_000, 0);
        heard(A, 29_500, 300, PASS);
        heard(B, 29_500, 300, DISCARD);
        heard(A, 29_501, 300, PASS);
        heard(B, 29_501, 300, DISCARD);
        heard(A, 29_502, 300, PASS);
        heard(B, 29_502, 300, DISCARD);
        assertResyncs(1);
        bothBring(29_503, 32_000, 301); // the marks of 30 000 to 30 999 are gone
    }

    @Test
    void windowThatJumpsBackReachesUpToWhatAnotherLinkHasBrought() {
        bothBring(30_000, 31_000, 0);
        heard(A, 29_500, 300, PASS);
        heard(A, 29_502, 300, PASS);
        heard(B, 29_501, 300, PASS);
        heard(B, 29_502, 300, DISCARD);
        heard(A, 29_503, 300, PASS);
        assertResyncs(1);
    }

    @Test
    void windowThatJumpsBackOverItsBorderReachesUpToWhatAnotherLinkHasBrought() {
        bothBring(30_000, 31_000, 0);
        heard(A, 26_905, 300, PASS); // the last but one place of the history
        heard(B, 26_903, 300, PASS); // beyond it
        heard(B, 26_904, 300, PASS);
        heard(B, 26_905, 300, DISCARD);
        heard(A, 26_906, 300, PASS);
        assertResyncs(1);
    }

    @Test
    void linkThatOnlySpokeAgainstTheOldWindowCanTellTheNextJump() {
        bothBring(30_000, 34_000, 0);
        heard(A, 33_000, 300, DISCARD);
        heard(B, 33_000, 300, PASS);
        heard(A, 33_001, 300, PASS);
        heard(A, 33_002, 300, PASS);
        heard(A, 32_000, 600, DISCARD);
        heard(B, 32_000, 600, PASS);
        heard(B, 32_001, 600, PASS);
        heard(B, 32_002, 600, PASS);
        assertResyncs(2);
    }

    @ParameterizedTest
    @CsvSource({"2000, 0", "2000, 1", "2000, 2", "40000, 0", "40000, 1", "40000, 2"})
    void senderOnTwoLinksIsHeardThoughOneOnOneLinkWasThereFirst(int first, int rogueAt) {
        bothBring(100, 110, 0);
        for (int number = 20_000; number < 20_100; number++) {
            recovery.recover(A, number, (number - 19_800L) * MS);
        }
        for (int frame = 0; frame < 100; frame++) {
            long nowMs = 300L + frame;
            int[] verdicts = new int[2];
            for (int step = 0; step <= 2; step++) {
                if (step == rogueAt) {
                    recovery.recover(A, 20_100 + frame, nowMs * MS);
                }
                if (step < 2) {
                    verdicts[step] = recovery.recover(step, first + frame, nowMs * MS);
                }
            }
            if (frame >= 2) {
                assertThat(verdicts).as("frame %d", frame).containsOnlyOnce(PASS);
            }
        }
    }

    /** One who sends on link A alone was there first, ten times or as often as the sender, and goes on. */
    @ParameterizedTest
    @CsvSource({"50, 10", "10, 10", "1, 1", "100, 50", "400, 100"})
    void senderOnTwoLinksKeepsItsWindowWhileOneOnOneLinkGoesOn(int everyMs, int forgedAFrame) {
        int forged = 30_000;
        int lost = 0;
        int forgedPassed = 0;
        for (int frame = -10; frame < 300; frame++) {
            for (int i = 0; i < forgedAFrame; i++) {
                long nowMs = 10_000L + (long) frame * everyMs + (long) i * everyMs / forgedAFrame;
                boolean passes = recovery.recover(A, forged++ & 0xFFFF, nowMs * MS) == PASS;
                forgedPassed += passes && frame > 3 ? 1 : 0;
                if (frame >= 0 && i == 0) {
                    int onA = recovery.recover(A, 10_000 + frame, nowMs * MS);
                    int onB = recovery.recover(B, 10_000 + frame, nowMs * MS);
                    assertThat(onA == PASS && onB == PASS).as("frame %d", frame).isFalse();
                    lost += onA != PASS && onB != PASS ? 1 : 0;
                }
            }
        }
        assertThat(lost).isLessThanOrEqualTo(3);
        assertThat(forgedPassed).isZero();
    }

    @Test
    void bothLinksBringTheNewNumbersOfARestartWithoutAPauseAndTwoFramesAreLost() {
        bothBring(30_000, 31_000, 0);
        heard(A, 5, 0, LATE);
        heard(B, 5, 0, LATE);
        heard(A, 6, 0, LATE);
        heard(B, 6, 0, LATE);
        heard(A, 7, 0, LATE);
        heard(B, 7, 0, PASS);
        heard(A, 8, 0, PASS);
        heard(B, 8, 0, DISCARD);
        assertResyncs(1);
    }
}
