package net.twinpath.daemon.path;

import static net.twinpath.daemon.path.LinkCondition.CARRYING;
import static net.twinpath.daemon.path.LinkCondition.SILENT;
import static net.twinpath.daemon.path.LinkWatch.SILENT_AFTER_FRAMES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.twinpath.daemon.path.LinkWatch.InterfaceState;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link is judged by its interface, by whether it brings what the others bring, and by whether it brings anything. */
class LinkWatchTest {
    private static final long SILENT_AFTER_MS = 7_000;

    private final LinkWatch watch = new LinkWatch(InterfaceState.USABLE, SILENT_AFTER_MS, 0);

    @Test
    void interfaceTellsFirst() {
        watch.sample(0, new Reception(0, 0), 0);
        watch.sample(0, new Reception(0, 1_000), SILENT_AFTER_MS);
        for (InterfaceState state : InterfaceState.values()) {
            LinkWatch fresh = new LinkWatch(state, SILENT_AFTER_MS, 0);
            fresh.sample(0, new Reception(0, 0), 0);
            assertThat(fresh.condition())
                    .isEqualTo(
                            switch (state) {
                                case USABLE -> CARRYING;
                                case TOO_SMALL -> LinkCondition.TOO_SMALL;
                                case NO_CARRIER -> LinkCondition.NO_CARRIER;
                                case SWITCHED_OFF -> LinkCondition.SWITCHED_OFF;
                                case GONE -> LinkCondition.GONE;
                            });
        }
    }

    @Test
    void theLastFrameIsKnown() {
        assertThat(watch.lastFrameMs()).isEmpty();
        watch.sample(0, new Reception(0, 0), 1);
        assertThat(watch.lastFrameMs()).isEmpty();
        watch.sample(3, new Reception(0, 0), 2);
        watch.sample(3, new Reception(0, 50), 9);
        assertThat(watch.lastFrameMs()).hasValue(2);
        watch.interfaceState(InterfaceState.NO_CARRIER, 10);
        watch.interfaceState(InterfaceState.USABLE, 11);
        watch.sample(3, new Reception(0, 50), 12);
        assertThat(watch.lastFrameMs()).as("the carrier is no frame").hasValue(2);
    }

    @Test
    void linkThatBringsNothingWhileOthersDoIsSilentUntilItBringsSomething() {
        watch.sample(100, new Reception(100, 100), 0);
        watch.sample(100, new Reception(100, 100 + SILENT_AFTER_FRAMES - 1), 1);
        assertThat(watch.condition()).isEqualTo(CARRYING);

        watch.sample(100, new Reception(100, 100 + SILENT_AFTER_FRAMES), 2);
        assertThat(watch.condition()).isEqualTo(SILENT);

        watch.sample(101, new Reception(101, 100 + 2 * SILENT_AFTER_FRAMES), 3);
        assertThat(watch.condition()).isEqualTo(CARRYING);
    }

    @Test
    void linkThatJoinsLaterNeedNotHaveHeardWhatPassedBefore() {
        watch.sample(0, new Reception(0, 5_000), 0);
        assertThat(watch.condition()).isEqualTo(CARRYING);

        watch.sample(0, new Reception(0, 5_000 + SILENT_AFTER_FRAMES), 1);
        assertThat(watch.condition()).isEqualTo(SILENT);
    }

    @Test
    void framesOfALinkThatWasTakenOutAreNotWaitedFor() {
        watch.sample(100, new Reception(100, 5_000), 0);
        watch.sample(100, new Reception(100, 200), 1);
        watch.sample(100, new Reception(100, 200 + SILENT_AFTER_FRAMES), 2);
        assertThat(watch.condition()).isEqualTo(SILENT);
    }

    @Test
    void linkTooSmallForLargeFramesIsNotCalledSilentForMissingThem() {
        LinkWatch small = new LinkWatch(InterfaceState.TOO_SMALL, SILENT_AFTER_MS, 0);
        small.sample(100, new Reception(100, 100), 0);
        small.sample(100, new Reception(100, 100 + SILENT_AFTER_FRAMES), 1);
        assertThat(small.condition()).isEqualTo(LinkCondition.TOO_SMALL);
    }

    @Test
    void linkThatBringsOnlyOtherFramesIsSilentToo() {
        watch.sample(100, new Reception(100, 100), 0);
        watch.sample(150, new Reception(100, 100 + SILENT_AFTER_FRAMES), 1);
        assertThat(watch.condition()).isEqualTo(SILENT);
    }

