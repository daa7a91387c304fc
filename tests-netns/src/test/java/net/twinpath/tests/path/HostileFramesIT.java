package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.twinpath.tests.fixture.Await;
import org.junit.jupiter.api.Test;

/**
 * A flood of forged, cut and senseless frames on both links, while a good neighbour's datagrams arrive: none of those is
 * lost, and the daemon stays as it is.
 *
 * <p>After every burst, which the daemon's rings hold whole, the datagrams in its midst are waited for: what is lost is
 * lost by what the frames say, not by how many there are.
 */
class HostileFramesIT {
    private static final int BURSTS = 230;
    private static final int BURST_FRAMES = 1_500;
    private static final int DATAGRAMS = 4;
    private static final long MEMORY_BOUND = 64 << 20;

    private static final int PACED_DATAGRAMS = 1_000;
    private static final int FORGED_PER_DATAGRAM = 5;
    private static final long FORGED_SPACING_NS = 1_000_000;

    /** What makes one hostile frame; {@code number} is the good neighbour's newest. */
    @FunctionalInterface
    private interface Kind {
        byte[] frame(SplittableRandom random, int number);
    }

    @Test
    void prpSurvivesThem() {
        try (FloodedHost host = FloodedHost.start("")) {
            flood(
                    host,
                    prpKinds(),
                    (random, number) -> withTrailer(
                            from(FloodedHost.NEIGHBOUR, random), farAhead(random, number), random.nextInt(2)),
                    HostileFramesIT::withTrailer);
            JsonObject path = host.daemon().path();
            assertThat(path.get("nodes_in_all").getAsInt()).isEqualTo(8_192);
            assertCounted(
                    host,
                    "rx_unsequenced",
                    "rx_own",
                    "rx_supervision",
                    "rx_supervision_bad",
                    "rx_link_local",
                    "rx_wrong_lan",
                    "rx_first",
                    "rx_duplicates");
        }
    }

    @Test
    void frerSurvivesThem() {
        try (FloodedHost host = FloodedHost.start("format = \"frer\"\n")) {
            flood(
                    host,
                    frerKinds(),
                    (random, number) -> withTag(from(FloodedHost.NEIGHBOUR, random), farAhead(random, number), 0),
                    HostileFramesIT::withTag);
            JsonObject path = host.daemon().path();
            assertThat(path.get("nodes_in_all").getAsInt()).isBetween(4_096, 8_192);
            assertCounted(host, "rx_unsequenced", "rx_own", "rx_bad_tag", "rx_link_local", "rx_first", "rx_duplicates");
        }
    }

    /** A thousand datagrams, 200 a second at most, and a forged number of their stream on one link each millisecond. */
    @Test
    void frerStreamIsHeardThroughForgedNumbersOnOneLink() {
        String stream = "[[path.dup0.stream]]\nname = \"good\"\nmatch = { source-mac = \"02:00:00:00:bb:00\" }\n";
        try (FloodedHost host = FloodedHost.start("format = \"frer\"\n" + stream)) {
            SplittableRandom random = new SplittableRandom(0x802_1CBDL);
            int number = 0;
            while (number < PACED_DATAGRAMS) {
                datagram(host, HostileFramesIT::withTag, ++number);
                for (int i = 0; i < FORGED_PER_DATAGRAM; i++) {
                    long sentAt = System.nanoTime();
                    byte[] forged = to(FloodedHost.OWN, from(FloodedHost.NEIGHBOUR, random));
                    host.send(0, withTag(forged, random.nextInt(1 << 16), 0));
                    host.flush();
                    Await.untilTime(sentAt + FORGED_SPACING_NS);
                }
                host.takeArrived();
            }
            int sent = awaitOneMore(host, number);
            long lost = IntStream.rangeClosed(1, sent)
                    .filter(each -> !host.hasReceived(each))
                    .count();
            assertThat(lost).isLessThanOrEqualTo(PACED_DATAGRAMS / 100);
            assertThat(host.duplicated()).isZero();
            assertStreamCounters(host, sent, lost);
        }
    }

    /** Sends datagrams until one has come, behind which none is on its way; returns the last number sent. */
    private static int awaitOneMore(FloodedHost host, int number) {
        int last = number;
        do {
            datagram(host, HostileFramesIT::withTag, ++last);
        } while (!host.awaitDatagram(last) && last < number + 3);
        assertThat(host.hasReceived(last)).isTrue();
        return last;
    }

