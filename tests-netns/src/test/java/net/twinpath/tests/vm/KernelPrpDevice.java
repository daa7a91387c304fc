package net.twinpath.tests.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.twinpath.tests.fixture.Namespace;

/** The Linux kernel's own PRP node (net/hsr) over two links of a host, made as its selftests make it. */
final class KernelPrpDevice {
    static final String NAME = "prp0";

    /** Last octet of the address supervision frames go to; ip-link(8) reads it as a decimal number. */
    static final int SUPERVISION = 45;

    private static final Path NODE_TABLE = Path.of("/sys/kernel/debug/hsr", NAME, "node_table");

    private final Namespace host;
    private final List<String> links;
    private final List<String> addresses;

    private KernelPrpDevice(Namespace host, List<String> links, List<String> addresses) {
        this.host = host;
        this.links = links;
        this.addresses = addresses;
    }

    /** Makes the device. Before, both links get the first one's MAC address: each copy is sent with its link's own. */
    static KernelPrpDevice create(Namespace host, String linkA, String linkB, String... addresses) {
        String mac = macAddress(host, linkA);
        host.run("ip", "link", "set", linkB, "address", mac);
        host.up(linkA);
        host.up(linkB);
        KernelPrpDevice device = new KernelPrpDevice(host, List.of(linkA, linkB), List.of(addresses));
        device.add();
        return device;
    }

    static String macAddress(Namespace host, String interfaceName) {
        return host.run("cat", "/sys/class/net/" + interfaceName + "/address").strip();
    }

    /** Removes the device and makes it anew; the kernel remembers nothing of the old one. */
    void recreate() {
        host.run("ip", "link", "delete", NAME);
        add();
    }

    private void add() {
        host.run(
                "ip",
                "link",
                "add",
                NAME,
                "type",
                "hsr",
                "slave1",
                links.get(0),
                "slave2",
                links.get(1),
                "supervision",
                Integer.toString(SUPERVISION),
                "proto",
                "1");
        addresses.forEach(address -> host.address(NAME, address));
        host.up(NAME);
    }

    String macAddress() {
        return macAddress(host, NAME);
    }

    /** Whether devices for VLANs can be put on top of it; kernels before 6.13 refuse. */
    boolean carriesVlans() {
        return !host.run("ethtool", "-k", NAME).contains("vlan-challenged: on");
    }

    /**
     * A line of the kernel's node table (net/hsr/hsr_debugfs.c).
     *
     * @param sanA a frame without trailer was the first heard of it, on LAN A, and no supervision frame since
     * @param sanB the same on LAN B
     * @param danP neither
     */
    record Node(boolean sanA, boolean sanB, boolean danP) {
        private static final int FIELDS = 8;

        private static Node of(String line) {
            String[] field = line.strip().split(",?\\s+", -1);
            if (field.length != FIELDS) {
                throw new IllegalStateException("a node table of another form: " + line);
            }
            return new Node(field[5].equals("1"), field[6].equals("1"), field[7].equals("1"));
        }
    }

    /** What the kernel knows of the node with a MAC address. */
    Optional<Node> node(String macAddress) {
        try (var lines = Files.lines(NODE_TABLE)) {
            return lines.filter(line -> line.startsWith(macAddress))
                    .map(Node::of)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
