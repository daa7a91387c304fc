package net.twinpath.tests.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traffic over one plain cable: its account agrees with what the cable was told to do. */
class TrafficIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ADDRESS = "10.79.0.2";

    private final TemporaryFolder folder = TemporaryFolder.create("traffic-it");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Cable cable = Cable.connect("c", a, "plain0", b, "plain0");

    @BeforeEach
    void plugIn() {
        a.address("plain0", "10.79.0.1/24");
        b.address("plain0", "10.79.0.2/24");
        a.up("plain0");
        b.up("plain0");
        Await.until("carrier", LIMIT, () -> a.hasCarrier("plain0") && b.hasCarrier("plain0"));
    }

    @AfterEach
    void removeEverything() {
        cable.close();
        a.close();
        b.close();
        folder.close();
    }

    @Test
    void voiceIsWholeOverAHealthyCable() {
        StreamResult result = voice();
        assertThat(result).returns(200L, StreamResult::sent).returns(200L, StreamResult::received);
        assertThat(result.isWhole()).isTrue();
        assertThat(result.longestGapMs()).isBetween(5.0, 1_000.0);
    }

    @Test
    void voiceCountsWhatCameTwice() {
        cable.duplicate();
        assertThat(voice()).returns(200L, StreamResult::duplicated).returns(0L, StreamResult::lost);
    }

    @Test
    void voiceCountsWhatIsLost() {
        // A lost ARP request would hold the stream back for a second, and three of them would lose it.
        a.run("ping", "-c", "1", "-w", "10", ADDRESS);
        cable.loseTowards(b, 30);
        // 200 packets have a standard deviation of 6.5.
        assertThat(voice().lost()).isBetween(25L, 95L);
    }

    @Test
    void voiceOverADeadCableIsAllLost() {
        cable.cut();
        assertThat(voice()).returns(200L, StreamResult::lost).returns(0L, StreamResult::received);
    }

    private StreamResult voice() {
        return Await.result("voice", LIMIT, new VoiceStream(a, b, ADDRESS, 200, 200).start(System.nanoTime()));
    }

    @Test
    void aFileArrivesWholeOnSchedule() {
        TransferResult result = transfer(Duration.ofSeconds(20), () -> {});
        assertThat(result.checksumHolds()).isTrue();
        assertThat(result.octetsReceived()).isEqualTo(result.octetsSent());
    }

    @Test
    void aFileSurvivesASilenceAndCatchesUp() {
        TransferResult result = transfer(Duration.ofSeconds(20), () -> {
            cable.silence();
            Await.untilTime(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500));
            cable.heal();
        });
        assertThat(result.checksumHolds()).isTrue();
        assertThat(result.longestGapMs()).isGreaterThan(400);
    }

    @Test
    void aFileThatDoesNotArriveIsGivenUp() {
        TransferResult result = transfer(Duration.ofSeconds(3), cable::silence);
        assertThat(result.checksumHolds()).isFalse();
        assertThat(result.octetsReceived()).isPositive().isLessThan(result.octetsSent());
        assertThat(result.longestGapMs()).isBetween(1_500.0, 3_000.0);
    }

    /** Forty mebibytes in two seconds; {@code fault} happens after the first half second. */
    private TransferResult transfer(Duration limit, Runnable fault) {
        SampleFile file = SampleFile.create(folder.resolve("sample"), 40 << 20, 1);
        long beginningNs = System.nanoTime();
        var result =
                new FileTransfer(a, b, ADDRESS, file, folder.resolve("received"), 20 << 20, limit).start(beginningNs);
        Await.untilTime(beginningNs + TimeUnit.MILLISECONDS.toNanos(500));
        fault.run();
        return Await.result("file", LIMIT, result);
    }
}
