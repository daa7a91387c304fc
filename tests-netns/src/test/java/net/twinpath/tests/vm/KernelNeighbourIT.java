package net.twinpath.tests.vm;

import static net.twinpath.tests.vm.KernelNeighbour.HOST_V4;
import static net.twinpath.tests.vm.KernelNeighbour.HOST_V6;
import static net.twinpath.tests.vm.KernelNeighbour.NEIGHBOUR_V4;
import static net.twinpath.tests.vm.KernelNeighbour.NEIGHBOUR_V6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.FileTransfer;
import net.twinpath.tests.traffic.SampleFile;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The daemon and the Linux kernel's own PRP device as neighbours, over links that are whole, cut, silent and lossy. */
@Tag("vm")
@TestInstance(Lifecycle.PER_CLASS)
class KernelNeighbourIT {
    private static final int ECHO_INTERVAL_MS = 10;
    private static final int ECHOES = 300;
    private static final int VOICE_PACKETS_PER_SECOND = 100;
    private static final int VOICE_PACKETS = 300;
    private static final int FILE_OCTETS = 4 << 20;
    private static final int OCTETS_PER_SECOND = 2 << 20;
    private static final int MOST_TWICE_AT_THE_KERNELS = 5;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private KernelNeighbour<NetemCable> pair;
    private int files;

    @BeforeAll
    void start() {
        pair = KernelNeighbour.start(NetemCable::connect);
    }

    @AfterEach
    void heal() {
        pair.lanA().heal();
        pair.lanB().heal();
    }

    @AfterAll
    void stop() {
        pair.close();
    }

    @Test
    void eachKnowsTheOtherAsADoublyAttachedNode() {
        String ours = KernelPrpDevice.macAddress(pair.host(), "dup0");
        Await.until(
                "the kernel takes " + ours + " for a doubly attached node",
                Duration.ofSeconds(10),
                () -> pair.device()
                        .node(ours)
                        .filter(KernelPrpDevice.Node::danP)
                        .isPresent());
        assertThat(nodeInStatus(pair.device().macAddress())).satisfies(node -> {
            assertThat(node.get("kind").getAsString()).isEqualTo("DAN");
            assertThat(node.get("heard_on_a_ms_ago").isJsonNull()).isFalse();
            assertThat(node.get("heard_on_b_ms_ago").isJsonNull()).isFalse();
        });
    }

    private JsonObject nodeInStatus(String macAddress) {
        JsonArray nodes = pair.daemon().path().getAsJsonArray("nodes");
        for (var node : nodes) {
            if (node.getAsJsonObject().get("address").getAsString().equals(macAddress)) {
                return node.getAsJsonObject();
            }
        }
        throw new AssertionError(macAddress + " is not among " + nodes);
    }

    @Test
    void echoesPassBothWaysOverIpv4AndIpv6() {
        allWhole(Map.of(
                "echo to the neighbour over IPv4", echo(pair.host(), NEIGHBOUR_V4),
                "echo to the neighbour over IPv6", echo(pair.host(), NEIGHBOUR_V6),
                "echo to the host over IPv4", echo(pair.neighbour(), HOST_V4),
                "echo to the host over IPv6", echo(pair.neighbour(), HOST_V6)));
    }

    /** 1 494 octets are what both devices say they carry: 28 are IPv4's and ICMP's, 48 IPv6's and ICMP's. */
    @ParameterizedTest(name = "{0} octets over IPv{1}")
    @CsvSource({"0, 4", "17, 4", "18, 4", "1466, 4", "0, 6", "1446, 6"})
    void packetsOfAllSizesPassBothWaysUnfragmented(String octets, String version) {
        boolean v4 = version.equals("4");
        assertThat(ping(pair.host(), v4 ? NEIGHBOUR_V4 : NEIGHBOUR_V6, octets)).contains(" 5 received, 0% packet loss");
        assertThat(ping(pair.neighbour(), v4 ? HOST_V4 : HOST_V6, octets)).contains(" 5 received, 0% packet loss");
    }

