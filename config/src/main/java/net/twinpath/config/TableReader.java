package net.twinpath.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.twinpath.config.toml.ConfigPosition;
import net.twinpath.config.toml.NearestKey;
import net.twinpath.config.toml.Quoted;
import net.twinpath.config.toml.SourceFile;
import net.twinpath.config.toml.TableSource;
import net.twinpath.config.value.DurationLiteral;
import net.twinpath.config.value.Keyword;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Takes the values of one table as the option table wants them; what is not so is reported and left out. */
final class TableReader {
    private final SourceFile file;
    private final ConfigTable kind;
    private final TomlTable content;
    private final String keyText;
    private final ConfigPosition position;

    /** A string or a table: one of an array, or one that stands for an array of one. */
    record Element(Object value, ConfigPosition position) {}

    /** A key that is no option, such as the name of a feature, and its value; below tables the key has several parts. */
    record Entry(List<String> key, Object value, String keyText, ConfigPosition position) {}

    /** Takes a table of the file; its unknown and its missing keys are reported at once. */
    private TableReader(SourceFile file, ConfigTable kind, TomlTable content, String keyText, ConfigPosition position) {
        this.file = file;
        this.kind = kind;
        this.content = content;
        this.keyText = keyText;
        this.position = position;
        if (!kind.hasFreeKeys()) {
            content.keySet().forEach(this::reportIfUnknown);
        }
        kind.options().stream().filter(ConfigOption::required).forEach(this::reportIfMissing);
    }

    /** Takes the table at {@code key}, which exists. */
    static TableReader at(SourceFile file, ConfigTable kind, List<String> key) {
        return new TableReader(file, kind, (TomlTable) file.value(key), SourceFile.keyText(key), file.positionOf(key));
    }

    private void reportIfUnknown(String name) {
        List<String> names = kind.options().stream().map(ConfigOption::key).toList();
        if (!names.contains(name)) {
            String advice = NearestKey.to(name, names.stream())
                    .map(near -> "did you mean " + Quoted.of(near) + "?")
                    .or(() -> tablesWith(name))
                    .orElseGet(() -> "known keys of " + kind.header() + ": " + String.join(", ", names));
            file.report(positionOf(name), keyTextOf(name), "unknown key; " + advice);
        }
    }

    /** In TOML a key belongs to the last header above it, which is easily forgotten. */
    private Optional<String> tablesWith(String key) {
        List<String> headers = Stream.of(ConfigOption.values())
                .filter(option -> option.key().equals(key) && kind.isNear(option.table()))
                .map(option -> option.table().header())
                .distinct()
                .toList();
        return headers.isEmpty()
                ? Optional.empty()
                : Optional.of("it belongs in " + AllowedValues.alternatives(headers));
    }

    private void reportIfMissing(ConfigOption option) {
        if (!has(option)) {
            reportAbsence(position, keyTextOf(option.key()), "the key is missing; example: " + option.example());
        }
    }

    SourceFile file() {
        return file;
    }

    /** Where the table stands. */
    ConfigPosition position() {
        return position;
    }

    /** Where the table and the keys in it stand. */
    TableSource source() {
        SortedMap<String, ConfigPosition> keys = new TreeMap<>();
        for (List<String> key : content.keyPathSet(true)) {
            TomlPosition at = content.inputPositionOf(key);
            if (at != null) {
                keys.put(String.join(".", key), file.position(at));
            }
        }
        return new TableSource(position, keys);
    }

    /** The table as its header names it. */
    String header() {
        return "[" + keyText + "]";
    }

    boolean isEmpty() {
        return content.isEmpty();
    }

    /** Whether the key is there, with whatever value. */
    boolean has(ConfigOption option) {
        return value(option) != null;
    }

    /** Where the key stands, which is there. */
    ConfigPosition positionOf(ConfigOption option) {
        return positionOf(option.key());
    }

    /** A string that is allowed; empty when there is none. */
    Optional<String> string(ConfigOption option) {
        return given(option, String.class);
    }

    /** An integer that is allowed; empty when there is none. */
    OptionalInt integer(ConfigOption option) {
        return integer(option, option.allowed());
    }

    /** An integer that is one of {@code allowed}, which other keys narrow; empty when there is none. */
    OptionalInt integer(ConfigOption option, AllowedValues allowed) {
        return given(option, allowed, Long.class)
                .map(number -> OptionalInt.of(Math.toIntExact(number)))
                .orElse(OptionalInt.empty());
    }

    /** A boolean; empty when there is none. */
    Optional<Boolean> flag(ConfigOption option) {
        return given(option, Boolean.class);
    }

    /** A duration that is allowed; empty when there is none. */
    Optional<Duration> duration(ConfigOption option) {
        return string(option).flatMap(DurationLiteral::parse);
    }

    /** The one of {@code keywords} that is given; empty when none is. */
    <K extends Keyword> Optional<K> keyword(ConfigOption option, K[] keywords) {
        return string(option)
                .flatMap(text -> Arrays.stream(keywords)
                        .filter(keyword -> keyword.text().equals(text))
                        .findFirst());
    }

    /** A value that is allowed, of one of several types; empty when there is none. */
    Optional<Object> any(ConfigOption option) {
        return given(option, Object.class);
    }

    /** The table below the key; empty when there is none. */
    Optional<TableReader> table(ConfigOption option) {
        return given(option, TomlTable.class).map(table -> nested(option, new Element(table, positionOf(option))));
    }