    @Test
    void idlePathsLinkIsSilentWhenNoNeighbourIsHeardForLong() {
        watch.sample(5, new Reception(0, 0), 1_000);
        watch.sample(5, new Reception(0, 0), 1_000 + SILENT_AFTER_MS - 1);
        assertThat(watch.condition()).isEqualTo(CARRYING);

        watch.sample(5, new Reception(0, 0), 1_000 + SILENT_AFTER_MS);
        assertThat(watch.condition()).isEqualTo(SILENT);

        watch.sample(6, new Reception(0, 0), 1_001 + SILENT_AFTER_MS);
        assertThat(watch.condition()).isEqualTo(CARRYING);
    }

    @Test
    void linkThatLosesFramesIsToldAndIsNotSilent() {
        for (int frames = 0; frames < 1_000; frames += 10) {
            watch.sample(frames / 5, new Reception(frames / 5, frames), frames * 10L);
        }
        assertThat(watch.condition()).isEqualTo(LinkCondition.LOSSY);
        assertThat(watch.loss()).hasValueCloseTo(0.8, Offset.offset(0.03));
        assertThat(watch.isReliable()).isFalse();
    }

    @Test
    void linkThatLosesAFewFramesCarriesUntilItLosesMany() {
        int passed = 0;
        int heard = 0;
        for (int[] phase : new int[][] {{1, 0}, {20, 1}, {14, 1}, {0, 0}}) {
            for (int at = 0; at < 100; at++) {
                passed += 100;
                heard += 100 - phase[0];
                watch.sample(heard, new Reception(heard, passed), passed);
            }
            assertThat(watch.condition())
                    .as("%d %% lost", phase[0])
                    .isEqualTo(phase[1] == 0 ? CARRYING : LinkCondition.LOSSY);
        }
    }

