package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import net.twinpath.linux.IfEther;
import org.agrona.MutableDirectBuffer;

/**
 * Computes the TCP, UDP or SCTP checksum of a frame whose local sender left it to the network card
 * ({@code CHECKSUM_PARTIAL}, told by {@code TP_STATUS_CSUMNOTREADY}; Linux {@code skb_checksum_help}). What the field
 * holds before does not matter.
 *
 * <pre>
 *  IPv4 or IPv6 behind at most two VLAN tags; pseudo-header (RFC 9293 3.1, RFC 768, RFC 8200 8.1):
 *  +----------------+---------------------+----------------------+----------+
 *  | source address | destination address | octets of transport  | protocol |
 *  +----------------+---------------------+----------------------+----------+
 *  then the transport header and its payload; checksum at +16 (TCP), +6 (UDP), +8 (SCTP, CRC32c without pseudo-header)
 * </pre>
 *
 * The status does not say which checksum is open: it is taken to be the one of the frame's first transport header. That
 * of a frame inside a UDP tunnel (VXLAN), when left open, is not found.
 */
public final class TransportChecksum {
    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86DD;
    private static final int MOST_TAGS = 2;

    private static final int IPV4_HEADER_LENGTH = 20;
    private static final int IPV4_TOTAL_LENGTH_OFFSET = 2;
    private static final int IPV4_FRAGMENT_OFFSET = 6;
    private static final int IPV4_PROTOCOL_OFFSET = 9;
    private static final int IPV4_ADDRESSES_OFFSET = 12;

    /** MF and the fragment offset, without DF and the reserved bit. */
    private static final int IPV4_FRAGMENT_MASK = 0x3FFF;

    private static final int IPV6_HEADER_LENGTH = 40;
    private static final int IPV6_PAYLOAD_LENGTH_OFFSET = 4;
    private static final int IPV6_NEXT_HEADER_OFFSET = 6;
    private static final int IPV6_SOURCE_OFFSET = 8;
    private static final int IPV6_DESTINATION_OFFSET = 24;
    private static final int IPV6_ADDRESS_LENGTH = 16;

    private static final int HOP_BY_HOP_OPTIONS = 0;
    private static final int ROUTING = 43;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int EXTENSION_UNIT = 8;
    private static final int AUTHENTICATION_UNIT = 4;

    private static final int ROUTING_TYPE_OFFSET = 2;
    private static final int SEGMENTS_LEFT_OFFSET = 3;
    private static final int FIRST_SEGMENT_OFFSET = 8;
    private static final int ROUTING_TYPE_2 = 2;
    private static final int SEGMENT_ROUTING = 4;

    private static final int TCP = 6;
    private static final int TCP_HEADER_LENGTH = 20;
    private static final int TCP_DATA_OFFSET_OFFSET = 12;
    private static final int TCP_CHECKSUM_OFFSET = 16;

    private static final int UDP = 17;
    private static final int UDP_HEADER_LENGTH = 8;
    private static final int UDP_LENGTH_OFFSET = 4;
    private static final int UDP_CHECKSUM_OFFSET = 6;

    /** Stands for a computed 0, which in UDP means that there is none (RFC 768). */
    private static final int UDP_ZERO = 0xFFFF;

    private static final int SCTP = 132;
    private static final int SCTP_HEADER_LENGTH = 12;
    private static final int SCTP_CHECKSUM_OFFSET = 8;

    /** The Castagnoli polynomial, bits reversed (RFC 9260 appendix A). */
    private static final int CRC32C_POLYNOMIAL = 0x82F63B78;

    private static final int[] CRC32C = crc32cTable();

    private static final long WORD = 0xFFFF_FFFFL;

    private TransportChecksum() {}

