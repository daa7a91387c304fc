package net.twinpath.duppath.stream;

/**
 * Remembers protocol and ports of the first fragments of IP packets, so that later ones, which do not carry them, are
 * taken for the same stream. Direct-mapped: a packet whose slot is needed by another is forgotten. Ports that were
 * remembered longer ago than {@link #FORGET_AFTER_FRAMES} frames are another packet's and not used.
 *
 * <pre>
 *  a slot, 8 x 64 bits
 *  0, 1  source address      2, 3  destination address
 *  4     identification (32) | VLAN ID (16) | IP version (8) | protocol (8), of IPv4 only
 *  5     fields the first fragment had (32) | protocol (32)
 *  6     source port (32) | destination port (32)
 *  7     number of the frame it was
 * </pre>
 */
final class FirstFragments {
    /**
     * A sender that counts its packets comes to the same IPv4 identification after this many (RFC 791 gives it 16 bits),
     * and at least one of them was more than one frame.
     */
    static final int FORGET_AFTER_FRAMES = 65_536;

    private static final int SLOT_BITS = 10;
    private static final int SLOT_WORDS = 8;
    private static final int SOURCE = 0;
    private static final int DESTINATION = 2;
    private static final int PACKET = 4;
    private static final int PROTOCOL = 5;
    private static final int PORTS = 6;
    private static final int FRAME_NUMBER = 7;

    private static final int INHERITED = Fields.PROTOCOL | Fields.SOURCE_PORT | Fields.DESTINATION_PORT;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final long[] slots = new long[(1 << SLOT_BITS) * SLOT_WORDS];

    /** Starts where an empty slot, of frame 0, is too old to be used. */
    private long frameNumber = FORGET_AFTER_FRAMES;

    /** Remembers a first fragment, completes a later one, and counts any frame. */
    void follow(FrameHeaders headers) {
        frameNumber++;
        if (headers.isFirstFragment()) {
            remember(headers);
        } else if (headers.isLaterFragment()) {
            complete(headers);
        }
    }

    private void remember(FrameHeaders headers) {
        FieldValues values = headers.values();
        long packet = packet(headers);
        int slot = slot(values, packet);
        slots[slot + SOURCE] = values.sourceHigh();
        slots[slot + SOURCE + 1] = values.sourceLow();
        slots[slot + DESTINATION] = values.destinationHigh();
        slots[slot + DESTINATION + 1] = values.destinationLow();
        slots[slot + PACKET] = packet;
        slots[slot + PROTOCOL] = pair(headers.fields() & INHERITED, values.protocol());
        slots[slot + PORTS] = pair(values.sourcePort(), values.destinationPort());
        slots[slot + FRAME_NUMBER] = frameNumber;
    }

    private void complete(FrameHeaders headers) {
        long packet = packet(headers);
        int slot = slot(headers.values(), packet);
        int fields = high(slots[slot + PROTOCOL]);
        if (fields != 0 && isOf(headers.values(), packet, slot)) {
            headers.inherit(fields, low(slots[slot + PROTOCOL]), high(slots[slot + PORTS]), low(slots[slot + PORTS]));
        }
    }

    private boolean isOf(FieldValues values, long packet, int slot) {
        return frameNumber - slots[slot + FRAME_NUMBER] <= FORGET_AFTER_FRAMES
                && slots[slot + PACKET] == packet
                && slots[slot + SOURCE] == values.sourceHigh()
                && slots[slot + SOURCE + 1] == values.sourceLow()
                && slots[slot + DESTINATION] == values.destinationHigh()
                && slots[slot + DESTINATION + 1] == values.destinationLow();
    }

    /** IPv6 knows a packet by addresses and identification alone; the fragments may differ in what follows (RFC 8200). */
    private static long packet(FrameHeaders headers) {
        boolean isIpv4 = (headers.fields() & Fields.IPV4) != 0;
        FieldValues values = headers.values();
        return ((long) headers.identification() << 32)
                | ((long) values.vlanId() << 16)
                | (isIpv4 ? 4 << 8 | values.protocol() : 6 << 8);
    }

    private static int slot(FieldValues values, long packet) {
        long hash = packet * MULTIPLIER;
        hash = (hash ^ (hash >>> 32) ^ values.sourceHigh() ^ Long.rotateLeft(values.sourceLow(), 32)) * MULTIPLIER;
        hash = (hash ^ (hash >>> 32) ^ values.destinationHigh() ^ Long.rotateLeft(values.destinationLow(), 32))
                * MULTIPLIER;
        return (int) (hash >>> (Long.SIZE - SLOT_BITS)) * SLOT_WORDS;
    }

    private static long pair(int high, int low) {
        return ((long) high << Integer.SIZE) | low;
    }

    private static int high(long pair) {
        return (int) (pair >>> Integer.SIZE);
    }

    private static int low(long pair) {
        return (int) pair;
    }
}
