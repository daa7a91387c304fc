package net.twinpath.config;

import java.nio.file.Path;

/** Makes {@link ControlSettings} of the table {@code [control]}. */
final class ControlTableReader {
    private ControlTableReader() {}

    static ControlSettings read(TableReader table) {
        return new ControlSettings(Path.of(table.string(ConfigOption.CONTROL_SOCKET)));
    }
}