    private static void assertStreamCounters(FloodedHost host, int sent, long lost) {
        JsonObject counters =
                host.daemon().streams("dup0").get(0).getAsJsonObject().getAsJsonObject("counters");
        long passed = counters.get("frerCpsSeqRcvyPassedPackets").getAsLong();
        long discarded = counters.get("frerCpsSeqRcvyDiscardedPackets").getAsLong();
        long rogue = counters.get("frerCpsSeqRcvyRoguePackets").getAsLong();
        int forged = PACED_DATAGRAMS * FORGED_PER_DATAGRAM;
        assertThat(counters.get("tsnCpsSidInputPackets").getAsLong()).isEqualTo(2L * sent + forged);
        assertThat(passed + discarded + rogue).isEqualTo(2L * sent + forged);
        assertThat(rogue).isGreaterThan(forged * 8L / 10);
        assertThat(passed).isBetween(sent - lost + forged / 20, sent - lost + forged / 6);
        assertThat(discarded).isBetween(sent + lost, sent + lost + forged / 20);
        assertThat(counters.get("frerCpsSeqRcvyLostPackets").getAsLong()).isZero();
        assertThat(counters.get("frerCpsSeqRcvyResets").getAsLong()).isEqualTo(1);
    }

    private static void assertCounted(FloodedHost host, String... keys) {
        for (String key : keys) {
            assertThat(GatewayTopology.linkCounter(host.daemon(), key)).as(key).isGreaterThan(1_000);
        }
        assertThat(host.daemon().pathCounter("in_node_table_full")).isPositive();
        assertThat(host.daemon().statusText()).contains("-> more senders than the node table has places for");
    }

    /** Puts the mark of the format on the good neighbour's frame, for one link. */
    @FunctionalInterface
    private interface Marking {
        byte[] marked(byte[] frame, int number, int lan);
    }

    private static void flood(FloodedHost host, List<Kind> kinds, Kind neighboursNumbers, Marking marking) {
        Flood flood = new Flood(host, marking);
        flood.pass(kinds);
        long residentAfterFirst = host.residentOctets();
        flood.pass(kinds);
        flood.pass(kinds);
        flood.assertNothingLost();
        assertThat(host.duplicated()).as("duplicated").isZero();
        assertThat(host.residentOctets()).isLessThan(residentAfterFirst + MEMORY_BOUND);

        // A number ahead clears what it passes: that neighbour's copies may then come twice, but never not at all.
        List<Kind> withForged = new ArrayList<>(kinds);
        withForged.add(neighboursNumbers);
        flood.pass(withForged);
        flood.assertNothingLost();
        assertThat(host.daemon().log()).doesNotContain("[ERROR]");
    }

    /** The flood with the datagrams in its midst. */
    private static final class Flood {
        private final FloodedHost host;
        private final Marking marking;
        private final SplittableRandom random = new SplittableRandom(0x802_1CB);
        private final List<Integer> lost = new ArrayList<>();
        private int number;

        Flood(FloodedHost host, Marking marking) {
            this.host = host;
            this.marking = marking;
            // The neighbour was there before the flood.
            datagram(host, marking, number);
            assertThat(host.awaitDatagram(number)).isTrue();
        }

        void pass(List<Kind> kinds) {
            for (int burst = 0; burst < BURSTS; burst++) {
                int first = number + 1;
                for (int i = 0; i < BURST_FRAMES; i++) {
                    if (i % (BURST_FRAMES / DATAGRAMS) == 7) {
                        datagram(host, marking, ++number);
                    }
                    Kind kind = kinds.get(random.nextInt(kinds.size()));
                    host.send(random.nextInt(2), kind.frame(random, number));
                }
                host.flush();
                for (int sent = first; sent <= number; sent++) {
                    if (!host.awaitDatagram(sent)) {
                        lost.add(sent);
                    }
                }
            }
            host.daemon().checkRunning();
        }

        void assertNothingLost() {
            assertThat(lost)
                    .as("links: %s", host.daemon().path().getAsJsonArray("links"))
                    .isEmpty();
        }
    }

    private static void datagram(FloodedHost host, Marking marking, int number) {
        for (int lan = 0; lan < 2; lan++) {
            host.send(lan, marking.marked(FloodedHost.datagram(number), number, lan));
        }
        host.flush();
    }

