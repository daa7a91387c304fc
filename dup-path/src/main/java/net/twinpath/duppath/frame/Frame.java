package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import net.twinpath.linux.IfEther;
import net.twinpath.linux.PacketRing;
import org.agrona.MutableDirectBuffer;

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

    /** 01-80-C2-00-00-00 without its last four bits: addresses no bridge forwards (IEEE 802.1Q table 8-1). */
    private static final long LINK_LOCAL_ADDRESSES = 0x0180C200000L;

    /** 01-15-4E-00-01-00 without its last eight bits (IEC 62439-3, supervision frames). */
    private static final long SUPERVISION_ADDRESSES = 0x01154E0001L;

    private MutableDirectBuffer buffer;
    private int offset;
    private int length;
    private int room;

    /** @param buffer memory the first frame lies in */
    public Frame(MutableDirectBuffer buffer) {
        this.buffer = buffer;
    }

    /** Moves to the ring's current frame. */
    public Frame wrap(PacketRing ring) {
        return wrap(ring.buffer(), ring.frameOffset(), ring.frameLength(), ring.room());
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

    /** Source address, its first octet in bits 47 to 40. */
    public long source() {
        return addressAt(SOURCE_OFFSET);
    }

    long addressAt(int position) {
        return ((buffer.getShort(offset + position, BIG_ENDIAN) & 0xFFFFL) << 32)
                | (buffer.getInt(offset + position + Short.BYTES, BIG_ENDIAN) & 0xFFFFFFFFL);
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

    void grow(int octetsAtEnd) {
        length += octetsAtEnd;
    }

    void growAtStart(int octets) {
        offset -= octets;
        length += octets;
        room += octets;
    }
}
