package net.twinpath.duppath.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
import org.junit.jupiter.api.Test;

/** Frames come when their stamp says, unless the stamp cannot be true, and never before an earlier one. */
class ArrivalClockTest {
    private static final long MS = 1_000_000;
    private static final long MIDNIGHT = 1_800_000_000_000L * MS;

    private long nowNs = 5_000 * MS;
    private long timeOfDayNs = MIDNIGHT;
    private final ArrivalClock clock = new ArrivalClock(() -> nowNs, () -> timeOfDayNs);

    private void passes(long ms) {
        nowNs += ms * MS;
        timeOfDayNs += ms * MS;
    }

    @Test
    void frameThatWaitedCameWhenItWasStamped() {
        passes(300);
        clock.read();
        assertThat(clock.arrivedNs(MIDNIGHT + 100 * MS)).isEqualTo(5_100 * MS);
        assertThat(clock.arrivedNs(MIDNIGHT + 299 * MS)).isEqualTo(5_299 * MS);
        assertThat(clock.latestNs()).isEqualTo(5_299 * MS);
        clock.nothingWaits();
        assertThat(clock.latestNs()).isEqualTo(5_300 * MS);
    }

    @Test
    void howeverLongItWaitedSinceTheRingsWereEmpty() {
        passes(300);
        clock.read();
        clock.nothingWaits();
        passes(60_000);
        clock.read();
        assertThat(clock.arrivedNs(MIDNIGHT + 301 * MS)).isEqualTo(5_301 * MS);
        assertThat(clock.arrivedNs(MIDNIGHT + 40_000 * MS)).isEqualTo(45_000 * MS);
        assertThat(clock.latestNs()).isEqualTo(45_000 * MS);
    }

    @Test
    void aSuccessorGoesOnWhereItsPredecessorLeftOff() {
        passes(300);
        clock.read();
        clock.nothingWaits();
        StateOutput state = new StateOutput();
        clock.save(state);
        passes(20_000);
        ArrivalClock successor = new ArrivalClock(() -> nowNs, () -> timeOfDayNs);
        successor.load(new StateInput(state.octets()));
        assertThat(successor.latestNs()).isEqualTo(5_300 * MS);
        passes(1);
        successor.read();
        assertThat(successor.arrivedNs(MIDNIGHT + 310 * MS)).isEqualTo(5_310 * MS);
        assertThat(successor.arrivedNs(MIDNIGHT + 20_000 * MS)).isEqualTo(25_000 * MS);
    }

    @Test
    void frameThatComesWhileOthersAreTakenIsLaterThanTheClocksWereRead() {
        clock.read();
        assertThat(clock.arrivedNs(MIDNIGHT + 2 * MS)).isEqualTo(5_002 * MS);
    }

    @Test
    void timeDoesNotGoBackForALinkWhoseFrameShowsLater() {
        passes(300);
        clock.read();
        clock.arrivedNs(MIDNIGHT + 200 * MS);
        assertThat(clock.arrivedNs(MIDNIGHT + 199 * MS)).isEqualTo(5_200 * MS);
    }

    @Test
    void whenTheTimeOfDayWasSetFramesStampedBeforeCameNow() {
        passes(300);
        timeOfDayNs += 3_600_000 * MS;
        clock.read();
        assertThat(clock.arrivedNs(MIDNIGHT + 100 * MS)).isEqualTo(5_300 * MS);

        passes(100);
        timeOfDayNs -= 7_200_000 * MS;
        clock.read();
        assertThat(clock.arrivedNs(MIDNIGHT + 3_600_000 * MS)).isEqualTo(5_400 * MS);
    }

    @Test
    void timeOfDaySetAMomentAgoIsNoticedByAFrameStampedThereafter() {
        passes(10);
        timeOfDayNs += 500 * MS;
        clock.read();
        assertThat(clock.arrivedNs(MIDNIGHT + 509 * MS)).isEqualTo(5_009 * MS);

        clock.nothingWaits();
        passes(10);
        timeOfDayNs -= 500 * MS;
        clock.read();
        assertThat(clock.arrivedNs(MIDNIGHT + 19 * MS)).isBetween(5_010 * MS, 5_020 * MS);
        clock.nothingWaits();
        assertThat(clock.latestNs()).isEqualTo(5_020 * MS);
    }

    @Test
    void clocksAreComparedNowAndThenAndOnceWhereAStampLiesAheadForGood() {
        AtomicInteger readings = new AtomicInteger();
        ArrivalClock counted = new ArrivalClock(() -> nowNs, () -> {
            readings.incrementAndGet();
            return timeOfDayNs;
        });
        for (int round = 0; round < 1_000; round++) {
            passes(1);
            counted.read();
            counted.arrivedNs(timeOfDayNs);
            counted.nothingWaits();
        }
        assertThat(readings).hasValue(11);

        counted.read();
        for (int frame = 0; frame < 100; frame++) {
            assertThat(counted.arrivedNs(timeOfDayNs + 37_000 * MS)).isEqualTo(6_000 * MS);
        }
        assertThat(readings).hasValue(12);
    }

    @Test
    void ofReadingsBetweenWhichOthersHadTheCoreTheClosestCounts() {
        long[] heldUpMs = {7, 3, 9, 5};
        AtomicInteger readings = new AtomicInteger();
        ArrivalClock disturbed = new ArrivalClock(() -> nowNs, () -> {
            long told = timeOfDayNs;
            passes(heldUpMs[readings.getAndIncrement() % heldUpMs.length]);
            return told;
        });
        assertThat(readings).hasValue(heldUpMs.length);
        long beganNs = nowNs - 24 * MS;
        passes(20);
        disturbed.read();
        assertThat(disturbed.arrivedNs(MIDNIGHT + 30 * MS)).isEqualTo(beganNs + 33 * MS);
    }
}
