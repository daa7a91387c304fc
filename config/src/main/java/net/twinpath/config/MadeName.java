package net.twinpath.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import net.twinpath.config.toml.Quoted;

/** The names of interfaces that the daemon makes: plain enough for every program, file and script that sees them. */
final class MadeName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]*[A-Za-z_.-][A-Za-z0-9_.-]*");

    /** Not names (dev_valid_name()), the loopback interface, and two names that sysctl takes (net/ipv4/devinet.c). */
    private static final List<String> RESERVED = List.of(".", "..", "lo", "all", "default");

    /** A file beside the interfaces in /sys/class/net, where the bonding driver keeps its own. */
    private static final String BONDING_MASTERS = "bonding_masters";

    private MadeName() {}

    /** Reports the name of a table when no interface can be called so. */
    static void check(TableReader table, String kind, String name, int maxBytes) {
        boolean good = NAME.matcher(name).matches()
                && name.getBytes(StandardCharsets.UTF_8).length <= maxBytes
                && !RESERVED.contains(name)
                && !name.equals(BONDING_MASTERS);
        if (!good) {
            table.report(Quoted.of(name) + " cannot name a " + kind + "; a name has 1 to " + maxBytes
                    + " of A-Z a-z 0-9 _ . - and is neither a number nor one of " + reserved(maxBytes));
        }
    }

    private static String reserved(int maxBytes) {
        String names = String.join(" ", RESERVED);
        return maxBytes < BONDING_MASTERS.length() ? names : names + " " + BONDING_MASTERS;
    }
}
