package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.twinpath.linux.IfEther;
import org.agrona.MutableDirectBuffer;

/**
 * A PRP supervision frame, by which a node tells the others on both LANs that it is there (IEC 62439-3; Linux
 * {@code net/hsr/hsr_device.c}, {@code send_prp_supervision_frame}). It is followed by a {@link RedundancyControlTrailer}.
 *
 * <pre>
 *  +0   destination 01-15-4E-00-01-XX      +6   source           +12  0x88FB
 *  +14  SupPath (4) SupVersion (12): 0, 1  +16  SupSequenceNumber
 *  +18  TLV1: 20 duplicate discard, or 21 duplicate accept; length 6
 *  +20  MacAddressA: the node, or the device a RedBox speaks for
 *  +26  TLV2, of a RedBox only: 30, length 6    +28  the RedBox's address
 *  ...  0, 0: the end; zeros up to 60 octets
 * </pre>
 */
public final class SupervisionFrame {
    /** Octets without the trailer. */
    public static final int LENGTH = IfEther.ETH_ZLEN;

    /** 01-15-4E-00-01-00; the last octet is configurable. */
    private static final long ADDRESSES = 0x01154E000100L;

    private static final int SUP_VERSION_OFFSET = 14;
    private static final int SUP_SEQUENCE_OFFSET = 16;
    private static final int TLV1_OFFSET = 18;
    private static final int NODE_OFFSET = 20;
    private static final int TLV2_OFFSET = 26;
    private static final int RED_BOX_OFFSET = 28;

    private static final int PRP_1 = 1;
    private static final int SUP_VERSION_MASK = 0xFFF;
    private static final int DUPLICATE_DISCARD = 20;
    private static final int DUPLICATE_ACCEPT = 21;
    private static final int RED_BOX = 30;
    private static final int ADDRESS_TLV_LENGTH = 6;

    private SupervisionFrame() {}

    /**
     * Writes a supervision frame of {@link #LENGTH} octets.
     *
     * @param frame           lies where it is to be written
     * @param lastAddressByte of the destination, 0 to 255
     * @param sender          the sending node's address
     * @param announced       the address the frame is about: the sender's own, or a device's it speaks for
     * @param byRedBox        whether the sender is a RedBox
     * @param sequenceNumber  SupSequenceNumber, 0 to 65535
     */
    public static void write(
            Frame frame, int lastAddressByte, long sender, long announced, boolean byRedBox, int sequenceNumber) {
        MutableDirectBuffer buffer = frame.buffer();
        int start = frame.offset();
        buffer.setMemory(start, LENGTH, (byte) 0);
        frame.putAddressAt(0, ADDRESSES | lastAddressByte);
        frame.putAddressAt(Frame.SOURCE_OFFSET, sender);
        buffer.putShort(start + Frame.TYPE_OFFSET, (short) IfEther.ETH_P_PRP, BIG_ENDIAN);
        buffer.putShort(start + SUP_VERSION_OFFSET, (short) PRP_1, BIG_ENDIAN);
        buffer.putShort(start + SUP_SEQUENCE_OFFSET, (short) sequenceNumber, BIG_ENDIAN);
        buffer.putShort(start + TLV1_OFFSET, (short) ((DUPLICATE_DISCARD << 8) | ADDRESS_TLV_LENGTH), BIG_ENDIAN);
        frame.putAddressAt(NODE_OFFSET, announced);
        if (byRedBox) {
            buffer.putShort(start + TLV2_OFFSET, (short) ((RED_BOX << 8) | ADDRESS_TLV_LENGTH), BIG_ENDIAN);
            frame.putAddressAt(RED_BOX_OFFSET, sender);
        }
    }

    /** True when the frame, known as a supervision frame by its address and type, is one of PRP-1 and whole. */
    public static boolean isValid(Frame frame) {
        if (frame.length() < LENGTH || (frame.typeAt(SUP_VERSION_OFFSET) & SUP_VERSION_MASK) != PRP_1) {
            return false;
        }
        int tlv1 = frame.typeAt(TLV1_OFFSET);
        return tlv1 == ((DUPLICATE_DISCARD << 8) | ADDRESS_TLV_LENGTH)
                || tlv1 == ((DUPLICATE_ACCEPT << 8) | ADDRESS_TLV_LENGTH);
    }

    /** SupSequenceNumber, 0 to 65535: one counter of the sender for all its supervision frames, the same on every LAN. */
    public static int sequenceNumber(Frame frame) {
        return frame.typeAt(SUP_SEQUENCE_OFFSET);
    }

    /** Address of the node the frame is about, first octet in bits 47 to 40. */
    public static long node(Frame frame) {
        return frame.addressAt(NODE_OFFSET);
    }

    /** True when a RedBox speaks for the node. */
    public static boolean isFromRedBox(Frame frame) {
        return frame.typeAt(TLV2_OFFSET) == ((RED_BOX << 8) | ADDRESS_TLV_LENGTH);
    }

    /** The RedBox's address, when {@link #isFromRedBox}. */
    public static long redBox(Frame frame) {
        return frame.addressAt(RED_BOX_OFFSET);
    }
}
