package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.impairment.ImpairedCable;
import net.twinpath.tests.impairment.Impairment;
import net.twinpath.tests.impairment.LineCounter;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Links that are late, lossy and out of order at once (packet_loss and packet_reorder of the kernel's
 * tools/testing/selftests/net/hsr/link_faults.sh, and more), while echoes and voices cross in both directions.
 *
 * <pre>
 *   host a ── lan0 ════ LAN A, impaired ════ lan0 ── host b
 *          └─ lan1 ════ LAN B, impaired ════ lan1 ─┘
 * </pre>
 */
@TestInstance(Lifecycle.PER_CLASS)
class ImpairedPathIT {
    private static final long SEED = 62_439;
    private static final int ECHOES = 2_000;
    private static final int VOICE_PACKETS_PER_SECOND = 200;
    private static final int VOICE_PACKETS = 500;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TwoHosts<ImpairedCable> hosts;
    private int runs;

    @BeforeAll
    void start() {
        hosts = TwoHosts.start((label, first, firstInterface, second, secondInterface) ->
                ImpairedCable.connect(label, SEED, first, firstInterface, second, secondInterface));
    }

    @AfterEach
    void heal() {
        hosts.lanA().heal();
        hosts.lanB().heal();
        hosts.daemonA().awaitCondition("protected");
        hosts.daemonB().awaitCondition("protected");
    }

    @AfterAll
    void stop() {
        hosts.close();
    }

    @ParameterizedTest(name = "{0}: A {1}, B {2}")
    @CsvSource({
        "clean, none, none",
        "the lossy path arrives first, delay=20ms loss=20%, delay=50ms",
        "the very lossy path arrives first, delay=20ms loss=80%, delay=50ms",
        "the lossy path arrives last, delay=50ms loss=20%, delay=20ms",
        "both reorder, delay=50ms reorder=20%, delay=50ms reorder=20%",
        "one jitters, delay=20ms jitter=10ms, delay=20ms",
        "both duplicate, duplicate=1%, duplicate=1%",
        "duplicates arrive late, delay=20ms jitter=10ms duplicate=1%, delay=50ms",
        "bursts of losses, burst=1%x8, none",
        "bursts of losses on the first path, burst=1%x8, delay=30ms",
    })
    void nothingIsLostAndNothingComesTwice(String name, String lanA, String lanB) {
        hosts.lanA().impair(Impairment.parse(lanA));
        hosts.lanB().impair(Impairment.parse(lanB));
        for (StreamResult result : traffic()) {
            assertThat(result.isWhole())
                    .as("%s: %d sent, %d lost, %d duplicated", name, result.sent(), result.lost(), result.duplicated())
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "A {0}, B {1}")
    @CsvSource({"corrupt=1%, delay=20ms", "corrupt=1% delay=20ms, none"})
    void corruption(String lanA, String lanB) {
        hosts.lanA().impair(Impairment.parse(lanA));
        hosts.lanB().impair(Impairment.parse(lanB));
        long before = corrupted();
        List<StreamResult> results = traffic();
        for (StreamResult result : results) {
            System.err.printf(
                    "corruption %s | %s: %d sent, %d lost, %d duplicated; %d corrupted%n",
                    lanA, lanB, result.sent(), result.lost(), result.duplicated(), corrupted() - before);
        }
    }

    private long corrupted() {
        return hosts.lanA().count(hosts.a(), LineCounter.CORRUPTED)
                + hosts.lanA().count(hosts.b(), LineCounter.CORRUPTED);
    }

    private List<StreamResult> traffic() {
        long beginningNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        List<Future<StreamResult>> streams = List.of(
                new EchoStream(
                                hosts.a(),
                                TwoHosts.ADDRESS_B,
                                1,
                                ECHOES,
                                hosts.folder().resolve("echo" + ++runs))
                        .start(beginningNs),
                new VoiceStream(hosts.a(), hosts.b(), TwoHosts.ADDRESS_B, VOICE_PACKETS_PER_SECOND, VOICE_PACKETS)
                        .start(beginningNs),
                new VoiceStream(hosts.b(), hosts.a(), TwoHosts.ADDRESS_A, VOICE_PACKETS_PER_SECOND, VOICE_PACKETS)
                        .start(beginningNs));
        return streams.stream()
                .map(stream -> Await.result("stream", LIMIT, stream))
                .toList();
    }
}
