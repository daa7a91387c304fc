package net.twinpath.linux;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames received by an AF_PACKET socket in memory shared with the kernel (packet_mmap, TPACKET_V2).
 *
 * <p>Used by one thread: {@link #next()} moves to each waiting frame in turn, the frame is read (and may be changed)
 * where it lies, and {@link #release()} gives all slots taken since back to the kernel. TPACKET_V2 shows a frame the
 * moment it arrives; TPACKET_V3 would hold it until a block is full or a timer of at least a millisecond expires.
 *
 * <pre>
 *  slot  +0    tpacket2_hdr (32)  sockaddr_ll (20)
 *        +82   free: headroom for a VLAN tag to be put back
 *        +tp_mac  the frame, as received, tp_snaplen octets
 *        ...   free: tailroom for padding and a trailer
 * </pre>
 */
public final class PacketRing implements AutoCloseable {
    /** Octets free in front of a frame, at least: room to put a VLAN tag back, and for an R-TAG and a link's VLAN tag. */
    public static final int HEADROOM = 16;

    /** Octets free behind a frame of the size the ring was made for, at least: padding and a trailer. */
    public static final int TAILROOM = 64;

    private static final int PAGE_BYTES = 4096;
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int MIN_SLOT_BYTES = 2048;

    /** Largest {@code tp_mac}: both headers, the link-layer header's room of 16, alignment, and the headroom asked for. */
    private static final int MAX_MAC_OFFSET = 96 + HEADROOM;

    private final LinuxSocket socket;
    private final Mapping mapping;
    private final UnsafeBuffer slots;
    private final long baseAddress;
    private final int slotBytes;
    private final int slotMask;
    private final UnsafeBuffer statistics = NativeBuffers.allocate(8);
    private int head;
    private int tail;
    private int slot;
    private long ringFullDrops;

    /**
     * Makes a ring on a socket that is not bound yet.
     *
     * @param socket        AF_PACKET, SOCK_RAW
     * @param slotCount     frames it holds, a power of two
     * @param maxFrameBytes octets of the largest frame, with one VLAN tag, without FCS
     */
    public PacketRing(LinuxSocket socket, int slotCount, int maxFrameBytes) {
        if (Integer.bitCount(slotCount) != 1) {
            throw new IllegalArgumentException("slot count " + slotCount + " is not a power of two");
        }
        this.socket = socket;
        slotBytes = slotBytes(maxFrameBytes);
        slotMask = slotCount - 1;
        int blockBytes = Math.max(BLOCK_BYTES, slotBytes);
        socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_VERSION, IfPacket.TPACKET_V2);
        socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_RESERVE, HEADROOM);
        UnsafeBuffer request = NativeBuffers.allocate(IfPacket.TPACKET_REQ_LENGTH);
        request.putInt(0, blockBytes);
        request.putInt(4, (int) ((long) slotBytes * slotCount / blockBytes));
        request.putInt(8, slotBytes);
        request.putInt(12, slotCount);
        socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_RX_RING, request);
        mapping = Mapping.ofRing(socket, slotBytes * slotCount);
        slots = mapping.buffer();
        baseAddress = slots.addressOffset();
    }

    private static int slotBytes(int maxFrameBytes) {
        int needed = MAX_MAC_OFFSET + maxFrameBytes + TAILROOM;
        return Math.max(MIN_SLOT_BYTES, Integer.highestOneBit(needed - 1) << 1);
    }

    /** The memory all slots lie in; offsets below are offsets into it. */
    public UnsafeBuffer buffer() {
        return slots;
    }

    /** Moves to the next waiting frame; false when there is none or every slot is taken. */
    public boolean next() {
        if (head - tail > slotMask) {
            return false;
        }
        int candidate = (head & slotMask) * slotBytes;
        if ((slots.getIntVolatile(candidate + IfPacket.TP_STATUS_OFFSET) & IfPacket.TP_STATUS_USER) == 0) {
            return false;
        }
        slot = candidate;
        head++;
        return true;
    }

    /** {@code TP_STATUS_*} bits of the current frame. */
    public int status() {
        return slots.getInt(slot + IfPacket.TP_STATUS_OFFSET);
    }

    /** Where the current frame's first octet lies in {@link #buffer()}. */
    public int frameOffset() {
        return slot + (slots.getShort(slot + IfPacket.TP_MAC_OFFSET) & 0xFFFF);
    }

    /** Octets of the current frame that are in the slot. */
    public int frameLength() {
        return slots.getInt(slot + IfPacket.TP_SNAPLEN_OFFSET);
    }

    /** Octets the current frame had; more than {@link #frameLength()} when it did not fit the slot. */
    public int originalLength() {
        return slots.getInt(slot + IfPacket.TP_LEN_OFFSET);
    }

    /** Octets from the current frame's first to the end of its slot. */
    public int room() {
        return slot + slotBytes - frameOffset();
    }

    /** Tag control information the kernel took out of the current frame, when {@code TP_STATUS_VLAN_VALID}. */
    public int vlanTci() {
        return slots.getShort(slot + IfPacket.TP_VLAN_TCI_OFFSET) & 0xFFFF;
    }

    /** Tag protocol identifier the kernel took out, when {@code TP_STATUS_VLAN_TPID_VALID}. */
    public int vlanTpid() {
        return slots.getShort(slot + IfPacket.TP_VLAN_TPID_OFFSET) & 0xFFFF;
    }

    /** Native address of an offset into {@link #buffer()}. */
    public long address(int offset) {
        return baseAddress + offset;
    }

    /** Gives every slot taken since the last release back to the kernel. */
    public void release() {
        while (tail != head) {
            slots.putIntOrdered((tail & slotMask) * slotBytes + IfPacket.TP_STATUS_OFFSET, IfPacket.TP_STATUS_KERNEL);
            tail++;
        }
    }

    /** Frames lost so far because every slot was full; not to be called by two threads at once. */
    public long ringFullDrops() {
        // struct tpacket_stats: u32 packets, u32 drops; reading sets both to zero.
        socket.readOption(IfPacket.SOL_PACKET, IfPacket.PACKET_STATISTICS, statistics);
        ringFullDrops += statistics.getInt(4) & 0xFFFFFFFFL;
        return ringFullDrops;
    }

    /** Unmaps the memory; the socket is closed by its owner. */
    @Override
    public void close() {
        mapping.close();
    }

    static {
        assert BLOCK_BYTES % PAGE_BYTES == 0;
    }
}
