package net.twinpath.linux;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Frames received by an AF_PACKET socket in memory shared with the kernel (packet_mmap, TPACKET_V2).
 *
 * <p>Used by one thread: {@link #next()} moves to each waiting frame in turn, the frame is read (and may be changed)
 * where it lies, and {@link #release()} gives all slots taken since back to the kernel. {@link #nextArrivedNs()} tells
 * which of several rings has the frame that came first. TPACKET_V2 shows a frame the moment it arrives; TPACKET_V3 would
 * hold it until a block is full or a timer of at least a millisecond expires.
 *
 * <pre>
 *  slot  +0    tpacket2_hdr (32)  sockaddr_ll (20)
 *        ...   free: headroom for a VLAN tag to be put back
 *        (virtio_net_hdr (10), where super-frames are taken, in the headroom's last octets)
 *        +tp_mac  the frame, as received, tp_snaplen octets
 *        ...   free: tailroom for padding and a trailer
 * </pre>
 *
 * <p>A super-frame, which an offload has merged of many (GSO, GRO), is longer than a slot: the kernel puts the beginning
 * of it there and the whole into the socket's queue besides ({@code PACKET_COPY_THRESH}), from where it is copied to a
 * place of its own, which is overwritten by the next one.
 */
public final class PacketRing implements AutoCloseable {
    /** Octets free in front of a frame, at least: room to put a VLAN tag back, and for an R-TAG and a link's VLAN tag. */
    public static final int HEADROOM = 16;

    /** Octets free behind a frame of the size the ring was made for, at least: padding and a trailer. */
    public static final int TAILROOM = 64;

    /** Answer of {@link #nextArrivedNs} when no frame waits: later than any. */
    public static final long NOTHING_WAITS = Long.MAX_VALUE;

    private static final int PAGE_BYTES = 4096;
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int MIN_SLOT_BYTES = 2048;

    /** With the virtio_net_hdr a multiple of 16, so that frames lie as well aligned as without. */
    private static final int RESERVE_BESIDE_HEADER = HEADROOM + 16 - VirtioNet.VIRTIO_NET_HDR_LENGTH;

    /** Largest {@code tp_mac}: both headers, the link-layer header's room of 16, alignment, and the headroom asked for. */
    private static final int MAX_MAC_OFFSET = 96 + HEADROOM + 16;

    /** Where a super-frame lies in the place of its own. */
    private static final int WHOLE_OFFSET = 32;

    /** An IP packet's 65535 octets behind an Ethernet header and two tags; with BIG TCP there may be more. */
    private static final int WHOLE_BYTES = 68 * 1024;

    /** Slots of which octets are read ahead at once: as many reads from memory as a core has under way. */
    private static final int AHEAD_SLOTS = 16;

    private static final int CACHE_LINE_BYTES = 64;

    private static final int STATUS_WITH_VLAN =
            IfPacket.TP_STATUS_USER | IfPacket.TP_STATUS_VLAN_VALID | IfPacket.TP_STATUS_VLAN_TPID_VALID;

    private static final UnsafeBuffer NOWHERE = new UnsafeBuffer(0, 0);

    private final LinuxSocket socket;
    private final Mapping mapping;
    private final UnsafeBuffer slots;
    private final int slotBytes;
    private final int slotMask;
    private final @Nullable Mapping wholeMapping;
    private final UnsafeBuffer whole;
    private final UnsafeBuffer message;
    private final UnsafeBuffer statistics = NativeBuffers.allocate(8);
    private int head;
    private int tail;
    private int slot;
    private int wholeLength;

    /** What was read ahead: written, so that the compiler keeps the reads. */
    @SuppressWarnings("UnusedVariable")
    private int readAhead;

    private long ringFullDrops;

    /**
     * Makes a ring on a socket that is not bound yet.
     *
     * @param socket        AF_PACKET, SOCK_RAW
     * @param slotCount     frames it holds, a power of two
     * @param maxFrameBytes octets of the largest frame, with one VLAN tag, without FCS
     */
    public PacketRing(LinuxSocket socket, int slotCount, int maxFrameBytes) {
        this(socket, slotCount, maxFrameBytes, false, false);
    }

    /**
     * Goes on with a socket's ring of super-frames where another left it, with the frames that came since.
     *
     * @param socket as {@link #withSuperFrames} made it, with the same count and octets
     * @param head   of {@link #head()}
     */
    static PacketRing goingOn(LinuxSocket socket, int slotCount, int maxFrameBytes, int head) {
        PacketRing ring = new PacketRing(socket, slotCount, maxFrameBytes, true, true);
        ring.head = head;
        ring.tail = head;
        return ring;
    }

    /** Makes a ring without a socket, in memory of its own. */
    static PacketRing inMemory(int slotCount, int maxFrameBytes) {
        return new PacketRing(LinuxSocket.none(), slotCount, maxFrameBytes, false, true);
    }

    /**
     * Makes a ring that takes super-frames whole and tells how to cut them, on a socket that is not bound yet. To send on
     * that socket one would have to put a virtio_net_hdr in front of every frame.
     *
     * @param socket        AF_PACKET, SOCK_RAW
     * @param slotCount     frames it holds, a power of two
     * @param maxFrameBytes octets of the largest frame on the wire, with one VLAN tag, without FCS
     */
    static PacketRing withSuperFrames(LinuxSocket socket, int slotCount, int maxFrameBytes) {
        return new PacketRing(socket, slotCount, maxFrameBytes, true, false);
    }

    private PacketRing(LinuxSocket socket, int slotCount, int maxFrameBytes, boolean superFrames, boolean isThere) {
        if (Integer.bitCount(slotCount) != 1) {
            throw new IllegalArgumentException("slot count " + slotCount + " is not a power of two");
        }
        this.socket = socket;
        slotBytes = slotBytes(maxFrameBytes);
        slotMask = slotCount - 1;
        if (!isThere) {
            request(slotCount, superFrames);
        }
        mapping = socket.fd() < 0
                ? Mapping.anonymous(slotBytes * slotCount)
                : Mapping.ofRing(socket, slotBytes * slotCount);
        slots = mapping.buffer();
        wholeMapping = superFrames ? Mapping.anonymous(WHOLE_BYTES) : null;
        whole = wholeMapping == null ? NOWHERE : wholeMapping.buffer();
        int header = WHOLE_OFFSET - VirtioNet.VIRTIO_NET_HDR_LENGTH;
        message = wholeMapping == null ? NOWHERE : new UnsafeBuffer(whole, header, WHOLE_BYTES - header);
    }

    private void request(int slotCount, boolean superFrames) {
        int blockBytes = Math.max(BLOCK_BYTES, slotBytes);
        socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_VERSION, IfPacket.TPACKET_V2);
        if (superFrames) {
            socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_VNET_HDR, 1);
            socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_COPY_THRESH, 1);
        }
        socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_RESERVE, superFrames ? RESERVE_BESIDE_HEADER : HEADROOM);
        UnsafeBuffer request = NativeBuffers.allocate(IfPacket.TPACKET_REQ_LENGTH);
        request.putInt(0, blockBytes);
        request.putInt(4, (int) ((long) slotBytes * slotCount / blockBytes));
        request.putInt(8, slotBytes);
        request.putInt(12, slotCount);
        socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_RX_RING, request);
    }

    private static int slotBytes(int maxFrameBytes) {
        int needed = MAX_MAC_OFFSET + maxFrameBytes + TAILROOM;
        return Math.max(MIN_SLOT_BYTES, Integer.highestOneBit(needed - 1) << 1);
    }

    /** Where a successor goes on: the slot of the oldest frame not given back to the kernel, counted without wrapping. */
    int head() {
        return tail;
    }

    /** The memory all slots lie in, and every frame but super-frames. */
    public UnsafeBuffer buffer() {
        return slots;
    }

    /**
     * When the frame arrived that {@link #next} moves to, nanoseconds of {@link RealTimeClock}; {@link #NOTHING_WAITS} when
     * there is none or every slot is taken.
     */
    public long nextArrivedNs() {
        int candidate = slotOf(head);
        if (!isOurs(statusOfNext(candidate))) {
            return NOTHING_WAITS;
        }
        long seconds = slots.getInt(candidate + IfPacket.TP_SEC_OFFSET) & 0xFFFF_FFFFL;
        return seconds * RealTimeClock.NANOS_PER_SECOND + slots.getInt(candidate + IfPacket.TP_NSEC_OFFSET);
    }

    private int statusOfNext(int candidate) {
        boolean areAllTaken = head - tail > slotMask;
        return areAllTaken ? IfPacket.TP_STATUS_KERNEL : slots.getIntVolatile(candidate + IfPacket.TP_STATUS_OFFSET);
    }

    private static boolean isOurs(int status) {
        return (status & IfPacket.TP_STATUS_USER) != 0;
    }

    /** Moves to the next waiting frame; false when there is none or every slot is taken. */
    public boolean next() {
        int candidate = slotOf(head);
        int status = statusOfNext(candidate);
        if (!isOurs(status)) {
            return false;
        }
        slot = candidate;
        head++;
        wholeLength = (status & IfPacket.TP_STATUS_COPY) == 0 ? 0 : receiveWhole();
        if (head % AHEAD_SLOTS == 0) {
            readAhead();
        }
        return true;
    }

    /**
     * Reads octets of the next frames where many wait. The kernel wrote them on another core perhaps, and slots are too
     * far apart for the processor to guess the next: so it waits for its memory once, and not for each frame.
     */
    private void readAhead() {
        if (!isOurs(slots.getInt(slotOf(head + AHEAD_SLOTS - 1) + IfPacket.TP_STATUS_OFFSET))) {
            return;
        }
        int sum = 0;
        for (int number = head; number != head + AHEAD_SLOTS; number++) {
            sum += slots.getInt(slotOf(number)) + slots.getInt(slotOf(number) + CACHE_LINE_BYTES);
        }
        for (int number = head; number != head + AHEAD_SLOTS; number++) {
            sum += slots.getByte(lastOctet(slotOf(number)));
        }
        readAhead = sum;
    }

    private int slotOf(int number) {
        return (number & slotMask) * slotBytes;
    }

    private int lastOctet(int ofSlot) {
        int end = (slots.getShort(ofSlot + IfPacket.TP_MAC_OFFSET) & 0xFFFF)
                + slots.getInt(ofSlot + IfPacket.TP_SNAPLEN_OFFSET);
        return ofSlot + Math.min(end, slotBytes) - 1;
    }

    /** Takes the whole frame, queued in the order of the slots; 0 when it is longer than the place for it. */
    private int receiveWhole() {
        int received = socket.receive(message, Socket.MSG_DONTWAIT | Socket.MSG_TRUNC);
        if (received < 0) {
            // An error of the socket, as when the interface goes down, is told once, before the frame.
            received = socket.receive(message, Socket.MSG_DONTWAIT | Socket.MSG_TRUNC);
        }
        int length = received - VirtioNet.VIRTIO_NET_HDR_LENGTH;
        return length == originalLength() && received <= message.capacity() ? length : 0;
    }

    /** {@code TP_STATUS_*} bits of the current frame. */
    public int status() {
        return slots.getInt(slot + IfPacket.TP_STATUS_OFFSET);
    }

    /** The memory the current frame lies in. */
    public UnsafeBuffer frameBuffer() {
        return wholeLength > 0 ? whole : slots;
    }

    /** Where the current frame's first octet lies in {@link #frameBuffer()}. */
    public int frameOffset() {
        return wholeLength > 0 ? WHOLE_OFFSET : macOffset();
    }

    /** Octets of the current frame that are there. */
    public int frameLength() {
        return wholeLength > 0 ? wholeLength : slots.getInt(slot + IfPacket.TP_SNAPLEN_OFFSET);
    }

    /** Octets the current frame had; more than {@link #frameLength()} when the rest is lost. */
    public int originalLength() {
        return slots.getInt(slot + IfPacket.TP_LEN_OFFSET);
    }

    /** Octets from the current frame's first to the end of its place. */
    public int room() {
        return wholeLength > 0 ? WHOLE_BYTES - WHOLE_OFFSET : slot + slotBytes - macOffset();
    }

    private int macOffset() {
        return slot + (slots.getShort(slot + IfPacket.TP_MAC_OFFSET) & 0xFFFF);
    }

    /**
     * {@code VIRTIO_NET_HDR_GSO_*} of the current frame. This and the next three are to be read before its headroom is
     * used, and of rings that take super-frames only.
     */
    public int gsoType() {
        return slots.getByte(virtioHeader() + VirtioNet.GSO_TYPE_OFFSET) & 0xFF;
    }

    /** Octets of payload in each of the frames the current one was merged of, but the last, which may have fewer. */
    public int gsoSize() {
        return slots.getShort(virtioHeader() + VirtioNet.GSO_SIZE_OFFSET) & 0xFFFF;
    }

    /** Where in the current frame, its first octet being 0, the part begins whose checksum is open; -1 when none is. */
    public int checksumStart() {
        boolean open =
                (slots.getByte(virtioHeader() + VirtioNet.FLAGS_OFFSET) & VirtioNet.VIRTIO_NET_HDR_F_NEEDS_CSUM) != 0;
        return open ? slots.getShort(virtioHeader() + VirtioNet.CSUM_START_OFFSET) & 0xFFFF : -1;
    }

    /** Where in the part of {@link #checksumStart} the open checksum itself is to stand. */
    public int checksumOffset() {
        return slots.getShort(virtioHeader() + VirtioNet.CSUM_OFFSET_OFFSET) & 0xFFFF;
    }

    private int virtioHeader() {
        return macOffset() - VirtioNet.VIRTIO_NET_HDR_LENGTH;
    }

    /** Tag control information the kernel took out of the current frame, when {@code TP_STATUS_VLAN_VALID}. */
    public int vlanTci() {
        return slots.getShort(slot + IfPacket.TP_VLAN_TCI_OFFSET) & 0xFFFF;
    }

    /** Tag protocol identifier the kernel took out, when {@code TP_STATUS_VLAN_TPID_VALID}. */
    public int vlanTpid() {
        return slots.getShort(slot + IfPacket.TP_VLAN_TPID_OFFSET) & 0xFFFF;
    }

    /**
     * Puts a frame into the slot behind those that wait, as the kernel does; of rings without a socket only.
     *
     * @param waiting   frames put since all were taken and released
     * @param vlan      of the 802.1Q tag that was taken out of the frame; 0 when it had none
     * @param arrivedNs as {@link #nextArrivedNs} is to tell it
     */
    public void put(int waiting, DirectBuffer frame, int offset, int length, int vlan, long arrivedNs) {
        int into = slotOf(head + waiting);
        slots.setMemory(
                into + MAX_MAC_OFFSET - VirtioNet.VIRTIO_NET_HDR_LENGTH, VirtioNet.VIRTIO_NET_HDR_LENGTH, (byte) 0);
        slots.putBytes(into + MAX_MAC_OFFSET, frame, offset, length);
        slots.putInt(into + IfPacket.TP_LEN_OFFSET, length);
        slots.putInt(into + IfPacket.TP_SNAPLEN_OFFSET, length);
        slots.putShort(into + IfPacket.TP_MAC_OFFSET, (short) MAX_MAC_OFFSET);
        slots.putInt(into + IfPacket.TP_SEC_OFFSET, (int) (arrivedNs / RealTimeClock.NANOS_PER_SECOND));
        slots.putInt(into + IfPacket.TP_NSEC_OFFSET, (int) (arrivedNs % RealTimeClock.NANOS_PER_SECOND));
        slots.putShort(into + IfPacket.TP_VLAN_TCI_OFFSET, (short) vlan);
        slots.putShort(into + IfPacket.TP_VLAN_TPID_OFFSET, (short) IfEther.ETH_P_8021Q);
        slots.putIntOrdered(into + IfPacket.TP_STATUS_OFFSET, vlan == 0 ? IfPacket.TP_STATUS_USER : STATUS_WITH_VLAN);
    }

    /**
     * Tells what offloads have left to do with a frame that was {@link #put}; the rest of its virtio_net_hdr stays 0.
     *
     * @param waiting       as it was put
     * @param gsoType       {@code VIRTIO_NET_HDR_GSO_*}
     * @param gsoSize       octets of payload in each of the frames it is to be cut into
     * @param checksumStart where in the frame the part begins whose checksum is open; -1 when none is
     * @param checksumOffset where in that part the checksum is to stand
     */
    public void leaveToDo(int waiting, int gsoType, int gsoSize, int checksumStart, int checksumOffset) {
        int header = slotOf(head + waiting) + MAX_MAC_OFFSET - VirtioNet.VIRTIO_NET_HDR_LENGTH;
        slots.putByte(header + VirtioNet.GSO_TYPE_OFFSET, (byte) gsoType);
        slots.putShort(header + VirtioNet.GSO_SIZE_OFFSET, (short) gsoSize);
        if (checksumStart >= 0) {
            slots.putByte(header + VirtioNet.FLAGS_OFFSET, (byte) VirtioNet.VIRTIO_NET_HDR_F_NEEDS_CSUM);
            slots.putShort(header + VirtioNet.CSUM_START_OFFSET, (short) checksumStart);
            slots.putShort(header + VirtioNet.CSUM_OFFSET_OFFSET, (short) checksumOffset);
        }
    }

    /** Gives every slot taken since the last release back to the kernel. */
    public void release() {
        while (tail != head) {
            slots.putIntOrdered(slotOf(tail) + IfPacket.TP_STATUS_OFFSET, IfPacket.TP_STATUS_KERNEL);
            tail++;
        }
    }

    /** Frames the kernel lost so far because every slot was full; not to be called by two threads at once. */
    public long ringFullDrops() {
        if (socket.fd() >= 0) {
            // struct tpacket_stats: u32 packets, u32 drops; reading sets both to zero.
            socket.readOption(IfPacket.SOL_PACKET, IfPacket.PACKET_STATISTICS, statistics);
            ringFullDrops += statistics.getInt(4) & 0xFFFFFFFFL;
        }
        return ringFullDrops;
    }

    /** Unmaps the memory; the socket is closed by its owner. */
    @Override
    public void close() {
        mapping.close();
        if (wholeMapping != null) {
            wholeMapping.close();
        }
    }

    static {
        assert BLOCK_BYTES % PAGE_BYTES == 0;
    }
}
