package net.twinpath.duppath.frame;

import static net.twinpath.duppath.frame.Octets.concat;
import static net.twinpath.duppath.frame.Octets.get16;
import static net.twinpath.duppath.frame.Octets.get32;
import static net.twinpath.duppath.frame.Octets.naiveSum;
import static net.twinpath.duppath.frame.Octets.octets;
import static net.twinpath.duppath.frame.Octets.put16;
import static net.twinpath.duppath.frame.Octets.put32;
import static net.twinpath.duppath.frame.Octets.random;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.VirtioNet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments joined and cut again octet by octet are what they were, and what must not be joined is not. */
class CoalescingTest {
    private static final int FRAMES = 128;
    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int PSH = 0x08;
    private static final int ACK = 0x10;
    private static final int URG = 0x20;
    private static final int ECE = 0x40;
    private static final int CWR = 0x80;

    /** Where fields of {@link #segment}'s lie. */
    private static final int IP = 14;

    private static final int TCP = 34;

    private final Coalescing coalescing = new Coalescing(NativeBuffers.allocate(Coalescing.bytes(FRAMES)), FRAMES);

    /** One message as it would be sent: its virtio_net_hdr and the frame behind. */
    private static final class Sent {
        private final int standsFor;
        private byte[] virtio = new byte[0];
        private byte[] frame = new byte[0];

        private Sent(int standsFor) {
            this.standsFor = standsFor;
        }

        void append(byte[] part) {
            byte[] all = concat(virtio, frame, part);
            virtio = Arrays.copyOf(all, VirtioNet.VIRTIO_NET_HDR_LENGTH);
            frame = Arrays.copyOfRange(all, VirtioNet.VIRTIO_NET_HDR_LENGTH, all.length);
        }

        int standsFor() {
            return standsFor;
        }

        int virtioShort(int at) {
            return (virtio[at] & 0xFF) | ((virtio[at + 1] & 0xFF) << 8);
        }
    }

    /**
     * Random rows of segments of a few flows, with gaps, repeats, flags, options, tags, damage and other frames between:
     * all are there once, each flow's in order, and as they were.
     */
    @ParameterizedTest
    @ValueSource(longs = {0x6E0L, 0xC0A1E5CEL, 77})
    void cutAgainTheyAreWhatTheyWere(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int joined = 0;
        for (int round = 0; round < 3_000; round++) {
            List<byte[]> frames = new RandomFlows(random).frames(1 + random.nextInt(FRAMES));
            List<Sent> sent = join(frames);
            List<byte[]> cut = new ArrayList<>();
            sent.forEach(message -> cut.addAll(naiveSegments(message)));
            assertThat(hex(sorted(cut))).as("seed %x, round %d", seed, round).isEqualTo(hex(sorted(frames)));
            for (int flow = 0; flow < RandomFlows.FLOWS; flow++) {
                int port = RandomFlows.port(flow);
                assertThat(hex(ofPort(cut, port)))
                        .as("seed %x, round %d, flow %d", seed, round, flow)
                        .isEqualTo(hex(ofPort(frames, port)));
            }
            joined += frames.size() - sent.size();
        }
        assertThat(joined).isGreaterThan(20_000);
    }

    private static List<byte[]> ofPort(List<byte[]> frames, int port) {
        return frames.stream()
                .filter(frame -> RandomFlows.sourcePort(frame) == port)
                .toList();
    }

    private static List<byte[]> sorted(List<byte[]> frames) {
        return frames.stream().sorted(Arrays::compare).toList();
    }

    private static List<String> hex(List<byte[]> frames) {
        return frames.stream().map(HexFormat.of()::formatHex).toList();
    }

