package net.twinpath.daemon.path;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.twinpath.daemon.Version;
import net.twinpath.daemon.machine.MachineReport;
import net.twinpath.daemon.metrics.Exposition;
import net.twinpath.daemon.metrics.Gauge;
import net.twinpath.daemon.metrics.Metric;
import net.twinpath.duppath.StreamState;
import net.twinpath.duppath.counters.Counter;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.counters.DupPathCounter.Scope;
import net.twinpath.duppath.counters.OrderingCounter;
import net.twinpath.duppath.counters.StreamCounter;

/** What everything counts and how it fares, as metrics. Counters are not reset by {@code reset-counters}. */
public final class MetricsReport {
    private static final double MS_PER_SECOND = 1_000;

    /** With a thousand streams it is looked up ten thousand times in one report. */
    private static final Map<Counter, Metric> METRICS = Metric.ofCounters();

    private static final Map<StreamCounter, Metric> INDIVIDUAL_METRICS = Metric.ofIndividualCounters();

    private final Exposition all = new Exposition();

    private MetricsReport() {}

    /**
     * Takes the values as they are now.
     *
     * @param started when the daemon started
     * @param now     the time
     * @param machine how it stands with the machine's settings
     * @param paths   the configured paths
     */
    public static MetricSnapshots of(Instant started, Instant now, MachineReport machine, List<RunningPath> paths) {
        MetricsReport report = new MetricsReport();
        report.addDaemon(started, now);
        report.addMachine(machine);
        for (RunningPath path : paths) {
            report.addPath(path);
            path.links().forEach(link -> report.addLink(path, link));
            path.streams().forEach(stream -> report.addStream(path, stream));
        }
        return report.all.snapshots();
    }

    private void addDaemon(Instant started, Instant now) {
        all.info(Gauge.BUILD, Labels.of("version", Version.number()));
        all.gauge(Gauge.START_TIME, Labels.EMPTY, seconds(started));
        all.gauge(Gauge.UPTIME, Labels.EMPTY, seconds(now) - seconds(started));
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / MS_PER_SECOND;
    }

    private void addMachine(MachineReport machine) {
        all.count(Gauge.MACHINE_REPAIRS.metric(), Labels.EMPTY, machine.repairs());
        all.gauge(Gauge.MACHINE_PROBLEMS, Labels.EMPTY, machine.problems().size());
        all.gauge(Gauge.MACHINE_LEFT_ALONE, Labels.EMPTY, machine.leftAlone().size());
    }

    private void addPath(RunningPath path) {
        Labels labels = Labels.of("path", path.settings().name());
        all.states(Gauge.PATH_CONDITION, labels, path.condition());
        all.gauge(Gauge.PATH_CONDITION_START_TIME, labels, seconds(path.since()));
        all.gauge(Gauge.PATH_MTU, labels, path.ground().mtu());
        all.count(Gauge.PATH_RESTARTS.metric(), labels, path.restarts());
        all.count(Gauge.PATH_OUT_RING_FULL.metric(), labels, path.outRingFullInAll());
        all.count(
                Gauge.PATH_RESIDUAL_LOSS.metric(),
                labels,
                path.residualLossInAll().lost());
        all.gauge(Gauge.PATH_NODES, labels, path.nodeCount());
        all.gauge(Gauge.PATH_INSIDE_DEVICES, labels, path.insideDevices().size());
        all.gauge(Gauge.PATH_DRILLED, labels, path.drill().isPresent() ? 1 : 0);
        addCounters(labels, path.counters(), Scope.PATH);
        path.ordering().ifPresent(counters -> addCounters(labels, counters, OrderingCounter.values()));
    }

    private void addLink(RunningPath path, RunningLink link) {
        Labels labels = Labels.of("path", path.settings().name(), "link", link.name(), "lan", link.lan());
        all.states(Gauge.LINK_CONDITION, labels, link.condition());
        link.details().ifPresent(details -> {
            all.gauge(Gauge.LINK_MTU, labels, details.mtu());
            all.count(Gauge.LINK_CARRIER_CHANGES.metric(), labels, details.carrierChanges());
        });
        link.lastFrameMsAgo(RunningPath.nowMs())
                .ifPresent(ms -> all.gauge(Gauge.LINK_LAST_FRAME, labels, ms / MS_PER_SECOND));
        all.count(Gauge.LINK_RX_RING_FULL.metric(), labels, link.ringFullInAll());
        link.loss().ifPresent(loss -> all.gauge(Gauge.LINK_RECENT_LOSS, labels, loss));
        LeadHistogram leads = link.leadHistogram();
        all.histogram(Gauge.LINK_LEAD, labels, LeadHistogram.boundsSeconds(), leads.counts(), leads.sumSeconds());
        addCounters(labels, link.counters(), Scope.LINK);
    }

    private void addStream(RunningPath path, StreamState stream) {
        Labels labels = Labels.of("path", path.settings().name(), "stream", stream.name());
        all.gauge(Gauge.STREAM_LATENT_ERROR, labels, stream.hasLatentError() ? 1 : 0);
        addCounters(labels, stream.counters(), StreamCounter.values());
        if (!stream.individual().isEmpty()) {
            path.links().forEach(link -> addIndividual(path, stream, link));
        }
    }

    private void addIndividual(RunningPath path, StreamState stream, RunningLink link) {
        Labels labels = Labels.of(
                "path", path.settings().name(), "stream", stream.name(), "link", link.name(), "lan", link.lan());
        CounterBlock counters = stream.individual().get(link.port().place());
        INDIVIDUAL_METRICS.forEach((counter, metric) -> all.count(metric, labels, counters.value(counter)));
    }

    private void addCounters(Labels labels, CounterBlock block, Scope scope) {
        for (DupPathCounter counter : DupPathCounter.values()) {
            if (counter.scope() == scope) {
                addCounters(labels, block, counter);
            }
        }
    }

    private void addCounters(Labels labels, CounterBlock block, Counter... counters) {
        for (Counter counter : counters) {
            all.count(Objects.requireNonNull(METRICS.get(counter)), labels, block.value(counter));
        }
    }
}
