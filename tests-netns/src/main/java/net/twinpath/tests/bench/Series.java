package net.twinpath.tests.bench;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Everything measured, in the order it was. */
final class Series {
    private final List<Sample> samples = new ArrayList<>();

    /**
     * What one measurement of one contender gave.
     *
     * @param round     from 0
     * @param turn      of the contender in the trial, from 0
     * @param contender its name
     * @param figures   by key
     */
    record Sample(int round, int turn, String contender, Map<String, Double> figures) {}

    void add(Sample sample) {
        samples.add(sample);
    }

    /** Number of rounds begun. */
    int rounds() {
        return samples.isEmpty() ? 0 : samples.get(samples.size() - 1).round() + 1;
    }

    /** What a contender gave in a round, a value for each of its turns. */
    private List<Double> values(int round, String contender, String key) {
        return samples.stream()
                .filter(sample -> sample.round() == round && sample.contender().equals(contender))
                .filter(sample -> sample.figures().containsKey(key))
                .map(sample -> sample.figures().get(key))
                .toList();
    }

    /** The mean of what a contender gave in a round. */
    OptionalDouble value(int round, String contender, String key) {
        return values(round, contender, key).stream()
                .mapToDouble(Double::doubleValue)
                .average();
    }

    /** As {@link #value}, less the bare wire's where that is asked for. */
    OptionalDouble value(int round, String contender, Figure figure) {
        OptionalDouble value = value(round, contender, figure.key());
        OptionalDouble wire = figure.added() ? value(round, BareWire.NAME, figure.key()) : OptionalDouble.of(0);
        return value.isPresent() && wire.isPresent()
                ? OptionalDouble.of(value.getAsDouble() - wire.getAsDouble())
                : OptionalDouble.empty();
    }

    /** A contender's values of all rounds. */
    Quantiles values(String contender, Figure figure) {
        return overRounds(round -> value(round, contender, figure));
    }

    /** A contender's value divided by the reference's, of all rounds. */
    Quantiles ratios(String contender, Figure figure) {
        return overRounds(round -> ratio(value(round, contender, figure), value(round, Reference.NAME, figure)));
    }

    /** The reference's second value divided by its first, of all rounds: how far equal things differ. */
    Quantiles noise(Figure figure) {
        return overRounds(round -> {
            List<Double> twice = values(round, Reference.NAME, figure.key());
            OptionalDouble wire = figure.added() ? value(round, BareWire.NAME, figure.key()) : OptionalDouble.of(0);
            return twice.size() < 2 || wire.isEmpty()
                    ? OptionalDouble.empty()
                    : ratio(
                            OptionalDouble.of(twice.get(1) - wire.getAsDouble()),
                            OptionalDouble.of(twice.get(0) - wire.getAsDouble()));
        });
    }

    private static OptionalDouble ratio(OptionalDouble value, OptionalDouble of) {
        return value.isPresent() && of.isPresent() && of.getAsDouble() > 0
                ? OptionalDouble.of(value.getAsDouble() / of.getAsDouble())
                : OptionalDouble.empty();
    }

    private Quantiles overRounds(RoundValue value) {
        return Quantiles.of(DoubleStream.iterate(0, round -> round < rounds(), round -> round + 1)
                .mapToObj(round -> value.of((int) round))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray());
    }

    @FunctionalInterface
    private interface RoundValue {
        OptionalDouble of(int round);
    }

    /** The sum of a figure over everything a contender did. */
    long sum(String contender, String key) {
        return (long) samples.stream()
                .filter(sample -> sample.contender().equals(contender))
                .mapToDouble(sample -> sample.figures().getOrDefault(key, 0.0))
                .sum();
    }

    /** Writes all of it, a line of JSON for each measurement. */
    void write(Path file) {
        Gson gson = new Gson();
        try {
            Files.writeString(file, samples.stream().map(gson::toJson).collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