    /** One frame in twenty, of many a second and of few: told within half a minute, without a break, and over soon. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 500})
    void aSmallLossIsToldWhileItGoesOn(int framesASample) {
        SplittableRandom random = new SplittableRandom(0x5EEDL * framesASample);
        long passed = 0;
        long heard = 0;
        long told = 0;
        for (long nowMs = 0; nowMs < 200_000; nowMs += 250) {
            boolean loses = nowMs < 120_000;
            for (int frame = 0; frame < framesASample; frame++) {
                heard += loses && random.nextInt(20) == 0 ? 0 : 1;
            }
            passed += framesASample;
            watch.sample(heard, new Reception(heard, passed), nowMs);
            boolean isTold = watch.condition() == LinkCondition.LOSSY;
            told += isTold ? 1 : 0;
            if (nowMs > 40_000 && loses) {
                assertThat(isTold).as("at %d ms", nowMs).isTrue();
                assertThat(watch.loss().orElseThrow()).isBetween(0.0, 0.4);
            }
            if (nowMs > (framesASample > 1 ? 126_000 : 175_000)) {
                assertThat(isTold).as("at %d ms", nowMs).isFalse();
            }
        }
        assertThat(told).isPositive();
    }

    @Test
    void whatIsLostOnceInAHundredIsNoReasonToWorry() {
        SplittableRandom random = new SplittableRandom(0xBADL);
        long passed = 0;
        long heard = 0;
        for (long nowMs = 0; nowMs < 600_000; nowMs += 250) {
            for (int frame = 0; frame < 50; frame++) {
                heard += random.nextInt(100) == 0 ? 0 : 1;
                passed++;
            }
            watch.sample(heard, new Reception(heard, passed), nowMs);
            assertThat(watch.condition()).isEqualTo(CARRYING);
        }
    }

    @Test
    void linkOnWhichNoNeighbourIsHeardIsSilentThoughStrangersAreHeard() {
        watch.sample(5, new Reception(0, 0), 0);
        watch.neighbours(true, false, 0);
        watch.sample(6, new Reception(0, 0), 1);
        assertThat(watch.condition()).isEqualTo(SILENT);

        watch.neighbours(false, false, 0);
        assertThat(watch.condition()).isEqualTo(CARRYING);
    }

    @Test
    void neighbourHeardAfterTrafficHasCeasedSpeaksForALinkThatMissedFrames() {
        watch.sample(5, new Reception(0, 0), 0);
        watch.sample(5, new Reception(0, SILENT_AFTER_FRAMES), 1_000);
        watch.neighbours(false, false, 1_000 + LinkWatch.REST_MS - 1);
        assertThat(watch.condition()).isEqualTo(SILENT);

        watch.sample(6, new Reception(0, SILENT_AFTER_FRAMES), 7_000);
        watch.neighbours(false, false, 1_000 + LinkWatch.REST_MS);
        assertThat(watch.condition()).isEqualTo(CARRYING);
        watch.sample(7, new Reception(0, SILENT_AFTER_FRAMES), 7_250);
        assertThat(watch.condition()).isEqualTo(CARRYING);

        watch.sample(8, new Reception(0, 2 * SILENT_AFTER_FRAMES), 7_500);
        assertThat(watch.condition()).isEqualTo(SILENT);
    }

    @Test
    void linkOnWhichNeighboursDoNotHearUsIsNotReliedOn() {
        watch.sample(5, new Reception(0, 0), 0);
        watch.neighbours(false, true, 0);
        assertThat(watch.condition()).isEqualTo(LinkCondition.UNHEARD);
        assertThat(watch.isReliable()).isFalse();

        watch.neighbours(false, false, 0);
        assertThat(watch.isReliable()).isTrue();
    }

    @Test
    void neighbourThatSaysHowOftenItIsHeardIsWaitedForFromThenOn() {
        LinkWatch quiet = new LinkWatch(InterfaceState.USABLE, LinkWatch.NEVER_MS, 0);
        quiet.sample(5, new Reception(0, 0), 0);
        quiet.silentAfter(3_500, 100_000);
        quiet.sample(5, new Reception(0, 0), 103_499);
        assertThat(quiet.condition()).isEqualTo(CARRYING);

        quiet.sample(5, new Reception(0, 0), 103_500);
        assertThat(quiet.condition()).isEqualTo(SILENT);
    }

    @Test
    void framesMissedWithoutCarrierAreNotHeldAgainstTheLinkWhenItIsBack() {
        watch.sample(10, new Reception(10, 10), 0);
        watch.interfaceState(InterfaceState.NO_CARRIER, 0);
        watch.sample(10, new Reception(10, 1_000), SILENT_AFTER_MS + 1);
        watch.interfaceState(InterfaceState.USABLE, 0);
        watch.sample(10, new Reception(10, 1_000), SILENT_AFTER_MS + 2);
        assertThat(watch.condition()).isEqualTo(CARRYING);

        watch.sample(10, new Reception(10, 1_000 + SILENT_AFTER_FRAMES), SILENT_AFTER_MS + 3);
        assertThat(watch.condition()).isEqualTo(SILENT);
    }

    @Test
    void idleLinkOfAFormatThatAnnouncesNobodyIsNeverSilent() {
        LinkWatch quiet = new LinkWatch(InterfaceState.USABLE, LinkWatch.NEVER_MS, 0);
        quiet.sample(5, new Reception(0, 0), 0);
        quiet.sample(5, new Reception(0, 0), Long.MAX_VALUE / 2);
        assertThat(quiet.condition()).isEqualTo(LinkCondition.CARRYING);
    }

    @Test
    void linkThatBringsOurOwnFramesBackIsToldUnlessSomethingWorseHolds() {
        watch.sample(1, new Reception(0, 0), 0);
        watch.loops(true);
        assertThat(watch.condition()).isEqualTo(LinkCondition.LOOPED);
        watch.interfaceState(InterfaceState.NO_CARRIER, 0);
        assertThat(watch.condition()).isEqualTo(LinkCondition.NO_CARRIER);
        watch.interfaceState(InterfaceState.USABLE, 0);
        watch.loops(false);
        assertThat(watch.condition()).isEqualTo(LinkCondition.CARRYING);
    }

    @Test
    void counterThatRoseOnceIsNoPattern() {
        Recently own = new Recently(3, 0);
        assertThat(own.rose(0)).isFalse();
        own.sample(4, 1_000);
        assertThat(own.rose(1_000)).isFalse();
        own.sample(4, 2_000);
        assertThat(own.rose(2_000)).isFalse();
        own.sample(6, 3_000);
        assertThat(own.rose(3_000)).isTrue();
        assertThat(own.rose(1_000 + Recently.WITHIN_MS)).isFalse();
    }
}
