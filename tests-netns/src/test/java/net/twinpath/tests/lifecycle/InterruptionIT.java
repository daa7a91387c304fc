package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.BackgroundProcess;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A daemon stopped at any moment of its start ends, and leaves nothing. */
class InterruptionIT {
    private static final int STARTS = 20;
    private static final long SEED = 4;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Before the daemon takes signals over, the signal itself ends it. */
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    private final TemporaryFolder folder = TemporaryFolder.create("interruption");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Cable lanA = Cable.connect("lan-a", a, "lan0", b, "lan0");
    private final Cable lanB = Cable.connect("lan-b", a, "lan1", b, "lan1");
    private final DaemonPrograms programs = new DaemonPrograms(a, folder, "a");

    @AfterEach
    void removeEverything() {
        a.close();
        b.close();
        lanA.close();
        lanB.close();
        folder.close();
    }

    @Test
    void aStartMayBeInterruptedAtAnyMoment() {
        for (String link : new String[] {"lan0", "lan1"}) {
            a.up(link);
            b.up(link);
        }
        Await.until("carrier", LIMIT, () -> a.hasCarrier("lan0") && a.hasCarrier("lan1"));
        programs.configure("""
                [path.dup0]
                address = ["10.77.0.1/24", "fd77::1/64"]
                links = ["lan0", "lan1"]
                mtu = 1500
                """);
        long startNs = measureStart();
        HostSnapshot before = HostSnapshot.of(a);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < STARTS; i++) {
            long delayNs = random.nextLong(startNs);
            assertEndsAndLeavesNothing(delayNs, before);
        }
    }

    /** From exec to a path that carries, in nanoseconds. */
    private long measureStart() {
        long beginningNs = System.nanoTime();
        try (BackgroundProcess daemon = programs.start()) {
            Await.until("protected", LIMIT, () -> daemon.output().contains("protected"));
            return System.nanoTime() - beginningNs;
        }
    }

    private void assertEndsAndLeavesNothing(long delayNs, HostSnapshot before) {
        long beginningNs = System.nanoTime();
        try (BackgroundProcess daemon = programs.start()) {
            Await.untilTime(beginningNs + delayNs);
            daemon.signal("TERM");
            assertThat(daemon.waitFor(LIMIT))
                    .as("%d ms after its start\n%s", TimeUnit.NANOSECONDS.toMillis(delayNs), daemon.output())
                    .isIn(0, ENDED_BY_SIGTERM);
            assertThat(daemon.output()).doesNotContain("not restored").doesNotContain("[ERROR]");
        }
        assertThat(programs.socket()).doesNotExist();
        before.assertRestored(a);
    }
}