    /** The keys of the table below an option that has no options below it; empty when there is none. */
    List<Entry> entries(ConfigOption option) {
        return given(option, TomlTable.class)
                .map(table -> table.keySet().stream()
                        .map(key -> entry(table, keyTextOf(option.key()), List.of(key)))
                        .toList())
                .orElse(List.of());
    }

    /** The keys of this table that are no options; those below tables in it, at most {@code maxParts} deep, in full. */
    List<Entry> freeEntries(int maxParts) {
        List<String> options = kind.options().stream().map(ConfigOption::key).toList();
        List<Entry> found = new ArrayList<>();
        content.keySet().stream()
                .filter(key -> !options.contains(key))
                .forEach(key -> collect(List.of(key), maxParts, found));
        return found;
    }

    private void collect(List<String> key, int maxParts, List<Entry> found) {
        if (key.size() < maxParts && content.get(key) instanceof TomlTable table) {
            table.keySet().stream()
                    .map(part -> Stream.concat(key.stream(), Stream.of(part)).toList())
                    .forEach(below -> collect(below, maxParts, found));
        } else {
            found.add(entry(content, keyText, key));
        }
    }

    private Entry entry(TomlTable table, String tableText, List<String> key) {
        return new Entry(
                key,
                Objects.requireNonNull(table.get(key)),
                tableText + "." + SourceFile.keyText(key),
                file.position(Objects.requireNonNull(table.inputPositionOf(key))));
    }

    /** The tables of an array. */
    List<TableReader> tables(ConfigOption option) {
        return elements(option).stream().map(element -> nested(option, element)).toList();
    }

    /** The table that an element is. */
    TableReader nested(ConfigOption option, Element element) {
        ConfigTable nested = option.allowed().nested().orElseThrow();
        return new TableReader(file, nested, (TomlTable) element.value(), keyTextOf(option.key()), element.position());
    }

    /** The elements of an array that are allowed, or the single value that stands for an array of one. */
    List<Element> elements(ConfigOption option) {
        Object value = value(option);
        if (value instanceof TomlArray array) {
            ValueType type = option.type().element();
            return IntStream.range(0, array.size())
                    .mapToObj(i -> new Element(array.get(i), file.position(array.inputPositionOf(i))))
                    .filter(element -> isGood(option, type, option.allowed(), element))
                    .toList();
        }
        return given(option, Object.class)
                .map(single -> List.of(new Element(single, positionOf(option))))
                .orElse(List.of());
    }

    /** The length of an array, whatever it holds; empty when there is none. */
    OptionalInt arrayLength(ConfigOption option) {
        return value(option) instanceof TomlArray array ? OptionalInt.of(array.size()) : OptionalInt.empty();
    }

    void report(Entry entry, String message) {
        file.report(entry.position(), entry.keyText(), message);
    }

    void report(ConfigOption option, String message) {
        report(option, positionOf(option), message);
    }

    void report(ConfigOption option, ConfigPosition place, String message) {
        file.report(place, keyTextOf(option.key()), message);
    }

    /** Reports a problem of the table as a whole. */
    void report(String message) {
        file.report(position, keyText, message);
    }

    /** Reports an option that another one asks for; not where a syntax error may be what hides that one. */
    void reportLack(ConfigOption option, String message) {
        reportAbsence(positionOf(option), keyTextOf(option.key()), message);
    }

    /** Reports that the table lacks something; not where a syntax error may be what hides it. */
    void reportLack(String message) {
        reportAbsence(position, keyText, message);
    }

    private void reportAbsence(ConfigPosition place, String key, String message) {
        if (file.isIntact()) {
            file.report(place, key, message);
        }
    }

    /** Reports an option, if given, that has a meaning with another format only. */
    void reportUnlessFor(Format needed, Optional<Format> format, ConfigOption option) {
        format.filter(present -> present != needed && has(option))
                .ifPresent(present -> report(
                        option,
                        "only for " + Quoted.of(needed.text()) + ", and the format of this path is "
                                + Quoted.of(present.text()) + "; remove the key, or change the format"));
    }

    /** The value when it is of the option's type and allowed; else, if there is one, it is reported. */
    private <T> Optional<T> given(ConfigOption option, Class<T> wanted) {
        return given(option, option.allowed(), wanted);
    }

    private <T> Optional<T> given(ConfigOption option, AllowedValues allowed, Class<T> wanted) {
        Object value = value(option);
        return value != null && isGood(option, option.type(), allowed, new Element(value, positionOf(option)))
                ? Optional.of(wanted.cast(value))
                : Optional.empty();
    }

    private boolean isGood(ConfigOption option, ValueType type, AllowedValues allowed, Element element) {
        Optional<String> objection = type.fits(element.value())
                ? allowed.objectionTo(element.value())
                : Optional.of("expected " + type.withArticle() + ", found " + ValueType.nameOf(element.value())
                        + "; example: " + option.example());
        objection.ifPresent(message -> report(option, element.position(), message));
        return objection.isEmpty();
    }

    private @Nullable Object value(ConfigOption option) {
        return content.get(List.of(option.key()));
    }

    private ConfigPosition positionOf(String name) {
        return file.position(Objects.requireNonNull(content.inputPositionOf(List.of(name))));
    }

    private String keyTextOf(String name) {
        return keyText + "." + SourceFile.keyText(List.of(name));
    }
}
