package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.MutableDirectBuffer;

/**
 * Computes the TCP, UDP or SCTP checksum of a frame whose local sender left it to the network card
 * ({@code CHECKSUM_PARTIAL}, told by {@code TP_STATUS_CSUMNOTREADY}; Linux {@code skb_checksum_help}). What the field
 * holds before does not matter.
 *
 * <pre>
 *  pseudo-header (RFC 9293 3.1, RFC 768, RFC 8200 8.1):
 *  +----------------+---------------------+----------------------+----------+
 *  | source address | destination address | octets of transport  | protocol |
 *  +----------------+---------------------+----------------------+----------+
 *  then the transport header and its payload; checksum at +16 (TCP), +6 (UDP), +8 (SCTP, CRC32c without pseudo-header)
 * </pre>
 *
 * The status does not say which checksum is open: where nothing else does, it is taken to be the one of the frame's first
 * transport header. That of a frame inside a UDP tunnel (VXLAN), when left open, is found only by what the virtio_net_hdr
 * says.
 */
public final class TransportChecksum {
    private static final int TCP_HEADER_LENGTH = 20;
    private static final int TCP_DATA_OFFSET_OFFSET = 12;
    private static final int TCP_CHECKSUM_OFFSET = 16;

    private static final int UDP_HEADER_LENGTH = 8;
    private static final int UDP_LENGTH_OFFSET = 4;
    private static final int UDP_CHECKSUM_OFFSET = 6;

    /** Stands for a computed 0, which in UDP means that there is none (RFC 768). */
    private static final int UDP_ZERO = 0xFFFF;

    private static final int SCTP_HEADER_LENGTH = 12;
    private static final int SCTP_CHECKSUM_OFFSET = 8;

    /** The Castagnoli polynomial, bits reversed (RFC 9260 appendix A). */
    private static final int CRC32C_POLYNOMIAL = 0x82F63B78;

    private static final int[] CRC32C = crc32cTable();

    private final IpPacket packet = new IpPacket();

    /**
     * Writes the checksum. Padding and all else behind the end that IP states is left out.
     *
     * @return false, with the frame as it was, for fragments, protocols other than TCP, UDP and SCTP, and headers that are
     *     cut short or contradict each other
     */
    public boolean complete(Frame frame) {
        if (!packet.find(frame)) {
            return false;
        }
        return switch (packet.protocol()) {
            case IpPacket.TCP -> completeTcp(packet.buffer(), packet.transport(), packet.end());
            case IpPacket.UDP -> completeUdp(packet.buffer(), packet.transport(), packet.end());
            case IpPacket.SCTP -> completeSctp(packet.buffer(), packet.transport(), packet.end());
            default -> false;
        };
    }

    /**
     * Writes the checksum of a frame of which the sender tells where it is.
     *
     * @param start  where in the frame the part begins that the checksum covers, up to the frame's end; behind the first
     *               transport header in a tunnel
     * @param offset of the checksum in that part; it holds the sum of the pseudo-header
     * @return false, with the frame as it was, when the frame ends before
     */
    public boolean complete(Frame frame, int start, int offset) {
        if (packet.find(frame) && packet.transport() == frame.offset() + start && complete(frame)) {
            return true;
        }
        if (start + offset + Short.BYTES > frame.length()) {
            return false;
        }
        int part = frame.offset() + start;
        int checksum = InternetChecksum.of(InternetChecksum.sum(frame.buffer(), part, frame.length() - start));
        frame.buffer().putShort(part + offset, (short) (checksum == 0 ? UDP_ZERO : checksum), BIG_ENDIAN);
        return true;
    }

    private boolean completeTcp(MutableDirectBuffer buffer, int header, int end) {
        int length = end - header;
        if (length < TCP_HEADER_LENGTH) {
            return false;
        }
        int headerLength = ((buffer.getByte(header + TCP_DATA_OFFSET_OFFSET) & 0xFF) >>> 4) * Integer.BYTES;
        if (headerLength < TCP_HEADER_LENGTH || headerLength > length) {
            return false;
        }
        int field = header + TCP_CHECKSUM_OFFSET;
        buffer.putShort(field, (short) 0);
        buffer.putShort(field, (short) checksum(IpPacket.TCP, header, length), BIG_ENDIAN);
        return true;
    }

    /** What stands between the end that UDP states and the one that IP states belongs to neither's checksum. */
    private boolean completeUdp(MutableDirectBuffer buffer, int header, int end) {
        if (header + UDP_HEADER_LENGTH > end) {
            return false;
        }
        int length = buffer.getShort(header + UDP_LENGTH_OFFSET, BIG_ENDIAN) & 0xFFFF;
        if (length < UDP_HEADER_LENGTH || header + length > end) {
            return false;
        }
        int field = header + UDP_CHECKSUM_OFFSET;
        buffer.putShort(field, (short) 0);
        int checksum = checksum(IpPacket.UDP, header, length);
        buffer.putShort(field, (short) (checksum == 0 ? UDP_ZERO : checksum), BIG_ENDIAN);
        return true;
    }

    private int checksum(int protocol, int header, int length) {
        return InternetChecksum.of(
                packet.addressSum() + protocol + length + InternetChecksum.sum(packet.buffer(), header, length));
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
}
