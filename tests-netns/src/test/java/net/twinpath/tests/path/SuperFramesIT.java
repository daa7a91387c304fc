package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Switch;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.traffic.FileTransfer;
import net.twinpath.tests.traffic.SampleFile;
import net.twinpath.tests.traffic.TransferResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A container behind a gateway, whose kernel leaves it to the other end of the veth pair to cut what it sends, and a host.
 *
 * <pre>
 *  container .11 eth0 ── eth2 gateway ┬─ lan0 ── lan0 ─┬ host dup0 .1
 *   (TSO, USO, GSO on)                └─ lan1 ── lan1 ─┘
 * </pre>
 */
class SuperFramesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FILE_OCTETS = 48 << 20;
    private static final int OCTETS_PER_SECOND = 64 << 20;
    private static final String HOST = "10.77.0.1";
    private static final String HOST_IPV6 = "fd77::1";
    private static final String CONTAINER = "10.77.0.11";

    private final TemporaryFolder folder = TemporaryFolder.create("super-frames");
    private final Namespace host = Namespace.host("host");
    private final Namespace gateway = Namespace.host("gateway");
    private final Namespace container = Namespace.host("container");
    private final Namespace san = Namespace.host("san");
    private final Namespace node = Namespace.host("node");
    private final Cable lanA = Cable.connect("lan-a", host, "lan0", gateway, "lan0");
    private final Cable lanB = Cable.connect("lan-b", host, "lan1", gateway, "lan1");
    private final List<Twinpathd> daemons = new ArrayList<>();

    @AfterEach
    void removeEverything() {
        daemons.forEach(Twinpathd::close);
        List.of(lanA, lanB).forEach(Cable::close);
        List.of(host, gateway, container, san, node).forEach(Namespace::close);
        folder.close();
    }

    private void start(String format) {
        gateway.run("ip", "link", "add", "eth2", "type", "veth", "peer", "name", "eth0", "netns", container.name());
        container.run("ethtool", "-K", "eth0", "tx", "on", "tso", "on", "gso", "on", "tx-udp-segmentation", "on");
        container.address("eth0", CONTAINER + "/24");
        container.address("eth0", "fd77::11/64");
        container.up("eth0");
        String addresses = "address = [\"" + HOST + "/24\", \"" + HOST_IPV6 + "/64\"]\nmtu = 1500\n";
        daemons.add(Twinpathd.start(host, folder, "host", path("dup0", format) + addresses));
        daemons.add(Twinpathd.start(gateway, folder, "gateway", path("gw", format) + "inside = \"eth2\"\n"));
        daemons.forEach(daemon -> daemon.awaitCondition("protected"));
    }

    private static String path(String name, String format) {
        return "[path." + name + "]\nformat = \"" + format + "\"\nlinks = [\"lan0\", \"lan1\"]\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"prp", "frer"})
    void filesArriveWholeOverIpv4AndIpv6(String format) {
        start(format);
        for (String address : List.of(HOST, HOST_IPV6)) {
            long before = fromContainer("out_segments");
            assertThat(Await.result("file", LIMIT, transfer(container, host, address))
                            .checksumHolds())
                    .as(address)
                    .isTrue();
            assertThat(fromContainer("out_segments") - before).as(address).isGreaterThan(FILE_OCTETS / 1_500 / 2);
        }
        assertThat(fromContainer("out_super_frames")).isZero();
        assertThat(fromContainer("out_super_frames_cut")).isPositive();
        assertThat(fromContainer("out_frames")).isGreaterThanOrEqualTo(fromContainer("out_segments"));
        // Each segment has a sequence number of its own, or its first copy would be taken for another's second.
        long sequenced = fromContainer("out_sequenced");
        Await.until(
                "both copies of all have come",
                LIMIT,
                () -> received("rx_first") >= sequenced && received("rx_duplicates") >= sequenced);
        assertThat(daemons.get(1).ctl("status").output()).contains("merged frames from inside: ");
    }

    private Future<TransferResult> transfer(Namespace from, Namespace to, String address) {
        Path received = folder.resolve("received");
        SampleFile file = SampleFile.create(folder.resolve("sample"), FILE_OCTETS, 13);
        return new FileTransfer(from, to, address, file, received, OCTETS_PER_SECOND, LIMIT).start(System.nanoTime());
    }

    /** A node on one LAN whose kernel does the same: its frames have no mark, and so can be cut. */
    @Test
    void theFileOfASinglyAttachedNodeArrivesWhole() {
        try (Switch one = Switch.make("one");
                Switch other = Switch.make("other")) {
            one.plug(san, "eth0");
            one.plug(node, "lan0");
            other.plug(node, "lan1");
            san.run("ethtool", "-K", "eth0", "tx", "on", "tso", "on", "gso", "on");
            san.address("eth0", CONTAINER + "/24");
            san.up("eth0");
            daemons.add(Twinpathd.start(node, folder, "node", path("dup0", "prp") + "address = \"" + HOST + "/24\"\n"));
            assertThat(Await.result("file", LIMIT, transfer(san, node, HOST)).checksumHolds())
                    .isTrue();
            assertThat(GatewayTopology.linkCounter(daemons.get(0), "rx_super_frames_cut"))
                    .isPositive();
            assertThat(GatewayTopology.linkCounter(daemons.get(0), "rx_segments"))
                    .isGreaterThan(FILE_OCTETS / 1_500 / 2);
            assertThat(GatewayTopology.linkCounter(daemons.get(0), "rx_super_frames"))
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prp", "frer"})
    void datagramsMergedForSendingArriveOneByOne(String format) throws Exception {
        assumeTrue(newerKernel(), "Linux before 6.2 hands no merged datagrams to packet sockets with virtio headers");
        start(format);
        MergedDatagrams.send(container, host, HOST, folder);
        assertThat(fromContainer("out_super_frames_cut")).isEqualTo(1);
        assertThat(fromContainer("out_segments")).isEqualTo(MergedDatagrams.DATAGRAMS);
        assertThat(fromContainer("out_super_frames")).isZero();
    }

    private static boolean newerKernel() {
        String[] version = System.getProperty("os.version").split("[.-]", 3);
        int major = Integer.parseInt(version[0]);
        return major > 6 || (major == 6 && Integer.parseInt(version[1]) >= 2);
    }

    private long fromContainer(String key) {
        return daemons.get(1).pathCounter(key);
    }

    private long received(String key) {
        return GatewayTopology.linkCounter(daemons.get(0), key);
    }
}
