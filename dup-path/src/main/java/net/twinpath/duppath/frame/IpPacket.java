package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.twinpath.linux.IfEther;
import org.agrona.MutableDirectBuffer;

/**
 * Where the headers of an IP packet lie that an Ethernet frame carries behind at most two VLAN tags; one object is moved
 * from frame to frame.
 *
 * <pre>
 *  +-----------+-------------+---------------------------+------------------+---------+
 *  | addresses | tags, type  | IPv4 or IPv6, extensions  | transport header | payload | padding, trailer
 *  +-----------+-------------+---------------------------+------------------+---------+
 *                            ^ header()                  ^ transport()                ^ end()
 * </pre>
 *
 * Offsets are into {@link #buffer()}. Formats: RFC 791, RFC 8200, RFC 4302 (authentication header).
 */
final class IpPacket {
    static final int TCP = 6;
    static final int UDP = 17;
    static final int SCTP = 132;

    static final int IPV4_TOTAL_LENGTH_OFFSET = 2;
    static final int IPV4_IDENTIFICATION_OFFSET = 4;
    static final int IPV4_CHECKSUM_OFFSET = 10;
    static final int IPV6_PAYLOAD_LENGTH_OFFSET = 4;
    static final int IPV6_HEADER_LENGTH = 40;

    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86DD;
    private static final int MOST_TAGS = 2;

    private static final int IPV4_HEADER_LENGTH = 20;
    private static final int IPV4_FRAGMENT_OFFSET = 6;
    private static final int IPV4_PROTOCOL_OFFSET = 9;
    private static final int IPV4_SOURCE_OFFSET = 12;
    private static final int IPV4_DESTINATION_OFFSET = 16;
    private static final int IPV4_ADDRESS_LENGTH = 4;

    /** MF and the fragment offset, without DF and the reserved bit. */
    private static final int IPV4_FRAGMENT_MASK = 0x3FFF;

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

    private MutableDirectBuffer buffer;
    private int header;
    private int source;
    private int destination;
    private int addressLength;
    private boolean ip;
    private boolean authenticated;
    private int protocol;
    private int transport;
    private int end;

    IpPacket() {
        buffer = new Frame().buffer();
    }

    /**
     * Moves to the packet of a frame.
     *
     * @return false, with this object not to be asked, when the frame carries another protocol or a fragment, or its
     *     headers are cut short or contradict each other
     */
    boolean find(Frame frame) {
        buffer = frame.buffer();
        int frameEnd = frame.offset() + frame.length();
        int type = frame.offset() + Frame.TYPE_OFFSET;
        int tags = 0;
        while (tags < MOST_TAGS && type + VlanTag.LENGTH + Short.BYTES <= frameEnd && isTag(u16(type))) {
            type += VlanTag.LENGTH;
            tags++;
        }
        header = type + Short.BYTES;
        ip = false;
        if (header > frameEnd) {
            return false;
        }
        ip = u16(type) == ETH_P_IP || u16(type) == ETH_P_IPV6;
        return switch (u16(type)) {
            case ETH_P_IP -> findIpv4(frameEnd);
            case ETH_P_IPV6 -> findIpv6(frameEnd);
            default -> false;
        };
    }

    private static boolean isTag(int type) {
        return type == IfEther.ETH_P_8021Q || type == IfEther.ETH_P_8021AD;
    }

    private boolean findIpv4(int frameEnd) {
        if (header + IPV4_HEADER_LENGTH > frameEnd || u8(header) >>> 4 != 4) {
            return false;
        }
        int headerLength = (u8(header) & 0xF) * Integer.BYTES;
        int totalLength = u16(header + IPV4_TOTAL_LENGTH_OFFSET);
        addressLength = IPV4_ADDRESS_LENGTH;
        source = header + IPV4_SOURCE_OFFSET;
        destination = header + IPV4_DESTINATION_OFFSET;
        authenticated = false;
        protocol = u8(header + IPV4_PROTOCOL_OFFSET);
        transport = header + headerLength;
        end = header + totalLength;
        return headerLength >= IPV4_HEADER_LENGTH
                && totalLength >= headerLength
                && end <= frameEnd
                && (u16(header + IPV4_FRAGMENT_OFFSET) & IPV4_FRAGMENT_MASK) == 0;
    }

    /** A payload length of 0, which a jumbogram has, leaves no room for a transport header. */
    private boolean findIpv6(int frameEnd) {
        if (header + IPV6_HEADER_LENGTH > frameEnd || u8(header) >>> 4 != 6) {
            return false;
        }
        addressLength = IPV6_ADDRESS_LENGTH;
        source = header + IPV6_SOURCE_OFFSET;
        destination = header + IPV6_DESTINATION_OFFSET;
        authenticated = false;
        protocol = u8(header + IPV6_NEXT_HEADER_OFFSET);
        transport = header + IPV6_HEADER_LENGTH;
        end = transport + u16(header + IPV6_PAYLOAD_LENGTH_OFFSET);
        if (end > frameEnd) {
            return false;
        }
        while (isExtension(protocol)) {
            if (!passExtension()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isExtension(int protocol) {
        return protocol == HOP_BY_HOP_OPTIONS
                || protocol == ROUTING
                || protocol == DESTINATION_OPTIONS
                || protocol == AUTHENTICATION;
    }

    private boolean passExtension() {
        int length = transport + EXTENSION_UNIT <= end ? extensionLength() : 0;
        if (length == 0 || transport + length > end) {
            return false;
        }
        authenticated |= protocol == AUTHENTICATION;
        if (protocol == ROUTING && u8(transport + SEGMENTS_LEFT_OFFSET) != 0) {
            if (!tellsFinalDestination(length)) {
                return false;
            }
            destination = transport + FIRST_SEGMENT_OFFSET;
        }
        protocol = u8(transport);
        transport += length;
        return true;
    }

    private int extensionLength() {
        int units = u8(transport + 1);
        return protocol == AUTHENTICATION ? (units + 2) * AUTHENTICATION_UNIT : (units + 1) * EXTENSION_UNIT;
    }

    /** True for the two types whose first address is the last destination (RFC 6275 6.4, RFC 8754 2). */
    private boolean tellsFinalDestination(int length) {
        int type = u8(transport + ROUTING_TYPE_OFFSET);
        return (type == ROUTING_TYPE_2 || type == SEGMENT_ROUTING)
                && length >= FIRST_SEGMENT_OFFSET + IPV6_ADDRESS_LENGTH;
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Whether the frame carries IP at all; right also where {@link #find} says that there is nothing to be asked. */
    boolean isIp() {
        return ip;
    }

    boolean isIpv6() {
        return addressLength == IPV6_ADDRESS_LENGTH;
    }

    /** True when an authentication header covers the payload: who changes the packet would have to sign it. */
    boolean isAuthenticated() {
        return authenticated;
    }

    /** Where the IP header begins. */
    int header() {
        return header;
    }

    /** Protocol of the transport header. */
    int protocol() {
        return protocol;
    }

    /** Where the transport header begins, behind options and extension headers. */
    int transport() {
        return transport;
    }

    /** The first octet behind the packet, as its IP header states. */
    int end() {
        return end;
    }

    /** What both addresses add to a transport checksum; the destination is the last one that a routing header tells. */
    long addressSum() {
        return InternetChecksum.sum(buffer, source, addressLength)
                + InternetChecksum.sum(buffer, destination, addressLength);
    }

    private int u8(int offset) {
        return buffer.getByte(offset) & 0xFF;
    }

    private int u16(int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }
}
