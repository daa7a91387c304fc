package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.twinpath.linux.VirtioNet;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One frame, or the first of several that hold TCP segments in order and can be told from one of them and their number
 * (Linux {@code tcp_gro_receive}, {@code inet_gro_receive}, {@code ipv6_gro_receive}); one object is moved from frame to
 * frame.
 */
final class TcpSegments {
    /** Of no TCP flow. */
    static final int NO_TCP = 0;

    /** Perhaps of a TCP flow, of which one is not told: a fragment, or behind headers not looked into. */
    static final int ANY_FLOW = 1;

    /** Of the TCP flow told by {@link #isOfFlow}. */
    static final int OF_FLOW = 2;

    private static final int IPV4_HEADER_LENGTH = 20;
    private static final int IPV4_FRAGMENT_OFFSET = 6;
    private static final int IPV4_SOURCE_OFFSET = 12;
    private static final int IPV6_NEXT_HEADER_OFFSET = 6;
    private static final int IPV6_SOURCE_OFFSET = 8;
    private static final int IPV6_ADDRESSES_LENGTH = 32;

    private static final int TCP_HEADER_LENGTH = 20;
    private static final int TCP_SEQUENCE_OFFSET = 4;
    private static final int TCP_ACKNOWLEDGMENT_OFFSET = 8;
    private static final int TCP_DATA_OFFSET_OFFSET = 12;
    private static final int TCP_FLAGS_OFFSET = 13;
    private static final int TCP_CHECKSUM_OFFSET = 16;
    private static final int TCP_URGENT_OFFSET = 18;
    private static final int ACK = 0x10;
    private static final int ECE = 0x40;
    private static final int FIN_PSH = 0x01 | 0x08;

    /** Data offset, flags and window, without the flags that may be on the last segment only. */
    private static final int SAME_IN_ALL = ~(FIN_PSH << 16);

    /** A packet's length has 16 bits, and a device takes no longer frame (GSO_LEGACY_MAX_SIZE). */
    private static final int MOST_BYTES = 65_535;

    private static final UnsafeBuffer NOWHERE = new UnsafeBuffer(0, 0);

    private final IpPacket packet = new IpPacket();
    private MutableDirectBuffer buffer = NOWHERE;
    private int start;
    private int length;
    private int header;
    private int transport;
    private int payload;
    private boolean ipv6;
    private boolean takesMore;
    private boolean valid;
    private int payloadLength;
    private int nextSequence;
    private int flagsOfLast;
    private int frames;
    private int bytes;

    /** Moves to a frame; answers {@link #NO_TCP}, {@link #ANY_FLOW} or {@link #OF_FLOW}. */
    int wrap(Frame frame) {
        buffer = frame.buffer();
        start = frame.offset();
        length = frame.length();
        frames = 1;
        takesMore = false;
        valid = false;
        payloadLength = 0;
        if (!packet.find(frame)) {
            return packet.isIp() ? ANY_FLOW : NO_TCP;
        }
        if (packet.protocol() != IpPacket.TCP) {
            return NO_TCP;
        }
        header = packet.header();
        transport = packet.transport();
        ipv6 = packet.isIpv6();
        int room = packet.end() - transport;
        if (transport - header != (ipv6 ? IpPacket.IPV6_HEADER_LENGTH : IPV4_HEADER_LENGTH)
                || room < TCP_HEADER_LENGTH) {
            return ANY_FLOW;
        }
        findPayload(room);
        return OF_FLOW;
    }

    /** A segment that can be joined with others has payload, no flag that concerns itself only, and nothing behind it. */
    private void findPayload(int room) {
        int headerLength = (buffer.getByte(transport + TCP_DATA_OFFSET_OFFSET) >>> 4 & 0xF) * Integer.BYTES;
        int flags = buffer.getByte(transport + TCP_FLAGS_OFFSET) & 0xFF;
        if (headerLength < TCP_HEADER_LENGTH
                || headerLength >= room
                || (flags & ~(FIN_PSH | ECE)) != ACK
                || packet.end() != start + length) {
            return;
        }
        payload = transport + headerLength;
        payloadLength = room - headerLength;
        bytes = length;
        flagsOfLast = flags;
        takesMore = (flags & FIN_PSH) == 0;
        nextSequence = buffer.getInt(transport + TCP_SEQUENCE_OFFSET, BIG_ENDIAN) + payloadLength;
    }

