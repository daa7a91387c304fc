package net.twinpath.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.twinpath.config.machine.MachineSettings;
import net.twinpath.config.toml.ConfigException;
import net.twinpath.config.toml.ConfigPosition;
import net.twinpath.config.toml.ConfigProblem;
import net.twinpath.config.toml.NearestKey;
import net.twinpath.config.toml.Problems;
import net.twinpath.config.toml.SourceFile;
import org.tomlj.TomlTable;

/** Reads the main file and the files of {@code conf.d} beside it into one {@link TwinpathConfig}. */
public final class ConfigReader {
    /** The main file when nothing else is said. */
    public static final String DEFAULT_FILE = "/etc/twinpath/twinpath.toml";

    private static final String DROP_IN_FOLDER = "conf.d";

    private final Problems problems = new Problems();
    private final InterfaceClaims claims = new InterfaceClaims();
    private final MachineReader machine = new MachineReader(claims);
    private final Map<String, ConfigPosition> tables = new HashMap<>();
    private final List<MachineReader.Read<PathSettings>> paths = new ArrayList<>();
    private Optional<ControlSettings> control = Optional.empty();
    private Optional<MetricsSettings> metrics = Optional.empty();

    private ConfigReader() {}

    /**
     * Reads {@code mainFile}, then every {@code *.toml} in the folder {@code conf.d} beside it, by name, without hidden
     * files. The files are TOML 1.0 in UTF-8 of at most 256 KiB each.
     *
     * @throws ConfigException with every problem of all files
     */
    public static TwinpathConfig read(Path mainFile) throws ConfigException {
        return new ConfigReader().readAll(mainFile);
    }

    private TwinpathConfig readAll(Path mainFile) throws ConfigException {
        readFile(mainFile);
        dropInFiles(mainFile.resolveSibling(DROP_IN_FOLDER)).forEach(this::readFile);
        MachineSettings all = machine.finish(paths);
        problems.throwIfAny();
        return new TwinpathConfig(
                control.orElseGet(ControlSettings::defaults),
                metrics.orElseGet(MetricsSettings::defaults),
                all,
                paths.stream().map(MachineReader.Read::settings).toList());
    }

