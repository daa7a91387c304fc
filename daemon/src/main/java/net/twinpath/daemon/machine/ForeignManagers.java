package net.twinpath.daemon.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells from their files in {@code /run} which interfaces systemd-networkd or NetworkManager look after: two that change
 * one interface undo each other's work.
 */
final class ForeignManagers {
    /** States in which systemd-networkd does nothing with an interface (networkctl(1)). */
    private static final Set<String> IDLE = Set.of("unmanaged", "linger", "initialized", "pending");

    private final Path run;

    /** @param run where {@code /run} is */
    ForeignManagers(Path run) {
        this.run = run;
    }

    /** Those of this machine; in a network namespace other than theirs interfaces have other numbers. */
    static ForeignManagers ofThisMachine() {
        return new ForeignManagers(Path.of(isTheirNamespace() ? "/run" : "/nonexistent"));
    }

    private static boolean isTheirNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/1/ns/net"))
                    .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
        } catch (IOException e) {
            return true; // Who may not look there is hardly in a namespace of its own.
        }
    }

    /** What to tell the operator of an interface; empty when nobody else looks after it. */
    Optional<String> warning(String name, int index) {
        return ofNetworkd(name, index).or(() -> ofNetworkManager(name, index));
    }

    private Optional<String> ofNetworkd(String name, int index) {
        List<String> lines = lines(run.resolve("systemd/netif/links/" + index));
        Optional<String> file = value(lines, "NETWORK_FILE");
        boolean idle = value(lines, "ADMIN_STATE").filter(IDLE::contains).isPresent();
        return idle
                ? Optional.empty()
                : file.map(path -> name + " is managed by systemd-networkd, too, by " + path
                        + ", and both will change it; have that file leave it alone: [Link] Unmanaged=yes");
    }

    private Optional<String> ofNetworkManager(String name, int index) {
        return value(lines(run.resolve("NetworkManager/devices/" + index)), "managed")
                .filter(value -> value.equals("true") || value.equals("1"))
                .map(value -> name + " is managed by NetworkManager, too, and both will change it; have that leave it"
                        + " alone: nmcli device set " + name + " managed no, and unmanaged-devices in"
                        + " NetworkManager.conf");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<String> value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst();
    }
}
