package net.twinpath.daemon.metrics;

import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.twinpath.duppath.counters.Counter;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.counters.DupPathCounter.Scope;
import net.twinpath.duppath.counters.OrderingCounter;
import net.twinpath.duppath.counters.StreamCounter;

/**
 * A metric: a family of OpenMetrics 1.0.
 *
 * @param subject what it is about
 * @param type    its kind
 * @param unit    base unit, with which the name ends
 * @param name    without {@code twinpath_} before it and what the type puts behind it
 * @param help    what it tells, in words
 */
public record Metric(Subject subject, MetricType type, BaseUnit unit, String name, String help) {
    private static final String PREFIX = "twinpath_";

    /** All there are. */
    public static List<Metric> all() {
        return Stream.of(
                        Arrays.stream(Gauge.values()).map(Gauge::metric),
                        ofCounters().values().stream(),
                        ofIndividualCounters().values().stream())
                .flatMap(metrics -> metrics)
                .toList();
    }

    /** The metrics of all counters of the data path. */
    public static Map<Counter, Metric> ofCounters() {
        Map<Counter, Metric> metrics = new LinkedHashMap<>();
        Stream.<Counter[]>of(DupPathCounter.values(), OrderingCounter.values(), StreamCounter.values())
                .flatMap(Arrays::stream)
                .forEach(counter -> metrics.put(counter, of(counter)));
        return metrics;
    }

    /** The metrics of what individual recovery functions count. */
    public static Map<StreamCounter, Metric> ofIndividualCounters() {
        Map<StreamCounter, Metric> metrics = new LinkedHashMap<>();
        for (StreamCounter counter : StreamCounter.ofIndividual()) {
            String name = "individual_" + counter.metric().substring("stream_".length());
            metrics.put(
                    counter, new Metric(Subject.INDIVIDUAL, MetricType.COUNTER, BaseUnit.NONE, name, help(counter)));
        }
        return metrics;
    }

    private static Metric of(Counter counter) {
        return new Metric(subject(counter), MetricType.COUNTER, BaseUnit.NONE, counter.metric(), help(counter));
    }

    private static Subject subject(Counter counter) {
        if (counter instanceof StreamCounter) {
            return Subject.STREAM;
        }
        return counter instanceof DupPathCounter scoped && scoped.scope() == Scope.LINK ? Subject.LINK : Subject.PATH;
    }

    /** Who knows the standard looks for its spelling. */
    private static String help(Counter counter) {
        return counter instanceof StreamCounter ? counter.key() + ": " + counter.sentence() : counter.sentence();
    }

    /** What precedes its samples. */
    public MetricMetadata metadata() {
        return new MetricMetadata(PREFIX + name, help, unit.suffix());
    }

    /** The names of its samples, the first of which people call it by. */
    public List<String> sampleNames() {
        return type.endings().stream().map(ending -> PREFIX + name + ending).toList();
    }

    /** The names of the labels its samples have; those of {@code subject}, and one of the type. */
    public List<String> labels() {
        Stream<String> more = switch (type) {
            case INFO -> Stream.of("version");
            case STATES -> Stream.of(PREFIX + name);
            case HISTOGRAM -> Stream.of("le");
            case GAUGE, COUNTER -> Stream.of();
        };
        return Stream.concat(subject.labels().stream(), more).toList();
    }
}
