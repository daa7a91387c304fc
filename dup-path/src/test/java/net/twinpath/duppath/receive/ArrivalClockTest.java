package net.twinpath.duppath.receive;

import static org.assertj.core.api.Assertions.assertThat;

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
}
