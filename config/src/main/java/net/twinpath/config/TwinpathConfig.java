package net.twinpath.config;

import java.util.List;

/**
 * Everything the configuration files say, checked and with defaults filled in.
 *
 * @param control how the daemon is talked to
 * @param paths in the order of the files and of the tables in each; may be empty
 */
public record TwinpathConfig(ControlSettings control, List<PathSettings> paths) {
    public TwinpathConfig {
        paths = List.copyOf(paths);
    }
}
