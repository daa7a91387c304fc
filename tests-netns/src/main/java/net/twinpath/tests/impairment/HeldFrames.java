package net.twinpath.tests.impairment;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import net.twinpath.linux.NativeBuffers;
import org.agrona.MutableDirectBuffer;

/** Frames under way on a delayed line, in slots made once, ordered by when they are due and then by when they came. */
final class HeldFrames {
    private final MutableDirectBuffer memory;
    private final Deque<Slot> free = new ArrayDeque<>();
    private final PriorityQueue<Slot> held;
    private long holdings;

    /**
     * Makes the slots.
     *
     * @param slotCount frames held at most
     * @param slotBytes octets of the longest
     */
    HeldFrames(int slotCount, int slotBytes) {
        memory = NativeBuffers.allocate(slotCount * slotBytes);
        held = new PriorityQueue<>(
                slotCount, Comparator.<Slot>comparingLong(slot -> slot.dueNs).thenComparingLong(slot -> slot.holding));
        for (int i = 0; i < slotCount; i++) {
            free.add(new Slot(i * slotBytes));
        }
    }

    /** One frame's place. */
    static final class Slot {
        private final int offset;
        private int length;
        private long dueNs;
        private long frameNumber;
        private long holding;

        private Slot(int offset) {
            this.offset = offset;
        }

        /** Where the frame lies in {@link #memory()}. */
        int offset() {
            return offset;
        }

        int length() {
            return length;
        }

        /** The frame's place among all that arrived. */
        long frameNumber() {
            return frameNumber;
        }
    }

    MutableDirectBuffer memory() {
        return memory;
    }

    boolean isFull() {
        return free.isEmpty();
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** When the first frame is due; there is one. */
    long firstDueNs() {
        return held.element().dueNs;
    }

    /** Takes a slot; the caller writes the frame to its place. */
    Slot hold(long dueNs, int length, long frameNumber) {
        Slot slot = free.remove();
        slot.dueNs = dueNs;
        slot.length = length;
        slot.frameNumber = frameNumber;
        slot.holding = holdings++;
        held.add(slot);
        return slot;
    }

    /** Takes out the frame that is due first; it stays where it lies until {@link #release}. */
    Slot takeFirst() {
        return held.remove();
    }

    /** Gives a slot back. */
    void release(Slot slot) {
        free.push(slot);
    }
}
