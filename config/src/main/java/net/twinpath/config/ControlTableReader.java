package net.twinpath.config;

import java.nio.file.Path;

/** Makes {@link ControlSettings} of the table {@code [control]}. */
final class ControlTableReader {
    private ControlTableReader() {}

    static ControlSettings read(TableReader table) {
        ConfigOption socket = ConfigOption.CONTROL_SOCKET;
        return new ControlSettings(Path.of(table.string(socket).orElseGet(socket::defaultString)));
    }
}
