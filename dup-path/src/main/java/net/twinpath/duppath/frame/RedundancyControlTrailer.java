package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.twinpath.linux.IfEther;
import org.agrona.MutableDirectBuffer;

/**
 * The PRP redundancy control trailer (RCT), the last six octets of a frame (IEC 62439-3; Linux {@code net/hsr}).
 *
 * <pre>
 *   0               2               4               6
 *  +---------------+----+----------+---------------+
 *  | SequenceNr    |Lan | LSDUsize | PRPsuffix     |
 *  | 16 bits       | 4  | 12 bits  | 0x88FB        |
 *  +---------------+----+----------+---------------+
 * </pre>
 *
 * LSDUsize counts the octets behind the EtherType, with padding and the trailer itself, without the Ethernet header and
 * without one 802.1Q tag. A frame is padded to 60 octets (64 with a tag) before the trailer is put on, so that a switch
 * which takes the tag out need not pad behind the trailer.
 */
public final class RedundancyControlTrailer {
    /** Octets of the trailer. */
    public static final int LENGTH = 6;

    /** LanId of the first link; the second one has the next number. */
    public static final int LAN_A = 0xA;

    /** LanId of the second link. */
    public static final int LAN_B = 0xB;

    /** Largest LSDUsize the field can hold. */
    public static final int MAX_LSDU_SIZE = 0xFFF;

    private static final int LAN_OFFSET = 2;
    private static final int SUFFIX_OFFSET = 4;

    private RedundancyControlTrailer() {}

    /**
     * Pads the frame and puts a trailer on, with LAN A's identifier.
     *
     * @return false, with the frame as it was, when LSDUsize cannot be expressed or the memory has no room
     */
    public static boolean append(Frame frame, int sequenceNumber) {
        int header = headerLength(frame);
        int minimum = IfEther.ETH_ZLEN + header - IfEther.ETH_HLEN;
        int lsduSize = Math.max(frame.length(), minimum) + LENGTH - header;
        if (lsduSize > MAX_LSDU_SIZE || frame.tailroom() < Math.max(0, minimum - frame.length()) + LENGTH) {
            return false;
        }
        frame.padTo(minimum);
        MutableDirectBuffer buffer = frame.buffer();
        int trailer = frame.offset() + frame.length();
        buffer.putShort(trailer, (short) sequenceNumber, BIG_ENDIAN);
        buffer.putShort(trailer + LAN_OFFSET, (short) ((LAN_A << 12) | lsduSize), BIG_ENDIAN);
        buffer.putShort(trailer + SUFFIX_OFFSET, (short) IfEther.ETH_P_PRP, BIG_ENDIAN);
        frame.grow(LENGTH);
        return true;
    }

    /** Where a frame's LanId lies, for {@link #readdress}. */
    public static int lanIdOffset(Frame frame) {
        return frame.offset() + frame.length() - LENGTH + LAN_OFFSET;
    }

    /** Gives the trailer whose LanId lies at {@code lanIdOffset} to another LAN; nothing else differs between copies. */
    public static void readdress(MutableDirectBuffer buffer, int lanIdOffset, int lanId) {
        buffer.putByte(lanIdOffset, (byte) ((lanId << 4) | (buffer.getByte(lanIdOffset) & 0x0F)));
    }

    /**
     * True when the frame ends in a trailer: suffix, LSDUsize and LanId are all as they must be. An ordinary payload
     * that happens to end in the suffix is not taken for one.
     */
    public static boolean isPresent(Frame frame) {
        int trailer = frame.offset() + frame.length() - LENGTH;
        if (frame.length() < IfEther.ETH_ZLEN
                || (frame.buffer().getShort(trailer + SUFFIX_OFFSET, BIG_ENDIAN) & 0xFFFF) != IfEther.ETH_P_PRP) {
            return false;
        }
        int lanAndSize = frame.buffer().getShort(trailer + LAN_OFFSET, BIG_ENDIAN) & 0xFFFF;
        int lanId = lanAndSize >>> 12;
        return (lanAndSize & MAX_LSDU_SIZE) == frame.length() - headerLength(frame)
                && (lanId == LAN_A || lanId == LAN_B);
    }

    /** SequenceNr, 0 to 65535. */
    public static int sequenceNumber(Frame frame) {
        return frame.buffer().getShort(frame.offset() + frame.length() - LENGTH, BIG_ENDIAN) & 0xFFFF;
    }

    /** LanId, {@link #LAN_A} or {@link #LAN_B}. */
    public static int lanId(Frame frame) {
        return (frame.buffer().getByte(lanIdOffset(frame)) >>> 4) & 0xF;
    }

    /** Takes the trailer off; padding in front of it stays, as it would with any frame. */
    public static void remove(Frame frame) {
        frame.grow(-LENGTH);
    }

    private static int headerLength(Frame frame) {
        return frame.type() == IfEther.ETH_P_8021Q ? IfEther.ETH_HLEN + VlanTag.LENGTH : IfEther.ETH_HLEN;
    }
}
