package net.twinpath.duppath.receive;

import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.frame.Coalescing;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.ordering.PacketOrdering;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.GatheredBatch;
import net.twinpath.linux.MessageBatch;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hands frames to the inside port, many with one call, and puts each flow in order before when that is wanted. What is
 * handed over with one call, and nothing else, is joined when that is wanted.
 */
final class InsideDelivery {
    private final Port inside;
    private final MessageBatch batch;
    private final JoinedMessages joined;
    private final @Nullable PacketOrdering ordering;
    private final MutableDirectBuffer heldFrames;
    private final @Nullable Coalescing coalescing;
    private final Frame held = new Frame();

    /**
     * @param inside     frames are handed to this port
     * @param capacity   frames of one call at most
     * @param ordering   null to hand every frame over at once
     * @param heldFrames where the frames lie that {@code ordering} holds
     * @param coalescing joins TCP segments, {@code capacity} frames; null to hand over each as it is
     */
    InsideDelivery(
            Port inside,
            int capacity,
            @Nullable PacketOrdering ordering,
            MutableDirectBuffer heldFrames,
            @Nullable Coalescing coalescing) {
        this.inside = inside;
        this.batch = new MessageBatch(capacity);
        this.joined = new JoinedMessages(new GatheredBatch(capacity, 2 * capacity));
        this.ordering = ordering;
        this.heldFrames = heldFrames;
        this.coalescing = coalescing;
    }

    /** Takes a frame, which stays where it lies until {@link #send}. */
    void deliver(Frame frame, int flow, int sequenceNumber, long nowNs) {
        if (ordering == null || flow == SequenceDecoding.NO_FLOW) {
            add(frame);
            return;
        }
        if (ordering.arrive(flow, sequenceNumber, frame.buffer(), frame.offset(), frame.length(), nowNs)
                == PacketOrdering.FORWARD_NOW) {
            add(frame);
        }
        release(nowNs);
    }

    /** Takes the frames that need be held no longer. */
    void release(long nowNs) {
        while (ordering != null && ordering.nextReleased(nowNs)) {
            int length = ordering.releasedLength();
            add(held.wrap(heldFrames, ordering.releasedOffset(), length, length));
        }
    }

    private void add(Frame frame) {
        if (coalescing != null) {
            if (coalescing.isFull()) {
                sendJoined(coalescing);
            }
            coalescing.add(frame);
            return;
        }
        if (batch.isFull()) {
            sendBatch();
        }
        batch.add(frame.address(), frame.length());
    }

    /** Sends all frames taken. */
    void send() {
        boolean isAny = coalescing == null ? batch.size() > 0 : !coalescing.isEmpty();
        if (!isAny) {
            return;
        }
        if (coalescing == null) {
            sendBatch();
        } else {
            sendJoined(coalescing);
        }
        if (ordering != null) {
            ordering.recycle();
        }
    }

    private void sendBatch() {
        inside.send(batch);
        batch.clear();
    }

    private void sendJoined(Coalescing frames) {
        frames.writeTo(joined);
        inside.send(joined.batch());
        joined.batch().clear();
        frames.clear();
        inside.counters().add(DupPathCounter.IN_SUPER_FRAMES, frames.superFrames());
        inside.counters().add(DupPathCounter.IN_SEGMENTS, frames.joined());
    }

    /** How long until {@link #release} takes a frame, nanoseconds; {@link Long#MAX_VALUE} when none is held. */
    long dueInNs(long nowNs) {
        return ordering == null ? Long.MAX_VALUE : ordering.dueInNs(nowNs);
    }

    private record JoinedMessages(GatheredBatch batch) implements Coalescing.Messages {
        @Override
        public void begin(int standsFor) {
            batch.begin(standsFor);
        }

        @Override
        public void add(long address, int length) {
            batch.add(address, length);
        }
    }
}