    /** A number that is the same for all segments of a flow. */
    int flowHash() {
        long hash = buffer.getInt(transport);
        int end = header + (ipv6 ? IPV6_SOURCE_OFFSET + IPV6_ADDRESSES_LENGTH : IPV4_SOURCE_OFFSET + Long.BYTES);
        for (int at = header + (ipv6 ? IPV6_SOURCE_OFFSET : IPV4_SOURCE_OFFSET); at < end; at += Long.BYTES) {
            hash = (hash ^ buffer.getLong(at)) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash >>> Integer.SIZE);
    }

    /** Whether addresses and ports are another's, whatever network they are in. */
    boolean isOfFlow(TcpSegments other) {
        if (ipv6 != other.ipv6 || buffer.getInt(transport) != other.buffer.getInt(other.transport)) {
            return false;
        }
        return ipv6
                ? areSame(other, header + IPV6_SOURCE_OFFSET, IPV6_ADDRESSES_LENGTH)
                : areSame(other, header + IPV4_SOURCE_OFFSET, Long.BYTES);
    }

    /**
     * Takes the one frame of another object, when it comes next and all are as the kernel would cut them from one.
     *
     * @return false, with nothing taken, when not
     */
    boolean take(TcpSegments next) {
        if (!takesMore
                || next.payloadLength == 0
                || next.payloadLength > payloadLength
                || bytes + next.payloadLength > MOST_BYTES
                || next.nextSequence - next.payloadLength != nextSequence
                || !hasSameHeaders(next)
                || !areValid(next)) {
            return false;
        }
        frames++;
        bytes += next.payloadLength;
        nextSequence = next.nextSequence;
        flagsOfLast = next.flagsOfLast;
        takesMore = next.takesMore && next.payloadLength == payloadLength;
        return true;
    }

    private boolean hasSameHeaders(TcpSegments next) {
        return next.header - next.start == header - start
                && next.payload - next.start == payload - start
                && next.ipv6 == ipv6
                && areSame(next, start, header - start)
                && (ipv6 ? hasSameIpv6Header(next) : hasSameIpv4Header(next))
                && hasSameTcpHeader(next);
    }

    private boolean hasSameIpv4Header(TcpSegments next) {
        int identification = buffer.getShort(header + IpPacket.IPV4_IDENTIFICATION_OFFSET, BIG_ENDIAN);
        return areSame(next, header, Short.BYTES)
                && next.buffer.getShort(next.header + IpPacket.IPV4_IDENTIFICATION_OFFSET, BIG_ENDIAN)
                        == (short) (identification + frames)
                && areSame(next, header + IPV4_FRAGMENT_OFFSET, Integer.BYTES)
                && areSame(next, header + IPV4_SOURCE_OFFSET, Long.BYTES);
    }

    private boolean hasSameIpv6Header(TcpSegments next) {
        return areSame(next, header, Integer.BYTES)
                && areSame(next, header + IPV6_NEXT_HEADER_OFFSET, Short.BYTES + IPV6_ADDRESSES_LENGTH);
    }

    private boolean hasSameTcpHeader(TcpSegments next) {
        int difference = buffer.getInt(transport + TCP_DATA_OFFSET_OFFSET, BIG_ENDIAN)
                ^ next.buffer.getInt(next.transport + TCP_DATA_OFFSET_OFFSET, BIG_ENDIAN);
        return (difference & SAME_IN_ALL) == 0
                && areSame(next, transport, Integer.BYTES)
                && areSame(next, transport + TCP_ACKNOWLEDGMENT_OFFSET, Integer.BYTES)
                && areSame(next, transport + TCP_URGENT_OFFSET, payload - transport - TCP_URGENT_OFFSET);
    }

    /** Compares octets that lie as far from the start in another frame; as many as are a multiple of 2. */
    private boolean areSame(TcpSegments other, int from, int count) {
        int there = from - start + other.start;
        int at = 0;
        for (; at + Long.BYTES <= count; at += Long.BYTES) {
            if (buffer.getLong(from + at) != other.buffer.getLong(there + at)) {
                return false;
            }
        }
        for (; at < count; at += Short.BYTES) {
            if (buffer.getShort(from + at) != other.buffer.getShort(there + at)) {
                return false;
            }
        }
        return true;
    }

