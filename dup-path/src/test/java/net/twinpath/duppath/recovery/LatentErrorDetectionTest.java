package net.twinpath.duppath.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import org.junit.jupiter.api.Test;

/** Latent error detection, test by test. */
class LatentErrorDetectionTest {
    private static final long S = 1_000_000_000;

    private final CounterBlock counters = CounterBlock.ofStream();

    private LatentErrorDetection detection(int paths) {
        LatentErrorDetection detection =
                new LatentErrorDetection(new LatentErrorSettings(true, 10, 2 * S, paths, 30 * S), counters);
        detection.tick(0);
        return detection;
    }

    private void frames(long passed, long discarded) {
        counters.add(StreamCounter.PASSED, passed);
        counters.add(StreamCounter.DISCARDED, discarded);
    }

    private void assertErrors(LatentErrorDetection detection, boolean inError, long events, long resets) {
        assertThat(detection.inError()).isEqualTo(inError);
        assertThat(counters.value(StreamCounter.LATENT_ERRORS)).isEqualTo(events);
        assertThat(counters.value(StreamCounter.LATENT_ERROR_RESETS)).isEqualTo(resets);
    }

    @Test
    void asManyCopiesAsPathsAreNoError() {
        LatentErrorDetection detection = detection(3);
        frames(1_000, 2_000);
        detection.tick(2 * S);
        assertErrors(detection, false, 0, 0);
    }

    @Test
    void missingCopiesAreAnErrorFromOneMoreThanTheDifferenceOn() {
        LatentErrorDetection detection = detection(2);
        frames(1_000, 990);
        detection.tick(2 * S);
        assertErrors(detection, false, 0, 0);
        frames(1, 0);
        detection.tick(4 * S);
        assertErrors(detection, true, 1, 0);
        detection.tick(6 * S);
        assertErrors(detection, true, 2, 0);
        frames(0, 1);
        detection.tick(8 * S);
        assertErrors(detection, false, 2, 0);
    }

    @Test
    void surplusCopiesAreAnErrorToo() {
        LatentErrorDetection detection = detection(2);
        frames(1_000, 1_011);
        detection.tick(2 * S);
        assertErrors(detection, true, 1, 0);
    }

    @Test
    void onePathHasNothingToCompare() {
        LatentErrorDetection detection = detection(1);
        frames(1_000, 1_000);
        detection.tick(2 * S);
        assertErrors(detection, false, 0, 0);
    }

    @Test
    void nothingIsTestedBeforeItsTime() {
        LatentErrorDetection detection = detection(2);
        frames(1_000, 0);
        detection.tick(2 * S - 1);
        assertErrors(detection, false, 0, 0);
        detection.tick(2 * S);
        assertErrors(detection, true, 1, 0);
        detection.tick(4 * S - 1);
        assertErrors(detection, true, 1, 0);
    }

    @Test
    void lateTickStandsForAllItMissed() {
        LatentErrorDetection detection = detection(2);
        frames(1_000, 0);
        detection.tick(11 * S);
        assertErrors(detection, true, 1, 0);
        detection.tick(13 * S - 1);
        assertErrors(detection, true, 1, 0);
        detection.tick(13 * S);
        assertErrors(detection, true, 2, 0);
    }

    @Test
    void resetTakesANewBaseAfterTheTestThatFallsDueWithIt() {
        LatentErrorDetection detection = detection(2);
        frames(1_000, 980);
        detection.tick(30 * S);
        assertErrors(detection, true, 1, 1);
        detection.tick(32 * S);
        assertErrors(detection, false, 1, 1);
        frames(11, 0);
        detection.tick(34 * S);
        assertErrors(detection, true, 2, 1);
        detection.tick(60 * S);
        assertErrors(detection, true, 3, 2);
    }

    @Test
    void firstTickTakesWhatWasCountedBeforeAsTheBase() {
        frames(1_000, 0);
        LatentErrorDetection detection = detection(2);
        detection.tick(2 * S);
        assertErrors(detection, false, 0, 0);
    }

    @Test
    void switchedOffItFindsNothing() {
        LatentErrorDetection detection = new LatentErrorDetection(LatentErrorSettings.off(), counters);
        detection.tick(0);
        frames(1_000, 0);
        detection.tick(60 * S);
        assertErrors(detection, false, 0, 0);
    }

    @Test
    void silentLinkIsFoundBehindARecoveryFunction() {
        SequenceRecovery recovery = SequenceRecovery.of(RecoverySettings.defaults(2), 2, counters);
        LatentErrorDetection detection = new LatentErrorDetection(LatentErrorSettings.defaults(2), counters);
        for (int frame = 0; frame < 8_000; frame++) { // 1 000 a second; link 1 is silent from 4 s on
            long nowNs = frame * S / 1_000;
            recovery.recover(0, frame, nowNs);
            if (frame < 4_000) {
                recovery.recover(1, frame, nowNs);
            }
            detection.tick(nowNs);
            if (frame == 4_000) {
                assertErrors(detection, false, 0, 0);
            }
        }
        assertErrors(detection, true, 1, 0);
    }
}
