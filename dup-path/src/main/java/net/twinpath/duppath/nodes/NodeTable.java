package net.twinpath.duppath.nodes;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.duppath.nodes.Node.Kind;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The senders heard on the links, by source address, each with a place for its discard memory; bounded, and allocates
 * nothing once made. Written by one thread; {@link #nodes} may be called by another.
 *
 * <pre>
 *  memory of one place (128 octets)
 *  +0   address, s64, -1 when the place is free
 *  +8   what is known of it, s32: 1 numbers its frames, 2 announced itself, 4 is a RedBox, 8 is spoken for by a RedBox
 *  +16  that RedBox's address, s64
 *  +64  8 x s64  when it was last heard on each link, ns
 * </pre>
 */
public final class NodeTable {
    /** NodeForgetTime (IEC 62439-3 table 8): a sender not heard for so long gives its place up, nanoseconds. */
    public static final long NODE_FORGET_TIME_NS = 60_000_000_000L;

    /** Octets of memory for each place. */
    public static final int BYTES_PER_PLACE = 128;

    /** Answer of {@link #place} when a sender is not known. */
    public static final int NONE = -1;

    private static final int KNOWN_OFFSET = 8;
    private static final int RED_BOX_OFFSET = 16;
    private static final int HEARD_OFFSET = 64;
    private static final int MAX_LINKS = 8;

    private static final int SEQUENCED = 1;
    private static final int ANNOUNCED = 2;
    private static final int IS_RED_BOX = 4;
    private static final int SPOKEN_FOR = 8;

    private static final float LOAD_FACTOR = 0.5f;

    private final AtomicBuffer memory;
    private final int capacity;
    private final Long2LongHashMap places;
    private final int[] freePlaces;
    private int freeCount;
    private long lastAddress = NONE;
    private int lastPlace = NONE;

    /**
     * Makes an empty table.
     *
     * @param memory   {@link #BYTES_PER_PLACE} octets for each place
     * @param capacity senders known at once
     */
    public NodeTable(AtomicBuffer memory, int capacity) {
        this.memory = memory;
        this.capacity = capacity;
        places = new Long2LongHashMap(capacity * 2, LOAD_FACTOR, NONE);
        freePlaces = new int[capacity];
        for (int place = capacity - 1; place >= 0; place--) {
            memory.putLong(place * BYTES_PER_PLACE, NONE);
            freePlaces[freeCount++] = place;
        }
    }

    /** The place of a known sender; {@link #NONE} when it is not known. */
    public int place(long address) {
        if (address != lastAddress) {
            lastAddress = address;
            lastPlace = (int) places.get(address);
        }
        return lastPlace;
    }

    /** Makes a sender of numbered frames known; {@link #NONE} when all places are taken. */
    public int addSequenced(long address) {
        return freeCount == 0 ? NONE : add(address, SEQUENCED);
    }

    /**
     * Makes a sender of frames without numbers known; {@link #NONE} when three quarters of the places are taken, so that
     * a flood of made-up addresses leaves room for nodes whose duplicates must be removed.
     */
    public int addUnsequenced(long address) {
        return freeCount <= capacity / 4 ? NONE : add(address, 0);
    }

    private int add(long address, int known) {
        int place = freePlaces[--freeCount];
        int base = place * BYTES_PER_PLACE;
        for (int link = 0; link < MAX_LINKS; link++) {
            memory.putLong(base + HEARD_OFFSET + link * Long.BYTES, Node.NEVER);
        }
        memory.putInt(base + KNOWN_OFFSET, known);
        memory.putLong(base + RED_BOX_OFFSET, 0);
        memory.putLongOrdered(base, address);
        places.put(address, place);
        lastAddress = NONE;
        return place;
    }

    /** True when a numbered frame was heard from the sender, so that its discard memory is in use. */
    public boolean isSequenced(int place) {
        return (memory.getInt(place * BYTES_PER_PLACE + KNOWN_OFFSET) & SEQUENCED) != 0;
    }

    /** Notes that a sender known without numbers sends them. */
    public void markSequenced(int place) {
        know(place, SEQUENCED);
    }

    /** Notes that a sender was heard on a link, 0 being LAN A. */
    public void heard(int place, int link, long nowNs) {
        memory.putLong(place * BYTES_PER_PLACE + HEARD_OFFSET + link * Long.BYTES, nowNs);
    }

    /** Notes that a node announced itself. */
    public void announced(int place) {
        know(place, ANNOUNCED);
    }

    /** Notes that a RedBox announced the device in this place; a RedBox that announces itself names itself. */
    public void announcedByRedBox(int place, long redBox) {
        int base = place * BYTES_PER_PLACE;
        boolean itself = memory.getLong(base) == redBox;
        memory.putLong(base + RED_BOX_OFFSET, itself ? 0 : redBox);
        know(place, ANNOUNCED | (itself ? IS_RED_BOX : SPOKEN_FOR));
    }

    private void know(int place, int fact) {
        int offset = place * BYTES_PER_PLACE + KNOWN_OFFSET;
        memory.putInt(offset, memory.getInt(offset) | fact);
    }

    /** Forgets senders not heard for {@link #NODE_FORGET_TIME_NS}. */
    public void expire(long nowNs) {
        for (int place = 0; place < capacity; place++) {
            int base = place * BYTES_PER_PLACE;
            long address = memory.getLong(base);
            if (address != NONE && nowNs - lastHeardNs(base) > NODE_FORGET_TIME_NS) {
                places.remove(address);
                lastAddress = NONE;
                memory.putLongOrdered(base, NONE);
                freePlaces[freeCount++] = place;
            }
        }
    }

    private long lastHeardNs(int base) {
        long lastNs = Node.NEVER;
        for (int link = 0; link < MAX_LINKS; link++) {
            lastNs = Math.max(lastNs, memory.getLong(base + HEARD_OFFSET + link * Long.BYTES));
        }
        return lastNs;
    }

    /** Senders known now; a moment old when called by another thread than the writer. */
    public List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        for (int place = 0; place < capacity; place++) {
            int base = place * BYTES_PER_PLACE;
            long address = memory.getLongVolatile(base);
            if (address != NONE) {
                Node node = node(base, address);
                if (memory.getLongVolatile(base) == address) {
                    nodes.add(node);
                }
            }
        }
        return nodes;
    }

    private Node node(int base, long address) {
        int known = memory.getIntVolatile(base + KNOWN_OFFSET);
        return new Node(address, kind(known), memory.getLongVolatile(base + RED_BOX_OFFSET), heard(base));
    }

    private List<Long> heard(int base) {
        List<Long> heard = new ArrayList<>(MAX_LINKS);
        for (int link = 0; link < MAX_LINKS; link++) {
            heard.add(memory.getLongVolatile(base + HEARD_OFFSET + link * Long.BYTES));
        }
        return heard;
    }

    private static Kind kind(int known) {
        if ((known & SPOKEN_FOR) != 0) {
            return Kind.VIRTUAL_DAN;
        }
        if ((known & IS_RED_BOX) != 0) {
            return Kind.RED_BOX;
        }
        return known == 0 ? Kind.SAN : Kind.DAN;
    }
}
