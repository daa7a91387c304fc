package net.twinpath.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.prometheus.metrics.model.snapshots.Labels;
import java.nio.charset.StandardCharsets;
import net.twinpath.daemon.path.PathCondition;
import org.junit.jupiter.api.Test;

/** Names, units and texts of all metrics are as OpenMetrics 1.0 wants them. */
class MetricTest {
    @Test
    void namesAreUniqueAndInSnakeCase() {
        assertThat(Metric.all().stream().flatMap(metric -> metric.sampleNames().stream()))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("twinpath(_[a-z]+)+"));
    }

    @Test
    void aNameEndsWithItsUnitAndTellsOfNoOther() {
        assertThat(Metric.all()).allSatisfy(metric -> {
            if (metric.unit() != BaseUnit.NONE) {
                assertThat(metric.name()).endsWith("_" + metric.unit().suffix());
            }
            assertThat(metric.name()).doesNotMatch(".*_(ms|us|ns|milliseconds|microseconds|bits|kb|percent)(_.*)?");
            assertThat(metric.name()).doesNotEndWith("_total").doesNotEndWith("_info");
        });
    }

    @Test
    void everyMetricHasATextThatEndsWithoutAStop() {
        assertThat(Metric.all()).allMatch(metric -> metric.help().matches("\\S.*[^. ]"));
    }

    @Test
    void aMetricsSamplesAreOfItsType() {
        Exposition exposition = new Exposition();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exposition.gauge(Gauge.PATH_RESTARTS, Labels.EMPTY, 1))
                .withMessage("path_restarts is no GAUGE");
    }

    @Test
    void aStateIsOneOfAllOfThem() {
        Exposition exposition = new Exposition();
        exposition.states(Gauge.PATH_CONDITION, Labels.of("path", "dup\"0"), PathCondition.DEGRADED);
        assertThat(text(MetricsText.OPENMETRICS, exposition)).isEqualTo("""
                # TYPE twinpath_path_condition stateset
                # HELP twinpath_path_condition 1 for how the path fares: protected, degraded or down
                twinpath_path_condition{path="dup\\"0",twinpath_path_condition="degraded"} 1
                twinpath_path_condition{path="dup\\"0",twinpath_path_condition="down"} 0
                twinpath_path_condition{path="dup\\"0",twinpath_path_condition="protected"} 0
                # EOF
                """);
    }

    @Test
    void bucketsAreCumulative() {
        Exposition exposition = new Exposition();
        exposition.histogram(
                Gauge.LINK_LEAD,
                Labels.of("link", "a"),
                new double[] {0.5, Double.POSITIVE_INFINITY},
                new long[] {2, 1},
                3.5);
        assertThat(text(MetricsText.PROMETHEUS, exposition)).isEqualTo("""
                # HELP twinpath_link_lead_seconds by how much first copies on the link came before the next link's copy
                # TYPE twinpath_link_lead_seconds histogram
                twinpath_link_lead_seconds_bucket{link="a",le="0.5"} 2
                twinpath_link_lead_seconds_bucket{link="a",le="+Inf"} 3
                twinpath_link_lead_seconds_count{link="a"} 3
                twinpath_link_lead_seconds_sum{link="a"} 3.5
                """);
    }

    private static String text(MetricsText format, Exposition exposition) {
        return new String(format.of(exposition.snapshots()), StandardCharsets.UTF_8);
    }
}
