package net.twinpath.duppath.send;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.RedundancyControlTrailer;
import net.twinpath.duppath.nodes.SingleAttachments;
import net.twinpath.duppath.port.Port;

/**
 * PRP (IEC 62439-3): one counter for the node, a trailer behind each frame that names its LAN, supervision frames, and no
 * trailer for a node that lives on one LAN only.
 */
public final class PrpEncoding implements SequenceEncoding {
    private final SequenceGenerator sequence;
    private final Supervision supervision;
    private final SingleAttachments attachments;
    private final CounterBlock counters;

    /**
     * @param sequence    the node's sequence counter
     * @param supervision announces the node and the devices behind it
     * @param attachments nodes that live on one LAN only
     * @param counters    the path's
     */
    public PrpEncoding(
            SequenceGenerator sequence, Supervision supervision, SingleAttachments attachments, CounterBlock counters) {
        this.sequence = sequence;
        this.supervision = supervision;
        this.attachments = attachments;
        this.counters = counters;
    }

    @Override
    public boolean duplicate(Frame frame, int stream, OutgoingBatch batch, long nowNs) {
        if (reachesOnItsLink(frame, batch, nowNs)) {
            return true;
        }
        if (!RedundancyControlTrailer.append(frame, sequence.peek())) {
            return false;
        }
        sequence.next();
        counters.increment(DupPathCounter.OUT_SEQUENCED);
        batch.addCopy(frame, RedundancyControlTrailer.lanIdOffset(frame));
        return true;
    }

    @Override
    public boolean reachesOnItsLink(Frame frame, OutgoingBatch batch, long nowNs) {
        int lan = frame.isUnicast() ? attachments.lan(frame.destination(), nowNs) : SingleAttachments.UNKNOWN;
        if (lan == SingleAttachments.UNKNOWN) {
            return false;
        }
        batch.addSingle(frame, lan);
        counters.increment(DupPathCounter.OUT_SINGLE_LAN);
        return true;
    }

    @Override
    public void single(Frame frame, Port link, OutgoingBatch batch) {
        batch.addSingle(frame, link.place());
    }

    @Override
    public void address(OutgoingBatch batch, Port link) {
        int lanId = RedundancyControlTrailer.LAN_A + link.place();
        for (int i = 0; i < batch.copies().size(); i++) {
            RedundancyControlTrailer.readdress(batch.memory(), batch.mark(i), lanId);
        }
    }

    @Override
    public long sendDue(Port[] links, long nowNs) {
        counters.add(DupPathCounter.OUT_SUPERVISION, supervision.sendDue(links, sequence, nowNs));
        return supervision.dueInNs(nowNs);
    }
}
