package net.twinpath.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The capabilities the process holds (capabilities(7)). */
final class Privileges {
    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_NET_RAW = 13;
    private static final String EFFECTIVE = "CapEff:";

    private Privileges() {}

    /** @throws StartException when a capability every path needs is missing */
    static void require() throws StartException {
        List<String> missing = missing(effective());
        if (!missing.isEmpty()) {
            throw new StartException("no privilege: " + String.join(" and ", missing)
                    + " missing; start twinpathd as root or by its systemd unit");
        }
    }

    static List<String> missing(long effective) {
        List<String> missing = new ArrayList<>();
        if ((effective >>> CAP_NET_ADMIN & 1) == 0) {
            missing.add("CAP_NET_ADMIN");
        }
        if ((effective >>> CAP_NET_RAW & 1) == 0) {
            missing.add("CAP_NET_RAW");
        }
        return missing;
    }

    private static long effective() throws StartException {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith(EFFECTIVE)) {
                    return Long.parseUnsignedLong(
                            line.substring(EFFECTIVE.length()).strip(), 16);
                }
            }
        } catch (IOException e) {
            throw new StartException("cannot read /proc/self/status: " + e.getMessage());
        }
        throw new StartException("/proc/self/status names no capabilities");
    }
}