    /** A damaged segment is the receiver's to find; who joins it makes the checksum right. */
    private boolean areValid(TcpSegments next) {
        if (!valid) {
            valid = hasRightChecksums();
            takesMore = valid;
        }
        if (!valid) {
            return false;
        }
        next.valid = next.hasRightChecksums();
        next.takesMore &= next.valid;
        return next.valid;
    }

    private boolean hasRightChecksums() {
        int tcpLength = start + length - transport;
        long sum = pseudoHeaderSum(tcpLength) + InternetChecksum.sum(buffer, transport, tcpLength);
        return InternetChecksum.of(sum) == 0
                && (ipv6 || InternetChecksum.of(InternetChecksum.sum(buffer, header, IPV4_HEADER_LENGTH)) == 0);
    }

    private long pseudoHeaderSum(int tcpLength) {
        long addresses = ipv6
                ? InternetChecksum.sum(buffer, header + IPV6_SOURCE_OFFSET, IPV6_ADDRESSES_LENGTH)
                : InternetChecksum.sum(buffer, header + IPV4_SOURCE_OFFSET, Long.BYTES);
        return addresses + IpPacket.TCP + tcpLength;
    }

    /** Frames taken, the first too. */
    int frames() {
        return frames;
    }

    /** Octets before the payload, in each frame. */
    int headerLength() {
        return payload - start;
    }

    /**
     * Writes what stands in front of the payload of all frames: {@link #headerLength} octets, and a virtio_net_hdr in
     * front of them, which tells how they are to be cut. The TCP checksum is left open.
     */
    void writeHeaders(MutableDirectBuffer to, int at) {
        to.putByte(at + VirtioNet.FLAGS_OFFSET, (byte) VirtioNet.VIRTIO_NET_HDR_F_NEEDS_CSUM);
        to.putByte(at + VirtioNet.GSO_TYPE_OFFSET, (byte)
                (ipv6 ? VirtioNet.VIRTIO_NET_HDR_GSO_TCPV6 : VirtioNet.VIRTIO_NET_HDR_GSO_TCPV4));
        to.putShort(at + VirtioNet.HDR_LEN_OFFSET, (short) headerLength());
        to.putShort(at + VirtioNet.GSO_SIZE_OFFSET, (short) payloadLength);
        to.putShort(at + VirtioNet.CSUM_START_OFFSET, (short) (transport - start));
        to.putShort(at + VirtioNet.CSUM_OFFSET_OFFSET, (short) TCP_CHECKSUM_OFFSET);
        int frame = at + VirtioNet.VIRTIO_NET_HDR_LENGTH;
        to.putBytes(frame, buffer, start, headerLength());
        writeNetworkHeader(to, frame + header - start);
        int tcp = frame + transport - start;
        to.putByte(tcp + TCP_FLAGS_OFFSET, (byte) flagsOfLast);
        int open = ~InternetChecksum.of(pseudoHeaderSum(bytes - (transport - start)));
        to.putShort(tcp + TCP_CHECKSUM_OFFSET, (short) open, BIG_ENDIAN);
    }

    private void writeNetworkHeader(MutableDirectBuffer to, int at) {
        int packetLength = bytes - (header - start);
        if (ipv6) {
            int behind = packetLength - IpPacket.IPV6_HEADER_LENGTH;
            to.putShort(at + IpPacket.IPV6_PAYLOAD_LENGTH_OFFSET, (short) behind, BIG_ENDIAN);
            return;
        }
        to.putShort(at + IpPacket.IPV4_TOTAL_LENGTH_OFFSET, (short) packetLength, BIG_ENDIAN);
        to.putShort(at + IpPacket.IPV4_CHECKSUM_OFFSET, (short) 0);
        int checksum = InternetChecksum.of(InternetChecksum.sum(to, at, IPV4_HEADER_LENGTH));
        to.putShort(at + IpPacket.IPV4_CHECKSUM_OFFSET, (short) checksum, BIG_ENDIAN);
    }
}
