package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceptionTest {
    private static final long SEED = 0x5EED;
    private static final int STEPS = 200_000;

    /** A path whose frames go on while its counters are read, and a link that misses some of them. */
    private static final class Traffic {
        private final Random random = new Random(SEED);
        private long heard;
        private long passed;

        /** Others have the core for a while at one of ten reads: up to 50 frames pass, of which every 64th is missing. */
        private void standStill() {
            int frames = random.nextInt(10) == 0 ? random.nextInt(50) : 0;
            for (int i = 0; i < frames; i++) {
                passed++;
                heard += passed % 64 == 0 ? 0 : 1;
            }
        }

        long heard() {
            standStill();
            return heard;
        }

        long passed() {
            standStill();
            return passed;
        }
    }

    @Test
    void bothAreOfOneMomentHoweverLongTheReaderStandsStill() {
        Traffic traffic = new Traffic();
        for (int i = 0; i < STEPS; i++) {
            Reception reception = Reception.of(traffic::heard, traffic::passed);
            assertThat(reception.missing()).isEqualTo(reception.passed() / 64);
        }
        assertThat(traffic.passed).isGreaterThan(STEPS);
    }

    @Test
    void wherePassingNeverRestsItIsReadAllTheSameAndNothingIsHeardThatHasNotPassed() {
        long[] passed = {0};
        Reception reception = Reception.of(() -> ++passed[0], () -> ++passed[0]);
        assertThat(reception.missing()).isPositive();
    }
}
