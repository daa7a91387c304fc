package net.twinpath.duppath.receive;

import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;

/** How a format reads the marks of a frame that came over a link, and tells first copies from later ones. */
public interface SequenceDecoding {
    /** Answer of {@link #flow} for a frame without a sequence number. */
    int NO_FLOW = -1;

    /**
     * Takes note of a frame and takes its marks off; counts whatever becomes of it but for its being passed on.
     *
     * @return true when it is to be passed on
     */
    boolean passes(Frame frame, Port link, long nowNs);

    /** Of the frame that {@link #passes} last told to pass: whose sequence numbers it belongs to; {@link #NO_FLOW}. */
    int flow();

    /** That frame's sequence number, 0 to 65535. */
    int sequenceNumber();

    /** True when frames for this address belong to another node on the links. */
    boolean isOnLinks(long address);

    /** Tells that the frames come by other links from now on, and how many these are. */
    void linksChanged(int links, long nowNs);

    /** Takes down what was heard, for a successor with the same links and settings. */
    void save(StateOutput out);

    /** Goes on from what a predecessor has heard; to be called before the first frame. */
    void load(StateInput in);

    /** Sees to what time brings; called about every millisecond while frames come, and now and then while none do. */
    void tick(long nowNs);
}
