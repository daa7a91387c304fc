package net.twinpath.daemon.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.Links;

/** Per-interface settings under {@code /proc/sys/net} (kernel Documentation/networking/ip-sysctl.rst). */
final class InterfaceSysctl {
    private static final Path IPV6 = Path.of("/proc/sys/net/ipv6/conf");
    private static final String ON = "1";

    private InterfaceSysctl() {}

    /** Whether this key with dots, and slashes in names, is what takes IPv6 off one of the interfaces. */
    static boolean isIpv6Switch(String key, Collection<String> interfaces) {
        return interfaces.stream()
                .anyMatch(name -> key.equals("net.ipv6.conf." + name.replace('.', '/') + ".disable_ipv6"));
    }

    /** The value of {@code disable_ipv6}; empty where the kernel has no IPv6. */
    static String disableIpv6(String interfaceName) throws IOException {
        Path setting = ipv6Switch(interfaceName);
        return Files.exists(setting) ? Files.readString(setting).strip() : "";
    }

    private static Path ipv6Switch(String interfaceName) {
        return IPV6.resolve(interfaceName).resolve("disable_ipv6");
    }

    /**
     * Takes IPv6 off an interface, with the addresses it gave itself; a kernel without IPv6 has nothing to take off.
     *
     * @param before what {@link #disableIpv6(String)} was
     */
    static void disableIpv6(Link link, String before, Links links, UndoStack undo) throws IOException {
        if (before.isEmpty()) {
            return;
        }
        if (!disableIpv6(link.name()).equals(ON)) {
            Files.writeString(ipv6Switch(link.name()), ON);
        }
        if (!before.equals(ON)) {
            undo.push("disable_ipv6 of " + link.name(), () -> writeIpv6Switch(link, before, links));
        }
    }

    /** Sysctls go by names, and an interface may have been given another one meanwhile. */
    private static void writeIpv6Switch(Link link, String value, Links links) throws IOException {
        String name = links.find(link.index()).map(Link::name).orElse(link.name());
        Files.writeString(ipv6Switch(name), value);
    }
}
