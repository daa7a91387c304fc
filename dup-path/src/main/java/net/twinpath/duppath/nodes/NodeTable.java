package net.twinpath.duppath.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.twinpath.duppath.nodes.Node.Kind;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The senders heard on the links, by source address, each with a place for its discard memory; bounded, and allocates
 * nothing once made. Written by one thread; {@link #nodes} may be called by another.
 *
 * <pre>
 *  memory of one place (128 octets)
 *  +0   address plus 1, s64, 0 when the place is free
 *  +8   what is known of it, s32: 1 numbers its frames, 2 announced itself, 4 is a RedBox, 8 is spoken for by a RedBox
 *  +12  links on which it said that it does not hear every node, s32, bit 0 being LAN A
 *  +16  that RedBox's address, s64
 *  +24  how often it announces itself, s64, ns; 0 when it does not say
 *  +32  when it was first heard, s64, ns
 *  +40  when a frame without a mark was last heard from it, s64, ns
 *  +48  the link that brought it, s32
 *  +52  how often another link than that brought the next one at once, s32
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
    private static final int DEFECTS_OFFSET = 12;
    private static final int RED_BOX_OFFSET = 16;
    private static final int INTERVAL_OFFSET = 24;
    private static final int FIRST_HEARD_OFFSET = 32;
    private static final int UNMARKED_OFFSET = 40;
    private static final int UNMARKED_LINK_OFFSET = 48;
    private static final int UNMARKED_TWICE_OFFSET = 52;
    private static final int HEARD_OFFSET = 64;
    private static final int MAX_LINKS = 8;

    private static final int SEQUENCED = 1;
    private static final int ANNOUNCED = 2;
    private static final int IS_RED_BOX = 4;
    private static final int SPOKEN_FOR = 8;

    /** Two links do not differ by more in what they bring of one frame, nanoseconds. */
    private static final long AT_ONCE_NS = 100_000_000;

    private static final float LOAD_FACTOR = 0.5f;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final AtomicBuffer memory;
    private final int capacity;
    private final long seed;
    private final Long2LongHashMap places;
    private final int[] freePlaces;
    private int freeCount;
    private int unsequencedCount;

    /** All places from here on are free, and their memory untouched. */
    private volatile int placesEnd;

    private long lastAddress = NONE;
    private int lastPlace = NONE;

    /**
     * Makes an empty table.
     *
     * @param memory   {@link #BYTES_PER_PLACE} zero octets for each place
     * @param capacity senders known at once
     * @param seed     any number; unknown to others, so that nobody can choose addresses that are slow to find
     */
    public NodeTable(AtomicBuffer memory, int capacity, long seed) {
        this.memory = memory;
        this.capacity = capacity;
        this.seed = seed;
        places = new Long2LongHashMap(capacity * 2, LOAD_FACTOR, NONE);
        freePlaces = new int[capacity];
        for (int place = capacity - 1; place >= 0; place--) {
            freePlaces[freeCount++] = place;
        }
    }

    /** The place of a known sender; {@link #NONE} when it is not known. */
    public int place(long address) {
        if (address != lastAddress) {
            lastAddress = address;
            lastPlace = (int) places.get(key(address));
        }
        return lastPlace;
    }

    /** Another one for each address. */
    private long key(long address) {
        long once = (address ^ seed) * SPREAD;
        return (once ^ once >>> Integer.SIZE) * SPREAD;
    }

    /** Makes a sender of numbered frames known; {@link #NONE} when all places are taken. */
    public int addSequenced(long address) {
        return freeCount == 0 ? NONE : add(address, SEQUENCED);
    }

    /**
     * Makes a sender of frames without numbers known; {@link #NONE} when such senders have half of the places, so that
     * a flood of made-up addresses leaves room for nodes whose duplicates must be removed.
     */
    public int addUnsequenced(long address) {
        return freeCount == 0 || unsequencedCount >= capacity / 2 ? NONE : add(address, 0);
    }

    private int add(long address, int known) {
        int place = takePlace();
        int base = place * BYTES_PER_PLACE;
        unsequencedCount += known == 0 ? 1 : 0;
        for (int link = 0; link < MAX_LINKS; link++) {
            memory.putLong(base + HEARD_OFFSET + link * Long.BYTES, Node.NEVER);
        }
        memory.putInt(base + KNOWN_OFFSET, known);
        memory.putInt(base + DEFECTS_OFFSET, 0);
        memory.putLong(base + RED_BOX_OFFSET, 0);
        memory.putLong(base + INTERVAL_OFFSET, 0);
        memory.putLong(base + FIRST_HEARD_OFFSET, Node.NEVER);
        memory.putLong(base + UNMARKED_OFFSET, Node.NEVER);
        memory.putInt(base + UNMARKED_TWICE_OFFSET, 0);
        memory.putLongOrdered(base, address + 1);
        places.put(key(address), place);
        lastAddress = NONE;
        return place;
    }

    private int takePlace() {
        int place = freePlaces[--freeCount];
        if (place >= placesEnd) {
            placesEnd = place + 1;
        }
        return place;
    }

    /** Places in use. */
    public List<Integer> placesInUse() {
        return IntStream.range(0, placesEnd)
                .filter(place -> address(place * BYTES_PER_PLACE) != NONE)
                .boxed()
                .toList();
    }

    /** {@link #NONE} for a free place. */
    private long address(int base) {
        return memory.getLongVolatile(base) - 1;
    }

    /** Takes down what is known of a sender. */
    public void save(int place, StateOutput out) {
        out.putMemory(memory, place * BYTES_PER_PLACE, BYTES_PER_PLACE);
    }

    /**
     * Makes a sender known as it was taken down.
     *
     * @return its place
     */
    public int load(StateInput in) {
        int place = takePlace();
        in.getMemory(memory, place * BYTES_PER_PLACE, BYTES_PER_PLACE);
        unsequencedCount += isSequenced(place) ? 0 : 1;
        places.put(key(address(place * BYTES_PER_PLACE)), place);
        lastAddress = NONE;
        return place;
    }

    /** True when a numbered frame was heard from the sender, so that its discard memory is in use. */
    public boolean isSequenced(int place) {
        return (memory.getInt(place * BYTES_PER_PLACE + KNOWN_OFFSET) & SEQUENCED) != 0;
    }

    /** Notes that a sender known without numbers sends them. */
    public void markSequenced(int place) {
        unsequencedCount -= isSequenced(place) ? 0 : 1;
        know(place, SEQUENCED);
    }

    /** Notes that a sender was heard on a link, 0 being LAN A. */
    public void heard(int place, int link, long nowNs) {
        int base = place * BYTES_PER_PLACE;
        if (memory.getLong(base + FIRST_HEARD_OFFSET) == Node.NEVER) {
            memory.putLong(base + FIRST_HEARD_OFFSET, nowNs);
        }
        memory.putLong(base + HEARD_OFFSET + link * Long.BYTES, nowNs);
    }

    /** Notes that a frame without a mark came from a sender; {@link #heard} is to be told besides. */
    public void heardUnmarked(int place, int link, long nowNs) {
        int base = place * BYTES_PER_PLACE;
        long beforeNs = memory.getLong(base + UNMARKED_OFFSET);
        if (beforeNs != Node.NEVER
                && nowNs - beforeNs < AT_ONCE_NS
                && memory.getInt(base + UNMARKED_LINK_OFFSET) != link) {
            memory.putInt(base + UNMARKED_TWICE_OFFSET, memory.getInt(base + UNMARKED_TWICE_OFFSET) + 1);
        }
        memory.putLong(base + UNMARKED_OFFSET, nowNs);
        memory.putInt(base + UNMARKED_LINK_OFFSET, link);
    }

    /** Notes that a node announced itself. */
    public void announced(int place) {
        know(place, ANNOUNCED);
    }

    /**
     * Notes what else a node said when it announced itself on a link.
     *
     * @param intervalNs how often it does so
     * @param isDefect   whether it does not hear every node on that link
     */
    public void announcedEvery(int place, long intervalNs, int link, boolean isDefect) {
        int base = place * BYTES_PER_PLACE;
        int defects = memory.getInt(base + DEFECTS_OFFSET);
        memory.putInt(base + DEFECTS_OFFSET, isDefect ? defects | 1 << link : defects & ~(1 << link));
        memory.putLong(base + INTERVAL_OFFSET, intervalNs);
    }

    /** Notes that a RedBox announced the device in this place; a RedBox that announces itself names itself. */
    public void announcedByRedBox(int place, long redBox) {
        int base = place * BYTES_PER_PLACE;
        boolean itself = address(base) == redBox;
        memory.putLong(base + RED_BOX_OFFSET, itself ? 0 : redBox);
        know(place, ANNOUNCED | (itself ? IS_RED_BOX : SPOKEN_FOR));
    }

    private void know(int place, int fact) {
        int offset = place * BYTES_PER_PLACE + KNOWN_OFFSET;
        memory.putInt(offset, memory.getInt(offset) | fact);
    }

    /** Forgets senders not heard for {@link #NODE_FORGET_TIME_NS}. */
    public void expire(long nowNs) {
        for (int place = 0; place < placesEnd; place++) {
            int base = place * BYTES_PER_PLACE;
            long address = address(base);
            if (address != NONE && nowNs - lastHeardNs(base) > NODE_FORGET_TIME_NS) {
                places.remove(key(address));
                lastAddress = NONE;
                unsequencedCount -= isSequenced(place) ? 0 : 1;
                memory.putLongOrdered(base, 0);
                freePlaces[freeCount++] = place;
            }
        }
    }

    private long lastHeardNs(int base) {
        long lastNs = Node.NEVER;
        for (int link = 0; link < MAX_LINKS; link++) {
            lastNs = Math.max(lastNs, memory.getLongVolatile(base + HEARD_OFFSET + link * Long.BYTES));
        }
        return lastNs;
    }

    /**
     * True when a node that says how often it announces itself is heard on other links, but not on this one. May be
     * called by another thread than the writer.
     */
    public boolean isAnyMissingOn(int link, long nowNs) {
        int end = placesEnd;
        for (int place = 0; place < end; place++) {
            int base = place * BYTES_PER_PLACE;
            if (address(base) != NONE) {
                long patienceNs = Node.patienceNs(memory.getLongVolatile(base + INTERVAL_OFFSET));
                long lastNs = lastHeardNs(base);
                long hereNs = memory.getLongVolatile(base + HEARD_OFFSET + link * Long.BYTES);
                long firstNs = memory.getLongVolatile(base + FIRST_HEARD_OFFSET);
                boolean isThere = patienceNs > 0 && nowNs - lastNs <= patienceNs;
                if (isThere && Node.isMissing(lastNs, hereNs, firstNs, patienceNs)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How many senders are known now; a moment old when called by another thread than the writer. */
    public int count() {
        return (int) IntStream.range(0, placesEnd)
                .filter(place -> address(place * BYTES_PER_PLACE) != NONE)
                .count();
    }

    /** Senders known now; a moment old when called by another thread than the writer. */
    public List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        int end = placesEnd;
        for (int place = 0; place < end; place++) {
            int base = place * BYTES_PER_PLACE;
            long address = address(base);
            if (address != NONE) {
                Node node = node(base, address);
                if (address(base) == address) {
                    nodes.add(node);
                }
            }
        }
        return nodes;
    }

    private Node node(int base, long address) {
        int known = memory.getIntVolatile(base + KNOWN_OFFSET);
        return new Node(
                address,
                kind(known),
                (known & ANNOUNCED) != 0,
                memory.getLongVolatile(base + INTERVAL_OFFSET),
                memory.getIntVolatile(base + DEFECTS_OFFSET),
                memory.getLongVolatile(base + RED_BOX_OFFSET),
                memory.getLongVolatile(base + FIRST_HEARD_OFFSET),
                heard(base),
                memory.getIntVolatile(base + UNMARKED_TWICE_OFFSET));
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