    private static List<Kind> prpKinds() {
        List<Kind> kinds = commonKinds();
        kinds.add((random, number) -> withTrailer(forged(random), random.nextInt(1 << 16), random.nextInt(2)));
        kinds.add((random, number) -> withTrailer(from(FloodedHost.OWN, random), random.nextInt(1 << 16), 0));
        kinds.add((random, number) -> wrongSize(withTrailer(forged(random), number, 0), random));
        kinds.add((random, number) -> wrongSize(withTrailer(from(FloodedHost.NEIGHBOUR, random), number, 0), random));
        kinds.add((random, number) -> supervision(random));
        return kinds;
    }

    private static List<Kind> frerKinds() {
        List<Kind> kinds = commonKinds();
        kinds.add((random, number) -> withTag(forged(random), random.nextInt(1 << 16), 0));
        kinds.add((random, number) -> withTag(from(FloodedHost.OWN, random), random.nextInt(1 << 16), 0));
        kinds.add((random, number) -> cut(withTag(forged(random), number, 0), 14 + random.nextInt(7)));
        kinds.add((random, number) -> cut(withTag(tagged(random), number, 0), 14 + random.nextInt(11)));
        return kinds;
    }

    /** A number the stream does not come to while it is remembered. */
    private static int farAhead(SplittableRandom random, int number) {
        return number + 16_384 + random.nextInt(32_768);
    }

    /** Kinds that mean nothing in either format. */
    private static List<Kind> commonKinds() {
        List<Kind> kinds = new ArrayList<>();
        kinds.add((random, number) -> forged(random));
        kinds.add((random, number) -> senseless(random));
        kinds.add((random, number) -> from(FloodedHost.OWN, random));
        kinds.add((random, number) -> cut(forged(random), 14));
        kinds.add((random, number) -> cut(tagged(random), 14 + random.nextInt(6)));
        kinds.add((random, number) -> to("0180c200000e", forged(random)));
        return kinds;
    }

    /** From an address nobody has. */
    private static byte[] forged(SplittableRandom random) {
        byte[] frame = new byte[60 + random.nextInt(200)];
        random.nextBytes(frame);
        frame[0] = 2;
        frame[6] = 2;
        frame[12] = 0x08;
        frame[13] = (byte) (random.nextBoolean() ? 0x00 : 0xDD);
        return frame;
    }

    private static byte[] from(String source, SplittableRandom random) {
        byte[] frame = forged(random);
        System.arraycopy(HexFormat.of().parseHex(source), 0, frame, 6, 6);
        return frame;
    }

    private static byte[] to(String destination, byte[] frame) {
        System.arraycopy(HexFormat.of().parseHex(destination), 0, frame, 0, 6);
        return frame;
    }

    private static byte[] tagged(SplittableRandom random) {
        byte[] frame = forged(random);
        frame[12] = (byte) 0x81;
        frame[13] = 0;
        return frame;
    }

    /** Nothing but the addresses is kept from being any value. */
    private static byte[] senseless(SplittableRandom random) {
        byte[] frame = new byte[14 + random.nextInt(1_490)];
        random.nextBytes(frame);
        return frame;
    }

    private static byte[] cut(byte[] frame, int length) {
        return Arrays.copyOf(frame, Math.min(length, frame.length));
    }

    private static byte[] withTrailer(byte[] frame, int number, int lan) {
        return ByteBuffer.allocate(frame.length + 6)
                .put(frame)
                .putShort((short) number)
                .putShort((short) ((0xA + lan) << 12 | frame.length - 14 + 6))
                .putShort((short) 0x88FB)
                .array();
    }

    private static byte[] wrongSize(byte[] frame, SplittableRandom random) {
        frame[frame.length - 3] ^= (byte) (1 + random.nextInt(255));
        return frame;
    }

    private static byte[] withTag(byte[] frame, int number, int lan) {
        int position = frame[12] == (byte) 0x81 ? 16 : 12;
        return ByteBuffer.allocate(frame.length + 6)
                .put(frame, 0, position)
                .putShort((short) 0xF1C1)
                .putShort((short) 0)
                .putShort((short) number)
                .put(frame, position, frame.length - position)
                .array();
    }

    /** A supervision frame whose version, TLVs and length are anything. */
    private static byte[] supervision(SplittableRandom random) {
        byte[] frame = to("01154e000100", forged(random));
        frame[12] = (byte) 0x88;
        frame[13] = (byte) 0xFB;
        if (random.nextBoolean()) {
            frame[14] = 0;
            frame[15] = 1;
        }
        return withTrailer(cut(frame, 14 + random.nextInt(frame.length - 14)), random.nextInt(1 << 16), 0);
    }
}
