package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.nio.charset.StandardCharsets;
import net.twinpath.linux.IfEther;
import org.agrona.MutableDirectBuffer;

/**
 * A continuity check message (IEEE 802.1Q 21.6, CCM), by which the ends of a FRER path tell each other on every link that
 * they are there and whether they hear the others: what a link's carrier does not tell, and a talker that receives nothing
 * could not learn otherwise. Other equipment passes it on as any multicast frame.
 *
 * <pre>
 *  +0   destination 01-80-C2-00-00-37       +6   source            +12  0x8902
 *  +14  MD level 7 (3 bits), version 0      +15  OpCode 1          +16  RDI (1 bit), 0 (4), interval (3)
 *  +17  first TLV offset: 70                +18  sequence number   +22  MEP identifier, 1 to 8191
 *  +24  MAID, 48 octets: 1 (no domain name), 2 (characters), 8, "twinpath", zeros
 *  +72  16 zeros                            +88  0: end of TLVs
 * </pre>
 */
public final class ContinuityCheck {
    /** Octets. */
    public static final int LENGTH = 89;

    /** CCMs of maintenance domain level 7, the highest, which nothing on the way takes for its own. */
    private static final long ADDRESS = 0x0180C2000037L;

    private static final int LEVEL_OFFSET = 14;
    private static final int OPCODE_OFFSET = 15;
    private static final int FLAGS_OFFSET = 16;
    private static final int FIRST_TLV_OFFSET = 17;
    private static final int SEQUENCE_OFFSET = 18;
    private static final int MEP_OFFSET = 22;
    private static final int MAID_OFFSET = 24;

    private static final byte LEVEL_AND_VERSION = (byte) (7 << 5);
    private static final byte CCM = 1;
    private static final byte FIRST_TLV = 70;
    private static final int RDI = 0x80;
    private static final int INTERVAL_MASK = 0x07;
    private static final byte[] MAID = "\1\2\10twinpath".getBytes(StandardCharsets.US_ASCII);
    private static final int MAID_LENGTH = 48;

    /** By the interval field (21.6.1); 0 is not used. */
    private static final long[] INTERVALS_NS = {
        0, 3_333_333, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000L, 60_000_000_000L, 600_000_000_000L
    };

    private ContinuityCheck() {}

    /** Whether messages may be sent so often. */
    public static boolean isInterval(long intervalNs) {
        return intervalNs != 0 && code(intervalNs) != 0;
    }

    private static int code(long intervalNs) {
        for (int code = 1; code < INTERVALS_NS.length; code++) {
            if (INTERVALS_NS[code] == intervalNs) {
                return code;
            }
        }
        return 0;
    }

    /**
     * Writes a message of {@link #LENGTH} octets.
     *
     * @param frame          lies where it is to be written
     * @param sender         the sending node's address
     * @param mep            MEP identifier, 1 to 8191
     * @param intervalNs     how often they are sent; see {@link #isInterval}
     * @param isDefect       RDI: whether the sender does not hear every other on this link
     * @param sequenceNumber of the message
     */
    public static void write(Frame frame, long sender, int mep, long intervalNs, boolean isDefect, int sequenceNumber) {
        MutableDirectBuffer buffer = frame.buffer();
        int start = frame.offset();
        buffer.setMemory(start, LENGTH, (byte) 0);
        frame.putAddressAt(0, ADDRESS);
        frame.putAddressAt(Frame.SOURCE_OFFSET, sender);
        buffer.putShort(start + Frame.TYPE_OFFSET, (short) IfEther.ETH_P_CFM, BIG_ENDIAN);
        buffer.putByte(start + LEVEL_OFFSET, LEVEL_AND_VERSION);
        buffer.putByte(start + OPCODE_OFFSET, CCM);
        buffer.putByte(start + FLAGS_OFFSET, (byte) ((isDefect ? RDI : 0) | code(intervalNs)));
        buffer.putByte(start + FIRST_TLV_OFFSET, FIRST_TLV);
        buffer.putInt(start + SEQUENCE_OFFSET, sequenceNumber, BIG_ENDIAN);
        buffer.putShort(start + MEP_OFFSET, (short) mep, BIG_ENDIAN);
        buffer.putBytes(start + MAID_OFFSET, MAID);
    }

    /** True when the frame, without its link's VLAN tag, is a whole message of ours; any other such belongs to the user. */
    public static boolean isPresent(Frame frame) {
        if (frame.length() < LENGTH || frame.destination() != ADDRESS || frame.type() != IfEther.ETH_P_CFM) {
            return false;
        }
        MutableDirectBuffer buffer = frame.buffer();
        int start = frame.offset();
        if (buffer.getByte(start + OPCODE_OFFSET) != CCM || interval(frame) == 0) {
            return false;
        }
        for (int i = 0; i < MAID_LENGTH; i++) {
            if (buffer.getByte(start + MAID_OFFSET + i) != (i < MAID.length ? MAID[i] : 0)) {
                return false;
            }
        }
        return true;
    }

    private static int interval(Frame frame) {
        return frame.buffer().getByte(frame.offset() + FLAGS_OFFSET) & INTERVAL_MASK;
    }

    /** How often the sender sends them, nanoseconds. */
    public static long intervalNs(Frame frame) {
        return INTERVALS_NS[interval(frame)];
    }

    /** RDI: true when the sender does not hear every other on this link. */
    public static boolean isDefect(Frame frame) {
        return (frame.buffer().getByte(frame.offset() + FLAGS_OFFSET) & RDI) != 0;
    }
}
