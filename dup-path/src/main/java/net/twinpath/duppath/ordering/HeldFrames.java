package net.twinpath.duppath.ordering;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The bounded memory of frames that wait, and of frames that are on their way out of it. A frame's slot goes round:
 *
 * <pre>
 *  free --hold--> held --release--> released --take--> taken --recycle--> free
 * </pre>
 *
 * Held frames are in two orders at once: all of them by age, in a doubly linked list, and those of one flow by number, in
 * a pairing heap (Fredman, Sedgewick, Sleator, Tarjan 1986). The heap takes a frame in with one comparison and gives the
 * first one up in logarithmic time on average, whatever order a sender chooses.
 */
final class HeldFrames {
    static final int NONE = -1;

    private final MutableDirectBuffer memory;
    private final int bytesPerFrame;
    private final int[] length;
    private final int[] flow;
    private final int[] number;
    private final long[] arrivedNs;

    private final int[] older;
    private final int[] newer;
    private int oldest = NONE;
    private int newest = NONE;
    private int count;

    /** The heap's links; {@link #next} also chains slots that are free, or released: those are in no heap. */
    private final int[] child;

    private final int[] next;

    private int firstFree = NONE;

    /** Released frames, those already taken in front. */
    private int firstReleased = NONE;

    private int lastReleased = NONE;
    private int lastTaken = NONE;

    HeldFrames(MutableDirectBuffer memory, int frames, int bytesPerFrame) {
        this.memory = memory;
        this.bytesPerFrame = bytesPerFrame;
        length = new int[frames];
        flow = new int[frames];
        number = new int[frames];
        arrivedNs = new long[frames];
        older = new int[frames];
        newer = new int[frames];
        child = new int[frames];
        next = new int[frames];
        for (int slot = frames - 1; slot >= 0; slot--) {
            next[slot] = firstFree;
            firstFree = slot;
        }
    }

    /** True when a frame so long can be held now. */
    boolean hasRoom(int frameLength) {
        return firstFree != NONE && frameLength <= bytesPerFrame;
    }

    /** Copies a frame into a free slot, as the newest; it is in no heap yet. */
    int hold(int itsFlow, int itsNumber, DirectBuffer buffer, int offset, int frameLength, long nowNs) {
        int slot = firstFree;
        firstFree = next[slot];
        memory.putBytes(offset(slot), buffer, offset, frameLength);
        length[slot] = frameLength;
        flow[slot] = itsFlow;
        number[slot] = itsNumber;
        arrivedNs[slot] = nowNs;
        child[slot] = NONE;
        next[slot] = NONE;
        appendNewest(slot);
        return slot;
    }

    private void appendNewest(int slot) {
        older[slot] = newest;
        newer[slot] = NONE;
        if (newest == NONE) {
            oldest = slot;
        } else {
            newer[newest] = slot;
        }
        newest = slot;
        count++;
    }

    /** Makes one heap of two; either may be {@link #NONE}. Answers its first frame. */
    int meld(int one, int other) {
        if (one == NONE || other == NONE) {
            return one == NONE ? other : one;
        }
        boolean inOrder = number[one] - number[other] <= 0;
        int first = inOrder ? one : other;
        int second = inOrder ? other : one;
        next[second] = child[first];
        child[first] = second;
        next[first] = NONE;
        return first;
    }

    /** Releases the first frame of a heap; answers the first of what is left. */
    int release(int first) {
        int rest = meldChildren(child[first]);
        removeFromAges(first);
        next[first] = NONE;
        if (lastReleased == NONE) {
            firstReleased = first;
        } else {
            next[lastReleased] = first;
        }
        lastReleased = first;
        return rest;
    }

    /** Melds children two by two from the left, then all pairs from the right: what keeps the heap's promise. */
    private int meldChildren(int firstChild) {
        int pairs = NONE;
        int one = firstChild;
        while (one != NONE) {
            int other = next[one];
            int following = other == NONE ? NONE : next[other];
            int pair = meld(one, other);
            next[pair] = pairs;
            pairs = pair;
            one = following;
        }
        int heap = NONE;
        while (pairs != NONE) {
            int following = next[pairs];
            next[pairs] = NONE;
            heap = meld(heap, pairs);
            pairs = following;
        }
        return heap;
    }

    private void removeFromAges(int slot) {
        if (older[slot] == NONE) {
            oldest = newer[slot];
        } else {
            newer[older[slot]] = newer[slot];
        }
        if (newer[slot] == NONE) {
            newest = older[slot];
        } else {
            older[newer[slot]] = older[slot];
        }
        count--;
    }

    /** The next released frame, which stays where it is until {@link #recycle}; {@link #NONE} when all are taken. */
    int take() {
        int slot = lastTaken == NONE ? firstReleased : next[lastTaken];
        if (slot != NONE) {
            lastTaken = slot;
        }
        return slot;
    }

    boolean hasReleased() {
        return lastTaken != lastReleased;
    }

    /** Frees the slots of all frames taken. */
    void recycle() {
        if (lastTaken == NONE) {
            return;
        }
        int firstLeft = next[lastTaken];
        next[lastTaken] = firstFree;
        firstFree = firstReleased;
        firstReleased = firstLeft;
        if (firstLeft == NONE) {
            lastReleased = NONE;
        }
        lastTaken = NONE;
    }

    /** The frame held longest; {@link #NONE} when none is held. */
    int oldest() {
        return oldest;
    }

    /** Frames held: released ones do not count. */
    int count() {
        return count;
    }

    int flow(int slot) {
        return flow[slot];
    }

    int number(int slot) {
        return number[slot];
    }

    long arrivedNs(int slot) {
        return arrivedNs[slot];
    }

    int offset(int slot) {
        return slot * bytesPerFrame;
    }

    int length(int slot) {
        return length[slot];
    }
}
