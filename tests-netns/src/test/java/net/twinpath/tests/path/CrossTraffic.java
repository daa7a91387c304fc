package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.fixture.Wire;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;

/** Echoes and voices that cross in both directions, of which nothing is to be lost and nothing to come twice. */
final class CrossTraffic {
    private static final int VOICE_PACKETS_PER_SECOND = 200;
    private static final int MS_PER_VOICE_PACKET = 1_000 / VOICE_PACKETS_PER_SECOND;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final long beginningNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
    private final List<Future<StreamResult>> streams;

    /**
     * Starts the traffic.
     *
     * @param echoes  how many, one in each millisecond
     * @param voiceMs how long the voices last
     */
    CrossTraffic(TwoHosts<? extends Wire> hosts, int echoes, int voiceMs) {
        int packets = voiceMs / MS_PER_VOICE_PACKET;
        streams = List.of(
                new EchoStream(
                                hosts.a(),
                                TwoHosts.ADDRESS_B,
                                1,
                                echoes,
                                hosts.folder().resolve("echo" + beginningNs))
                        .start(beginningNs),
                new VoiceStream(hosts.a(), hosts.b(), TwoHosts.ADDRESS_B, VOICE_PACKETS_PER_SECOND, packets)
                        .start(beginningNs),
                new VoiceStream(hosts.b(), hosts.a(), TwoHosts.ADDRESS_A, VOICE_PACKETS_PER_SECOND, packets)
                        .start(beginningNs));
    }

    /** Waits until the traffic has lasted so long. */
    void awaitTime(Duration sinceBeginning) {
        Await.untilTime(beginningNs + sinceBeginning.toNanos());
    }

    void assertWhole(String name) {
        for (Future<StreamResult> stream : streams) {
            StreamResult result = Await.result("stream", LIMIT, stream);
            assertThat(result.isWhole())
                    .as("%s: %d sent, %d lost, %d duplicated", name, result.sent(), result.lost(), result.duplicated())
                    .isTrue();
        }
    }
}
