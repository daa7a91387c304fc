package net.twinpath.tests.impairment;

/** What one direction of an {@link ImpairedCable} counts; every frame received is delivered, or dropped for one reason. */
public enum LineCounter {
    /** Frames taken from the sender. */
    RECEIVED,
    /** Deliveries the receiver's interface took; two for a duplicated frame. */
    DELIVERED,
    /** Frames decided to be delivered twice. */
    DUPLICATED,
    /** Frames with a bit flipped. */
    CORRUPTED,
    /** Deliveries behind one of a frame that arrived later. */
    REORDERED,
    /** Dropped: lost by the chance of each frame. */
    LOST,
    /** Dropped: lost in a burst. */
    LOST_IN_BURST,
    /** Dropped: no room in front of a line of limited rate. */
    QUEUE_FULL,
    /** Dropped: longer than the cable's MTU allows. */
    TOO_LONG,
    /** Deliveries dropped: more frames under way than the cable holds, which no impairment asks for. */
    HOLD_FULL,
    /** Deliveries dropped: the interface did not take the frame, as when the cable was cut. */
    REFUSED,
    /** Frames never received because the forwarding thread came too late, which no impairment asks for. */
    RING_FULL
}
