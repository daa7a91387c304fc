package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.twinpath.duppath.DupPath;
import net.twinpath.duppath.DupPathSettings;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.traffic.RawFrames;
import org.junit.jupiter.api.Test;

/** The agents' threads allocate not one octet while frames pass, first copies, duplicates and new senders alike. */
class AllocationIT {
    private static final int FRAMES = 50_000;
    private static final int BURST = 500;

    /** What runs once, at first use, may allocate; what runs for a frame would do so in every round. */
    private static final int ROUNDS = 4;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long OWN = 0x02_00_00_00_AA_00L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Test
    void framesPassWithoutAllocation() {
        try (Namespace namespace = Namespace.host("allocation")) {
            namespace.run("sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
            for (String port : List.of("inside", "lan0", "lan1")) {
                namespace.run("ip", "link", "add", port, "type", "veth", "peer", "name", port + "-far");
                namespace.up(port);
                namespace.up(port + "-far");
            }
            DupPathSettings settings = new DupPathSettings(
                    "dup0",
                    port(namespace, "inside"),
                    List.of(port(namespace, "lan0"), port(namespace, "lan1")),
                    OWN,
                    0,
                    0);
            try (DupPath path = namespace.call(() -> new DupPath(settings, failure::set));
                    RawFrames inside = RawFrames.open(namespace, "inside-far");
                    RawFrames lanA = RawFrames.open(namespace, "lan0-far");
                    RawFrames lanB = RawFrames.open(namespace, "lan1-far")) {
                boolean clean = false;
                for (int round = 0; round < ROUNDS && !clean; round++) {
                    long before = allocated("dup0-send") + allocated("dup0-receive");
                    pass(path, inside, lanA, lanB, round * FRAMES);
                    clean = allocated("dup0-send") + allocated("dup0-receive") == before;
                }
                assertThat(clean)
                        .as("a round of %d frames each way for which nothing was allocated", FRAMES)
                        .isTrue();
                assertThat(failure.get()).isNull();
            }
        }
    }

    private static PortSettings port(Namespace namespace, String name) {
        return new PortSettings(name, namespace.interfaceIndex(name), 1500);
    }

    private static long allocated(String threadName) {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().equals(threadName))
                .mapToLong(ThreadInfo::getThreadId)
                .map(THREADS::getThreadAllocatedBytes)
                .findFirst()
                .orElseThrow();
    }

    /** Sends {@link #FRAMES} frames outward, and as many inward on both links, in bursts the rings hold. */
    private static void pass(DupPath path, RawFrames inside, RawFrames lanA, RawFrames lanB, int firstNumber) {
        for (int sent = 0; sent < FRAMES; sent += BURST) {
            for (int i = 0; i < BURST; i++) {
                int number = firstNumber + sent + i;
                inside.send(HexFormat.of().parseHex("02000000bb00" + "02000000aa00" + "0800" + "5a".repeat(60)));
                lanA.send(inward(number, 0xA));
                lanB.send(inward(number, 0xB));
            }
            long total = (long) firstNumber + sent + BURST;
            Await.until("burst passed", LIMIT, () -> counted(path) >= 4 * total);
            // Empties the rings of the far ends, whose own memory is not what is tested.
            inside.discard();
            lanA.discard();
            lanB.discard();
        }
    }

    private static long counted(DupPath path) {
        return path.counters().value(DupPathCounter.OUT_SEQUENCED)
                + path.counters().value(DupPathCounter.IN_FRAMES)
                + path.links().stream()
                        .mapToLong(link -> link.counters().value(DupPathCounter.RX_FRAMES))
                        .sum();
    }

    /** Every hundredth frame comes from a sender not heard before. */
    private static byte[] inward(int number, int lan) {
        String sender = number % 100 == 0 ? "0200%08x".formatted(number % 80_000) : "02000000bb00";
        return HexFormat.of()
                .parseHex("02000000aa00" + sender + "0800" + "a5".repeat(46) + TappedHost.trailer(number, lan, 52));
    }
}
