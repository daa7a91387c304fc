package net.twinpath.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.twinpath.config.machine.ApplianceSysctl;
import net.twinpath.config.machine.SysctlProfile;
import net.twinpath.config.machine.SysctlSetting;
import net.twinpath.config.machine.SysctlSettings;
import net.twinpath.config.toml.ConfigPosition;
import net.twinpath.config.toml.NearestKey;
import net.twinpath.config.toml.Quoted;
import org.tomlj.TomlArray;

/** Makes {@link SysctlSettings} of the table {@code [sysctl]}, whose keys are the kernel's, except for the profile. */
final class SysctlTableReader {
    /** More parts than any key of the kernel has. */
    private static final int MAX_PARTS = 16;

    /** Files in /proc/sys are written in one piece, of at most a page. */
    private static final int MAX_VALUE_LENGTH = 4095;

    private static final String VALUE = "an integer, a string or an array of integers";

    private final TableReader table;
    private final Map<String, SysctlSetting> single = new LinkedHashMap<>();

    private SysctlTableReader(TableReader table) {
        this.table = table;
    }

    static SysctlSettings read(TableReader table) {
        return new SysctlTableReader(table).read();
    }

    private SysctlSettings read() {
        ConfigOption option = ConfigOption.SYSCTL_PROFILE;
        Optional<SysctlProfile> profile = table.keyword(option, SysctlProfile.values());
        table.freeEntries(MAX_PARTS).forEach(this::readSingle);
        Map<String, SysctlSetting> all = new LinkedHashMap<>();
        profile.stream()
                .flatMap(present -> present.settings().stream())
                .map(setting -> ofProfile(setting, table.positionOf(option)))
                .forEach(setting -> all.put(setting.key(), setting));
        all.putAll(single);
        return new SysctlSettings(profile, List.copyOf(all.values()));
    }

    private static SysctlSetting ofProfile(ApplianceSysctl setting, ConfigPosition source) {
        return new SysctlSetting(setting.key(), setting.value(), Optional.of(setting.reason()), source);
    }

    private void readSingle(TableReader.Entry entry) {
        if (entry.key().size() == 1
                && !entry.key().get(0).contains(".")
                && !entry.key().get(0).contains("/")) {
            table.report(entry, unknownWord(entry.key().get(0)));
            return;
        }
        String key = String.join(".", entry.key());
        Optional<String> objection = SysctlKey.objectionToParts(entry.key()).or(() -> SysctlKey.objectionTo(key));
        objection.ifPresent(message -> table.report(entry, message));
        Optional<String> value = value(entry);
        if (objection.isEmpty() && value.isPresent()) {
            add(entry, new SysctlSetting(key, value.get(), Optional.empty(), entry.position()));
        }
    }

    private static String unknownWord(String word) {
        return NearestKey.to(word, ConfigTable.SYSCTL.options().stream().map(ConfigOption::key))
                .map(near -> "unknown key; did you mean " + Quoted.of(near) + "?")
                .orElse("unknown key; known are profile, and settings of the kernel such as \"net.core.rmem_max\"");
    }

    private void add(TableReader.Entry entry, SysctlSetting setting) {
        SysctlSetting earlier = single.putIfAbsent(setting.key(), setting);
        if (earlier != null) {
            table.report(entry, Quoted.of(setting.key()) + " stands at " + earlier.source() + " too; remove one");
        }
    }

    private Optional<String> value(TableReader.Entry entry) {
        Optional<String> text = textOf(entry.value());
        if (text.isEmpty()) {
            String advice = entry.value() instanceof Boolean on ? "; write " + (on ? "1" : "0") : "";
            table.report(entry, "expected " + VALUE + ", found " + foundIn(entry.value()) + advice);
            return text;
        }
        String value = text.get().strip().replaceAll("[ \\t]+", " ");
        boolean good = value.length() <= MAX_VALUE_LENGTH && value.chars().noneMatch(Character::isISOControl);
        if (!good) {
            table.report(
                    entry,
                    "a value is one line of at most " + MAX_VALUE_LENGTH + " characters, without control characters");
        }
        return good ? Optional.of(value) : Optional.empty();
    }

    private static Optional<String> textOf(Object value) {
        if (value instanceof String text) {
            return Optional.of(text);
        } else if (value instanceof Long number) {
            return Optional.of(number.toString());
        } else if (value instanceof TomlArray array
                && !array.isEmpty()
                && elements(array).allMatch(Long.class::isInstance)) {
            return Optional.of(elements(array).map(Object::toString).collect(Collectors.joining(" ")));
        }
        return Optional.empty();
    }

    private static Stream<Object> elements(TomlArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::get);
    }

    private static String foundIn(Object value) {
        if (!(value instanceof TomlArray array)) {
            return ValueType.nameOf(value);
        }
        return elements(array)
                .filter(element -> !(element instanceof Long))
                .findFirst()
                .map(element -> "an array with " + ValueType.nameOf(element))
                .orElse("an empty array");
    }
}