    /**
     * Writes the checksum. Padding and all else behind the end that IP states is left out.
     *
     * @return false, with the frame as it was, for fragments, protocols other than TCP, UDP and SCTP, and headers that are
     *     cut short or contradict each other
     */
    public static boolean complete(Frame frame) {
        int end = frame.offset() + frame.length();
        int type = frame.offset() + Frame.TYPE_OFFSET;
        int tags = 0;
        while (tags < MOST_TAGS && type + VlanTag.LENGTH + Short.BYTES <= end && isTag(u16(frame.buffer(), type))) {
            type += VlanTag.LENGTH;
            tags++;
        }
        int header = type + Short.BYTES;
        if (header > end) {
            return false;
        }
        return switch (u16(frame.buffer(), type)) {
            case ETH_P_IP -> completeIpv4(frame.buffer(), header, end);
            case ETH_P_IPV6 -> completeIpv6(frame.buffer(), header, end);
            default -> false;
        };
    }

    private static boolean isTag(int type) {
        return type == IfEther.ETH_P_8021Q || type == IfEther.ETH_P_8021AD;
    }

    private static boolean completeIpv4(MutableDirectBuffer buffer, int header, int end) {
        if (header + IPV4_HEADER_LENGTH > end || u8(buffer, header) >>> 4 != 4) {
            return false;
        }
        int headerLength = (u8(buffer, header) & 0xF) * Integer.BYTES;
        int totalLength = u16(buffer, header + IPV4_TOTAL_LENGTH_OFFSET);
        if (headerLength < IPV4_HEADER_LENGTH
                || totalLength < headerLength
                || header + totalLength > end
                || (u16(buffer, header + IPV4_FRAGMENT_OFFSET) & IPV4_FRAGMENT_MASK) != 0) {
            return false;
        }
        long addresses = sum(buffer, header + IPV4_ADDRESSES_OFFSET, 2 * Integer.BYTES);
        int protocol = u8(buffer, header + IPV4_PROTOCOL_OFFSET);
        return completeTransport(buffer, protocol, header + headerLength, header + totalLength, addresses);
    }

    /** A payload length of 0, which a jumbogram has, leaves no room for a transport header: the frame stays as it is. */
    private static boolean completeIpv6(MutableDirectBuffer buffer, int header, int end) {
        if (header + IPV6_HEADER_LENGTH > end || u8(buffer, header) >>> 4 != 6) {
            return false;
        }
        int next = header + IPV6_HEADER_LENGTH;
        int packetEnd = next + u16(buffer, header + IPV6_PAYLOAD_LENGTH_OFFSET);
        int protocol = u8(buffer, header + IPV6_NEXT_HEADER_OFFSET);
        int destination = header + IPV6_DESTINATION_OFFSET;
        if (packetEnd > end) {
            return false;
        }
        while (isExtension(protocol)) {
            int length = next + EXTENSION_UNIT <= packetEnd ? extensionLength(buffer, protocol, next) : 0;
            if (length == 0 || next + length > packetEnd) {
                return false;
            }
            if (protocol == ROUTING && u8(buffer, next + SEGMENTS_LEFT_OFFSET) != 0) {
                if (!tellsFinalDestination(buffer, next, length)) {
                    return false;
                }
                destination = next + FIRST_SEGMENT_OFFSET;
            }
            protocol = u8(buffer, next);
            next += length;
        }
        long addresses = sum(buffer, header + IPV6_SOURCE_OFFSET, IPV6_ADDRESS_LENGTH)
                + sum(buffer, destination, IPV6_ADDRESS_LENGTH);
        return completeTransport(buffer, protocol, next, packetEnd, addresses);
    }

    private static boolean isExtension(int protocol) {
        return protocol == HOP_BY_HOP_OPTIONS
                || protocol == ROUTING
                || protocol == DESTINATION_OPTIONS
                || protocol == AUTHENTICATION;
    }

    private static int extensionLength(MutableDirectBuffer buffer, int protocol, int header) {
        int units = u8(buffer, header + 1);
        return protocol == AUTHENTICATION ? (units + 2) * AUTHENTICATION_UNIT : (units + 1) * EXTENSION_UNIT;
    }

    /** True for the two types whose first address is the last destination (RFC 6275 6.4, RFC 8754 2). */
    private static boolean tellsFinalDestination(MutableDirectBuffer buffer, int header, int length) {
        int type = u8(buffer, header + ROUTING_TYPE_OFFSET);
        return (type == ROUTING_TYPE_2 || type == SEGMENT_ROUTING)
                && length >= FIRST_SEGMENT_OFFSET + IPV6_ADDRESS_LENGTH;
    }

