package net.twinpath.duppath.nodes;

import org.agrona.collections.Long2LongHashMap;

/**
 * The senders heard on the links, by source address, each with a place for its discard memory; bounded, and allocates
 * nothing once made. For one thread.
 */
public final class NodeTable {
    /** NodeForgetTime (IEC 62439-3 table 8): a sender not heard for so long gives its place up, milliseconds. */
    public static final long NODE_FORGET_TIME_MS = 60_000;

    /** Answer of {@link #place} when a sender is not known. */
    public static final int NONE = -1;

    private static final float LOAD_FACTOR = 0.5f;

    private final Long2LongHashMap places;
    private final long[] addresses;
    private final long[] lastHeardMs;
    private final int[] freePlaces;
    private int freeCount;

    /** @param capacity senders known at once */
    public NodeTable(int capacity) {
        places = new Long2LongHashMap(capacity * 2, LOAD_FACTOR, NONE);
        addresses = new long[capacity];
        lastHeardMs = new long[capacity];
        freePlaces = new int[capacity];
        for (int place = capacity - 1; place >= 0; place--) {
            addresses[place] = NONE;
            freePlaces[freeCount++] = place;
        }
    }

    /** The place of a known sender, which is marked as heard now; {@link #NONE} when it is not known. */
    public int place(long address, long nowMs) {
        int place = (int) places.get(address);
        if (place != NONE) {
            lastHeardMs[place] = nowMs;
        }
        return place;
    }

    /** Makes a sender known and returns its place; {@link #NONE} when all places are taken. */
    public int add(long address, long nowMs) {
        if (freeCount == 0) {
            return NONE;
        }
        int place = freePlaces[--freeCount];
        addresses[place] = address;
        lastHeardMs[place] = nowMs;
        places.put(address, place);
        return place;
    }

    /** Forgets senders not heard for {@link #NODE_FORGET_TIME_MS}. */
    public void expire(long nowMs) {
        for (int place = 0; place < addresses.length; place++) {
            if (addresses[place] != NONE && nowMs - lastHeardMs[place] > NODE_FORGET_TIME_MS) {
                places.remove(addresses[place]);
                addresses[place] = NONE;
                freePlaces[freeCount++] = place;
            }
        }
    }

    /** Senders known now. */
    public int size() {
        return addresses.length - freeCount;
    }
}
