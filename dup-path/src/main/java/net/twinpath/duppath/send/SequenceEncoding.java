package net.twinpath.duppath.send;

import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.port.Port;

/** How a format numbers frames and marks their copies; used by the sending agent only. */
public interface SequenceEncoding {
    /** Answer of {@link #sendDue} when nothing will be due. */
    long NEVER_NS = Long.MAX_VALUE;

    /**
     * Numbers a frame that leaves as a copy on every link, and puts it into the batch.
     *
     * @param stream its stream's place in the path's list
     * @return false, with the frame not sent, when the format cannot express it
     */
    boolean duplicate(Frame frame, int stream, OutgoingBatch batch, long nowNs);

    /**
     * Puts a frame for a node that lives on one link, and is known to, unnumbered into the batch for that link.
     *
     * @return false, with nothing done, when the frame is for no such node
     */
    boolean reachesOnItsLink(Frame frame, OutgoingBatch batch, long nowNs);

    /** Puts a frame that leaves on one link only, unnumbered, into the batch. */
    void single(Frame frame, Port link, OutgoingBatch batch);

    /** Writes into the batch's copies what differs on this link; the links come in the same order for every batch. */
    void address(OutgoingBatch batch, Port link);

    /**
     * Sends the format's own frames that are due.
     *
     * @return nanoseconds until the next is due, {@link #NEVER_NS} when there is none
     */
    long sendDue(Port[] links, long nowNs);
}
