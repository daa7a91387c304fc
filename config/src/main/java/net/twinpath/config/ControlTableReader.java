package net.twinpath.config;

import java.nio.file.Path;
import java.util.Optional;

/** Makes {@link ControlSettings} of the table {@code [control]}. */
final class ControlTableReader {
    private ControlTableReader() {}

    static ControlSettings read(TableReader table) {
        ConfigOption socket = ConfigOption.CONTROL_SOCKET;
        Optional<String> given = table.string(socket);
        return new ControlSettings(
                Path.of(given.orElseGet(socket::defaultString)), given.map(path -> table.positionOf(socket)));
    }
}
