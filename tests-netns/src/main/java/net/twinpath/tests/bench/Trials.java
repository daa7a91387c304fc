package net.twinpath.tests.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** What each round measures. */
final class Trials {
    /** Without FCS, as it goes in; with its trailer a link's frame has 1520 octets. */
    static final int FULL_SIZE = 1514;

    static final int SMALL = 64;

    /** Below it a contender is late for want of a core, not of speed, and the steps of a search are too coarse. */
    private static final double MIN_RATE = 1_000;

    /** More than one, because other programs of the machine may have the core for a moment. */
    private static final int CHANCES = 2;

    private static final double BUSY = 0.8;
    private static final Set<String> CARRIERS = Set.of(Reference.NAME, Reference.BLOCKS_NAME, TwinpathPair.NAME);
    private static final Set<String> ALL = Set.of();

    private final double seconds;
    private final int searchSteps;

    /**
     * @param seconds     that each load takes
     * @param searchSteps loads in which the largest rate is looked for
     */
    Trials(double seconds, int searchSteps) {
        this.seconds = seconds;
        this.searchSteps = searchSteps;
    }

    List<Trial> all() {
        return List.of(
                new Trial("as many frames as go, 64 octets", CARRIERS, this::saturateSmall),
                new Trial("as many frames as go, full size", CARRIERS, this::saturateFull),
                new Trial("as many frames as go, both ways", CARRIERS, this::saturateBothWays),
                new Trial("largest rate without loss, 64 octets", CARRIERS, this::losslessSmall),
                new Trial("largest rate without loss, full size", CARRIERS, this::losslessFull),
                new Trial("processor time", CARRIERS, this::processorTime),
                new Trial(
                        "round trips, idle",
                        ALL,
                        (contender, soFar) -> roundTrips("idle", load(contender).idle())),
                new Trial(
                        "round trips, 50 000 frames/s",
                        ALL,
                        (contender, soFar) -> roundTrips("50k", load(contender).rate(50_000))),
                new Trial("round trips, 80 % of the top rate", ALL, this::busyRoundTrips));
    }

    private Load load(Contender contender) {
        return Load.over(contender).seconds(seconds);
    }

    private Map<String, Double> saturateSmall(Contender contender, Series soFar) {
        return saturation("rate-64", load(contender).length(SMALL).run());
    }

    private Map<String, Double> saturateFull(Contender contender, Series soFar) {
        return saturation("rate-1514", load(contender).length(FULL_SIZE).run());
    }

    private Map<String, Double> saturateBothWays(Contender contender, Series soFar) {
        return saturation("rate-both", load(contender).bothWays().run());
    }

    private static Map<String, Double> saturation(String key, Load.Measured measured) {
        return Map.of(key, measured.rate(), key + "-cpu", measured.cpuNsPerFrame(), "duplicates", (double)
                measured.duplicates());
    }

    private Map<String, Double> losslessSmall(Contender contender, Series soFar) {
        return lossless("64", SMALL, contender, soFar);
    }

    private Map<String, Double> losslessFull(Contender contender, Series soFar) {
        return lossless("1514", FULL_SIZE, contender, soFar);
    }

    /** Halves the span in which the largest rate lies, from nothing to somewhat more than what goes with loss. */
    private Map<String, Double> lossless(String size, int length, Contender contender, Series soFar) {
        double low = 0;
        double high = 1.2
                * soFar.value(soFar.rounds() - 1, contender.name(), "rate-" + size)
                        .orElse(1e6);
        for (int step = 0; step < searchSteps && high > MIN_RATE; step++) {
            double rate = (low + high) / 2;
            if (carries(contender, length, rate)) {
                low = rate;
            } else {
                high = rate;
            }
        }
        return Map.of("lossless-" + size, low);
    }

    private boolean carries(Contender contender, int length, double rate) {
        Load load = load(contender).length(length).rate(rate).seconds(seconds / 2);
        return Stream.generate(load::run).limit(CHANCES).anyMatch(Load.Measured::isComplete);
    }

    private Map<String, Double> processorTime(Contender contender, Series soFar) {
        Map<String, Double> figures = new HashMap<>();
        for (int thousands : new int[] {50, 200, 500}) {
            Load.Measured measured = load(contender).rate(thousands * 1e3).run();
            figures.merge("duplicates", (double) measured.duplicates(), Double::sum);
            figures.put("lost-" + thousands + "k", (double) measured.sent() - measured.delivered());
            if (measured.delivered() > 0.99 * measured.sent()) {
                figures.put("cpu-" + thousands + "k", measured.cpuNsPerFrame());
            }
        }
        return figures;
    }

    /** All at the same rate, which both sides carry. */
    private Map<String, Double> busyRoundTrips(Contender contender, Series soFar) {
        int round = soFar.rounds() - 1;
        OptionalDouble reference = soFar.value(round, Reference.NAME, "lossless-64");
        OptionalDouble twinpath = soFar.value(round, TwinpathPair.NAME, "lossless-64");
        return roundTrips("busy", load(contender).rate(BUSY * Math.min(reference.orElse(0), twinpath.orElse(0))));
    }

    /** Idle, as many probes as would take about the time of the other loads. */
    private Map<String, Double> roundTrips(String key, Load load) {
        Load.Measured measured = load.probes((int) (3000 * seconds)).run();
        if (measured.probes() == 0) {
            return Map.of("probes-lost", (double) measured.probesLost());
        }
        return Map.of(
                key + "-p50",
                measured.p50(),
                key + "-p99",
                measured.p99(),
                key + "-p999",
                measured.p999(),
                "probes-lost",
                (double) measured.probesLost(),
                "duplicates",
                (double) measured.duplicates());
    }
}