    /** What the header says done by hand, checksums too; a lone frame is as it is. */
    private static List<byte[]> naiveSegments(Sent sent) {
        int type = sent.virtio[1];
        if (type == VirtioNet.VIRTIO_NET_HDR_GSO_NONE) {
            assertThat(sent.virtio).containsOnly(0);
            assertThat(sent.standsFor).isEqualTo(1);
            return List.of(sent.frame);
        }
        byte[] frame = sent.frame;
        int headers = sent.virtioShort(2);
        int size = sent.virtioShort(4);
        int tcp = sent.virtioShort(6);
        boolean ipv4 = type == VirtioNet.VIRTIO_NET_HDR_GSO_TCPV4;
        int ip = tcp - (ipv4 ? 20 : 40);
        assertThat(sent.virtio[0]).isEqualTo((byte) VirtioNet.VIRTIO_NET_HDR_F_NEEDS_CSUM);
        assertThat(sent.virtioShort(8)).isEqualTo(16);
        assertThat(frame.length).isLessThan(65_536);
        assertThat(get16(frame, ip + (ipv4 ? 2 : 4))).isEqualTo(frame.length - (ipv4 ? ip : tcp));
        assertThat(get16(frame, tcp + 16)).isEqualTo(naiveSum(pseudoHeader(frame, ip, tcp)));
        if (ipv4) {
            assertThat(naiveSum(Arrays.copyOfRange(frame, ip, tcp))).isEqualTo(0xFFFF);
        }
        List<byte[]> segments = new ArrayList<>();
        for (int from = headers; from < frame.length; from += size) {
            int to = Math.min(from + size, frame.length);
            byte[] segment = concat(Arrays.copyOf(frame, headers), Arrays.copyOfRange(frame, from, to));
            put32(segment, tcp + 4, get32(segment, tcp + 4) + from - headers);
            segment[tcp + 13] &= (byte) (to == frame.length ? 0xFF : ~(FIN | PSH));
            if (ipv4) {
                put16(segment, ip + 4, get16(segment, ip + 4) + segments.size());
            }
            close(segment, ip, tcp);
            segments.add(segment);
        }
        assertThat(segments).hasSize(sent.standsFor).hasSizeGreaterThan(1);
        return segments;
    }

