package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.twinpath.linux.PacketRing;
import net.twinpath.linux.VirtioNet;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts a super-frame, which an offload has merged of many (GSO, GRO), into the frames it stands for, as the kernel does
 * before a card that cannot (Linux {@code inet_gso_segment}, {@code ipv6_gso_segment}, {@code tcp_gso_segment},
 * {@code __udp_gso_segment}).
 *
 * <pre>
 *  super-frame  | Ethernet, tags | IP | TCP or UDP | payload 1 | payload 2 | ... | rest |
 *  segments     | Ethernet, tags | IP | TCP or UDP | payload 1 |
 *               | Ethernet, tags | IP | TCP or UDP | payload 2 |   ...
 *
 *  changed in each segment:
 *    IPv4   total length, identification (one more each), header checksum
 *    IPv6   payload length
 *    TCP    sequence number; FIN and PSH on the last only; CWR on the first only (RFC 3168); checksum
 *    UDP    length, checksum
 * </pre>
 *
 * The segments lie in {@link #PLACES} places of memory of their own that are used in turn, each with room in front for
 * tags and behind for padding and a trailer.
 */
public final class Segmentation {
    /** Segments that lie in memory at once; the next one overwrites the first. */
    public static final int PLACES = 64;

    private static final int PLACE_ALIGNMENT = 64;

    private static final int TCP_HEADER_LENGTH = 20;
    private static final int TCP_SEQUENCE_OFFSET = 4;
    private static final int TCP_DATA_OFFSET_OFFSET = 12;
    private static final int TCP_FLAGS_OFFSET = 13;
    private static final int FIN_PSH = 0x01 | 0x08;
    private static final int CWR = 0x80;

    private static final int UDP_HEADER_LENGTH = 8;
    private static final int UDP_LENGTH_OFFSET = 4;
    private static final int UDP_CHECKSUM_OFFSET = 6;

    private final UnsafeBuffer memory;
    private final int maxFrameBytes;
    private final int placeBytes;
    private final IpPacket packet = new IpPacket();
    private final TransportChecksum checksum = new TransportChecksum();
    private int start;
    private int payload;
    private int taken;
    private int payloadLength;
    private int payloadPerSegment;
    private int tcpFlagsOnFirstOnly;
    private boolean completesChecksum;
    private int segments;

    /**
     * @param memory        {@link #bytes} octets
     * @param maxFrameBytes octets of the longest segment, with its tags, without FCS
     */
    public Segmentation(UnsafeBuffer memory, int maxFrameBytes) {
        this.memory = memory;
        this.maxFrameBytes = maxFrameBytes;
        this.placeBytes = placeBytes(maxFrameBytes);
    }

    /** Octets of memory needed for segments of at most {@code maxFrameBytes}. */
    public static int bytes(int maxFrameBytes) {
        return PLACES * placeBytes(maxFrameBytes);
    }

    private static int placeBytes(int maxFrameBytes) {
        int needed = PacketRing.HEADROOM + maxFrameBytes + PacketRing.TAILROOM;
        return (needed + PLACE_ALIGNMENT - 1) & -PLACE_ALIGNMENT;
    }

    /** The memory the segments lie in. */
    public MutableDirectBuffer memory() {
        return memory;
    }

    /**
     * Begins to cut the ring's current frame, whose VLAN tag is put back. The frame stays as it is until the last
     * segment is taken.
     *
     * @return false when it cannot be cut: not TCP or UDP over IP, within a tunnel, with more behind the IP packet (as a
     *     trailer, of which one cannot become many) or less than its headers state, or of segments too long
     */
    public boolean begin(PacketRing ring, Frame frame) {
        int gsoType = ring.gsoType();
        int gsoSize = ring.gsoSize();
        int checksumStart = ring.checksumStart();
        int before = frame.length();
        VlanTag.restore(ring, frame);
        return begin(frame, gsoType, gsoSize, checksumStart < 0 ? -1 : checksumStart + frame.length() - before);
    }

    /**
     * Begins to cut a frame.
     *
     * @param gsoType       {@code VIRTIO_NET_HDR_GSO_*}
     * @param gsoSize       octets of payload in each segment but the last
     * @param checksumStart where in the frame the part begins whose checksum is open, -1 when none is
     */
    public boolean begin(Frame frame, int gsoType, int gsoSize, int checksumStart) {
        payloadLength = 0;
        taken = 0;
        segments = 0;
        start = frame.offset();
        if (!packet.find(frame)
                || packet.isAuthenticated()
                || packet.end() != start + frame.length()
                || (checksumStart >= 0 && start + checksumStart != packet.transport())) {
            return false;
        }
        int transportLength = transportHeaderLength(gsoType & ~VirtioNet.VIRTIO_NET_HDR_GSO_ECN);
        payload = packet.transport() + transportLength;
        if (transportLength == 0
                || payload >= packet.end()
                || gsoSize == 0
                || payload - start + Math.min(gsoSize, packet.end() - payload) > maxFrameBytes) {
            return false;
        }
        payloadLength = packet.end() - payload;
        payloadPerSegment = gsoSize;
        tcpFlagsOnFirstOnly = (gsoType & VirtioNet.VIRTIO_NET_HDR_GSO_ECN) == 0 ? 0 : CWR;
        completesChecksum = checksumStart >= 0
                || packet.protocol() == IpPacket.TCP
                || packet.buffer().getShort(packet.transport() + UDP_CHECKSUM_OFFSET) != 0;
        return true;
    }

    /** Octets of the transport header; 0 when it is not the one the type tells, or not whole. */
    private int transportHeaderLength(int gsoType) {
        return switch (gsoType) {
            case VirtioNet.VIRTIO_NET_HDR_GSO_TCPV4 -> packet.isIpv6() ? 0 : tcpHeaderLength();
            case VirtioNet.VIRTIO_NET_HDR_GSO_TCPV6 -> packet.isIpv6() ? tcpHeaderLength() : 0;
            case VirtioNet.VIRTIO_NET_HDR_GSO_UDP_L4 -> udpHeaderLength();
            default -> 0;
        };
    }

    private int tcpHeaderLength() {
        int room = packet.end() - packet.transport();
        if (packet.protocol() != IpPacket.TCP || room < TCP_HEADER_LENGTH) {
            return 0;
        }
        int length =
                ((packet.buffer().getByte(packet.transport() + TCP_DATA_OFFSET_OFFSET) & 0xFF) >>> 4) * Integer.BYTES;
        return length < TCP_HEADER_LENGTH || length > room ? 0 : length;
    }

    private int udpHeaderLength() {
        int room = packet.end() - packet.transport();
        if (packet.protocol() != IpPacket.UDP || room < UDP_HEADER_LENGTH) {
            return 0;
        }
        int length = packet.buffer().getShort(packet.transport() + UDP_LENGTH_OFFSET, BIG_ENDIAN) & 0xFFFF;
        return length == room ? UDP_HEADER_LENGTH : 0;
    }

    /** Moves {@code segment} to the next one; false when there is none. */
    public boolean next(Frame segment) {
        if (taken == payloadLength) {
            return false;
        }
        int length = Math.min(payloadPerSegment, payloadLength - taken);
        int headers = payload - start;
        int to = segments % PLACES * placeBytes + PacketRing.HEADROOM;
        memory.putBytes(to, packet.buffer(), start, headers);
        memory.putBytes(to + headers, packet.buffer(), payload + taken, length);
        segment.wrap(memory, to, headers + length, placeBytes - PacketRing.HEADROOM);
        writeNetworkHeader(to + packet.header() - start, to + packet.transport() - start, to + headers + length);
        if (packet.protocol() == IpPacket.TCP) {
            writeTcpHeader(to + packet.transport() - start, taken + length == payloadLength);
        } else {
            putShort(to + packet.transport() - start + UDP_LENGTH_OFFSET, UDP_HEADER_LENGTH + length);
        }
        if (completesChecksum) {
            checksum.complete(segment);
        }
        taken += length;
        segments++;
        return true;
    }

    private void writeNetworkHeader(int header, int transport, int end) {
        if (packet.isIpv6()) {
            putShort(header + IpPacket.IPV6_PAYLOAD_LENGTH_OFFSET, end - header - IpPacket.IPV6_HEADER_LENGTH);
            return;
        }
        int identification = memory.getShort(header + IpPacket.IPV4_IDENTIFICATION_OFFSET, BIG_ENDIAN);
        putShort(header + IpPacket.IPV4_TOTAL_LENGTH_OFFSET, end - header);
        putShort(header + IpPacket.IPV4_IDENTIFICATION_OFFSET, identification + segments);
        putShort(header + IpPacket.IPV4_CHECKSUM_OFFSET, 0);
        long sum = InternetChecksum.sum(memory, header, transport - header);
        putShort(header + IpPacket.IPV4_CHECKSUM_OFFSET, InternetChecksum.of(sum));
    }

    private void writeTcpHeader(int header, boolean isLast) {
        int sequence = memory.getInt(header + TCP_SEQUENCE_OFFSET, BIG_ENDIAN);
        memory.putInt(header + TCP_SEQUENCE_OFFSET, sequence + taken, BIG_ENDIAN);
        int off = (isLast ? 0 : FIN_PSH) | (segments == 0 ? 0 : tcpFlagsOnFirstOnly);
        int flags = memory.getByte(header + TCP_FLAGS_OFFSET);
        memory.putByte(header + TCP_FLAGS_OFFSET, (byte) (flags & ~off));
    }

    private void putShort(int offset, int value) {
        memory.putShort(offset, (short) value, BIG_ENDIAN);
    }

    /** Segments the current frame has been cut into so far. */
    public int segments() {
        return segments;
    }
}
