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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tomlj.TomlTable;

/** Reads the main file and the files of {@code conf.d} beside it into one {@link TwinpathConfig}. */
public final class ConfigReader {
    private static final String DROP_IN_FOLDER = "conf.d";

    private final Problems problems = new Problems();
    private final InterfaceClaims claims = new InterfaceClaims();
    private final Map<String, ConfigPosition> tables = new HashMap<>();
    private final List<PathSettings> paths = new ArrayList<>();
    private Optional<ControlSettings> control = Optional.empty();

    private ConfigReader() {}

    /**
     * Reads {@code mainFile}, then every {@code *.toml} in the folder {@code conf.d} beside it, by name, without hidden
     * files. The files are TOML 1.0 in UTF-8 of at most 1 MiB each.
     *
     * @throws ConfigException with every problem of all files
     */
    public static TwinpathConfig read(Path mainFile) throws ConfigException {
        return new ConfigReader().readAll(mainFile);
    }

    private TwinpathConfig readAll(Path mainFile) throws ConfigException {
        readFile(mainFile);
        dropInFiles(mainFile.resolveSibling(DROP_IN_FOLDER)).forEach(this::readFile);
        problems.throwIfAny();
        return new TwinpathConfig(control.orElseGet(ControlSettings::defaults), paths);
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
            case PATH -> content.keySet().forEach(name -> readPath(file, name));
            default -> throw new IllegalStateException(table + " is no table of the top level");
        }
    }

    private void readControl(SourceFile file, List<String> key) {
        ControlSettings read = ControlTableReader.read(TableReader.at(file, ConfigTable.CONTROL, key));
        if (isFirst(file, key)) {
            control = Optional.of(read);
        }
    }

    private void readPath(SourceFile file, String name) {
        List<String> key = List.of(ConfigTable.PATH.key(), name);
        if (!(file.root().get(key) instanceof TomlTable)) {
            reportNoTable(file, key, "a table named after the path", ConfigTable.PATH);
            return;
        }
        boolean first = isFirst(file, key);
        // A second table of the same path needs the same interfaces; one problem for that is enough.
        InterfaceClaims claimsToUse = first ? claims : new InterfaceClaims();
        PathSettings path = new PathTableReader(TableReader.at(file, ConfigTable.PATH, key), name, claimsToUse).read();
        if (first) {
            paths.add(path);
        }
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
        String known = "known tables are "
                + ConfigTable.topLevel().map(ConfigTable::header).collect(Collectors.joining(" and "));
        if (ConfigTable.isPlanned(key)) {
            return "not supported by this version; " + known;
        }
        Optional<ConfigOption> misplaced = Stream.of(ConfigOption.values())
                .filter(option -> option.key().equals(key) && (!isTable || option.type() == ValueType.TABLE))
                .findFirst();
        if (misplaced.isPresent()) {
            return "the key stands in no table; it belongs in "
                    + misplaced.get().table().header();
        }
        String unknown = isTable ? "unknown table; " : "unknown key outside of a table; ";
        return NearestKey.to(key, ConfigTable.topLevel().map(ConfigTable::key))
                .flatMap(ConfigTable::topLevel)
                .map(table -> unknown + "did you mean " + table.header() + "?")
                .orElse(unknown + known);
    }
}
