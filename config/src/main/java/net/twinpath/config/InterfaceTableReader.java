package net.twinpath.config;

import java.util.Optional;
import java.util.OptionalInt;
import net.twinpath.config.machine.ChannelSettings;
import net.twinpath.config.machine.CoalesceSettings;
import net.twinpath.config.machine.InterfaceSettings;
import net.twinpath.config.machine.PauseSettings;
import net.twinpath.config.machine.RingSettings;

/** Makes {@link InterfaceSettings} of one table {@code [interface.NAME]}. */
final class InterfaceTableReader {
    private InterfaceTableReader() {}

    static InterfaceSettings read(TableReader table, String name) {
        new AllowedValues.LinkName().objectionTo(name).ifPresent(table::report);
        return new InterfaceSettings(
                name,
                DeviceReader.read(table, DeviceReader.Options.OF_INTERFACE),
                pause(table.table(ConfigOption.INTERFACE_PAUSE)),
                ring(table.table(ConfigOption.INTERFACE_RING)),
                coalesce(table.table(ConfigOption.INTERFACE_COALESCE)),
                channels(table.table(ConfigOption.INTERFACE_CHANNELS)),
                table.source());
    }

    private static PauseSettings pause(Optional<TableReader> pause) {
        return new PauseSettings(
                pause.flatMap(table -> table.flag(ConfigOption.PAUSE_AUTONEGOTIATE)),
                pause.flatMap(table -> table.flag(ConfigOption.PAUSE_RECEIVE)),
                pause.flatMap(table -> table.flag(ConfigOption.PAUSE_TRANSMIT)));
    }

    private static RingSettings ring(Optional<TableReader> ring) {
        return new RingSettings(integer(ring, ConfigOption.RING_RECEIVE), integer(ring, ConfigOption.RING_TRANSMIT));
    }

    private static CoalesceSettings coalesce(Optional<TableReader> coalesce) {
        return new CoalesceSettings(
                coalesce.flatMap(table -> table.duration(ConfigOption.COALESCE_RECEIVE)),
                integer(coalesce, ConfigOption.COALESCE_RECEIVE_FRAMES),
                coalesce.flatMap(table -> table.duration(ConfigOption.COALESCE_TRANSMIT)),
                integer(coalesce, ConfigOption.COALESCE_TRANSMIT_FRAMES),
                coalesce.flatMap(table -> table.flag(ConfigOption.COALESCE_ADAPTIVE_RECEIVE)),
                coalesce.flatMap(table -> table.flag(ConfigOption.COALESCE_ADAPTIVE_TRANSMIT)));
    }

    private static ChannelSettings channels(Optional<TableReader> channels) {
        return new ChannelSettings(
                integer(channels, ConfigOption.CHANNELS_COMBINED),
                integer(channels, ConfigOption.CHANNELS_RECEIVE),
                integer(channels, ConfigOption.CHANNELS_TRANSMIT));
    }

    private static OptionalInt integer(Optional<TableReader> table, ConfigOption option) {
        return table.map(present -> present.integer(option)).orElse(OptionalInt.empty());
    }
}
