package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.twinpath.linux.IfEther;
import net.twinpath.linux.IfPacket;
import net.twinpath.linux.PacketRing;
import org.agrona.MutableDirectBuffer;

/**
 * The VLAN tag the kernel takes out of every received frame's octets and hands over beside them.
 *
 * <pre>
 *   0                     6                     12      14      16      18
 *  +---------------------+---------------------+-------+-------+-------+----
 *  | destination address | source address      | TPID  | TCI   | type  | ...
 *  +---------------------+---------------------+-------+-------+-------+----
 * </pre>
 *
 * The inner tag of a doubly tagged frame stays in the octets (net/core/skbuff.c, {@code skb_vlan_untag}).
 */
public final class VlanTag {
    /** Octets of a tag: tag protocol identifier and tag control information. */
    public static final int LENGTH = 4;

    private static final int TCI_OFFSET = Frame.TYPE_OFFSET + 2;
    private static final int VID_MASK = 0xFFF;
    private static final int PRIORITY_SHIFT = 13;

    private VlanTag() {}

    /**
     * Puts the tag of the ring's current frame back where it stood on the wire; a frame that had none stays as it is.
     * A priority tag has a TCI of 0 in all but its first bits, so only the status tells that there is one.
     */
    public static void restore(PacketRing ring, Frame frame) {
        int status = ring.status();
        if ((status & IfPacket.TP_STATUS_VLAN_VALID) != 0) {
            boolean hasTpid = (status & IfPacket.TP_STATUS_VLAN_TPID_VALID) != 0;
            insert(frame, hasTpid ? ring.vlanTpid() : IfEther.ETH_P_8021Q, ring.vlanTci());
        }
    }

    /** True when a 802.1Q or 802.1ad tag begins at this position and is whole. */
    static boolean isPresentAt(Frame frame, int position) {
        if (frame.length() < position + LENGTH) {
            return false;
        }
        int type = frame.typeAt(position);
        return type == IfEther.ETH_P_8021Q || type == IfEther.ETH_P_8021AD;
    }

    /** True when the frame's outer tag is a 802.1Q tag of this VLAN. */
    public static boolean isOf(Frame frame, int vlan) {
        return frame.length() >= Frame.TYPE_OFFSET + LENGTH
                && frame.type() == IfEther.ETH_P_8021Q
                && (frame.typeAt(TCI_OFFSET) & VID_MASK) == vlan;
    }

    /**
     * Priority code point of the frame's own outer tag, 0 to 7; 0 when it has none.
     *
     * @param behind octets of other tags between the addresses and it
     */
    public static int priority(Frame frame, int behind) {
        int position = Frame.TYPE_OFFSET + behind;
        return isPresentAt(frame, position) ? frame.typeAt(position + 2) >>> PRIORITY_SHIFT : 0;
    }

    /** Puts a 802.1Q tag in front of all others. */
    public static void push(Frame frame, int vlan, int priority) {
        insert(frame, IfEther.ETH_P_8021Q, (priority << PRIORITY_SHIFT) | vlan);
    }

    /** Takes the outer tag out. */
    public static void pop(Frame frame) {
        frame.moveStart(-LENGTH, Frame.TYPE_OFFSET);
        frame.growAtStart(-LENGTH);
    }

    static void insert(Frame frame, int tpid, int tci) {
        frame.growAtStart(LENGTH);
        frame.moveStart(LENGTH, Frame.TYPE_OFFSET);
        MutableDirectBuffer buffer = frame.buffer();
        int offset = frame.offset();
        buffer.putShort(offset + Frame.TYPE_OFFSET, (short) tpid, BIG_ENDIAN);
        buffer.putShort(offset + TCI_OFFSET, (short) tci, BIG_ENDIAN);
    }
}
