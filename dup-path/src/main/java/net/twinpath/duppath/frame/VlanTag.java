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

    static void insert(Frame frame, int tpid, int tci) {
        frame.growAtStart(LENGTH);
        MutableDirectBuffer buffer = frame.buffer();
        int offset = frame.offset();
        // The twelve octets of the addresses, moved four octets to the front; read before anything is written.
        long first = buffer.getLong(offset + LENGTH);
        int rest = buffer.getInt(offset + LENGTH + Long.BYTES);
        buffer.putLong(offset, first);
        buffer.putInt(offset + Long.BYTES, rest);
        buffer.putShort(offset + Frame.TYPE_OFFSET, (short) tpid, BIG_ENDIAN);
        buffer.putShort(offset + Frame.TYPE_OFFSET + 2, (short) tci, BIG_ENDIAN);
    }
}
