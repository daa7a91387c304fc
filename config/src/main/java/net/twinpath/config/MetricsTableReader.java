package net.twinpath.config;

import net.twinpath.config.MetricsSettings.Listen;
import net.twinpath.config.value.LoopbackEndpoint;

/** Makes {@link MetricsSettings} of the table {@code [metrics]}. */
final class MetricsTableReader {
    private MetricsTableReader() {}

    static MetricsSettings read(TableReader table) {
        ConfigOption listen = ConfigOption.METRICS_LISTEN;
        return new MetricsSettings(
                table.string(listen).map(text -> new Listen(LoopbackEndpoint.parse(text), table.positionOf(listen))));
    }
}
