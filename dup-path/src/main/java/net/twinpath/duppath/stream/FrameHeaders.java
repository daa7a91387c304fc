package net.twinpath.duppath.stream;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.twinpath.duppath.frame.Frame;
import net.twinpath.linux.IfEther;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The header fields of one frame, read once per frame; an object is moved from frame to frame.
 *
 * <pre>
 *  +0 destination  +6 source  [8100 or 88A8, TCI] [8100 or 88A8, TCI]  EtherType
 *  0800: IPv4 header, 20 octets and options                            then TCP, UDP, SCTP: source port, destination port
 *  86DD: IPv6 header, 40 octets; hop-by-hop options, routing, fragment, destination options, 8 at most; then the same
 * </pre>
 *
 * A field is had only when all its octets are there: within the frame, and for what stands behind an IP header also
 * within the length that header tells, so that padding is not taken for ports. An IP header whose fixed part is not whole
 * or whose version or length cannot be is none. Checksums are not looked at.
 */
final class FrameHeaders {
    private static final int SOURCE_MAC_OFFSET = 6;
    private static final int TYPE_OFFSET = 12;
    private static final int TAG_LENGTH = 4;
    private static final int VLAN_ID_MASK = 0xFFF;

    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86DD;
    private static final int CUT_OFF = -1;

    // RFC 791, 3.1
    private static final int IPV4_LENGTH = 20;
    private static final int IPV4_TOTAL_LENGTH = 2;
    private static final int IPV4_IDENTIFICATION = 4;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_DESTINATION = 16;
    private static final int IPV4_MORE_FRAGMENTS = 0x2000;
    private static final int IPV4_FRAGMENT_OFFSET = 0x1FFF;

    // RFC 8200, 3 and 4.5
    private static final int IPV6_LENGTH = 40;
    private static final int IPV6_PAYLOAD_LENGTH = 4;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV6_DESTINATION = 24;
    private static final int IPV6_MORE_FRAGMENTS = 1;
    private static final int IPV6_FRAGMENT_OFFSET = 0xFFF8;
    private static final int FRAGMENT_OFFSET = 2;
    private static final int FRAGMENT_IDENTIFICATION = 4;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int EXTENSION_UNIT = 8;

    /** RFC 8200, 4.1 knows five in a packet; more are a forger's, and cost him more than us. */
    private static final int MOST_EXTENSIONS = 8;

    private static final int PORTS_LENGTH = 4;

    private static final int WHOLE_PACKET = 0;
    private static final int FIRST_FRAGMENT = 1;
    private static final int LATER_FRAGMENT = 2;

    private DirectBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int end;
    private int fields;
    private final FieldValues values = new FieldValues();
    private int fragment;
    private int identification;

    /** Moves to another frame. */
    void read(Frame frame) {
        buffer = frame.buffer();
        end = frame.offset() + frame.length();
        fields = 0;
        values.clear();
        fragment = WHOLE_PACKET;
        readAddresses(frame.offset());
        readTags(frame.offset() + TYPE_OFFSET);
    }

    /** What the frame has, bits of {@link Fields}. */
    int fields() {
        return fields;
    }

    /** Values of the fields it has. */
    FieldValues values() {
        return values;
    }

    /** True for the first of several fragments of an IP packet. */
    boolean isFirstFragment() {
        return fragment == FIRST_FRAGMENT;
    }

    /** True for a fragment that is not the first. */
    boolean isLaterFragment() {
        return fragment == LATER_FRAGMENT;
    }

    /** Of a fragment: 16 bits of IPv4, 32 of IPv6. */
    int identification() {
        return identification;
    }

    /** Gives a later fragment the protocol and ports that only the first one tells. */
    void inherit(int inheritedFields, int protocol, int sourcePort, int destinationPort) {
        fields |= inheritedFields;
        values.protocol(protocol);
        values.sourcePort(sourcePort);
        values.destinationPort(destinationPort);
    }

    private void readAddresses(int start) {
        if (isThere(start, IfEther.ETH_ALEN)) {
            values.destinationMac(addressAt(start));
            fields |= Fields.DESTINATION_MAC;
        }
        if (isThere(start + SOURCE_MAC_OFFSET, IfEther.ETH_ALEN)) {
            values.sourceMac(addressAt(start + SOURCE_MAC_OFFSET));
            fields |= Fields.SOURCE_MAC;
        }
    }

    private void readTags(int typeOffset) {
        int offset = typeOffset;
        int type = typeAt(offset);
        if (isTag(type)) {
            readVlanId(offset + Short.BYTES);
            offset += TAG_LENGTH;
            type = typeAt(offset);
            if (isTag(type)) {
                offset += TAG_LENGTH;
                type = typeAt(offset);
            }
        } else if (type != CUT_OFF) {
            fields |= Fields.NO_VLAN;
        }
        if (type == ETH_P_IP) {
            readIpv4(offset + Short.BYTES);
        } else if (type == ETH_P_IPV6) {
            readIpv6(offset + Short.BYTES);
        }
    }

    private static boolean isTag(int type) {
        return type == IfEther.ETH_P_8021Q || type == IfEther.ETH_P_8021AD;
    }

