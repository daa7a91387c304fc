package net.twinpath.daemon.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's settings below {@code /proc/sys}. */
final class SysctlFiles {
    private static final Logger LOG = LoggerFactory.getLogger("machine");

    private static final String MTU = "mtu";

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

    /** By key those of an interface that are not as a new interface has them. */
    SortedMap<String, String> ownOf(String name) {
        SortedMap<String, String> own = new TreeMap<>();
        for (String folder : SysctlKey.FOLDERS) {
            for (String file : writable(root.resolve(folder).resolve(name))) {
                String key = SysctlKey.of(folder + "/" + name + "/" + file);
                String value = read(key);
                String fresh = read(SysctlKey.of(folder + "/" + SysctlKey.DEFAULT + "/" + file));
                if (!value.isEmpty() && !fresh.isEmpty() && !value.equals(fresh)) {
                    own.put(key, value);
                }
            }
        }
        return own;
    }

    private static List<String> writable(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(SysctlFiles::isOurs)
                    .map(file -> file.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            LOG.debug("{}", e.toString());
            return List.of();
        }
    }

    /** Whether root may write it; IPv6's MTU follows the interface's. */
    private static boolean isOurs(Path file) {
        try {
            return !file.endsWith(MTU) && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_WRITE);
        } catch (IOException e) {
            LOG.debug("{}", e.toString());
            return false;
        }
    }

    /** @throws MachineException when the kernel does not take the value, with the one it has */
    void write(String key, String value) throws MachineException {
        try {
            Files.writeString(root.resolve(SysctlKey.file(key)), value);
        } catch (IOException e) {
            throw new MachineException("the kernel does not take the value \"" + value + "\" (" + e.getMessage()
                    + "); it is \"" + read(key) + "\" now");
        }
    }
}
