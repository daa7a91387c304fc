package net.twinpath.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.twinpath.config.toml.ConfigPosition;
import net.twinpath.config.toml.Quoted;

/** Makes {@link StreamSettings} of the tables {@code [[path.NAME.stream]]} of one path. */
final class StreamsReader {
    /** Every frame may be compared with each of them. */
    static final int MAX_STREAMS = 4096;

    private final Optional<Format> format;
    private final RecoverySettings recoveryOfPath;
    private final List<StreamSettings> streams = new ArrayList<>();
    private final Map<String, ConfigPosition> names = new HashMap<>();

    private StreamsReader(Optional<Format> format, RecoverySettings recoveryOfPath) {
        this.format = format;
        this.recoveryOfPath = recoveryOfPath;
    }

    /** Takes the streams of a path; without a format, what depends on it is not checked. */
    static List<StreamSettings> read(TableReader path, Optional<Format> format, RecoverySettings recoveryOfPath) {
        StreamsReader reader = new StreamsReader(format, recoveryOfPath);
        List<TableReader> tables = path.tables(ConfigOption.PATH_STREAM);
        tables.forEach(reader::read);
        if (tables.size() > MAX_STREAMS) {
            path.report(
                    ConfigOption.PATH_STREAM,
                    tables.get(MAX_STREAMS).position(),
                    tables.size() + " streams are too many; a path has at most " + MAX_STREAMS);
        }
        return reader.streams;
    }

    private void read(TableReader table) {
        table.reportUnlessFor(Format.FRER, format, ConfigOption.STREAM_RECOVERY);
        RecoverySettings recovery = RecoveryReader.read(table.table(ConfigOption.STREAM_RECOVERY), recoveryOfPath);
        Action action = table.keyword(ConfigOption.STREAM_ACTION, Action.values())
                .orElseGet(() -> ConfigOption.STREAM_ACTION.defaultKeyword(Action.values()));
        Optional<StreamMatch> match = table.table(ConfigOption.STREAM_MATCH).map(MatchReader::read);
        Optional<String> name = table.string(ConfigOption.STREAM_NAME);
        name.ifPresent(present -> checkUnique(table, present));
        if (name.isPresent() && match.isPresent()) {
            streams.add(new StreamSettings(name.get(), match.get(), action, recovery, table.position()));
        }
    }

    private void checkUnique(TableReader table, String name) {
        ConfigPosition here = table.positionOf(ConfigOption.STREAM_NAME);
        ConfigPosition earlier = names.putIfAbsent(name, here);
        if (earlier != null) {
            table.report(
                    ConfigOption.STREAM_NAME,
                    Quoted.of(name) + " names the stream at " + earlier + " too; each name once in a path");
        }
    }
}
