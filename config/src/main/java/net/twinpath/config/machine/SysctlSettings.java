package net.twinpath.config.machine;

import java.util.List;
import java.util.Optional;

/**
 * The table {@code [sysctl]}.
 *
 * @param profile the set of settings it starts from; empty: none
 * @param settings what to write, each key once: those of the profile in its order, as single keys override them, and
 *     then the other single keys in the order of the files
 */
public record SysctlSettings(Optional<SysctlProfile> profile, List<SysctlSetting> settings) {
    public SysctlSettings {
        settings = List.copyOf(settings);
    }

    /** What holds without the table. */
    public static SysctlSettings untouched() {
        return new SysctlSettings(Optional.empty(), List.of());
    }
}
