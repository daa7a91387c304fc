package net.twinpath.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Takes the values of one table as the option table wants them; what is not so is reported and left out. */
final class TableReader {
    private final SourceFile file;
    private final ConfigTable kind;
    private final List<String> key;

    /** A string of an array, or a string that stands for an array of one. */
    record Element(String text, ConfigPosition position) {}

    /** Takes the table at {@code key}, which exists; its unknown and its missing keys are reported at once. */
    TableReader(SourceFile file, ConfigTable kind, List<String> key) {
        this.file = file;
        this.kind = kind;
        this.key = key;
        ((TomlTable) file.value(key)).keySet().forEach(this::reportIfUnknown);
        kind.options().stream().filter(ConfigOption::required).forEach(this::reportIfMissing);
    }

    private void reportIfUnknown(String name) {
        List<String> names = kind.options().stream().map(ConfigOption::key).toList();
        if (!names.contains(name)) {
            String advice = NearestKey.to(name, names.stream())
                    .map(near -> "did you mean " + Quoted.of(near) + "?")
                    .orElseGet(() -> "known keys of " + kind.header() + ": " + String.join(", ", names));
            file.report(keyOf(name), "unknown key; " + advice);
        }
    }

    private void reportIfMissing(ConfigOption option) {
        if (value(option) == null) {
            file.reportMissing(key, option.key(), "the key is missing; example: " + option.example());
        }
    }

    SourceFile file() {
        return file;
    }

    /** Where the table stands. */
    ConfigPosition position() {
        return file.positionOf(key);
    }

    /** The table as its header names it. */
    String header() {
        return "[" + SourceFile.keyText(key) + "]";
    }

    /** A string with a default: the value when it is allowed, else the default. */
    String string(ConfigOption option) {
        return text(option)
                .filter(text -> accepts(option, text))
                .orElseGet(() -> option.defaultString().orElseThrow());
    }

    /** A string of any content; empty when there is none. */
    Optional<String> text(ConfigOption option) {
        return typed(option, String.class);
    }

    /** An integer that is allowed; empty when there is none. */
    OptionalInt integer(ConfigOption option) {
        return typed(option, Long.class)
                .filter(number -> accepts(option, number))
                .map(number -> OptionalInt.of(Math.toIntExact(number)))
                .orElseGet(option::defaultInteger);
    }

    /** Strings that are allowed, from an array or, where the type says so, from a single string. */
    List<Element> elements(ConfigOption option) {
        Object value = value(option);
        if (value instanceof TomlArray array) {
            List<Element> elements = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                element(option, array, i).ifPresent(elements::add);
            }
            return elements;
        } else if (value instanceof String text && option.type() == ValueType.STRING_OR_STRINGS) {
            return accepts(option, text) ? List.of(new Element(text, positionOf(option))) : List.of();
        }
        reportType(option, value);
        return List.of();
    }

    private Optional<Element> element(ConfigOption option, TomlArray array, int index) {
        Object value = array.get(index);
        ConfigPosition position = file.position(array.inputPositionOf(index));
        if (!(value instanceof String text)) {
            report(option, position, wrongType(ValueType.STRING, value, option));
            return Optional.empty();
        }
        Optional<String> objection = option.allowed().objectionTo(text);
        objection.ifPresent(message -> report(option, position, message));
        return objection.isEmpty() ? Optional.of(new Element(text, position)) : Optional.empty();
    }

    /** The length of an array, whatever it holds; empty when there is none. */
    OptionalInt arrayLength(ConfigOption option) {
        return value(option) instanceof TomlArray array ? OptionalInt.of(array.size()) : OptionalInt.empty();
    }

    /** All strings of an array, allowed or not. */
    List<String> rawStrings(ConfigOption option) {
        return value(option) instanceof TomlArray array
                ? IntStream.range(0, array.size())
                        .mapToObj(array::get)
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toList())
                : List.of();
    }

    void report(ConfigOption option, String message) {
        report(option, positionOf(option), message);
    }

    void report(ConfigOption option, ConfigPosition position, String message) {
        file.report(position, keyOf(option.key()), message);
    }

    /** Reports a problem of the table as a whole. */
    void report(String message) {
        file.report(key, message);
    }

    private <T> Optional<T> typed(ConfigOption option, Class<T> type) {
        Object value = value(option);
        if (type.isInstance(value)) {
            return Optional.of(type.cast(value));
        }
        reportType(option, value);
        return Optional.empty();
    }

    private void reportType(ConfigOption option, @Nullable Object value) {
        if (value != null) {
            report(option, wrongType(option.type(), value, option));
        }
    }

    private static String wrongType(ValueType wanted, Object found, ConfigOption option) {
        return "expected " + wanted.withArticle() + ", found " + ValueType.nameOf(found) + "; example: "
                + option.example();
    }

    private boolean accepts(ConfigOption option, Object value) {
        Optional<String> objection = option.allowed().objectionTo(value);
        objection.ifPresent(message -> report(option, message));
        return objection.isEmpty();
    }

    private @Nullable Object value(ConfigOption option) {
        return file.root().get(keyOf(option.key()));
    }

    private ConfigPosition positionOf(ConfigOption option) {
        return file.positionOf(keyOf(option.key()));
    }

    private List<String> keyOf(String name) {
        List<String> path = new ArrayList<>(key);
        path.add(name);
        return path;
    }
}
