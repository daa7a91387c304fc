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
import net.twinpath.duppath.AgentSettings;
import net.twinpath.duppath.DupPath;
import net.twinpath.duppath.DupPathSettings;
import net.twinpath.duppath.FormatSettings;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.duppath.recovery.RecoverySettings;
import net.twinpath.duppath.stream.StreamAction;
import net.twinpath.duppath.stream.StreamMatch;
import net.twinpath.duppath.stream.StreamSettings;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.traffic.RawFrames;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The agents' threads allocate not one octet while frames pass, first copies, duplicates, new senders, merged frames and
 * such that are joined alike.
 */
class AllocationIT {
    private static final int FRAMES = 50_000;
    private static final int BURST = 500;
    private static final int MERGED_SEGMENTS = 3;

    /** What runs once, at first use, may allocate; what runs for a frame would do so in every round. */
    private static final int ROUNDS = 4;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long OWN = 0x02_00_00_00_AA_00L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * A way to mark frames.
     *
     * @param vlan   of the links, 0 for none
     * @param inward a marked frame: the destination and the sender, the number, and the link, 0 being LAN A
     */
    private record Marking(
            String name,
            FormatSettings format,
            List<StreamSettings> streams,
            int vlan,
            long maxDelayNs,
            InwardFrame inward) {
        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    private interface InwardFrame {
        String marked(String addresses, int number, int link);
    }

    static List<Marking> markings() {
        InwardFrame trailer = (addresses, number, link) ->
                addresses + "0800" + segment(number) + TappedHost.trailer(number, 0xA + link, 52);
        InwardFrame tag = (addresses, number, link) ->
                addresses + "81000042" + "f1c10000" + "%04x".formatted(number & 0xFFFF) + "0800" + segment(number);
        StreamSettings stream = new StreamSettings(
                "stream", StreamMatch.builder().sourceMac(0x02000000BB00L).build(), StreamAction.DUPLICATE);
        FormatSettings prp = new FormatSettings.Prp(0, 0, 100_000_000);
        FormatSettings frer = new FormatSettings.Frer(
                List.of(0, 0), List.of(new FormatSettings.Recovery(RecoverySettings.defaults(2), true)), 100_000_000);
        return List.of(
                new Marking("PRP", prp, List.of(), 0, 0, trailer),
                new Marking("PRP in order", prp, List.of(), 0, 1_000_000, trailer),
                new Marking("FRER in a VLAN", frer, List.of(stream), 66, 0, tag),
                new Marking("FRER in a VLAN in order", frer, List.of(stream), 66, 1_000_000, tag));
    }

    @ParameterizedTest
    @MethodSource("markings")
    void framesPassWithoutAllocation(Marking marking) {
        try (Namespace namespace = Namespace.host("allocation")) {
            namespace.run("sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
            for (String port : List.of("inside", "lan0", "lan1")) {
                namespace.run("ip", "link", "add", port, "type", "veth", "peer", "name", port + "-far");
                namespace.up(port);
                namespace.up(port + "-far");
            }
            DupPathSettings settings = new DupPathSettings(
                    "dup0",
                    port(namespace, "inside", 0),
                    false,
                    true,
                    AgentSettings.defaults(),
                    List.of(port(namespace, "lan0", marking.vlan()), port(namespace, "lan1", marking.vlan())),
                    OWN,
                    marking.format(),
                    marking.streams(),
                    StreamAction.DUPLICATE,
                    marking.maxDelayNs());
            try (DupPath path = namespace.call(() -> new DupPath(settings, failure::set));
                    RawFrames inside = RawFrames.open(namespace, "inside-far");
                    RawFrames lanA = RawFrames.open(namespace, "lan0-far");
                    RawFrames lanB = RawFrames.open(namespace, "lan1-far")) {
                boolean clean = false;
                for (int round = 0; round < ROUNDS && !clean; round++) {
                    long before = allocated("dup0-send") + allocated("dup0-receive");
                    pass(path, marking.inward(), inside, lanA, lanB, round * FRAMES);
                    clean = allocated("dup0-send") + allocated("dup0-receive") == before;
                }
                assertThat(clean)
                        .as("a round of %d frames each way for which nothing was allocated", FRAMES)
                        .isTrue();
                assertThat(failure.get()).isNull();
                assertThat(path.counters().value(DupPathCounter.IN_SUPER_FRAMES))
                        .isPositive();
            }
        }
    }

    private static PortSettings port(Namespace namespace, String name, int vlan) {
        return new PortSettings(name, namespace.interfaceIndex(name), 1500, vlan);
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
    private static void pass(
            DupPath path, InwardFrame inward, RawFrames inside, RawFrames lanA, RawFrames lanB, int firstNumber) {
        for (int sent = 0; sent < FRAMES; sent += BURST) {
            for (int i = 0; i < BURST; i++) {
                int number = firstNumber + sent + i;
                inside.send(HexFormat.of().parseHex("02000000bb00" + "02000000aa00" + "0800" + "5a".repeat(60)));
                lanA.send(inward(inward, number, 0));
                lanB.send(inward(inward, number, 1));
            }
            inside.sendMerged(merged(), 1_000);
            long total = (long) firstNumber + sent + BURST;
            long segments = total / BURST * MERGED_SEGMENTS;
            Await.until(
                    "burst passed",
                    LIMIT,
                    () -> counted(path) >= 4 * total + segments
                            && path.counters().value(DupPathCounter.OUT_SEGMENTS) == segments);
            // Empties the rings of the far ends, whose own memory is not what is tested.
            inside.discard();
            lanA.discard();
            lanB.discard();
        }
    }

    /** A TCP packet of three segments, too long for a slot of the ring. */
    private static byte[] merged() {
        int payload = (MERGED_SEGMENTS - 1) * 1_000 + 1;
        return HexFormat.of()
                .parseHex("02000000bb00" + "02000000aa00" + "0800"
                        + "4500%04x0000400040060000".formatted(40 + payload) + "0a4d0001" + "0a4d0002"
                        + "13881389" + "00000000" + "00000000" + "5010ffff00000000" + "5a".repeat(payload));
    }

    /** An IPv4 packet with 6 octets of a TCP stream, 46 octets in all, checksums right: it follows the number before. */
    private static String segment(int number) {
        String addresses = "0a4d0002" + "0a4d0001";
        String network = "4500002e%04x40004006".formatted(number & 0xFFFF);
        String transport = "13881389" + "%08x".formatted(6 * number) + "00000001" + "5010ffff";
        String payload = "0000" + "a5".repeat(6);
        return network
                + checksum(network + addresses)
                + addresses
                + transport
                + checksum(transport + payload + addresses + "0006001a")
                + payload;
    }

    /** RFC 1071, of whole 16-bit words. */
    private static String checksum(String hex) {
        int sum = 0;
        for (int at = 0; at < hex.length(); at += 4) {
            sum += Integer.parseInt(hex, at, at + 4, 16);
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return "%04x".formatted(~sum & 0xFFFF);
    }

    private static long counted(DupPath path) {
        return path.counters().value(DupPathCounter.OUT_SEQUENCED)
                + path.counters().value(DupPathCounter.IN_FRAMES)
                + path.links().stream()
                        .mapToLong(link -> link.counters().value(DupPathCounter.RX_FRAMES))
                        .sum();
    }

    /** Every hundredth frame comes from a sender not heard before. */
    private static byte[] inward(InwardFrame inward, int number, int link) {
        String sender = number % 100 == 0 ? "0200%08x".formatted(number % 80_000) : "02000000bb00";
        return HexFormat.of().parseHex(inward.marked("02000000aa00" + sender, number, link));
    }
}