    private static boolean completeTransport(
            MutableDirectBuffer buffer, int protocol, int header, int end, long addresses) {
        return switch (protocol) {
            case TCP -> completeTcp(buffer, header, end, addresses);
            case UDP -> completeUdp(buffer, header, end, addresses);
            case SCTP -> completeSctp(buffer, header, end);
            default -> false;
        };
    }

    private static boolean completeTcp(MutableDirectBuffer buffer, int header, int end, long addresses) {
        int length = end - header;
        if (length < TCP_HEADER_LENGTH) {
            return false;
        }
        int headerLength = (u8(buffer, header + TCP_DATA_OFFSET_OFFSET) >>> 4) * Integer.BYTES;
        if (headerLength < TCP_HEADER_LENGTH || headerLength > length) {
            return false;
        }
        int field = header + TCP_CHECKSUM_OFFSET;
        buffer.putShort(field, (short) 0);
        int checksum = checksum(addresses + TCP + length + sum(buffer, header, length));
        buffer.putShort(field, (short) checksum, BIG_ENDIAN);
        return true;
    }

    /** What stands between the end that UDP states and the one that IP states belongs to neither's checksum. */
    private static boolean completeUdp(MutableDirectBuffer buffer, int header, int end, long addresses) {
        if (header + UDP_HEADER_LENGTH > end) {
            return false;
        }
        int length = u16(buffer, header + UDP_LENGTH_OFFSET);
        if (length < UDP_HEADER_LENGTH || header + length > end) {
            return false;
        }
        int field = header + UDP_CHECKSUM_OFFSET;
        buffer.putShort(field, (short) 0);
        int checksum = checksum(addresses + UDP + length + sum(buffer, header, length));
        buffer.putShort(field, (short) (checksum == 0 ? UDP_ZERO : checksum), BIG_ENDIAN);
        return true;
    }

    private static boolean completeSctp(MutableDirectBuffer buffer, int header, int end) {
        if (header + SCTP_HEADER_LENGTH > end) {
            return false;
        }
        int field = header + SCTP_CHECKSUM_OFFSET;
        buffer.putInt(field, 0);
        buffer.putInt(field, crc32c(buffer, header, end), LITTLE_ENDIAN);
        return true;
    }

    /** Sum of the 16-bit words, with carries not yet brought round; an odd last octet is a word's first. */
    private static long sum(MutableDirectBuffer buffer, int offset, int length) {
        int wordsEnd = offset + (length & -Long.BYTES);
        int end = offset + length;
        long sum = 0;
        int at = offset;
        for (; at < wordsEnd; at += Long.BYTES) {
            long word = buffer.getLong(at, BIG_ENDIAN);
            sum += (word & WORD) + (word >>> Integer.SIZE);
        }
        for (; at + Short.BYTES <= end; at += Short.BYTES) {
            sum += u16(buffer, at);
        }
        return at < end ? sum + (u8(buffer, at) << Byte.SIZE) : sum;
    }

    /** Brings the carries round and takes the complement (RFC 1071). */
    private static int checksum(long sum) {
        long folded = sum;
        while (folded >>> Short.SIZE != 0) {
            folded = (folded & 0xFFFF) + (folded >>> Short.SIZE);
        }
        return (int) ~folded & 0xFFFF;
    }

    private static int crc32c(MutableDirectBuffer buffer, int offset, int end) {
        int crc = -1;
        for (int at = offset; at < end; at++) {
            crc = CRC32C[(crc ^ buffer.getByte(at)) & 0xFF] ^ (crc >>> Byte.SIZE);
        }
        return ~crc;
    }

    private static int[] crc32cTable() {
        int[] table = new int[1 << Byte.SIZE];
        for (int octet = 0; octet < table.length; octet++) {
            int crc = octet;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ CRC32C_POLYNOMIAL;
            }
            table[octet] = crc;
        }
        return table;
    }

    private static int u8(MutableDirectBuffer buffer, int offset) {
        return buffer.getByte(offset) & 0xFF;
    }

    private static int u16(MutableDirectBuffer buffer, int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }
}