    /** Where echoes are too small for a time to be in them, ping waits for the last for as long as between two. */
    private static String ping(Namespace from, String address, String octets) {
        return from.run("env", "LC_ALL=C", "ping", "-q", "-M", "do", "-s", octets, "-c", "5", "-i", "0.2", address);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({HOST_V4 + ", " + NEIGHBOUR_V4, HOST_V6 + ", " + NEIGHBOUR_V6})
    void aFileArrivesWholeBothWays(String hostAddress, String neighbourAddress) {
        SampleFile file = SampleFile.create(pair.folder().resolve("sample"), FILE_OCTETS, 7);
        long beginningNs = System.nanoTime();
        var toNeighbour =
                transfer(pair.host(), pair.neighbour(), neighbourAddress, file).start(beginningNs);
        var toHost = transfer(pair.neighbour(), pair.host(), hostAddress, file).start(beginningNs);
        assertThat(Await.result("file to the neighbour", LIMIT, toNeighbour).checksumHolds())
                .isTrue();
        assertThat(Await.result("file to the host", LIMIT, toHost).checksumHolds())
                .isTrue();
    }

    private FileTransfer transfer(Namespace from, Namespace to, String address, SampleFile file) {
        return new FileTransfer(
                from, to, address, file, pair.folder().resolve("received" + ++files), OCTETS_PER_SECOND, LIMIT);
    }

    @Test
    void echoesPassBothWaysInAVlan() {
        assumeTrue(pair.device().carriesVlans(), "this kernel's PRP device carries no VLANs");
        Vlan.add(pair.host(), "dup0", "10.77.2.1/24");
        Vlan.add(pair.neighbour(), KernelPrpDevice.NAME, "10.77.2.2/24");
        allWhole(Map.of(
                "echo to the neighbour", echo(pair.host(), "10.77.2.2"),
                "echo to the host", echo(pair.neighbour(), "10.77.2.1")));
    }

    /** What happens to the links a second after the traffic began, and what a second later. */
    record Fault(
            String name, Consumer<KernelNeighbour<NetemCable>> begins, Consumer<KernelNeighbour<NetemCable>> ends) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("clean", on -> {}, on -> {}),
                new Fault("cut A", on -> on.lanA().cut(), on -> on.lanA().heal()),
                new Fault("cut B", on -> on.lanB().cut(), on -> on.lanB().heal()),
                new Fault("A silent", on -> on.lanA().silence(), on -> on.lanA().heal()),
                new Fault("B silent", on -> on.lanB().silence(), on -> on.lanB().heal()),
                new Fault("cut A, then B while A is back", on -> on.lanA().cut(), on -> {
                    on.lanA().heal();
                    on.lanB().cut();
                }));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void nothingIsLostAndNothingComesTwice(Fault fault) {
        long beginningNs = System.nanoTime();
        Map<String, Future<StreamResult>> streams = Map.of(
                "echo to the neighbour", echo(pair.host(), NEIGHBOUR_V4),
                "echo to the host", echo(pair.neighbour(), HOST_V4),
                "voice to the neighbour", toNeighbour(beginningNs),
                "voice to the host", toHost(beginningNs));
        Await.untilTime(beginningNs + TimeUnit.SECONDS.toNanos(1));
        fault.begins().accept(pair);
        Await.untilTime(beginningNs + TimeUnit.SECONDS.toNanos(2));
        fault.ends().accept(pair);
        allWhole(streams);
    }

    /**
     * Faults of tools/testing/selftests/net/hsr/link_faults.sh and more, both ways at once.
     *
     * <p>To us nothing may be lost and nothing come twice. To the kernel it is counted at its links: every packet must come
     * in on one of them, and on none of them twice. What its device then does is told and not judged: the kernels up to 6.18
     * compare a frame with the range of numbers the other LAN has brought (net/hsr/hsr_framereg.c,
     * prp_register_frame_out); when one LAN is late, they drop frames whose other copy was lost, and pass on others twice.
     */
    @ParameterizedTest(name = "{0}: A {1}, B {2}")
    @CsvSource({
        "the lossy path is as fast, loss 20%, delay 0ms",
        "the lossy path arrives first, delay 20ms loss 20%, delay 50ms",
        "the very lossy path arrives first, delay 20ms loss 80%, delay 50ms",
        "the lossy path arrives last, delay 20ms, delay 50ms loss 20%",
        "B is lossy and arrives first, delay 50ms, delay 20ms loss 20%",
        "both are lossy in turn, delay 20ms loss 50%, delay 20ms",
        "one reorders, delay 50ms reorder 20%, delay 50ms",
    })
    void nothingIsLostOnItsWayToUsOrToTheKernel(String name, String lanA, String lanB, TestReporter reporter) {
        pair.lanA().impair(lanA);
        pair.lanB().impair(lanB);
        long beginningNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        try (ReceiverTap tap = ReceiverTap.open(pair.neighbour())) {
            Future<StreamResult> toHost = toHost(beginningNs);
            StreamResult toNeighbour = Await.result("voice to the neighbour", LIMIT, toNeighbour(beginningNs));
            assertWhole(Await.result("voice to the host", LIMIT, toHost));

            ReceiverTap.Account account = tap.account();
            reporter.publishEntry("at the kernel", account.text(toNeighbour));
            account.assertAllCameIn(VOICE_PACKETS);
        }
    }

