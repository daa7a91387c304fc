package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.traffic.StreamResult;

/** Streams on their way while something is done to what carries them. */
record CrossingStreams(List<Future<StreamResult>> streams) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Lets traffic flow for some time, so that what is done happens in its midst. */
    void flowForASecond() {
        Await.untilTime(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
        assertThat(streams).as("streams still on their way").noneMatch(Future::isDone);
    }

    /** Waits for their end; nothing may be lost or come twice. */
    void assertWhole() {
        List<String> damage = new ArrayList<>();
        for (Future<StreamResult> stream : streams) {
            StreamResult result = Await.result("stream", LIMIT, stream);
            if (!result.isWhole()) {
                damage.add(result.sent() + " sent, " + result.lost() + " lost, " + result.duplicated() + " duplicated");
            }
        }
        assertThat(damage).isEmpty();
    }
}
