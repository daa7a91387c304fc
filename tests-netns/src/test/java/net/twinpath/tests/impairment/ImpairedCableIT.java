package net.twinpath.tests.impairment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.traffic.RawFrames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cable does to every single frame what its seed says, and nothing else. */
class ImpairedCableIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long SEED = 20_190_417;
    private static final int FRAMES = 2_000;
    private static final int PART = 500;
    private static final int OCTETS = 200;

    private final Namespace a = silentHost("a");
    private final Namespace b = silentHost("b");
    private final ImpairedCable cable = ImpairedCable.connect("c", SEED, 9004, a, "lan0", b, "lan0");

    /** Its kernel sends nothing by itself, so that every frame is one of the test's. */
    private static Namespace silentHost(String label) {
        Namespace host = Namespace.host(label);
        host.run("sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
        return host;
    }

    @BeforeEach
    void plugIn() {
        for (Namespace host : List.of(a, b)) {
            host.run("ip", "link", "set", "lan0", "mtu", "9000", "arp", "off", "up");
        }
        awaitCarrier(true);
    }

    @AfterEach
    void removeEverything() {
        cable.close();
        a.close();
        b.close();
    }

    @ParameterizedTest
    @CsvSource({
        "IPv4, 020000000052, 0800, 60",
        "IPv6, 020000000052, 86dd, 1514",
        "VLAN tag, 020000000052, 810020650800, 1518",
        "two tags, 020000000052, 88a800648100e0650800, 64",
        "full size with two tags and a trailer, 020000000052, 88a800648100e0650800, 1528",
        "jumbo, 020000000052, 88b5, 9014",
        "jumbo with a VLAN tag, 020000000052, 8100200188b5, 9018",
        "priority tag, ffffffffffff, 8100e00088b5, 64",
        "LLDP, 0180c200000e, 88cc, 60",
        "PAUSE, 0180c2000001, 8808, 60",
        "spanning tree, 0180c2000000, 0027, 60",
        "supervision, 01154e000100, 88fb, 66",
    })
    void aCleanCableCarriesFramesUnharmedBothWays(String name, String destination, String types, int length) {
        byte[] frame = new byte[length];
        new SplittableRandom(length).nextBytes(frame);
        byte[] header = HexFormat.of().parseHex(destination + "020000000051" + types);
        System.arraycopy(header, 0, frame, 0, header.length);
        try (RawFrames atA = RawFrames.open(a, "lan0");
                RawFrames atB = RawFrames.open(b, "lan0")) {
            atA.send(frame);
            atB.send(frame);
            assertThat(atB.await(1, LIMIT)).as(name).containsExactly(frame);
            assertThat(atA.await(1, LIMIT)).as(name).containsExactly(frame);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "loss=20%",
                "loss=80%",
                "burst=2%x8",
                "duplicate=10%",
                "corrupt=10%",
                "loss=20% burst=1%x8 duplicate=5% corrupt=5%",
            })
    void whatArrivesIsWhatTheSeedForetells(String text) {
        Impairment impairment = Impairment.parse(text);
        cable.impair(b, impairment);
        List<byte[]> expected = foretold(cable.line(b, impairment));
        List<byte[]> arrived = throughCable(a, b, expected.size());
        assertThat(arrived).containsExactlyElementsOf(expected);
        assertCounts(cable.line(b, impairment));
    }

    /** Every frame, as often and as harmed as a line that delivers at once says. */
    private static List<byte[]> foretold(ImpairedLine line) {
        List<byte[]> frames = new ArrayList<>();
        for (int number = 0; number < FRAMES; number++) {
            Fate fate = line.next(0, OCTETS);
            byte[] frame = numbered(number);
            if (fate.isCorrupted()) {
                frame[fate.flippedBit() / 8] ^= (byte) (0x80 >> (fate.flippedBit() % 8));
            }
            fate.deliveriesNs().forEach(time -> frames.add(frame));
        }
        return frames;
    }

    private void assertCounts(ImpairedLine line) {
        List<Fate> fates = IntStream.range(0, FRAMES)
                .mapToObj(number -> line.next(0, OCTETS))
                .toList();
        List<Fate> delivered = fates.stream().filter(Fate::isDelivered).toList();
        long duplicated = delivered.stream().filter(Fate::isDuplicated).count();
        assertCount(LineCounter.RECEIVED, FRAMES);
        assertCount(LineCounter.LOST, dropped(fates, Fate.Loss.RANDOM));
        assertCount(LineCounter.LOST_IN_BURST, dropped(fates, Fate.Loss.BURST));
        assertCount(LineCounter.DUPLICATED, duplicated);
        assertCount(
                LineCounter.CORRUPTED,
                delivered.stream().filter(Fate::isCorrupted).count());
        assertCount(LineCounter.DELIVERED, delivered.size() + duplicated);
        for (LineCounter none : List.of(
                LineCounter.QUEUE_FULL,
                LineCounter.TOO_LONG,
                LineCounter.HOLD_FULL,
                LineCounter.REFUSED,
                LineCounter.RING_FULL,
                LineCounter.REORDERED)) {
            assertCount(none, 0);
        }
    }

    private static long dropped(List<Fate> fates, Fate.Loss reason) {
        return fates.stream().filter(fate -> fate.loss() == reason).count();
    }

    private void assertCount(LineCounter counter, long expected) {
        assertThat(cable.count(b, counter)).as(counter.name()).isEqualTo(expected);
    }

    /** Sends all numbered frames, and returns what has arrived when the cable has done with all of them. */
    private List<byte[]> throughCable(Namespace from, Namespace to, int arrivals) {
        long delivered = cable.count(to, LineCounter.DELIVERED);
        try (RawFrames sender = RawFrames.open(from, "lan0");
                RawFrames receiver = RawFrames.open(to, "lan0")) {
            sendAll(sender, to);
            awaitCount(to, LineCounter.DELIVERED, delivered + arrivals);
            return receiver.await(arrivals, LIMIT);
        }
    }

    /** In parts, because a kernel that is behind with its work drops what is more than its backlog. */
    private void sendAll(RawFrames sender, Namespace to) {
        long received = cable.count(to, LineCounter.RECEIVED);
        for (int number = 0; number < FRAMES; number++) {
            sender.send(numbered(number));
            if ((number + 1) % PART == 0) {
                awaitCount(to, LineCounter.RECEIVED, received + number + 1);
            }
        }
    }

    private void awaitCount(Namespace towards, LineCounter counter, long wanted) {
        try {
            Await.until(counter + " " + wanted, LIMIT, () -> cable.count(towards, counter) >= wanted);
        } catch (IllegalStateException e) {
            String counts = Stream.of(LineCounter.values())
                    .map(each -> each + " " + cable.count(towards, each))
                    .collect(Collectors.joining(", "));
            throw new IllegalStateException(e.getMessage() + "; counted: " + counts, e);
        }
    }

    private static byte[] numbered(int number) {
        byte[] frame = new byte[OCTETS];
        new SplittableRandom(number).nextBytes(frame);
        System.arraycopy(HexFormat.of().parseHex("02000000005202000000005188b5"), 0, frame, 0, 14);
        ByteBuffer.wrap(frame).putInt(14, number);
        return frame;
    }

    private static int number(byte[] frame) {
        return ByteBuffer.wrap(frame).getInt(14);
    }

    @Test
    void theTwoDirectionsHaveTheirOwnChances() {
        Impairment impairment = Impairment.parse("loss=50%");
        cable.impair(impairment);
        List<byte[]> towardsB = foretold(cable.line(b, impairment));
        List<byte[]> towardsA = foretold(cable.line(a, impairment));
        assertThat(numbers(towardsA)).isNotEqualTo(numbers(towardsB));
        assertThat(numbers(throughCable(a, b, towardsB.size()))).isEqualTo(numbers(towardsB));
        assertThat(numbers(throughCable(b, a, towardsA.size()))).isEqualTo(numbers(towardsA));
    }

    @Test
    void oneDirectionIsImpairedAndTheOtherIsNot() {
        cable.impair(b, Impairment.parse("loss=100%"));
        assertThat(throughCable(b, a, FRAMES)).hasSize(FRAMES);
        assertThat(throughCable(a, b, 0)).isEmpty();
    }

    @Test
    void overtakingFramesArriveFirstAndEachKindStaysInOrder() {
        Impairment impairment = Impairment.parse("delay=2s reorder=20%");
        cable.impair(b, impairment);
        ImpairedLine line = cable.line(b, impairment);
        List<Integer> overtaking = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int number = 0; number < FRAMES; number++) {
            (line.next(0, OCTETS).deliveriesNs().get(0) == 0 ? overtaking : others).add(number);
        }
        List<Integer> expected = new ArrayList<>(overtaking);
        expected.addAll(others);
        assertThat(numbers(throughCable(a, b, FRAMES))).isEqualTo(expected);
        int lastOvertaking = overtaking.get(overtaking.size() - 1);
        assertCount(
                LineCounter.REORDERED,
                others.stream().filter(number -> number < lastOvertaking).count());
    }

    @Test
    void jitterReordersAndLosesNothing() {
        cable.impair(b, Impairment.parse("delay=20ms jitter=20ms"));
        List<Integer> arrived = numbers(throughCable(a, b, FRAMES));
        assertThat(arrived)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, FRAMES).boxed().toList());
        assertThat(arrived).isNotEqualTo(arrived.stream().sorted().toList());
        assertThat(cable.count(b, LineCounter.REORDERED)).isPositive();
    }

    @Test
    void aDelayAloneKeepsTheOrder() {
        cable.impair(b, Impairment.parse("delay=50ms"));
        assertThat(numbers(throughCable(a, b, FRAMES)))
                .isEqualTo(IntStream.range(0, FRAMES).boxed().toList());
        assertCount(LineCounter.REORDERED, 0);
    }

    @Test
    void aFullQueueDropsAndCounts() {
        // One frame takes 16 s at 100 bit/s: the queue holds the first ten of them when the others come.
        cable.impair(b, Impairment.parse("rate=100bit queue=2000B"));
        throughCable(a, b, 0);
        assertCount(LineCounter.QUEUE_FULL, FRAMES - 10);
    }

    private static List<Integer> numbers(List<byte[]> frames) {
        return frames.stream().map(ImpairedCableIT::number).toList();
    }

    @Test
    void theSameImpairmentAgainDoesTheSameAgain() {
        Impairment impairment = Impairment.parse("loss=30%");
        int arrivals = foretold(cable.line(b, impairment)).size();
        cable.impair(b, impairment);
        List<Integer> first = numbers(throughCable(a, b, arrivals));
        cable.heal();
        cable.impair(b, impairment);
        assertThat(numbers(throughCable(a, b, arrivals))).isEqualTo(first);
    }

    @Test
    void bothHostsSeeACutAndItsEndAndThenFramesPassAgain() {
        for (int round = 0; round < 3; round++) {
            cable.cut();
            awaitCarrier(false);
            cable.heal();
            awaitCarrier(true);
            assertThat(throughCable(a, b, FRAMES)).hasSize(FRAMES);
        }
        assertCount(LineCounter.REFUSED, 0);
    }

    @Test
    void framesUnderWayAtACutAreRefusedAndCounted() {
        cable.impair(b, Impairment.parse("delay=500ms"));
        try (RawFrames sender = RawFrames.open(a, "lan0")) {
            sender.send(numbered(0));
            Await.until("frame under way", LIMIT, () -> cable.count(b, LineCounter.RECEIVED) == 1);
            cable.cut();
            Await.until("frame refused", LIMIT, () -> cable.count(b, LineCounter.REFUSED) == 1);
        }
        assertCount(LineCounter.DELIVERED, 0);
    }

    @Test
    void refusesWhoIsNoEnd() {
        try (Namespace stranger = Namespace.host("stranger")) {
            assertThatThrownBy(() -> cable.impair(stranger, Impairment.NONE)).hasMessageContaining("does not end at");
        }
    }

    private void awaitCarrier(boolean wanted) {
        Await.until(
                "carrier is " + wanted + " at both hosts",
                LIMIT,
                () -> a.hasCarrier("lan0") == wanted && b.hasCarrier("lan0") == wanted);
    }
}
