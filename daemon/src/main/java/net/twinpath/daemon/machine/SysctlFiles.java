package net.twinpath.daemon.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's settings below {@code /proc/sys}. */
final class SysctlFiles {
    private static final Logger LOG = LoggerFactory.getLogger("machine");

    private final Path root;

    SysctlFiles(Path root) {
        this.root = root;
    }

    /** Reads those that are named; one that is not there, or cannot be read, is left out. */
    void describe(Collection<Setting> interest, Settings to) {
        for (Setting setting : interest) {
            if (setting.group() == Group.SYSCTL) {
                to.put(setting, read(setting.name()));
            }
        }
    }

    private String read(String key) {
        try {
            return ProcFile.read(root.resolve(SysctlKey.file(key))).replaceAll("\\s+", " ");
        } catch (IOException e) {
            LOG.debug("{}", e.toString());
            return Setting.ABSENT;
        }
    }

    void write(String key, String value) throws IOException {
        Files.writeString(root.resolve(SysctlKey.file(key)), value);
    }
}
