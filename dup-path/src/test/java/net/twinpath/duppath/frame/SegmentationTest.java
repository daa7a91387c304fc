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
import net.twinpath.linux.VirtioNet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Super-frames cut, against segments put together octet by octet, and super-frames that must not be cut. */
class SegmentationTest {
    private static final int TCPV4 = VirtioNet.VIRTIO_NET_HDR_GSO_TCPV4;
    private static final int TCPV6 = VirtioNet.VIRTIO_NET_HDR_GSO_TCPV6;
    private static final int UDP_L4 = VirtioNet.VIRTIO_NET_HDR_GSO_UDP_L4;
    private static final int ECN = VirtioNet.VIRTIO_NET_HDR_GSO_ECN;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int MAX_FRAME_BYTES = 1522;
    private static final int FIN = 0x01;
    private static final int PSH = 0x08;
    private static final int CWR = 0x80;

    private final Segmentation segmentation =
            new Segmentation(new UnsafeBuffer(new byte[Segmentation.bytes(MAX_FRAME_BYTES)]), MAX_FRAME_BYTES);

    /** A super-frame whose parts are known: network is the IP header with its options or extension headers. */
    private static final class SuperFrame {
        private final byte[] ethernet;
        private final byte[] network;
        private final byte[] transport;
        private final byte[] payload;
        private final int protocol;

        private SuperFrame(byte[] ethernet, byte[] network, byte[] transport, byte[] payload, int protocol) {
            this.ethernet = ethernet;
            this.network = network;
            this.transport = transport;
            this.payload = payload;
            this.protocol = protocol;
        }

        byte[] octets() {
            return concat(ethernet, network, transport, payload);
        }

        boolean isIpv4() {
            return network[0] >>> 4 == 4;
        }

        int gsoType() {
            return protocol == UDP ? UDP_L4 : isIpv4() ? TCPV4 : TCPV6;
        }

        int checksumStart() {
            return ethernet.length + network.length;
        }

        int headers() {
            return checksumStart() + transport.length;
        }
    }

