package net.twinpath.config;

import java.nio.file.Path;

/**
 * The table {@code [control]}.
 *
 * @param socket absolute path of the control socket, short enough for sockaddr_un
 */
public record ControlSettings(Path socket) {
    /** What holds without the table. */
    public static ControlSettings defaults() {
        return new ControlSettings(Path.of(ConfigOption.CONTROL_SOCKET.defaultString()));
    }
}
