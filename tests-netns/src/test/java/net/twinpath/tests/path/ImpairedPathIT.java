package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.impairment.ImpairedCable;
import net.twinpath.tests.impairment.Impairment;
import net.twinpath.tests.impairment.LineCounter;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
    private static final int SECONDS = 2;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TwoHosts<ImpairedCable> hosts;

    @BeforeAll
    void start() {
        hosts = TwoHosts.start(ImpairedCable.kind(SEED), TwoHosts.PRP);
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
        new CrossTraffic(hosts, SECONDS).assertWhole(name);
    }

    /**
     * PRP has no checksum of its own: the first copy of a frame is passed as it is, and the good one behind it dropped.
     * No echoes here: ping counts replies with a wrong checksum, too.
     */
    @Test
    void aDamagedFirstCopyHarmsNoOtherFrame() {
        Harm harm = voiceWhileAIs("corrupt=10%", "delay=20ms");
        assertThat(harm.voice().lost()).isLessThanOrEqualTo(harm.damagedFrames());
        assertFewDuplicates(harm);
    }

    @Test
    void aDamagedLateCopyIsHardlyEverNoticed() {
        Harm harm = voiceWhileAIs("corrupt=10% delay=20ms", "none");
        // Only a copy that passes with another sequence number can take the place of a frame that is still to come.
        assertThat(harm.voice().lost()).isLessThanOrEqualTo(harm.voice().duplicated());
        assertFewDuplicates(harm);
    }

    /** A packet comes twice when the redundancy trailer was hit: 6 of 194 octets behind the Ethernet header. */
    private static void assertFewDuplicates(Harm harm) {
        assertThat(harm.damagedFrames()).isGreaterThan(300);
        assertThat(harm.voice().duplicated()).isLessThanOrEqualTo(harm.damagedFrames() / 10);
    }

    /** What host b heard, and how many frames towards it were damaged. */
    private record Harm(StreamResult voice, long damagedFrames) {}

    private Harm voiceWhileAIs(String lanA, String lanB) {
        hosts.lanA().impair(Impairment.parse(lanA));
        hosts.lanB().impair(Impairment.parse(lanB));
        long before = hosts.lanA().count(hosts.b(), LineCounter.CORRUPTED);
        long beginningNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        StreamResult voice = Await.result(
                "voice",
                LIMIT,
                new VoiceStream(hosts.a(), hosts.b(), TwoHosts.ADDRESS_B, 1_000, 4_000).start(beginningNs));
        return new Harm(voice, hosts.lanA().count(hosts.b(), LineCounter.CORRUPTED) - before);
    }
}
