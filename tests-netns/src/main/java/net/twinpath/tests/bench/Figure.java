package net.twinpath.tests.bench;

import java.util.List;
import java.util.Locale;

/**
 * A quantity of which twinpath's is compared with the reference's.
 *
 * @param key     by which trials give it
 * @param title   in words
 * @param unit    of what is shown
 * @param divisor of the measured value, to get it in that unit
 * @param better  which way is better
 * @param goal    the ratio twinpath to reference is to reach; NaN for none
 * @param added   whether the bare wire's value is to be taken off both
 */
record Figure(String key, String title, String unit, double divisor, Better better, double goal, boolean added) {
    enum Better {
        MORE,
        LESS
    }

    private static final double RATE = 0.97;
    private static final double TIME = 1.05;
    private static final double P50 = 1.10;
    private static final double P999 = 1.25;

    /** The reference takes and gives single frames. */
    private static final double SUPER_FRAMES = 2;

    private static final double NONE = Double.NaN;

    /** In the order they are shown. */
    static final List<Figure> ALL = List.of(
            rate("rate-64", "as many 64-octet frames as go"),
            rate("rate-1514", "as many full-size frames as go"),
            rate("rate-both", "as many 64-octet frames as go, both ways"),
            rate("lossless-64", "largest rate with <= 0.1 % loss, 64 octets"),
            rate("lossless-1514", "largest rate with <= 0.1 % loss, full size"),
            time("cpu-50k", "processor time per frame at 50 000 frames/s"),
            time("cpu-200k", "processor time per frame at 200 000 frames/s"),
            time("cpu-500k", "processor time per frame at 500 000 frames/s"),
            new Figure("tcp-clean", "TCP, host to host", "Mbit/s", 1, Better.MORE, SUPER_FRAMES, false),
            new Figure("tcp-clean-cpu", "processor time per 1000 octets of TCP", "ns", 1e-3, Better.LESS, 1, false),
            new Figure("tcp-lossy", "TCP, each link losing 1 %", "Mbit/s", 1, Better.MORE, NONE, false),
            added("idle-p50", "added round trip, idle, p50", P50),
            added("idle-p99", "added round trip, idle, p99", NONE),
            added("idle-p999", "added round trip, idle, p99.9", P999),
            added("50k-p50", "added round trip at 50 000 frames/s, p50", NONE),
            added("50k-p99", "added round trip at 50 000 frames/s, p99", NONE),
            added("50k-p999", "added round trip at 50 000 frames/s, p99.9", NONE),
            added("busy-p50", "added round trip at 80 % of the top rate, p50", NONE),
            added("busy-p99", "added round trip at 80 % of the top rate, p99", NONE),
            added("busy-p999", "added round trip at 80 % of the top rate, p99.9", NONE));

    private static Figure rate(String key, String title) {
        return new Figure(key, title, "1000/s", 1e3, Better.MORE, RATE, false);
    }

    private static Figure time(String key, String title) {
        return new Figure(key, title, "ns", 1, Better.LESS, TIME, false);
    }

    private static Figure added(String key, String title, double goal) {
        return new Figure(key, title, "us", 1, Better.LESS, goal, true);
    }

    boolean hasGoal() {
        return !Double.isNaN(goal);
    }

    /** Whether a ratio reaches the goal. */
    boolean isReachedBy(double ratio) {
        return better == Better.MORE ? ratio >= goal : ratio <= goal;
    }

    String goalText() {
        return hasGoal() ? String.format(Locale.ROOT, better == Better.MORE ? ">= %.2f" : "<= %.2f", goal) : "";
    }
}
