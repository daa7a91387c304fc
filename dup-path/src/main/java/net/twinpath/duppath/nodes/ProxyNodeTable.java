package net.twinpath.duppath.nodes;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The devices heard on the inside port (IEC 62439-3 ProxyNodeTable), for which a RedBox speaks. The sending agent adds
 * them, the receiving one asks for them, anyone may list them; no locks, nothing allocated once made.
 *
 * <p>A device has its place in one of eight neighbouring places that its address and the table's seed choose. When all
 * eight are taken by devices heard lately it is not remembered, which the caller counts: its frames pass all the same.
 *
 * <pre>
 *  memory of one place (32 octets)
 *  +0   address, s64, 0 when the place is free
 *  +8   last heard inside, s64, ns; written by the sending agent
 *  +16  last heard on a link, unmarked, s64, ns; written by the receiving agent
 * </pre>
 */
public final class ProxyNodeTable {
    /** ProxyNodeTableForgetTime (IEC 62439-3 table 8), nanoseconds. */
    public static final long PROXY_NODE_TABLE_FORGET_TIME_NS = 60_000_000_000L;

    /** Devices known at most; a power of two. */
    public static final int CAPACITY = 2048;

    /** Octets of memory. */
    public static final int BYTES = CAPACITY * 32;

    private static final int PLACE_BYTES = 32;
    private static final int HEARD_OFFSET = 8;
    private static final int MOVED_OFFSET = 16;
    private static final int BUCKET_PLACES = 8;
    private static final int BUCKET_SHIFT = Long.SIZE - 8;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final long FREE = 0;
    private static final int NONE = -1;

    private final AtomicBuffer memory;
    private final long seed;

    /**
     * @param memory {@link #BYTES} zero octets
     * @param seed   any number; unknown to others, so that nobody can choose addresses that share eight places
     */
    public ProxyNodeTable(AtomicBuffer memory, long seed) {
        this.memory = memory;
        this.seed = seed;
    }

    /** Notes that a device was heard inside; false when there is no place for it. */
    public boolean heardInside(long address, long nowNs) {
        int place = find(address);
        if (place == NONE) {
            place = takePlace(address, nowNs);
        }
        if (place == NONE) {
            return false;
        }
        memory.putLongOrdered(place + HEARD_OFFSET, nowNs);
        return true;
    }

    private int takePlace(long address, long nowNs) {
        int bucket = bucket(address);
        for (int place = bucket; place < bucket + BUCKET_PLACES * PLACE_BYTES; place += PLACE_BYTES) {
            if (memory.getLong(place) == FREE || isForgotten(place, nowNs)) {
                memory.putLongOrdered(place, FREE);
                memory.putLongOrdered(place + HEARD_OFFSET, nowNs);
                memory.putLongOrdered(place + MOVED_OFFSET, nowNs - PROXY_NODE_TABLE_FORGET_TIME_NS);
                memory.putLongOrdered(place, address);
                return place;
            }
        }
        return NONE;
    }

    private boolean isForgotten(int place, long nowNs) {
        return nowNs - memory.getLongVolatile(place + HEARD_OFFSET) > PROXY_NODE_TABLE_FORGET_TIME_NS;
    }

    /** True when the device was heard inside within the forget time, and not on a link since. */
    public boolean isInside(long address, long nowNs) {
        int place = find(address);
        return place != NONE && isInside(place, nowNs);
    }

    private boolean isInside(int place, long nowNs) {
        long heardNs = memory.getLongVolatile(place + HEARD_OFFSET);
        return nowNs - heardNs <= PROXY_NODE_TABLE_FORGET_TIME_NS
                && heardNs - memory.getLongVolatile(place + MOVED_OFFSET) >= 0;
    }

    /**
     * Takes note of an unmarked frame that came from a device over a link: our own, brought back by a loop, when the
     * device was heard inside just now; otherwise it has moved.
     *
     * @param loopWithinNs how long ago counts as just now
     * @return true when the frame is our own
     */
    public boolean isLoopedBack(long address, long nowNs, long loopWithinNs) {
        int place = find(address);
        if (place == NONE || !isInside(place, nowNs)) {
            return false;
        }
        if (nowNs - memory.getLongVolatile(place + HEARD_OFFSET) <= loopWithinNs) {
            return true;
        }
        memory.putLongOrdered(place + MOVED_OFFSET, nowNs);
        return false;
    }

    private int find(long address) {
        int bucket = bucket(address);
        for (int place = bucket; place < bucket + BUCKET_PLACES * PLACE_BYTES; place += PLACE_BYTES) {
            if (memory.getLongVolatile(place) == address) {
                return place;
            }
        }
        return NONE;
    }

    private int bucket(long address) {
        int bucket = (int) (((address ^ seed) * SPREAD) >>> BUCKET_SHIFT);
        return bucket * BUCKET_PLACES * PLACE_BYTES;
    }

    /** The device in a place from 0 to {@link #CAPACITY}, when it is inside; 0 for none. */
    public long insideAt(int index, long nowNs) {
        int place = index * PLACE_BYTES;
        long address = memory.getLongVolatile(place);
        return address != FREE && isInside(place, nowNs) ? address : FREE;
    }

    /** The devices inside now; a moment old when called by another thread than the writers. */
    public List<Long> devices(long nowNs) {
        List<Long> devices = new ArrayList<>();
        for (int index = 0; index < CAPACITY; index++) {
            long address = insideAt(index, nowNs);
            if (address != FREE) {
                devices.add(address);
            }
        }
        return devices;
    }

    static {
        assert CAPACITY == (1 << (Long.SIZE - BUCKET_SHIFT)) * BUCKET_PLACES;
    }
}
