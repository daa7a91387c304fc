package net.twinpath.tests.vm;

import static net.twinpath.tests.vm.KernelNeighbour.HOST_V4;
import static net.twinpath.tests.vm.KernelNeighbour.HOST_V6;
import static net.twinpath.tests.vm.KernelNeighbour.NEIGHBOUR_V4;
import static net.twinpath.tests.vm.KernelNeighbour.NEIGHBOUR_V6;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.FileTransfer;
import net.twinpath.tests.traffic.SampleFile;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The daemon and the kernel's PRP device on network cards with a driver, checksum and segmentation offloads, and cables. */
@Tag("vm")
@TestInstance(Lifecycle.PER_CLASS)
class NetworkCardIT {
    private static final int ECHO_INTERVAL_MS = 10;
    private static final int ECHOES = 400;
    private static final int VOICE_PACKETS_PER_SECOND = 100;
    private static final int VOICE_PACKETS = 400;
    private static final int FILE_OCTETS = 4 << 20;
    private static final int OCTETS_PER_SECOND = 2 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private MachineMonitor monitor;
    private KernelNeighbour<CardCable> pair;
    private int files;

    @BeforeAll
    void start() {
        monitor = MachineMonitor.open();
        pair = KernelNeighbour.start((label, first, firstInterface, second, secondInterface) ->
                CardCable.connect(monitor, label, first, firstInterface, second, secondInterface));
    }

    @AfterAll
    void stop() {
        pair.close();
        monitor.close();
    }

    @Test
    void echoesPassBothWaysOverIpv4AndIpv6() {
        assertAllWhole(List.of(
                echo(pair.host(), NEIGHBOUR_V4),
                echo(pair.host(), NEIGHBOUR_V6),
                echo(pair.neighbour(), HOST_V4),
                echo(pair.neighbour(), HOST_V6)));
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

    /** What the kernel's device makes of what came in is its own; see {@link KernelNeighbourIT}. */
    @ParameterizedTest(name = "cable {0}")
    @ValueSource(strings = {"A", "B"})
    void aCableIsPulledAndPutBack(String lan, TestReporter reporter) {
        CardCable cable = lan.equals("A") ? pair.lanA() : pair.lanB();
        long beginningNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        try (ReceiverTap tap = ReceiverTap.open(pair.neighbour())) {
            Future<StreamResult> toHost =
                    voice(pair.neighbour(), pair.host(), HOST_V4).start(beginningNs);
            Future<StreamResult> toNeighbour =
                    voice(pair.host(), pair.neighbour(), NEIGHBOUR_V4).start(beginningNs);
            Await.untilTime(beginningNs + TimeUnit.SECONDS.toNanos(1));
            cable.cut();
            awaitCarrier(lan, false);
            cable.heal();
            awaitCarrier(lan, true);
            StreamResult atHost = Await.result("voice to the host", LIMIT, toHost);
            StreamResult atNeighbour = Await.result("voice to the neighbour", LIMIT, toNeighbour);
            ReceiverTap.Account account = tap.account();
            reporter.publishEntry("at the kernel", account.text(atNeighbour));
            assertThat(atHost.isWhole())
                    .as("%d sent, %d lost, %d duplicated", atHost.sent(), atHost.lost(), atHost.duplicated())
                    .isTrue();
            account.assertAllCameIn(VOICE_PACKETS);
        }
    }

    private static VoiceStream voice(Namespace from, Namespace to, String address) {
        return new VoiceStream(from, to, address, VOICE_PACKETS_PER_SECOND, VOICE_PACKETS);
    }

    private void awaitCarrier(String lan, boolean carrier) {
        String link = lan.equals("A") ? "lan0" : "lan1";
        Await.until(
                "both ends of cable " + lan + (carrier ? " have" : " have no") + " carrier",
                Duration.ofSeconds(10),
                () -> pair.host().hasCarrier(link) == carrier
                        && pair.neighbour().hasCarrier(link) == carrier);
    }

    private Future<StreamResult> echo(Namespace from, String address) {
        return new EchoStream(
                        from, address, ECHO_INTERVAL_MS, ECHOES, pair.folder().resolve("echo" + ++files))
                .start(System.nanoTime());
    }

    private static void assertAllWhole(List<Future<StreamResult>> streams) {
        for (Future<StreamResult> stream : streams) {
            StreamResult result = Await.result("stream", LIMIT, stream);
            assertThat(result.isWhole())
                    .as("%d sent, %d lost, %d duplicated", result.sent(), result.lost(), result.duplicated())
                    .isTrue();
        }
    }
}
