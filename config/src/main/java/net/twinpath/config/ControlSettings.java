package net.twinpath.config;

import java.nio.file.Path;

/**
 * The table {@code [control]}.
 *
 * @param socket absolute path of the control socket, short enough for sockaddr_un
 */
public record ControlSettings(Path socket) {}
