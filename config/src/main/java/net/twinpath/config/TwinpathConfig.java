package net.twinpath.config;

import java.util.List;
import net.twinpath.config.machine.MachineSettings;

/**
 * Everything the configuration files say, checked and with defaults filled in.
 *
 * @param control how the daemon is talked to
 * @param metrics how metrics are answered
 * @param machine what kernel and interfaces shall be like, whatever paths there are
 * @param paths in the order of the files and of the tables in each; may be empty
 */
public record TwinpathConfig(
        ControlSettings control, MetricsSettings metrics, MachineSettings machine, List<PathSettings> paths) {
    public TwinpathConfig {
        paths = List.copyOf(paths);
    }
}