    private void readVlanId(int tciOffset) {
        if (isThere(tciOffset, Short.BYTES)) {
            int vlanId = shortAt(tciOffset) & VLAN_ID_MASK;
            values.vlanId(vlanId);
            fields |= Fields.TAG | Fields.VLAN_ID | (vlanId == 0 ? Fields.NO_VLAN : 0);
        }
    }

    private void readIpv4(int ip) {
        if (!isThere(ip, IPV4_LENGTH)) {
            return;
        }
        int firstOctet = octetAt(ip);
        int headerLength = (firstOctet & 0xF) * Integer.BYTES;
        if (firstOctet >>> 4 != 4 || headerLength < IPV4_LENGTH) {
            return;
        }
        int protocol = octetAt(ip + IPV4_PROTOCOL);
        values.dscp(octetAt(ip + 1) >>> 2);
        values.protocol(protocol);
        values.source((long) intAt(ip + IPV4_SOURCE) << Integer.SIZE, 0);
        values.destination((long) intAt(ip + IPV4_DESTINATION) << Integer.SIZE, 0);
        fields |= Fields.IPV4 | Fields.DSCP | Fields.PROTOCOL;
        endAt(ip + shortAt(ip + IPV4_TOTAL_LENGTH));
        int flagsAndOffset = shortAt(ip + IPV4_FRAGMENT);
        identification = shortAt(ip + IPV4_IDENTIFICATION);
        noteFragment((flagsAndOffset & IPV4_FRAGMENT_OFFSET) != 0, (flagsAndOffset & IPV4_MORE_FRAGMENTS) != 0);
        if (!isLaterFragment()) {
            readPorts(protocol, ip + headerLength);
        }
    }

    private void noteFragment(boolean hasOffset, boolean hasMore) {
        if (hasOffset) {
            fragment = LATER_FRAGMENT;
        } else if (hasMore) {
            fragment = FIRST_FRAGMENT;
        }
    }

    private void readIpv6(int ip) {
        if (!isThere(ip, IPV6_LENGTH) || octetAt(ip) >>> 4 != 6) {
            return;
        }
        values.dscp((shortAt(ip) >>> 6) & 0x3F);
        values.source(longAt(ip + IPV6_SOURCE), longAt(ip + IPV6_SOURCE + Long.BYTES));
        values.destination(longAt(ip + IPV6_DESTINATION), longAt(ip + IPV6_DESTINATION + Long.BYTES));
        fields |= Fields.IPV6 | Fields.DSCP;
        endAt(ip + IPV6_LENGTH + shortAt(ip + IPV6_PAYLOAD_LENGTH));
        readExtensions(octetAt(ip + IPV6_NEXT_HEADER), ip + IPV6_LENGTH);
    }

    private void readExtensions(int nextHeader, int start) {
        int protocol = nextHeader;
        int offset = start;
        for (int i = 0; i < MOST_EXTENSIONS && isExtension(protocol) && !isLaterFragment(); i++) {
            if (!isThere(offset, EXTENSION_UNIT)) {
                return;
            }
            int length = EXTENSION_UNIT;
            if (protocol == FRAGMENT) {
                readFragmentHeader(offset);
            } else {
                length += octetAt(offset + 1) * EXTENSION_UNIT;
            }
            protocol = octetAt(offset);
            offset += length;
        }
        if (isExtension(protocol)) {
            return;
        }
        values.protocol(protocol);
        fields |= Fields.PROTOCOL;
        if (!isLaterFragment()) {
            readPorts(protocol, offset);
        }
    }

    private static boolean isExtension(int nextHeader) {
        return nextHeader == HOP_BY_HOP
                || nextHeader == ROUTING
                || nextHeader == FRAGMENT
                || nextHeader == DESTINATION_OPTIONS;
    }

    private void readFragmentHeader(int offset) {
        int offsetAndFlags = shortAt(offset + FRAGMENT_OFFSET);
        identification = intAt(offset + FRAGMENT_IDENTIFICATION);
        noteFragment((offsetAndFlags & IPV6_FRAGMENT_OFFSET) != 0, (offsetAndFlags & IPV6_MORE_FRAGMENTS) != 0);
    }

    private void readPorts(int protocol, int offset) {
        if (StreamMatch.hasPorts(protocol) && isThere(offset, PORTS_LENGTH)) {
            values.sourcePort(shortAt(offset));
            values.destinationPort(shortAt(offset + Short.BYTES));
            fields |= Fields.SOURCE_PORT | Fields.DESTINATION_PORT;
        }
    }

    private void endAt(int packetEnd) {
        end = Math.min(end, packetEnd);
    }

    private boolean isThere(int offset, int octets) {
        return end - offset >= octets;
    }

    private int typeAt(int offset) {
        return isThere(offset, Short.BYTES) ? shortAt(offset) : CUT_OFF;
    }

    private long addressAt(int offset) {
        return ((long) shortAt(offset) << Integer.SIZE) | (intAt(offset + Short.BYTES) & 0xFFFFFFFFL);
    }

    private int octetAt(int offset) {
        return buffer.getByte(offset) & 0xFF;
    }

    private int shortAt(int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }

    private int intAt(int offset) {
        return buffer.getInt(offset, BIG_ENDIAN);
    }

    private long longAt(int offset) {
        return buffer.getLong(offset, BIG_ENDIAN);
    }
}
