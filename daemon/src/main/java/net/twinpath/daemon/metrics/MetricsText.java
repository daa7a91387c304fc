package net.twinpath.daemon.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import net.twinpath.config.value.Keyword;

/** The texts that metrics can have. */
public enum MetricsText implements Keyword {
    /** OpenMetrics 1.0. */
    OPENMETRICS,

    /** Prometheus' text of version 0.0.4, which node_exporter's textfile collector reads too. */
    PROMETHEUS;

    private ExpositionFormatWriter writer() {
        return this == OPENMETRICS ? OpenMetricsTextFormatWriter.create() : PrometheusTextFormatWriter.create();
    }

    /** What a client takes by its {@code Accept}: OpenMetrics when it asks for that. */
    public static MetricsText acceptedBy(String accept) {
        return OPENMETRICS.writer().accepts(accept) ? OPENMETRICS : PROMETHEUS;
    }

    /** As requests name it. */
    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Media type. */
    public String contentType() {
        return writer().getContentType();
    }

    /** The text, in UTF-8. */
    public byte[] of(MetricSnapshots metrics) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            writer().write(octets, metrics);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return octets.toByteArray();
    }
}
