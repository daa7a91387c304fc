package net.twinpath.duppath.nodes;

import org.agrona.concurrent.AtomicBuffer;

/**
 * Tells which of two LANs a singly attached node lives on, so that a frame for it is sent there only and without a mark.
 * Written by the receiving agent, read by the sending one, without locks: an entry is one long. Bounded; when two nodes
 * meet in one place the later one stays, and frames for the other go out on both LANs, which is right, too.
 *
 * <pre>
 *  entry: address (48 bits) | heard on A | heard on B | time in units of 2^30 ns (14 bits); 0 when free
 * </pre>
 */
public final class SingleAttachments {
    /** Answer of {@link #lan} when a node is not known to live on one LAN only. */
    public static final int UNKNOWN = -1;

    /** Octets of memory. */
    public static final int BYTES = 4096 * Long.BYTES;

    private static final int ADDRESS_SHIFT = 16;
    private static final int LANS_SHIFT = 14;
    private static final int BOTH_LANS = 0b11;
    private static final int TIME_MASK = (1 << LANS_SHIFT) - 1;
    private static final int TIME_SHIFT = 30;

    /** A node that has moved to the other LAN is taken to live on both for as long as this, in units of 2^30 ns. */
    private static final int MOVED_WITHIN = 10;

    private static final long FORGET_AFTER = NodeTable.NODE_FORGET_TIME_NS >>> TIME_SHIFT;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int INDEX_SHIFT = Long.SIZE - 12;

    private final AtomicBuffer memory;

    /** @param memory {@link #BYTES} zero octets */
    public SingleAttachments(AtomicBuffer memory) {
        this.memory = memory;
    }

    /** Notes that a frame without a mark came from a node on a LAN, 0 being LAN A. */
    public void heard(long address, int lan, long nowNs) {
        int place = place(address);
        long entry = memory.getLong(place);
        int lans = 1 << lan;
        if (entry >>> ADDRESS_SHIFT == address && age(entry, nowNs) < MOVED_WITHIN) {
            lans |= lans(entry);
        }
        memory.putLongOrdered(
                place, (address << ADDRESS_SHIFT) | ((long) lans << LANS_SHIFT) | ((nowNs >>> TIME_SHIFT) & TIME_MASK));
    }

    /** Forgets a node that turned out to be doubly attached. */
    public void forget(long address) {
        int place = place(address);
        if (memory.getLong(place) >>> ADDRESS_SHIFT == address) {
            memory.putLongOrdered(place, 0);
        }
    }

    /** The one LAN a node lives on, 0 being LAN A; {@link #UNKNOWN} for every other node. */
    public int lan(long address, long nowNs) {
        long entry = memory.getLongVolatile(place(address));
        int lans = lans(entry);
        if (entry >>> ADDRESS_SHIFT != address || lans == BOTH_LANS || lans == 0 || age(entry, nowNs) > FORGET_AFTER) {
            return UNKNOWN;
        }
        return lans - 1;
    }

    private static int lans(long entry) {
        return (int) (entry >>> LANS_SHIFT) & BOTH_LANS;
    }

    private static long age(long entry, long nowNs) {
        return ((nowNs >>> TIME_SHIFT) - entry) & TIME_MASK;
    }

    private static int place(long address) {
        return (int) ((address * SPREAD) >>> INDEX_SHIFT) * Long.BYTES;
    }
}