    @Test
    void theDaemonStopsAndStarts(TestReporter reporter) {
        lossesAreOneRun(reporter, () -> {
            assertThat(pair.daemon().stop()).isZero();
            pair.restartDaemon();
        });
    }

    @Test
    void theDaemonIsKilledAndStarts(TestReporter reporter) {
        lossesAreOneRun(reporter, () -> {
            pair.daemon().kill();
            pair.restartDaemon();
        });
    }

    @Test
    void theKernelsDeviceIsMadeAnew(TestReporter reporter) {
        lossesAreOneRun(reporter, () -> pair.device().recreate());
    }

    /** What is sent while one of the two is away is lost; before, nothing is, and once one packet passed, all do. */
    private void lossesAreOneRun(TestReporter reporter, Runnable restart) {
        AtomicBoolean over = new AtomicBoolean();
        long beginningNs = System.nanoTime();
        Future<StreamResult> toNeighbour =
                endless(pair.host(), pair.neighbour(), NEIGHBOUR_V4).startUntil(beginningNs, over::get);
        Future<StreamResult> toHost =
                endless(pair.neighbour(), pair.host(), HOST_V4).startUntil(beginningNs, over::get);
        Await.untilTime(beginningNs + TimeUnit.SECONDS.toNanos(2));
        long awayNs = System.nanoTime();
        restart.run();
        long backNs = System.nanoTime();
        Await.result("echoes afterwards", LIMIT, echo(pair.neighbour(), HOST_V4));
        over.set(true);

        for (Future<StreamResult> stream : List.of(toNeighbour, toHost)) {
            StreamResult result = Await.result("voice", LIMIT, stream);
            reporter.publishEntry(
                    stream == toHost ? "to the host" : "to the neighbour",
                    "away for at most %d ms; %d packets lost in %d runs, %d duplicated, longest gap %.0f ms"
                            .formatted(
                                    TimeUnit.NANOSECONDS.toMillis(backNs - awayNs),
                                    result.lost(),
                                    result.lossRuns(),
                                    result.duplicated(),
                                    result.longestGapMs()));
            // The kernel's device goes by when it looks at a copy: emulated processors stall for longer than its 400
            // ms.
            assertThat(result.duplicated())
                    .as("duplicated")
                    .isLessThanOrEqualTo(stream == toHost ? 0 : MOST_TWICE_AT_THE_KERNELS);
            assertThat(result.lossRuns())
                    .as("runs of losses, of %d packets", result.lost())
                    .isLessThanOrEqualTo(1);
            assertThat(result.lost())
                    .as("lost")
                    .isLessThanOrEqualTo(
                            (backNs - awayNs) * VOICE_PACKETS_PER_SECOND / TimeUnit.SECONDS.toNanos(1) + 1);
        }
    }

    private static VoiceStream endless(Namespace from, Namespace to, String address) {
        return new VoiceStream(from, to, address, VOICE_PACKETS_PER_SECOND, Integer.MAX_VALUE);
    }

    private Future<StreamResult> echo(Namespace from, String address) {
        return new EchoStream(
                        from, address, ECHO_INTERVAL_MS, ECHOES, pair.folder().resolve("echo" + ++files))
                .start(System.nanoTime());
    }

    private Future<StreamResult> toNeighbour(long beginningNs) {
        return new VoiceStream(pair.host(), pair.neighbour(), NEIGHBOUR_V4, VOICE_PACKETS_PER_SECOND, VOICE_PACKETS)
                .start(beginningNs);
    }

    private Future<StreamResult> toHost(long beginningNs) {
        return new VoiceStream(pair.neighbour(), pair.host(), HOST_V4, VOICE_PACKETS_PER_SECOND, VOICE_PACKETS)
                .start(beginningNs);
    }

    private static void allWhole(Map<String, Future<StreamResult>> streams) {
        Map<String, StreamResult> results = new LinkedHashMap<>();
        streams.forEach((name, stream) -> results.put(name, Await.result(name, LIMIT, stream)));
        assertThat(results).allSatisfy((name, result) -> assertWhole(result));
    }

    private static void assertWhole(StreamResult result) {
        assertThat(result.isWhole())
                .as("%d sent, %d lost, %d duplicated", result.sent(), result.lost(), result.duplicated())
                .isTrue();
    }
}
