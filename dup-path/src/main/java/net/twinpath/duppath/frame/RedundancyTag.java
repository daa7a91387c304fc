package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.twinpath.linux.IfEther;
import org.agrona.MutableDirectBuffer;

/**
 * The redundancy tag (R-TAG) of FRER, six octets behind the addresses and the VLAN tag (IEEE 802.1CB clause 7.8).
 *
 * <pre>
 *   0                     6                     12      (16)    +2      +4      +6
 *  +---------------------+---------------------+-------+-------+-------+-------+-------
 *  | destination address | source address      |(VLAN) | 0xF1C1|   0   |number | type ...
 *  +---------------------+---------------------+-------+-------+-------+-------+-------
 * </pre>
 *
 * The two octets behind the EtherType are reserved: sent as 0, ignored when received. The original EtherType stands
 * behind the number.
 */
public final class RedundancyTag {
    /** Octets of the tag. */
    public static final int LENGTH = 6;

    /** EtherType of the tag. */
    public static final int ETHER_TYPE = 0xF1C1;

    /** Answer of {@link #position} for a frame that has no tag. */
    public static final int ABSENT = -1;

    /** Answer of {@link #position} for a frame that ends within its tag. */
    public static final int CUT_SHORT = -2;

    private static final int NUMBER_OFFSET = 4;
    private static final int MOST_VLAN_TAGS = 2;

    private RedundancyTag() {}

    /** Where a new tag belongs: behind the addresses and the frame's outer VLAN tag, if it has one. */
    public static int positionBehindTag(Frame frame) {
        return VlanTag.isPresentAt(frame, Frame.TYPE_OFFSET) ? Frame.TYPE_OFFSET + VlanTag.LENGTH : Frame.TYPE_OFFSET;
    }

    /**
     * Puts a tag in and pads the frame to 60 octets where it is shorter even so. It needs room for {@link #LENGTH} octets
     * in front and for the padding behind the frame.
     *
     * @param position {@link #positionBehindTag}, or 12 for directly behind the addresses
     */
    public static void insert(Frame frame, int position, int sequenceNumber) {
        frame.growAtStart(LENGTH);
        frame.moveStart(LENGTH, position);
        frame.padTo(IfEther.ETH_ZLEN);
        MutableDirectBuffer buffer = frame.buffer();
        int tag = frame.offset() + position;
        buffer.putShort(tag, (short) ETHER_TYPE, BIG_ENDIAN);
        buffer.putShort(tag + Short.BYTES, (short) 0);
        buffer.putShort(tag + NUMBER_OFFSET, (short) sequenceNumber, BIG_ENDIAN);
    }

    /** Moves a tag directly behind the addresses to behind the frame's own outer tag; a frame without one stays as it is. */
    public static void moveBehindTag(Frame frame) {
        if (VlanTag.isPresentAt(frame, Frame.TYPE_OFFSET + LENGTH)) {
            int number = sequenceNumber(frame, Frame.TYPE_OFFSET);
            remove(frame, Frame.TYPE_OFFSET);
            insert(frame, Frame.TYPE_OFFSET + VlanTag.LENGTH, number);
        }
    }

    /** Moves a tag behind the frame's own outer tag to directly behind the addresses, as {@link #moveBehindTag} found it. */
    public static void moveBeforeTag(Frame frame) {
        if (VlanTag.isPresentAt(frame, Frame.TYPE_OFFSET)) {
            int number = sequenceNumber(frame, Frame.TYPE_OFFSET + VlanTag.LENGTH);
            remove(frame, Frame.TYPE_OFFSET + VlanTag.LENGTH);
            insert(frame, Frame.TYPE_OFFSET, number);
        }
    }

    /** Where the tag begins, behind up to two VLAN tags; {@link #ABSENT} or {@link #CUT_SHORT} when there is none to read. */
    public static int position(Frame frame) {
        int position = Frame.TYPE_OFFSET;
        for (int tags = 0; tags < MOST_VLAN_TAGS && VlanTag.isPresentAt(frame, position); tags++) {
            position += VlanTag.LENGTH;
        }
        if (frame.length() < position + Short.BYTES || frame.typeAt(position) != ETHER_TYPE) {
            return ABSENT;
        }
        return frame.length() < position + LENGTH + Short.BYTES ? CUT_SHORT : position;
    }

    /** Sequence number of the tag at {@code position}, 0 to 65535. */
    public static int sequenceNumber(Frame frame, int position) {
        return frame.typeAt(position + NUMBER_OFFSET);
    }

    /** Takes the tag at {@code position} out. */
    public static void remove(Frame frame, int position) {
        frame.moveStart(-LENGTH, position);
        frame.growAtStart(-LENGTH);
    }
}
