package net.twinpath.tests.path;

import static net.twinpath.tests.path.GatewayTopology.DEVICE_1;
import static net.twinpath.tests.path.GatewayTopology.DEVICE_2;
import static net.twinpath.tests.path.GatewayTopology.FAR_DEVICE;
import static net.twinpath.tests.path.GatewayTopology.HOST;
import static net.twinpath.tests.path.GatewayTopology.hexMac;
import static net.twinpath.tests.path.GatewayTopology.linkCounter;
import static net.twinpath.tests.path.GatewayTopology.mac;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Capture;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Switch;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.FileTransfer;
import net.twinpath.tests.traffic.RawFrames;
import net.twinpath.tests.traffic.SampleFile;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.TransferResult;
import net.twinpath.tests.traffic.VoiceStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Devices behind gateways (RedBoxes), as in the kernel's tools/testing/selftests/net/hsr/hsr_prp_redbox.sh and more:
 * they reach every node and each other, their own addresses stay theirs, and one LAN may fail.
 */
@TestInstance(Lifecycle.PER_CLASS)
class GatewayIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SUPERVISION = "01154e000100";
    private static final String BROADCAST = "ffffffffffff";

    private GatewayTopology net;
    private int runs;

    @BeforeAll
    void start() {
        net = GatewayTopology.start();
    }

    @AfterAll
    void stop() {
        net.close();
    }

    @Test
    void everyDeviceAndTheHostReachEachOther() {
        List<Namespace> stations = List.of(net.host, net.device1, net.device2, net.farDevice);
        List<String> addresses = List.of(HOST, DEVICE_1, DEVICE_2, FAR_DEVICE);
        for (Namespace from : stations) {
            for (int to = 0; to < stations.size(); to++) {
                assertReaches(from, addresses.get(to));
                assertReaches(from, GatewayTopology.ipv6(addresses.get(to)));
            }
        }
    }

    private static void assertReaches(Namespace from, String address) {
        // After the last request ping waits for as long as between two, whatever -W says, once a reply came.
        String ping = from.run("ping", "-c", "5", "-i", "0.1", "-W", "10", address);
        assertThat(ping)
                .contains("5 packets transmitted, 5 received")
                .doesNotContain("duplicates")
                .doesNotContain("DUP!");
    }

    @Test
    void largestPacketsReachDevicesWhole() {
        assertThat(net.host.run("ping", "-c", "3", "-i", "0.01", "-M", "do", "-s", "1472", DEVICE_1))
                .contains("3 received");
        assertThat(net.farDevice.run("ping", "-c", "3", "-i", "0.01", "-M", "do", "-s", "1472", DEVICE_1))
                .contains("3 received");
    }

    @Test
    void aDeviceKeepsItsOwnAddressTowardsItsNeighbours() {
        assertReaches(net.host, DEVICE_1);
        assertReaches(net.farDevice, DEVICE_1);
        String expected = "lladdr " + mac(net.device1, "eth0");
        assertThat(net.host.run("ip", "neigh", "show", DEVICE_1)).contains(expected);
        assertThat(net.farDevice.run("ip", "neigh", "show", DEVICE_1)).contains(expected);
        assertThat(net.device1.run("ip", "neigh", "show", HOST)).contains("lladdr " + mac(net.host, "dup0"));
    }

    @Test
    void theGatewayAnnouncesItsDevicesAndItself() {
        assertReaches(net.device1, HOST);
        String redBox = hexMac(net.gateway, "lan0");
        String device = hexMac(net.device1, "eth0");
        try (RawFrames onA = RawFrames.open(net.host, "lan0");
                RawFrames onB = RawFrames.open(net.host, "lan1")) {
            for (RawFrames lan : List.of(onA, onB)) {
                String trailer = lan == onA ? "a03488fb" : "b03488fb";
                for (String announced : List.of(device, redBox)) {
                    String tlvs = "1406" + announced + "1e06" + redBox + "0000";
                    Await.until(
                            "supervision " + tlvs,
                            LIMIT,
                            () -> hex(lan).anyMatch(frame -> frame.matches(SUPERVISION + redBox + "88fb0001[0-9a-f]{4}"
                                    + tlvs + "(00){24}" + "[0-9a-f]{4}" + trailer)));
                }
            }
        }
    }

    private static Stream<String> hex(RawFrames frames) {
        return frames.received().stream().map(HexFormat.of()::formatHex);
    }

    @Test
    void theHostKnowsWhoIsBehindWhom() {
        assertReaches(net.device1, HOST);
        assertReaches(net.farDevice, HOST);
        String gateway = mac(net.gateway, "lan0");
        String farGateway = mac(net.farGateway, "lan0");
        assertThat(GatewayTopology.awaitNode(net.hostDaemon, gateway, "RedBox").has("red_box"))
                .isFalse();
        assertThat(GatewayTopology.awaitNode(net.hostDaemon, mac(net.device1, "eth0"), "VDAN")
                        .get("red_box")
                        .getAsString())
                .isEqualTo(gateway);
        assertThat(GatewayTopology.awaitNode(net.hostDaemon, mac(net.farDevice, "eth0"), "VDAN")
                        .get("red_box")
                        .getAsString())
                .isEqualTo(farGateway);
        assertThat(GatewayTopology.awaitNode(net.gatewayDaemon, mac(net.farDevice, "eth0"), "VDAN")
                        .get("red_box")
                        .getAsString())
                .isEqualTo(farGateway);
        assertThat(GatewayTopology.awaitNode(net.gatewayDaemon, mac(net.host, "dup0"), "DAN")
                        .has("red_box"))
                .isFalse();
        assertThat(net.hostDaemon.statusText()).contains("VDAN behind " + gateway);
        assertThat(net.gatewayDaemon.statusText()).contains("behind eth2: ").contains(mac(net.device1, "eth0"));
    }

    @Test
    void tsharkReadsTheSupervisionOfGateways() {
        assertReaches(net.device1, HOST);
        Path file = net.folder.resolve("supervision.pcap");
        try (Capture capture = net.lanA.capture(net.host, "lan0", file);
                RawFrames onA = RawFrames.open(net.host, "lan0")) {
            String tlvs = "1406" + hexMac(net.device1, "eth0") + "1e06" + hexMac(net.gateway, "lan0");
            Await.until("the device's supervision", LIMIT, () -> hex(onA).anyMatch(frame -> frame.contains(tlvs)));
            capture.stop();
        }
        List<String> lines = dissect(file);
        assertThat(lines).allMatch(line -> line.endsWith("\t"), "nothing malformed, and no warning");
        assertThat(lines)
                .anyMatch(line ->
                        line.equals("20,30,0\t" + mac(net.device1, "eth0") + "\t" + mac(net.gateway, "lan0") + "\t"));
    }

    private static List<String> dissect(Path file) {
        List<String> words = new ArrayList<>(List.of(
                "tshark",
                "-r",
                file.toString(),
                "--enable-protocol",
                "prp",
                "-Y",
                "hsr_prp_supervision",
                "-T",
                "fields"));
        for (String field : List.of(
                "hsr_prp_supervision.tlv.type",
                "hsr_prp_supervision.source_mac_address",
                "hsr_prp_supervision.red_box_mac_address",
                "_ws.malformed")) {
            words.add("-e");
            words.add(field);
        }
        return Command.run(words.toArray(String[]::new)).lines().toList();
    }

    @Test
    void aDeviceThatComesLaterIsKnownWhenItSpeaks() {
        try (Namespace late = Namespace.host("late")) {
            GatewayTopology.plugDevice(net.segment, late, "10.77.0.14");
            assertReaches(late, HOST);
            assertThat(GatewayTopology.insideDevices(net.gatewayDaemon)).contains(mac(late, "eth0"));
            assertThat(GatewayTopology.insideDevices(net.farDaemon)).doesNotContain(mac(late, "eth0"));
            GatewayTopology.awaitNode(net.hostDaemon, mac(late, "eth0"), "VDAN");
        }
    }

    @Test
    void whatDevicesOfOneSegmentSayToEachOtherStaysThere() {
        assertReaches(net.device1, HOST);
        assertReaches(net.device2, HOST);
        assertReaches(net.device1, DEVICE_2);
        net.segment.flood();
        try (RawFrames onA = RawFrames.open(net.host, "lan0");
                RawFrames onB = RawFrames.open(net.host, "lan1")) {
            long before = net.gatewayDaemon.pathCounter("out_for_inside");
            assertReaches(net.device1, DEVICE_2);
            assertThat(net.gatewayDaemon.pathCounter("out_for_inside")).isGreaterThanOrEqualTo(before + 10);
            // A frame behind them shows that they would have arrived by now.
            assertReaches(net.device1, HOST);
            String one = hexMac(net.device1, "eth0");
            String two = hexMac(net.device2, "eth0");
            for (RawFrames lan : List.of(onA, onB)) {
                assertThat(hex(lan)).noneMatch(frame -> frame.startsWith(one + two) || frame.startsWith(two + one));
            }
        } finally {
            net.segment.learn();
        }
    }

    @Test
    void whatOtherNodesSayToEachOtherDoesNotComeInside() {
        assertReaches(net.farDevice, HOST);
        net.lanA.flood();
        net.lanB.flood();
        try (RawFrames inside = RawFrames.open(net.device1, "eth0")) {
            long before = linkCounter(net.gatewayDaemon, "rx_other_node");
            assertReaches(net.host, FAR_DEVICE);
            assertReaches(net.host, DEVICE_1);
            assertThat(linkCounter(net.gatewayDaemon, "rx_other_node")).isGreaterThanOrEqualTo(before + 10);
            String far = hexMac(net.farDevice, "eth0");
            String host = hexMac(net.host, "dup0");
            assertThat(hex(inside)).noneMatch(frame -> frame.startsWith(far + host) || frame.startsWith(host + far));
        } finally {
            net.lanA.learn();
            net.lanB.learn();
        }
    }

    @Test
    void nothingGoesFromOneLanToTheOther() {
        try (Namespace probe = Namespace.host("probe")) {
            net.lanA.plug(probe, "on-a");
            net.lanB.plug(probe, "on-b");
            probe.run(
                    "sh",
                    "-ec",
                    "for i in on-a on-b; do sysctl -qw net.ipv6.conf.$i.disable_ipv6=1;"
                            + " ip link set $i arp off up; done");
            Await.until("carrier", LIMIT, () -> probe.hasCarrier("on-a") && probe.hasCarrier("on-b"));
            try (RawFrames onA = RawFrames.open(probe, "on-a");
                    RawFrames onB = RawFrames.open(probe, "on-b");
                    RawFrames inside = RawFrames.open(net.device1, "eth0")) {
                String unmarked = BROADCAST + "02000000dd01" + "88b5" + "01".repeat(46);
                String marked = BROADCAST + "02000000dd02" + "88b5" + "02".repeat(46);
                String unknown = "02000000dd09" + "02000000dd02" + "88b5" + "03".repeat(46);
                onA.send(octets(unmarked));
                onA.send(octets(marked + TappedHost.trailer(1, 0xA, 52)));
                onA.send(octets(unknown + TappedHost.trailer(2, 0xA, 52)));
                Await.until(
                        "they come inside",
                        LIMIT,
                        () -> hex(inside)
                                        .filter(frame ->
                                                frame.equals(unmarked) || frame.equals(marked) || frame.equals(unknown))
                                        .count()
                                == 3);
                String fence = BROADCAST + hexMac(net.device1, "eth0") + "88b5" + "04".repeat(46);
                inside.send(octets(fence));
                for (RawFrames lan : List.of(onA, onB)) {
                    Await.until("the fence", LIMIT, () -> hex(lan).anyMatch(frame -> frame.startsWith(fence)));
                    assertThat(hex(lan))
                            .noneMatch(frame -> frame.contains("02000000dd0") && !frame.startsWith("01154e"));
                }
            }
        }
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void taggedFramesPassBothWaysAsTheyAre() {
        String toDevice = hexMac(net.device1, "eth0") + hexMac(net.host, "dup0");
        String toHost = hexMac(net.host, "dup0") + hexMac(net.device1, "eth0");
        try (RawFrames atHost = RawFrames.open(net.host, "dup0");
                RawFrames atDevice = RawFrames.open(net.device1, "eth0")) {
            for (String tagged : List.of(
                    "81006005" + "88b5" + "11".repeat(46),
                    "8100a000" + "88b5" + "22".repeat(100),
                    "88a80064" + "81000005" + "88b5" + "33".repeat(60),
                    "81000002" + "88b5" + "44".repeat(1500))) {
                atHost.send(octets(toDevice + tagged));
                atDevice.send(octets(toHost + tagged));
                Await.until("tagged frame inside", LIMIT, () -> hex(atDevice).anyMatch((toDevice + tagged)::equals));
                Await.until("tagged frame at the host", LIMIT, () -> hex(atHost).anyMatch((toHost + tagged)::equals));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"lan0", "lan1"})
    void oneLanMayFail(String link) {
        Switch lan = link.equals("lan0") ? net.lanA : net.lanB;
        long beginningNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        List<Future<StreamResult>> streams = List.of(
                new EchoStream(net.host, DEVICE_1, 5, 600, net.folder.resolve("echo" + ++runs)).start(beginningNs),
                new EchoStream(net.device2, FAR_DEVICE, 5, 600, net.folder.resolve("echo" + ++runs)).start(beginningNs),
                new VoiceStream(net.device1, net.host, HOST, 200, 600).start(beginningNs),
                new VoiceStream(net.device1, net.farDevice, FAR_DEVICE, 200, 600).start(beginningNs));
        Await.untilTime(beginningNs + TimeUnit.SECONDS.toNanos(1));
        lan.cut(net.gateway, link);
        Await.untilTime(beginningNs + TimeUnit.SECONDS.toNanos(2));
        lan.heal(net.gateway, link);
        for (Future<StreamResult> stream : streams) {
            StreamResult result = Await.result("stream", LIMIT, stream);
            assertThat(result.isWhole())
                    .as("%d sent, %d lost, %d duplicated", result.sent(), result.lost(), result.duplicated())
                    .isTrue();
        }
        net.awaitProtected();
    }

    @Test
    void aFileReachesADeviceWhole() {
        // Frames that were never cut to the MTU cannot be on a real cable; a virtual one would carry them.
        net.device1.run("ethtool", "-K", "eth0", "tso", "off", "gso", "off");
        SampleFile file = SampleFile.create(net.folder.resolve("sample"), 16 << 20, 11);
        for (boolean outward : new boolean[] {true, false}) {
            FileTransfer transfer = new FileTransfer(
                    outward ? net.device1 : net.host,
                    outward ? net.host : net.device1,
                    outward ? HOST : DEVICE_1,
                    file,
                    net.folder.resolve("received"),
                    64 << 20,
                    LIMIT);
            TransferResult result = Await.result("file", LIMIT, transfer.start(System.nanoTime()));
            assertThat(result.checksumHolds()).isTrue();
        }
        assertThat(net.gatewayDaemon.pathCounter("out_checksum_completed")).isPositive();
    }

    @Test
    void anInsidePortWithoutCarrierIsSaid() {
        net.segment.cut(net.gateway, "eth2");
        try {
            net.gatewayDaemon.awaitCondition("down");
            assertThat(net.gatewayDaemon.statusText())
                    .contains("gw: DOWN since ")
                    .contains("the inside port eth2 is gone, off or has no carrier: no frame passes")
                    .contains("-> eth2: check its cable; ip link set eth2 up");
        } finally {
            net.segment.heal(net.gateway, "eth2");
        }
        net.gatewayDaemon.awaitCondition("protected");
        assertReaches(net.host, DEVICE_1);
    }

    @Test
    void anInsidePortRemovedFromTheMachineIsTakenAgainWhenItIsBack() {
        net.gateway.run("ip", "link", "delete", "eth2");
        net.gatewayDaemon.awaitCondition("down");
        assertThat(net.gatewayDaemon.statusText()).contains("the inside port eth2 is gone, off or has no carrier");
        net.segment.plug(net.gateway, "eth2");
        net.gatewayDaemon.awaitCondition("protected");
        net.awaitProtected();
        assertReaches(net.host, DEVICE_1);
        assertReaches(net.device1, FAR_DEVICE);
    }

    @Test
    void theApplicationsInterfaceIsMadeAgainWhenSomebodyDeletesIt() {
        int before = net.host.interfaceIndex("dup0");
        net.host.run("ip", "link", "delete", "dup0");
        Await.until("dup0 is made again", LIMIT, () -> hasNewInterface(before));
        net.hostDaemon.awaitCondition("protected");
        assertReaches(net.host, DEVICE_1);
        assertReaches(net.farDevice, HOST);
    }

    private boolean hasNewInterface(int before) {
        String link =
                net.host.attempt("ip", "-o", "link", "show", "dev", "dup0").output();
        return link.contains("UP") && !link.startsWith(before + ":");
    }
}
