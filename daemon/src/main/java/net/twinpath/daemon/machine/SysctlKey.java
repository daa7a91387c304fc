package net.twinpath.daemon.machine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of sysctls: parts with dots between them, and slashes where the name of an interface has dots (sysctl(8)). */
final class SysctlKey {
    private static final Pattern OF_INTERFACE = Pattern.compile("net\\.ipv[46]\\.(?:conf|neigh)\\.([^.]+)\\..*");
    static final String DEFAULT = "default";

    private static final Set<String> OF_ALL = Set.of("all", DEFAULT);

    /** Folders of {@code /proc/sys} with one for each interface, and one named {@code default} for those to come. */
    static final List<String> FOLDERS = List.of("net/ipv4/conf", "net/ipv6/conf", "net/ipv4/neigh", "net/ipv6/neigh");

    private SysctlKey() {}

    /** The interface a setting of {@code net.ipv4.conf} and its like belongs to. */
    static Optional<String> interfaceOf(String key) {
        Matcher matcher = OF_INTERFACE.matcher(key);
        return matcher.matches() && !OF_ALL.contains(matcher.group(1))
                ? Optional.of(matcher.group(1).replace('/', '.'))
                : Optional.empty();
    }

    /** The key of a file below {@code /proc/sys}. */
    static String of(String file) {
        return exchanged(file);
    }

    /** Where the kernel has it below {@code /proc/sys}. */
    static String file(String key) {
        return exchanged(key);
    }

    /** With slashes for dots and dots for slashes. */
    private static String exchanged(String text) {
        StringBuilder exchanged = new StringBuilder();
        text.chars().forEach(c -> exchanged.append(c == '.' ? '/' : c == '/' ? '.' : (char) c));
        return exchanged.toString();
    }
}
