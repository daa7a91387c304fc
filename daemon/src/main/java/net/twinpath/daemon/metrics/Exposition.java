package net.twinpath.daemon.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects samples of many subjects, and gives them by metric. */
public final class Exposition {
    private static final long NO_TIME = 0;

    private final Map<Metric, List<DataPointSnapshot>> samples = new LinkedHashMap<>();

    /** Adds what is counted, which never goes back while its subject lives. */
    public void count(Metric metric, Labels labels, long value) {
        add(metric, MetricType.COUNTER, new CounterDataPointSnapshot(value, labels, null, NO_TIME));
    }

    /** Adds a value that comes and goes, in the base unit. */
    public void gauge(Gauge gauge, Labels labels, double value) {
        add(gauge.metric(), MetricType.GAUGE, new GaugeDataPointSnapshot(value, labels, null));
    }

    /** Adds which of all states of an enum something is in; they are called by the constants' names in lower case. */
    public <E extends Enum<E>> void states(Gauge gauge, Labels labels, E state) {
        E[] all = state.getDeclaringClass().getEnumConstants();
        String[] names = new String[all.length];
        boolean[] values = new boolean[all.length];
        for (int i = 0; i < all.length; i++) {
            names[i] = all[i].name().toLowerCase(Locale.ROOT);
            values[i] = all[i] == state;
        }
        add(gauge.metric(), MetricType.STATES, new StateSetDataPointSnapshot(names, values, labels));
    }

    /**
     * Adds a histogram.
     *
     * @param bounds upper bounds of its buckets, included, in the base unit; the last is infinite
     * @param counts how many lie in each bucket and in none before it
     * @param sum    of all, in the base unit
     */
    public void histogram(Gauge gauge, Labels labels, double[] bounds, long[] counts, double sum) {
        ClassicHistogramBuckets buckets = ClassicHistogramBuckets.of(bounds, counts);
        add(
                gauge.metric(),
                MetricType.HISTOGRAM,
                new HistogramDataPointSnapshot(buckets, sum, labels, Exemplars.EMPTY, NO_TIME));
    }

    /** Adds what does not change. */
    public void info(Gauge gauge, Labels labels) {
        add(gauge.metric(), MetricType.INFO, new InfoDataPointSnapshot(labels));
    }

    private void add(Metric metric, MetricType type, DataPointSnapshot sample) {
        if (metric.type() != type) {
            throw new IllegalArgumentException(metric.name() + " is no " + type);
        }
        samples.computeIfAbsent(metric, key -> new ArrayList<>()).add(sample);
    }

    /** All of it, as it is now; nothing that is added later changes it. */
    public MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        samples.forEach((metric, points) -> all.metricSnapshot(snapshot(metric, points)));
        return all.build();
    }

    private static MetricSnapshot snapshot(Metric metric, List<DataPointSnapshot> points) {
        MetricMetadata metadata = metric.metadata();
        return switch (metric.type()) {
            case INFO -> new InfoSnapshot(metadata, all(points, InfoDataPointSnapshot.class));
            case GAUGE -> new GaugeSnapshot(metadata, all(points, GaugeDataPointSnapshot.class));
            case STATES -> new StateSetSnapshot(metadata, all(points, StateSetDataPointSnapshot.class));
            case COUNTER -> new CounterSnapshot(metadata, all(points, CounterDataPointSnapshot.class));
            case HISTOGRAM -> new HistogramSnapshot(metadata, all(points, HistogramDataPointSnapshot.class));
        };
    }

    private static <P extends DataPointSnapshot> List<P> all(List<DataPointSnapshot> points, Class<P> type) {
        return points.stream().map(type::cast).toList();
    }
}
