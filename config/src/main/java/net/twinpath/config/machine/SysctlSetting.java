package net.twinpath.config.machine;

import java.util.Optional;
import net.twinpath.config.toml.ConfigPosition;

/**
 * One setting of the kernel.
 *
 * @param key with dots between its parts, and slashes where the name of an interface has dots, as in sysctl(8)
 * @param value as the kernel wants it, with one space between numbers
 * @param reason what it is good for, one sentence, when it is the profile's; empty when a file gives the value
 * @param source where the key, or that of the profile, stands
 */
public record SysctlSetting(String key, String value, Optional<String> reason, ConfigPosition source) {
    /** Where the kernel has the setting, below /proc/sys. */
    public String file() {
        StringBuilder file = new StringBuilder();
        key.chars().forEach(c -> file.append(c == '.' ? '/' : c == '/' ? '.' : (char) c));
        return file.toString();
    }
}
