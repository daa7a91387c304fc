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
    private static final int VOICE_PACKETS_PER_SECOND = 500;
    private static final int ECHO_INTERVAL_MS = 5;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final long beginningNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
    private final List<Future<StreamResult>> streams;

    /**
     * Starts the traffic.
     *
     * @param seconds how long it lasts
     */
    CrossTraffic(TwoHosts<? extends Wire> hosts, int seconds) {
        int packets = seconds * VOICE_PACKETS_PER_SECOND;
        streams = List.of(
                new EchoStream(
                                hosts.a(),
                                TwoHosts.ADDRESS_B,
                                ECHO_INTERVAL_MS,
                                seconds * 1_000 / ECHO_INTERVAL_MS,
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
                    .as(
                            "%s: %d sent, %d lost in %d runs, %d duplicated",
                            name, result.sent(), result.lost(), result.lossRuns(), result.duplicated())
                    .isTrue();
        }
    }
}
