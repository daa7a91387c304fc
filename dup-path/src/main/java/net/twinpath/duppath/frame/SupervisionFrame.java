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
     * Writes a node's own supervision frame.
     *
     * @param buffer          takes {@link #LENGTH} octets from offset 0
     * @param lastAddressByte of the destination, 0 to 255
     * @param node            the node's address, which is the source too
     * @param sequenceNumber  SupSequenceNumber, 0 to 65535
     */
    public static void write(MutableDirectBuffer buffer, int lastAddressByte, long node, int sequenceNumber) {
        buffer.setMemory(0, LENGTH, (byte) 0);
        putAddress(buffer, 0, ADDRESSES | lastAddressByte);
        putAddress(buffer, Frame.SOURCE_OFFSET, node);
        buffer.putShort(Frame.TYPE_OFFSET, (short) IfEther.ETH_P_PRP, BIG_ENDIAN);
        buffer.putShort(SUP_VERSION_OFFSET, (short) PRP_1, BIG_ENDIAN);
        buffer.putShort(SUP_SEQUENCE_OFFSET, (short) sequenceNumber, BIG_ENDIAN);
        buffer.putByte(TLV1_OFFSET, (byte) DUPLICATE_DISCARD);
        buffer.putByte(TLV1_OFFSET + 1, (byte) ADDRESS_TLV_LENGTH);
        putAddress(buffer, NODE_OFFSET, node);
    }

    private static void putAddress(MutableDirectBuffer buffer, int offset, long address) {
        buffer.putShort(offset, (short) (address >>> 32), BIG_ENDIAN);
        buffer.putInt(offset + Short.BYTES, (int) address, BIG_ENDIAN);
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
