package net.twinpath.tests.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
    @Test
    void theLongestGapLiesBetweenArrivals() {
        assertThat(at(5, 25, 125, 130).longestGapMs(ns(135))).isEqualTo(100);
    }

    @Test
    void silenceUpToTheEndIsAGap() {
        assertThat(at(0, 20, 40).longestGapMs(ns(540))).isEqualTo(500);
    }

    @Test
    void anArrivalAfterTheEndIsNoGap() {
        assertThat(at(0, 20).longestGapMs(ns(10))).isEqualTo(20);
    }

    private static Arrivals at(long... timesMs) {
        Arrivals.Recorder recorder = new Arrivals.Recorder();
        for (long time : timesMs) {
            recorder.add(ns(time), 1);
        }
        return recorder.arrivals();
    }

    private static long ns(long ms) {
        return ms * 1_000_000;
    }
}
