package net.twinpath.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A client's requests against its limit, by a clock of the test's own. */
class RequestRateTest {
    private final RequestRate rate = new RequestRate(500, 1_000_000);

    private long admitted(int requests, long nowMs) {
        return IntStream.range(0, requests).filter(i -> rate.admits(nowMs)).count();
    }

    @Test
    void oneSecondsRequestsMayComeAtOnceAndNotOneMore() {
        assertThat(admitted(501, 1_000_000)).isEqualTo(500);
    }

    @Test
    void whatIsLeftGrowsWithTimeAndNotBeyondOneSecond() {
        admitted(500, 1_000_000);
        assertThat(admitted(10, 1_000_001)).isZero();
        assertThat(admitted(10, 1_000_002)).isEqualTo(1);
        assertThat(admitted(1_000, 1_000_502)).isEqualTo(250);
        assertThat(admitted(1_000, 9_000_000)).isEqualTo(500);
        assertThat(admitted(1_000, Long.MAX_VALUE / 2)).isEqualTo(500);
    }

    @Test
    void tenThousandASecondAreAnsweredAtTheRate() {
        long admitted = 0;
        for (int ms = 0; ms < 10_000; ms++) {
            admitted += admitted(10, 1_000_000 + ms);
        }
        assertThat(admitted).isBetween(500L * 10 + 499, 500L * 10 + 500);
    }
}