    @Test
    void aRowOfSegmentsIsOneFrame() {
        List<Sent> sent = join(row(40, 1_440));
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).standsFor).isEqualTo(40);
        assertThat(sent.get(0).frame).hasSize(54 + 40 * 1_440);
        assertThat(coalescing.superFrames()).isEqualTo(1);
        assertThat(coalescing.joined()).isEqualTo(40);
    }

    @Test
    void noFrameIsLongerThanAPacketMayBe() {
        List<Sent> sent = join(row(100, 1_440));
        assertThat(sent.stream().map(Sent::standsFor)).containsExactly(45, 45, 10);
        assertThat(sent).allMatch(message -> message.frame.length <= 65_535);
    }

    @Test
    void aShorterSegmentIsTheLastAndALongerOneTheFirst() {
        assertThat(numbers(List.of(
                        segment(0, 0, 1_000, ACK),
                        segment(1, 1_000, 400, ACK),
                        segment(2, 1_400, 400, ACK),
                        segment(3, 1_800, 1_000, ACK))))
                .containsExactly(2, 1, 1);
    }

    @Test
    void whatPushesOrEndsIsTheLast() {
        for (int flag : new int[] {PSH, FIN, FIN | PSH}) {
            assertThat(numbers(List.of(
                            segment(0, 0, 100, ACK),
                            segment(1, 100, 100, ACK | flag),
                            segment(2, 200, 100, ACK),
                            segment(3, 300, 100, ACK))))
                    .as("%x", flag)
                    .containsExactly(2, 2);
        }
    }

    @Test
    void flagsOfTheConnectionStandAlone() {
        for (int flag : new int[] {SYN, RST, URG, CWR}) {
            assertThat(numbers(List.of(
                            segment(0, 0, 100, ACK), segment(1, 100, 100, ACK | flag), segment(2, 200, 100, ACK))))
                    .as("%x", flag)
                    .containsExactly(1, 1, 1);
        }
        assertThat(numbers(List.of(segment(0, 0, 100, ACK | ECE), segment(1, 100, 100, ACK | ECE))))
                .containsExactly(2);
        assertThat(numbers(List.of(segment(0, 0, 100, ACK), segment(1, 100, 100, ACK | ECE))))
                .containsExactly(1, 1);
    }

    @Test
    void gapsRepeatsAndDisorderAreNotJoined() {
        assertThat(numbers(List.of(segment(0, 0, 100, ACK), segment(1, 200, 100, ACK))))
                .containsExactly(1, 1);
        assertThat(numbers(List.of(segment(0, 0, 100, ACK), segment(1, 0, 100, ACK))))
                .containsExactly(1, 1);
        assertThat(numbers(List.of(segment(0, 100, 100, ACK), segment(1, 0, 100, ACK), segment(2, 100, 100, ACK))))
                .containsExactly(1, 2);
    }

    /** Each field, changed in the second segment with its checksum made right again. */
    @Test
    void anyOtherDifferenceKeepsThemApart() {
        List<Integer> fields = List.of(
                0, 6, IP + 1, IP + 4, IP + 5, IP + 6, IP + 8, IP + 15, IP + 19, TCP + 1, TCP + 3, TCP + 8, TCP + 14,
                TCP + 15, TCP + 18, TCP + 19);
        for (int field : fields) {
            byte[] changed = segment(1, 100, 100, ACK);
            changed[field] ^= 0x40;
            close(changed, IP, TCP);
            assertThat(numbers(List.of(segment(0, 0, 100, ACK), changed)))
                    .as("octet %d", field)
                    .containsExactly(1, 1);
        }
    }

    @Test
    void aDamagedSegmentStaysDamaged() {
        for (int octet : new int[] {IP + 10, TCP + 16, TCP + 20, TCP + 119}) {
            for (int which = 0; which < 3; which++) {
                List<byte[]> frames = row(3, 100);
                frames.get(which)[octet] ^= 1;
                assertThat(numbers(frames))
                        .as("octet %d of %d", octet, which)
                        .containsExactly(
                                switch (which) {
                                    case 0 -> new Integer[] {1, 2};
                                    case 1 -> new Integer[] {1, 1, 1};
                                    default -> new Integer[] {2, 1};
                                });
                List<byte[]> cut = new ArrayList<>();
                join(frames).forEach(message -> cut.addAll(naiveSegments(message)));
                assertThat(hex(cut)).isEqualTo(hex(frames));
            }
        }
    }

    @Test
    void pureAcknowledgmentsPaddingOptionsAndFragmentsAreNotJoined() {
        byte[] acknowledgment = segment(1, 100, 0, ACK);
        assertThat(numbers(List.of(segment(0, 0, 100, ACK), acknowledgment, segment(2, 100, 100, ACK))))
                .containsExactly(1, 1, 1);
        byte[] padded = concat(segment(1, 100, 4, ACK), new byte[2]);
        assertThat(numbers(List.of(segment(0, 0, 100, ACK), padded))).containsExactly(1, 1);
        byte[] fragment = edited(segment(1, 100, 100, ACK), frame -> frame[IP + 6] = 0x20);
        assertThat(numbers(List.of(segment(0, 0, 100, ACK), fragment, segment(1, 100, 100, ACK))))
                .containsExactly(1, 1, 1);
        byte[] plain = segment(0, 0, 100, ACK);
        byte[] options = concat(Arrays.copyOf(plain, TCP), octets("01010101"), Arrays.copyOfRange(plain, TCP, 154));
        options[IP] = 0x46;
        put16(options, IP + 2, options.length - IP);
        assertThat(numbers(List.of(options, segment(1, 100, 100, ACK)))).containsExactly(1, 1);
    }

    @Test
    void flowsAreJoinedSideBySideAndOtherFramesPassBetween() {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            for (int flow = 0; flow < 3; flow++) {
                int source = 1_000 + flow;
                frames.add(edited(segment(i, 100 * i, 100, ACK), frame -> put16(frame, TCP, source)));
            }
            frames.add(octets("020000000001" + "020000000002" + "8892" + "%04x".formatted(i) + "00".repeat(44)));
        }
        List<Sent> sent = join(frames);
        assertThat(sent.stream().map(Sent::standsFor).filter(count -> count > 1))
                .containsExactly(30, 30, 30);
        assertThat(sent).hasSize(33);
    }

    @Test
    void whatIsFullTakesNoMoreAndWhatWasSentIsForgotten() {
        row(FRAMES, 100).forEach(this::add);
        assertThat(coalescing.isFull()).isTrue();
        coalescing.clear();
        assertThat(coalescing.isEmpty()).isTrue();
        assertThat(numbers(List.of(segment(FRAMES, 100 * FRAMES, 100, ACK)))).containsExactly(1);
    }

    /** Octets changed at random, nothing made right: what is cut again is what it was, whatever it was. */
    @ParameterizedTest
    @ValueSource(longs = {0xBADF00DL, 0xDEFACEDL})
    void damagedFramesDoNoHarm(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 10_000; round++) {
            List<byte[]> frames = row(2 + random.nextInt(20), 1 + random.nextInt(60));
            for (int change = random.nextInt(6); change >= 0; change--) {
                int which = random.nextInt(frames.size());
                byte[] frame = frames.get(which);
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
                if (random.nextInt(8) == 0) {
                    frames.set(which, Arrays.copyOf(frame, 14 + random.nextInt(frame.length - 13)));
                }
            }
            List<byte[]> cut = new ArrayList<>();
            join(frames).forEach(message -> cut.addAll(naiveSegments(message)));
            assertThat(hex(sorted(cut))).as("seed %x, round %d", seed, round).isEqualTo(hex(sorted(frames)));
        }
    }

    private List<Integer> numbers(List<byte[]> frames) {
        return join(frames).stream().map(Sent::standsFor).toList();
    }

    private List<Sent> join(List<byte[]> frames) {
        List<UnsafeBuffer> kept = frames.stream().map(this::add).toList();
        List<Sent> sent = new ArrayList<>();
        coalescing.writeTo(new Coalescing.Messages() {
            @Override
            public void begin(int standsFor) {
                sent.add(new Sent(standsFor));
            }

            @Override
            public void add(long address, int length) {
                byte[] part = new byte[length];
                new UnsafeBuffer(address, length).getBytes(0, part);
                sent.get(sent.size() - 1).append(part);
            }
        });
        coalescing.clear();
        assertThat(kept).hasSize(frames.size());
        return sent;
    }

    /** The frame fills its memory, so that a step over either end is an IndexOutOfBoundsException. */
    private UnsafeBuffer add(byte[] octets) {
        UnsafeBuffer memory = NativeBuffers.allocate(octets.length);
        memory.putBytes(0, octets);
        coalescing.add(new Frame().wrap(memory, 0, octets.length, octets.length));
        return memory;
    }

    private static List<byte[]> row(int count, int payload) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(segment(i, i * payload, payload, ACK));
        }
        return frames;
    }

    /** TCP over IPv4 without options, checksums right. */
    private static byte[] segment(int identification, int sequence, int payload, int flags) {
        byte[] frame = concat(
                octets("020000000001" + "020000000002" + "0800"),
                octets("4500000000004000" + "40060000" + "0a4d0001" + "0a4d0002"),
                octets("03e8138800000000000000015000ffff00000000"),
                random(new SplittableRandom(sequence), payload));
        put16(frame, IP + 4, identification);
        put32(frame, TCP + 4, sequence);
        frame[TCP + 13] = (byte) flags;
        close(frame, IP, TCP);
        return frame;
    }

    private static byte[] edited(byte[] frame, Consumer<byte[]> edit) {
        edit.accept(frame);
        close(frame, IP, TCP);
        return frame;
    }

    /** Lengths and checksums made right. */
    static void close(byte[] frame, int ip, int tcp) {
        if (frame[ip] >>> 4 == 4) {
            put16(frame, ip + 2, frame.length - ip);
            put16(frame, ip + 10, 0);
            put16(frame, ip + 10, ~naiveSum(Arrays.copyOfRange(frame, ip, tcp)));
        } else {
            put16(frame, ip + 4, frame.length - tcp);
        }
        put16(frame, tcp + 16, 0);
        byte[] summed = concat(pseudoHeader(frame, ip, tcp), Arrays.copyOfRange(frame, tcp, frame.length));
        put16(frame, tcp + 16, ~naiveSum(summed));
    }

    private static byte[] pseudoHeader(byte[] frame, int ip, int tcp) {
        int length = frame.length - tcp;
        return concat(Arrays.copyOfRange(frame, ip + (frame[ip] >>> 4 == 4 ? 12 : 8), tcp), new byte[] {
            0, 0, (byte) (length >> 8), (byte) length, 0, 0, 0, 6
        });
    }

    /** Flows told by their source port, mostly going on as they should. */
    private static final class RandomFlows {
        static final int FLOWS = 5;

        private final SplittableRandom random;
        private final byte[][] headers = new byte[FLOWS][];
        private final int[] ips = new int[FLOWS];
        private final int[] tcps = new int[FLOWS];
        private final int[] sequences = new int[FLOWS];
        private final int[] identifications = new int[FLOWS];
        private final int[] sizes = new int[FLOWS];

        RandomFlows(SplittableRandom random) {
            this.random = random;
            for (int flow = 0; flow < FLOWS; flow++) {
                begin(flow);
            }
        }

        static int port(int flow) {
            return 0xAB00 + flow;
        }

        /** Of a frame of ours, whatever tags and IP version; -1 of others. */
        static int sourcePort(byte[] frame) {
            for (int at = 14; at + 1 < Math.min(frame.length, 64); at += 2) {
                if (frame[at] == (byte) 0xAB && frame[at + 1] >= 0 && frame[at + 1] < FLOWS) {
                    return get16(frame, at);
                }
            }
            return -1;
        }

        private void begin(int flow) {
            byte[] ethernet = octets("020000000001" + "020000000002");
            byte[] tags =
                    octets(random.nextInt(3) == 0 ? "81000005" : random.nextInt(3) == 0 ? "88a8000681000007" : "");
            boolean ipv4 = random.nextBoolean();
            byte[] network = ipv4
                    ? octets("450000000000400040060000" + "0a4d0001" + "0a4d0002")
                    : octets("600000000000" + "0640" + "fd77" + "00".repeat(13) + "01" + "fd77" + "00".repeat(13)
                            + "02");
            byte[] transport = concat(octets("0000138800000000000000015010ffff00000000"), timestamps());
            transport[12] = (byte) ((transport.length / 4) << 4);
            put16(transport, 0, port(flow));
            headers[flow] = concat(ethernet, tags, octets(ipv4 ? "0800" : "86dd"), network, transport);
            ips[flow] = 14 + tags.length;
            tcps[flow] = ips[flow] + network.length;
            sequences[flow] = random.nextInt(4) == 0 ? -2_000 : random.nextInt() & 0x7F7F7F7F;
            identifications[flow] = 0xFFF8 + random.nextInt(8);
            sizes[flow] = 1 + random.nextInt(1_400);
        }

        private byte[] timestamps() {
            return random.nextBoolean() ? octets("0101080a0000000100000002") : new byte[0];
        }

        List<byte[]> frames(int count) {
            List<byte[]> frames = new ArrayList<>();
            while (frames.size() < count) {
                int flow = random.nextInt(FLOWS);
                for (int run = random.nextInt(12); run >= 0 && frames.size() < count; run--) {
                    frames.add(next(flow));
                }
                if (random.nextInt(5) == 0 && frames.size() < count) {
                    frames.add(octets("020000000001" + "020000000002" + "0806" + "00".repeat(46)));
                }
            }
            return frames;
        }

        private byte[] next(int flow) {
            int payload = random.nextInt(12) == 0 ? random.nextInt(sizes[flow] + 1) : sizes[flow];
            byte[] frame = concat(headers[flow], new byte[payload]);
            Arrays.fill(frame, headers[flow].length, frame.length, (byte) random.nextInt(100));
            put32(frame, tcps[flow] + 4, sequences[flow]);
            if (frame[ips[flow]] >>> 4 == 4) {
                put16(frame, ips[flow] + 4, identifications[flow]);
            }
            frame[tcps[flow] + 13] |= (byte) (random.nextInt(15) == 0 ? 1 << random.nextInt(8) : 0);
            close(frame, ips[flow], tcps[flow]);
            if (random.nextInt(25) == 0) {
                frame[frame.length - 1] ^= 1;
            }
            if (random.nextInt(20) != 0) {
                sequences[flow] += payload;
                identifications[flow]++;
            }
            return frame;
        }
    }
}
