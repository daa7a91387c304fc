package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;

/** A stream from each of two hosts to the other, for as long as something is done to what carries them. */
final class CrossingStreams {
    private static final int PACKETS_PER_SECOND = 500;

    /** Those of a test that has failed come to an end by themselves. */
    private static final int MOST_PACKETS = 300 * PACKETS_PER_SECOND;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final List<Future<StreamResult>> streams;

    /** Starts both. */
    CrossingStreams(Namespace a, String addressA, Namespace b, String addressB) {
        long beginningNs = System.nanoTime();
        streams = List.of(
                new VoiceStream(a, b, addressB, PACKETS_PER_SECOND, MOST_PACKETS).startUntil(beginningNs, isOver::get),
                new VoiceStream(b, a, addressA, PACKETS_PER_SECOND, MOST_PACKETS).startUntil(beginningNs, isOver::get));
    }

    /** Lets them flow for some time, so that what is done happens in their midst. */
    void flowForASecond() {
        Await.untilTime(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
        assertThat(streams).as("streams still on their way").noneMatch(Future::isDone);
    }

    /**
     * Ends them; nothing may be lost or come twice.
     *
     * @return packets that each of them had, or more
     */
    long assertWhole() {
        assertThat(streams).as("streams still on their way").noneMatch(Future::isDone);
        isOver.set(true);
        long fewest = MOST_PACKETS;
        List<String> damage = new ArrayList<>();
        for (Future<StreamResult> stream : streams) {
            StreamResult result = Await.result("stream", LIMIT, stream);
            fewest = Math.min(fewest, result.sent());
            if (!result.isWhole()) {
                damage.add(result.sent() + " sent, " + result.lost() + " lost, " + result.duplicated() + " duplicated");
            }
        }
        assertThat(damage).isEmpty();
        return fewest;
    }
}
