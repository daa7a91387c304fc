package net.twinpath.config;

import java.nio.file.Path;
import java.util.Optional;
import net.twinpath.config.toml.ConfigPosition;

/**
 * The table {@code [control]}.
 *
 * @param socket absolute path of the control socket, short enough for sockaddr_un
 * @param socketSource where the key {@code socket} stands; empty where it stands nowhere
 */
public record ControlSettings(Path socket, Optional<ConfigPosition> socketSource) {
    /** What holds without the table. */
    public static ControlSettings defaults() {
        return new ControlSettings(Path.of(ConfigOption.CONTROL_SOCKET.defaultString()), Optional.empty());
    }
}
