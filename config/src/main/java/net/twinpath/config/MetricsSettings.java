package net.twinpath.config;

import java.net.InetSocketAddress;
import java.util.Optional;
import net.twinpath.config.toml.ConfigPosition;

/**
 * The table {@code [metrics]}.
 *
 * @param listen where metrics are answered over HTTP; empty for nowhere
 */
public record MetricsSettings(Optional<Listen> listen) {
    /**
     * Where to listen.
     *
     * @param address on the loopback interface
     * @param source  where the key stands
     */
    public record Listen(InetSocketAddress address, ConfigPosition source) {}

    /** What holds without the table. */
    public static MetricsSettings defaults() {
        return new MetricsSettings(Optional.empty());
    }
}
