package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.traffic.Arrivals;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A daemon is started again while a stream crosses: what is sent while it is away is lost, nothing before, nothing once
 * it answers again, and nothing ever comes twice.
 */
@Execution(ExecutionMode.CONCURRENT)
class RestartIT {
    private static final int PACKETS_PER_SECOND = 500;
    private static final int PACKETS = 12_500;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long SETTLING_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final TemporaryFolder folder = TemporaryFolder.create("restart");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Cable lanA = Cable.connect("lan-a", a, "lan0", b, "lan0");
    private final Cable lanB = Cable.connect("lan-b", a, "lan1", b, "lan1");
    private Twinpathd daemonA = daemon(a, "a", "10.77.0.1");
    private Twinpathd daemonB = daemon(b, "b", "10.77.0.2");

    @BeforeEach
    void bothAreProtected() {
        daemonA.awaitCondition("protected");
        daemonB.awaitCondition("protected");
    }

    @AfterEach
    void remove() {
        daemonB.close();
        daemonA.close();
        lanB.close();
        lanA.close();
        b.close();
        a.close();
        folder.close();
    }

    private Twinpathd daemon(Namespace host, String label, String address) {
        return Twinpathd.start(host, folder, label, """
                [path.dup0]
                address = ["%s/24"]
                links = ["lan0", "lan1"]
                """.formatted(address));
    }

    @Test
    void receiverStopsAndStarts() {
        duringTraffic(() -> {
            assertThat(daemonB.stop()).isZero();
            daemonB = daemon(b, "b", "10.77.0.2");
        });
    }

    @Test
    void receiverIsKilledAndStarts() {
        duringTraffic(() -> {
            daemonB.kill();
            daemonB = daemon(b, "b", "10.77.0.2");
        });
    }

    @Test
    void senderStopsAndStarts() {
        duringTraffic(() -> {
            assertThat(daemonA.stop()).isZero();
            daemonA = daemon(a, "a", "10.77.0.1");
        });
    }

    @Test
    void senderIsKilledAndStartsWithNumbersNobodyRemembers() {
        duringTraffic(() -> {
            daemonA.kill();
            daemonA = daemon(a, "a", "10.77.0.1");
        });
    }

    private void duringTraffic(Runnable restart) {
        long beginningNs = System.nanoTime();
        Future<StreamResult> stream =
                new VoiceStream(a, b, "10.77.0.2", PACKETS_PER_SECOND, PACKETS).start(beginningNs);
        long awayNs = beginningNs + TimeUnit.SECONDS.toNanos(2);
        // What is sent up to awayNs is received before the daemon goes.
        Await.untilTime(awayNs + SETTLING_NS);
        restart.run();
        awaitNeighbour();
        long backNs = System.nanoTime();

        StreamResult result = Await.result("stream", LIMIT, stream);
        assertThat(result.duplicated()).as("duplicated").isZero();
        long sentBefore = sentUntil(awayNs - beginningNs);
        assertThat(arrivals(result.arrivals(), 0, awayNs + SETTLING_NS - beginningNs))
                .as("arrived before, of %d sent", sentBefore)
                .isGreaterThanOrEqualTo(sentBefore);
        long sentAfter = PACKETS - sentUntil(backNs - beginningNs) - 1;
        assertThat(sentAfter).as("packets sent after it was back").isGreaterThan(PACKETS_PER_SECOND);
        assertThat(arrivals(result.arrivals(), backNs - beginningNs, Long.MAX_VALUE))
                .as("arrived afterwards, of %d sent", sentAfter)
                .isGreaterThanOrEqualTo(sentAfter);
    }

    /** Packets whose sending was due by a time since the beginning. */
    private static long sentUntil(long ns) {
        return ns * PACKETS_PER_SECOND / TimeUnit.SECONDS.toNanos(1);
    }

    private static long arrivals(Arrivals arrivals, long fromNs, long untilNs) {
        return IntStream.range(0, arrivals.count())
                .mapToLong(arrivals::timeNs)
                .filter(time -> time >= fromNs && time < untilNs)
                .count();
    }

    /** The host's own neighbour table starts anew with its interface, and a packet may wait in it for the answer. */
    private void awaitNeighbour() {
        a.run("ping", "-q", "-c", "1", "-w", "10", "10.77.0.2");
    }
}
