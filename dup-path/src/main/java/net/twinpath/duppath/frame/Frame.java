package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.twinpath.linux.IfEther;
import net.twinpath.linux.PacketRing;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An Ethernet frame where it lies in memory, without FCS; one object is moved from frame to frame.
 *
 * <pre>
 *   0                     6                     12      14
 *  +---------------------+---------------------+-------+----------------
 *  | destination address | source address      | type  | payload ...
 *  +---------------------+---------------------+-------+----------------
 * </pre>
 */
public final class Frame {
    static final int SOURCE_OFFSET = 6;
    static final int TYPE_OFFSET = 12;

    /** Octets of the two addresses. */
    public static final int ADDRESSES_LENGTH = 12;

    /** The group bit, the lowest of an address's first octet. */
    private static final long GROUP_BIT = 1L << 40;

    private static final MutableDirectBuffer NOWHERE = new UnsafeBuffer(0, 0);

    /** 01-80-C2-00-00-00 without its last four bits: addresses no bridge forwards (IEEE 802.1Q table 8-1). */
    private static final long LINK_LOCAL_ADDRESSES = 0x0180C200000L;

    /** 01-15-4E-00-01-00 without its last eight bits (IEC 62439-3, supervision frames). */
    private static final long SUPERVISION_ADDRESSES = 0x01154E0001L;

    private MutableDirectBuffer buffer = NOWHERE;
    private int offset;
    private int length;
    private int room;

    /** Moves to the ring's current frame. */
    public Frame wrap(PacketRing ring) {
        return wrap(ring.frameBuffer(), ring.frameOffset(), ring.frameLength(), ring.room());
    }

    /**
     * Moves to another frame.
     *
     * @param buffer memory it lies in
     * @param offset of its first octet
     * @param length octets
     * @param room   octets from its first one that may be used when it grows
     */
    public Frame wrap(MutableDirectBuffer buffer, int offset, int length, int room) {
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.room = room;
        return this;
    }

    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Where the first octet lies in {@link #buffer()}. */
    public int offset() {
        return offset;
    }

    /** Native address of the first octet. */
    public long address() {
        return buffer.addressOffset() + offset;
    }

    /** Octets. */
    public int length() {
        return length;
    }

    /** Octets by which the frame may grow at its end. */
    public int tailroom() {
        return room - length;
    }

    /** True when the frame has no complete Ethernet header. */
    public boolean isTooShort() {
        return length < IfEther.ETH_HLEN;
    }

    /** Destination address, its first octet in bits 47 to 40. */
    public long destination() {
        return buffer.getLong(offset, BIG_ENDIAN) >>> 16;
    }

    /** True when the destination is a single interface's address, not a multicast or broadcast one. */
    public boolean isUnicast() {
        return (destination() & GROUP_BIT) == 0;
    }

    /** Source address, its first octet in bits 47 to 40. */
    public long source() {
        return addressAt(SOURCE_OFFSET);
    }

    long addressAt(int position) {
        return ((buffer.getShort(offset + position, BIG_ENDIAN) & 0xFFFFL) << 32)
                | (buffer.getInt(offset + position + Short.BYTES, BIG_ENDIAN) & 0xFFFFFFFFL);
    }

    void putAddressAt(int position, long address) {
        buffer.putShort(offset + position, (short) (address >>> 32), BIG_ENDIAN);
        buffer.putInt(offset + position + Short.BYTES, (int) address, BIG_ENDIAN);
    }

    /** EtherType or length field behind the addresses; of a tagged frame the tag's. */
    public int type() {
        return typeAt(TYPE_OFFSET);
    }

    int typeAt(int position) {
        return buffer.getShort(offset + position, BIG_ENDIAN) & 0xFFFF;
    }

    /** True for addresses 01-80-C2-00-00-0X: STP, LLDP, LACP, PAUSE and others that concern one cable only. */
    public boolean isLinkLocal() {
        return destination() >>> 4 == LINK_LOCAL_ADDRESSES;
    }

    /** True for a PRP or HSR supervision frame. */
    public boolean isSupervision() {
        return destination() >>> 8 == SUPERVISION_ADDRESSES && type() == IfEther.ETH_P_PRP;
    }

    /** Pads with zeros to {@code octets}, for which there is room; a frame as long as that stays as it is. */
    void padTo(int octets) {
        if (length < octets) {
            buffer.setMemory(offset + length, octets - length, (byte) 0);
            length = octets;
        }
    }

    void grow(int octetsAtEnd) {
        length += octetsAtEnd;
    }

    void growAtStart(int octets) {
        offset -= octets;
        length += octets;
        room += octets;
    }

    /**
     * Moves the octets before {@code end}, 12 or 16 or 20 of them, by a few octets: to the front when {@code octets} is
     * positive, so that as many become free behind them.
     *
     * @param octets how far, from where they lie {@code octets} behind {@link #offset()} (positive) or at it (negative)
     * @param end    how many they are
     */
    void moveStart(int octets, int end) {
        int from = offset + Math.max(octets, 0);
        int to = offset + Math.max(-octets, 0);
        // All is read before anything is written, because the two places overlap.
        long first = buffer.getLong(from);
        int second = buffer.getInt(from + Long.BYTES);
        int third = end > ADDRESSES_LENGTH ? buffer.getInt(from + ADDRESSES_LENGTH) : 0;
        int fourth =
                end > ADDRESSES_LENGTH + VlanTag.LENGTH ? buffer.getInt(from + ADDRESSES_LENGTH + VlanTag.LENGTH) : 0;
        buffer.putLong(to, first);
        buffer.putInt(to + Long.BYTES, second);
        if (end > ADDRESSES_LENGTH) {
            buffer.putInt(to + ADDRESSES_LENGTH, third);
        }
        if (end > ADDRESSES_LENGTH + VlanTag.LENGTH) {
            buffer.putInt(to + ADDRESSES_LENGTH + VlanTag.LENGTH, fourth);
        }
    }
}