    private List<Path> dropInFiles(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, ConfigReader::isDropIn)) {
            entries.forEach(files::add);
        } catch (NoSuchFileException e) {
            return files;
        } catch (NotDirectoryException e) {
            reportFolder(folder, "is not a folder; remove it, or make it a folder of *.toml files");
        } catch (IOException | DirectoryIteratorException e) {
            reportFolder(folder, "cannot be listed: " + e.getMessage());
        }
        files.sort(Comparator.comparing(Path::toString));
        return files;
    }

    private static boolean isDropIn(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".toml") && !name.startsWith(".");
    }

    private void reportFolder(Path folder, String message) {
        problems.begin(folder);
        problems.add(ConfigProblem.ofFile(folder, message));
    }

    private void readFile(Path path) {
        SourceFile.read(path, problems)
                .ifPresent(file -> file.root()
                        .keySet()
                        .forEach(key -> ConfigTable.topLevel(key)
                                .ifPresentOrElse(table -> readTable(file, table), () -> reportUnknown(file, key))));
    }

    private void readTable(SourceFile file, ConfigTable table) {
        List<String> key = List.of(table.key());
        if (!(file.root().get(key) instanceof TomlTable content)) {
            reportNoTable(file, key, "a table", table);
            return;
        }
        switch (table) {
            case CONTROL -> readControl(file, key);
            case METRICS -> readMetrics(file, key);
            case SYSCTL -> machine.readSysctl(TableReader.at(file, table, key), isFirst(file, key));
            case BOND, VLAN, INTERFACE, PATH -> content.keySet().forEach(name -> readNamed(file, table, name));
            default -> throw new IllegalStateException(table + " is no table of the top level");
        }
    }

    private void readControl(SourceFile file, List<String> key) {
        ControlSettings read = ControlTableReader.read(TableReader.at(file, ConfigTable.CONTROL, key));
        if (isFirst(file, key)) {
            control = Optional.of(read);
        }
    }

    private void readMetrics(SourceFile file, List<String> key) {
        MetricsSettings read = MetricsTableReader.read(TableReader.at(file, ConfigTable.METRICS, key));
        if (isFirst(file, key)) {
            metrics = Optional.of(read);
        }
    }

    private void readNamed(SourceFile file, ConfigTable table, String name) {
        List<String> key = List.of(table.key(), name);
        if (!(file.root().get(key) instanceof TomlTable content)) {
            reportNoTable(file, key, "a table named after the " + table.named().orElseThrow(), table);
        } else if (isPartOfName(content, table)) {
            content.keySet().forEach(rest -> reportUnquoted(file, key, rest));
        } else {
            boolean first = isFirst(file, key);
            TableReader reader = TableReader.at(file, table, key);
            switch (table) {
                case BOND -> machine.readBond(reader, name, first);
                case VLAN -> machine.readVlan(reader, name, first);
                case INTERFACE -> machine.readInterface(reader, name, first);
                default -> readPath(reader, name, first);
            }
        }
    }

    private void readPath(TableReader reader, String name, boolean first) {
        // A second table of the same path needs the same interfaces; one problem for that is enough.
        InterfaceClaims claimsToUse = first ? claims : new InterfaceClaims();
        PathSettings path = new PathTableReader(reader, name, claimsToUse).read();
        if (first) {
            paths.add(new MachineReader.Read<>(path, reader));
        }
    }

    /** TOML takes {@code [vlan.bond0.100]} for a table 100 in a table bond0. */
    private static boolean isPartOfName(TomlTable content, ConfigTable table) {
        List<String> known = table.options().stream().map(ConfigOption::key).toList();
        return !content.isEmpty()
                && content.entrySet().stream()
                        .allMatch(entry -> entry.getValue() instanceof TomlTable && !known.contains(entry.getKey()));
    }

    private static void reportUnquoted(SourceFile file, List<String> key, String rest) {
        List<String> found = List.of(key.get(0), key.get(1), rest);
        List<String> meant = List.of(key.get(0), key.get(1) + "." + rest);
        file.report(
                found, "unknown table; a name with a dot is written in quotes: [" + SourceFile.keyText(meant) + "]");
    }

    /** Remembers where the table stands, or reports that it has stood in an earlier file. */
    private boolean isFirst(SourceFile file, List<String> key) {
        ConfigPosition here = file.positionOf(key);
        String keyText = SourceFile.keyText(key);
        ConfigPosition earlier = tables.putIfAbsent(keyText, here);
        if (earlier != null) {
            file.report(here, keyText, "the table stands at " + earlier + " too; a table may stand in one file only");
        }
        return earlier == null;
    }

    private static void reportNoTable(SourceFile file, List<String> key, String wanted, ConfigTable table) {
        String found = ValueType.nameOf(file.value(key));
        file.report(key, "expected " + wanted + ", found " + found + "; example: " + table.example());
    }

    private static void reportUnknown(SourceFile file, String key) {
        file.report(List.of(key), objectionToUnknown(key, file.value(List.of(key)) instanceof TomlTable));
    }

    private static String objectionToUnknown(String key, boolean isTable) {
        List<String> headers = ConfigTable.topLevel().map(ConfigTable::header).toList();
        String known = "known tables are " + AllowedValues.listed(headers, "and");
        List<String> homes = Stream.of(ConfigOption.values())
                .filter(option -> option.key().equals(key) && (!isTable || option.type() == ValueType.TABLE))
                .map(option -> option.table().header())
                .distinct()
                .toList();
        if (!homes.isEmpty()) {
            return "the key stands in no table; it belongs in " + AllowedValues.alternatives(homes);
        }
        String unknown = isTable ? "unknown table; " : "unknown key outside of a table; ";
        return NearestKey.to(key, ConfigTable.topLevel().map(ConfigTable::key))
                .flatMap(ConfigTable::topLevel)
                .map(table -> unknown + "did you mean " + table.header() + "?")
                .orElse(unknown + known);
    }
}
