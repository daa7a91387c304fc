package net.twinpath.duppath.receive;

import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.ordering.PacketOrdering;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.MessageBatch;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Hands frames to the inside port, many with one call, and puts each flow in order before when that is wanted. */
final class InsideDelivery {
    private final Port inside;
    private final MessageBatch batch;
    private final @Nullable PacketOrdering ordering;
    private final DirectBuffer heldFrames;

    /**
     * @param inside     frames are handed to this port
     * @param capacity   frames of one call at most
     * @param ordering   null to hand every frame over at once
     * @param heldFrames where the frames lie that {@code ordering} holds
     */
    InsideDelivery(Port inside, int capacity, @Nullable PacketOrdering ordering, DirectBuffer heldFrames) {
        this.inside = inside;
        this.batch = new MessageBatch(capacity);
        this.ordering = ordering;
        this.heldFrames = heldFrames;
    }

    /** Takes a frame, which stays where it lies until {@link #send}. */
    void deliver(Frame frame, int flow, int sequenceNumber, long nowNs) {
        if (ordering == null || flow == SequenceDecoding.NO_FLOW) {
            add(frame.address(), frame.length());
            return;
        }
        if (ordering.arrive(flow, sequenceNumber, frame.buffer(), frame.offset(), frame.length(), nowNs)
                == PacketOrdering.FORWARD_NOW) {
            add(frame.address(), frame.length());
        }
        release(nowNs);
    }

    /** Takes the frames that need be held no longer. */
    void release(long nowNs) {
        while (ordering != null && ordering.nextReleased(nowNs)) {
            add(heldFrames.addressOffset() + ordering.releasedOffset(), ordering.releasedLength());
        }
    }

    private void add(long address, int length) {
        if (batch.isFull()) {
            inside.send(batch);
            batch.clear();
        }
        batch.add(address, length);
    }

    /** Sends all frames taken. */
    void send() {
        if (batch.size() > 0) {
            inside.send(batch);
            batch.clear();
            if (ordering != null) {
                ordering.recycle();
            }
        }
    }

    /** How long until {@link #release} takes a frame, nanoseconds; {@link Long#MAX_VALUE} when none is held. */
    long dueInNs(long nowNs) {
        return ordering == null ? Long.MAX_VALUE : ordering.dueInNs(nowNs);
    }
}