    /** Forty thousand random super-frames, with up to more segments than there are places. */
    @ParameterizedTest
    @ValueSource(longs = {0x5E55101DL, 0xC0FFEEL})
    void agreesWithNaiveSegmentation(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            SuperFrame superFrame = superFrame(random, random.nextInt(50) == 0 ? 60_000 : 6_000);
            int largest = MAX_FRAME_BYTES - superFrame.headers();
            int gsoSize = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : largest);
            boolean open = superFrame.protocol == TCP || random.nextBoolean();
            int ecn = superFrame.protocol == TCP && random.nextBoolean() ? ECN : 0;
            List<byte[]> expected = naiveSegments(superFrame, gsoSize, ecn != 0, open);
            List<byte[]> cut = cut(
                    superFrame.octets(), superFrame.gsoType() | ecn, gsoSize, open ? superFrame.checksumStart() : -1);
            assertThat(cut.size()).as("seed %x, super-frame %d", seed, i).isEqualTo(expected.size());
            for (int segment = 0; segment < cut.size(); segment++) {
                if (!Arrays.equals(cut.get(segment), expected.get(segment))) {
                    assertThat(HexFormat.of().formatHex(cut.get(segment)))
                            .as("seed %x, super-frame %d, segment %d", seed, i, segment)
                            .isEqualTo(HexFormat.of().formatHex(expected.get(segment)));
                }
            }
        }
    }

    private static List<byte[]> naiveSegments(SuperFrame frame, int gsoSize, boolean ecn, boolean open) {
        List<byte[]> segments = new ArrayList<>();
        for (int from = 0; from < frame.payload.length; from += gsoSize) {
            int to = Math.min(from + gsoSize, frame.payload.length);
            byte[] payload = Arrays.copyOfRange(frame.payload, from, to);
            byte[] transport = frame.transport.clone();
            byte[] network = frame.network.clone();
            if (frame.protocol == TCP) {
                put32(transport, 4, get32(transport, 4) + from);
                transport[13] &= (byte) (to == frame.payload.length ? 0xFF : ~(FIN | PSH));
                transport[13] &= (byte) (ecn && from > 0 ? ~CWR : 0xFF);
            } else {
                put16(transport, 4, transport.length + payload.length);
            }
            if (frame.isIpv4()) {
                put16(network, 2, network.length + transport.length + payload.length);
                put16(network, 4, get16(network, 4) + from / gsoSize);
                put16(network, 10, 0);
                put16(network, 10, ~naiveSum(network));
            } else {
                put16(network, 4, network.length - 40 + transport.length + payload.length);
            }
            int field = frame.protocol == TCP ? 16 : 6;
            if (open || get16(transport, field) != 0) {
                put16(transport, field, naiveChecksum(frame, network, transport, payload));
            }
            segments.add(concat(frame.ethernet, network, transport, payload));
        }
        return segments;
    }

    private static int naiveChecksum(SuperFrame frame, byte[] network, byte[] transport, byte[] payload) {
        byte[] closed = transport.clone();
        put16(closed, frame.protocol == TCP ? 16 : 6, 0);
        int length = closed.length + payload.length;
        byte[] pseudoHeader = concat(
                Arrays.copyOfRange(network, frame.isIpv4() ? 12 : 8, frame.isIpv4() ? 20 : 40),
                new byte[] {0, 0, (byte) (length >> 8), (byte) length, 0, 0, 0, (byte) frame.protocol});
        int checksum = ~naiveSum(concat(pseudoHeader, closed, payload)) & 0xFFFF;
        return frame.protocol == UDP && checksum == 0 ? 0xFFFF : checksum;
    }

    @Test
    void flagsOfTheEndAreOnTheLastAndThatOfTheWindowOnTheFirst() {
        SuperFrame frame = tcp(new SplittableRandom(1), 3_000, FIN | PSH | CWR | 0x10);
        assertThat(flags(frame, cut(frame.octets(), TCPV4 | ECN, 1_000, frame.checksumStart())))
                .containsExactly(CWR | 0x10, 0x10, FIN | PSH | 0x10);
        // With accurate ECN (RFC 9768) it is a bit of a counter, and the kernel does not say ECN.
        assertThat(flags(frame, cut(frame.octets(), TCPV4, 1_000, frame.checksumStart())))
                .containsExactly(CWR | 0x10, CWR | 0x10, FIN | PSH | CWR | 0x10);
    }

    private static List<Integer> flags(SuperFrame frame, List<byte[]> segments) {
        return segments.stream()
                .map(segment -> segment[frame.checksumStart() + 13] & 0xFF)
                .toList();
    }

    @Test
    void identificationAndSequenceNumberWrap() {
        SuperFrame frame = tcp(new SplittableRandom(2), 2_500, 0x10);
        put16(frame.network, 4, 0xFFFF);
        put32(frame.transport, 4, 0xFFFFFFFF);
        List<byte[]> segments = cut(frame.octets(), TCPV4, 1_000, frame.checksumStart());
        assertThat(segments.stream().map(segment -> get16(segment, 18))).containsExactly(0xFFFF, 0, 1);
        assertThat(segments.stream().map(segment -> get32(segment, 38))).containsExactly(-1, 999, 1_999);
        assertThat(segments.stream().map(segment -> segment.length)).containsExactly(1_054, 1_054, 554);
    }

    @Test
    void payloadOfOneSegmentIsOneSegment() {
        SuperFrame frame = tcp(new SplittableRandom(3), 1_000, FIN | 0x10);
        for (int gsoSize : new int[] {1_000, 1_001, 0xFFFF}) {
            assertThat(cut(frame.octets(), TCPV4, gsoSize, frame.checksumStart()))
                    .as("%d", gsoSize)
                    .hasSize(1);
        }
    }

    @Test
    void otherKindsAreNotCut() {
        SuperFrame tcp4 = tcp(new SplittableRandom(4), 3_000, 0x10);
        SuperFrame udp6 = udp(new SplittableRandom(4), 3_000);
        for (int type = 0; type < 0x80; type++) {
            assertThat(isCut(tcp4.octets(), type, 1_000, tcp4.checksumStart()))
                    .as("TCP over IPv4, type %d", type)
                    .isEqualTo(type == TCPV4);
            assertThat(isCut(udp6.octets(), type, 1_000, udp6.checksumStart()))
                    .as("UDP over IPv6, type %d", type)
                    .isEqualTo(type == UDP_L4);
        }
    }

    /** The kernel tells of a tunnel's super-frame only by where the open checksum is. */
    @Test
    void tunnelsAreNotCut() {
        SuperFrame inner = tcp(new SplittableRandom(5), 3_000, 0x10);
        byte[] innerPacket = Arrays.copyOfRange(inner.octets(), 14, inner.octets().length);
        byte[] vxlan = concat(new byte[8], inner.octets());
        SuperFrame udpTunnel = udp(new SplittableRandom(5), vxlan);
        assertThat(isCut(udpTunnel.octets(), TCPV4, 1_000, udpTunnel.headers() + 8 + 34))
                .isFalse();
        assertThat(isCut(udpTunnel.octets(), UDP_L4, 1_000, udpTunnel.headers() + 8 + 34))
                .isFalse();
        byte[] ipInIp = concat(inner.ethernet, inner.network, innerPacket);
        put16(ipInIp, 16, ipInIp.length - 14);
        ipInIp[23] = 4;
        assertThat(isCut(ipInIp, TCPV4, 1_000, 54)).isFalse();
    }

    @Test
    void trailerPaddingAndLossAtTheEndPreventIt() {
        SuperFrame frame = tcp(new SplittableRandom(6), 3_000, 0x10);
        byte[] octets = frame.octets();
        assertThat(isCut(concat(octets, HexFormat.of().parseHex("0001a5dc88fb")), TCPV4, 1_000, 34))
                .isFalse();
        assertThat(isCut(concat(octets, new byte[1]), TCPV4, 1_000, 34)).isFalse();
        for (int length = 0; length < octets.length; length++) {
            assertThat(isCut(Arrays.copyOf(octets, length), TCPV4, 1_000, 34))
                    .as("%d octets", length)
                    .isFalse();
        }
    }

    @Test
    void redundancyTagPreventsIt() {
        byte[] octets = tcp(new SplittableRandom(7), 3_000, 0x10).octets();
        byte[] tagged = concat(
                Arrays.copyOf(octets, 12),
                HexFormat.of().parseHex("f1c100000001"),
                Arrays.copyOfRange(octets, 12, octets.length));
        assertThat(isCut(tagged, TCPV4, 1_000, 40)).isFalse();
    }

    @Test
    void fragmentsJumbogramsAndSignedPacketsAreNotCut() {
        SuperFrame tcp4 = tcp(new SplittableRandom(8), 3_000, 0x10);
        put16(tcp4.network, 6, 0x2000);
        assertThat(isCut(tcp4.octets(), TCPV4, 1_000, 34)).isFalse();
        put16(tcp4.network, 6, 0x4000);
        assertThat(isCut(tcp4.octets(), TCPV4, 1_000, 34)).isTrue();
        put16(tcp4.network, 2, 0);
        assertThat(isCut(tcp4.octets(), TCPV4, 1_000, 34)).isFalse();

        SuperFrame udp6 = udp(new SplittableRandom(8), 3_000);
        put16(udp6.network, 4, 0);
        assertThat(isCut(udp6.octets(), UDP_L4, 1_000, 54)).isFalse();

        byte[] signed = behind(51, HexFormat.of().parseHex("11010000" + "00".repeat(8)));
        assertThat(isCut(signed, UDP_L4, 1_000, 66)).isFalse();
        byte[] fragment = behind(44, HexFormat.of().parseHex("1100000100000000"));
        assertThat(isCut(fragment, UDP_L4, 1_000, 62)).isFalse();
        byte[] options = behind(60, HexFormat.of().parseHex("1100010400000000"));
        assertThat(isCut(options, UDP_L4, 1_000, 62)).isTrue();
    }

    private static byte[] behind(int extensionType, byte[] extension) {
        SuperFrame frame = udp(new SplittableRandom(8), 3_000);
        byte[] octets = concat(frame.ethernet, frame.network, extension, frame.transport, frame.payload);
        put16(octets, 18, octets.length - 54);
        octets[20] = (byte) extensionType;
        return octets;
    }

    @Test
    void sizesThatMakeNoFrameAreNotCut() {
        SuperFrame frame = tcp(new SplittableRandom(9), 3_000, 0x10);
        assertThat(isCut(frame.octets(), TCPV4, 0, 34)).isFalse();
        assertThat(isCut(frame.octets(), TCPV4, MAX_FRAME_BYTES - 54, 34)).isTrue();
        assertThat(isCut(frame.octets(), TCPV4, MAX_FRAME_BYTES - 53, 34)).isFalse();
        assertThat(isCut(tcp(new SplittableRandom(9), 0, 0x10).octets(), TCPV4, 1_000, 34))
                .isFalse();
        SuperFrame udp = udp(new SplittableRandom(9), 3_000);
        put16(udp.transport, 4, 3_000);
        assertThat(isCut(udp.octets(), UDP_L4, 1_000, 54)).isFalse();
    }

    /** Headers changed at random: what is cut has frames of allowed length and every octet of payload once. */
    @ParameterizedTest
    @ValueSource(longs = {0xBADF00DL, 0xDEFACEDL})
    void damagedHeadersDoNoHarm(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int done = 0;
        for (int i = 0; i < 100_000; i++) {
            SuperFrame frame = superFrame(random, 4_000);
            byte[] octets = frame.octets();
            for (int change = random.nextInt(4); change >= 0; change--) {
                octets[12 + random.nextInt(frame.headers() - 12)] = (byte) random.nextInt(256);
            }
            byte[] before = octets.clone();
            List<byte[]> cut = cut(octets, frame.gsoType(), 1 + random.nextInt(2_000), frame.checksumStart());
            assertThat(octets).isEqualTo(before);
            done += cut.isEmpty() ? 0 : 1;
            assertThat(cut).allMatch(segment -> segment.length <= MAX_FRAME_BYTES);
        }
        assertThat(done).isBetween(10_000, 90_000);
    }

    private boolean isCut(byte[] octets, int gsoType, int gsoSize, int checksumStart) {
        return !cut(octets, gsoType, gsoSize, checksumStart).isEmpty();
    }

    /** The super-frame fills its memory, so that a step over either end is an IndexOutOfBoundsException. */
    private List<byte[]> cut(byte[] octets, int gsoType, int gsoSize, int checksumStart) {
        Frame frame = new Frame().wrap(new UnsafeBuffer(octets), 0, octets.length, octets.length);
        boolean begun = segmentation.begin(frame, gsoType, gsoSize, checksumStart);
        List<byte[]> segments = new ArrayList<>();
        Frame segment = new Frame();
        while (segmentation.next(segment)) {
            byte[] copy = new byte[segment.length()];
            segment.buffer().getBytes(segment.offset(), copy);
            segments.add(copy);
        }
        assertThat(segments.isEmpty()).isEqualTo(!begun);
        assertThat(segmentation.segments()).isEqualTo(segments.size());
        return segments;
    }

    private static SuperFrame superFrame(SplittableRandom random, int mostPayload) {
        int protocol = random.nextBoolean() ? TCP : UDP;
        byte[] payload = random(random, 1 + random.nextInt(mostPayload));
        byte[] transport = transport(random, protocol, payload.length);
        int length = transport.length + payload.length;
        byte[] network = random.nextBoolean() ? ipv4(random, protocol, length) : ipv6(random, protocol, length);
        byte[] ethernet = concat(random(random, 12), tags(random), octets(network[0] >>> 4 == 4 ? "0800" : "86dd"));
        return new SuperFrame(ethernet, network, transport, payload, protocol);
    }

    private static SuperFrame tcp(SplittableRandom random, int payload, int flags) {
        byte[] transport = random(random, 20);
        transport[12] = 0x50;
        transport[13] = (byte) flags;
        byte[] network = octets("45000000123440004006" + "0000" + "0a4d0001" + "0a4d0002");
        put16(network, 2, 40 + payload);
        byte[] ethernet = octets("020000000001" + "020000000002" + "0800");
        return new SuperFrame(ethernet, network, transport, random(random, payload), TCP);
    }

    private static SuperFrame udp(SplittableRandom random, int payload) {
        return udp(random, random(random, payload));
    }

    private static SuperFrame udp(SplittableRandom random, byte[] payload) {
        byte[] transport = random(random, 8);
        put16(transport, 4, 8 + payload.length);
        byte[] network =
                octets("600000000000" + "1140" + "fd77" + "00".repeat(13) + "01" + "fd77" + "00".repeat(13) + "02");
        put16(network, 4, 8 + payload.length);
        byte[] ethernet = octets("020000000001" + "020000000002" + "86dd");
        return new SuperFrame(ethernet, network, transport, payload, UDP);
    }

    private static byte[] transport(SplittableRandom random, int protocol, int payload) {
        byte[] octets = random(random, protocol == UDP ? 8 : 20 + 4 * random.nextInt(11));
        if (protocol == TCP) {
            octets[12] = (byte) ((octets.length / 4) << 4);
        } else {
            put16(octets, 4, octets.length + payload);
            if (random.nextBoolean()) {
                put16(octets, 6, 0);
            }
        }
        return octets;
    }

    private static byte[] ipv4(SplittableRandom random, int protocol, int payload) {
        byte[] header = random(random, 20 + 4 * random.nextInt(11));
        header[0] = (byte) (0x40 | header.length / 4);
        put16(header, 2, header.length + payload);
        put16(header, 6, random.nextInt(2) << 14);
        header[9] = (byte) protocol;
        return header;
    }

    private static byte[] ipv6(SplittableRandom random, int protocol, int payload) {
        byte[] extensions = new byte[0];
        int next = protocol;
        for (int left = random.nextInt(4); left > 0; left--) {
            int type = new int[] {0, 43, 60}[random.nextInt(3)];
            int units = random.nextInt(4);
            byte[] extension = random(random, (units + 1) * 8);
            extension[0] = (byte) next;
            extension[1] = (byte) units;
            if (type == 43) {
                extension[3] = 0; // all segments were visited
            }
            extensions = concat(extension, extensions);
            next = type;
        }
        byte[] header = random(random, 40);
        header[0] = (byte) (0x60 | (header[0] & 0xF));
        put16(header, 4, extensions.length + payload);
        header[6] = (byte) next;
        return concat(header, extensions);
    }

    private static byte[] tags(SplittableRandom random) {
        byte[] tags = random(random, 4 * random.nextInt(3));
        for (int tag = 0; tag < tags.length; tag += 4) {
            put16(tags, tag, random.nextBoolean() ? 0x8100 : 0x88A8);
        }
        return tags;
    }
}
