package net.twinpath.duppath.receive;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.RedundancyControlTrailer;
import net.twinpath.duppath.frame.SupervisionFrame;
import net.twinpath.duppath.nodes.SingleAttachments;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
import net.twinpath.duppath.stream.StreamAction;
import net.twinpath.duppath.stream.StreamClassifier;

/**
 * PRP (IEC 62439-3): supervision frames are understood, trailers read and taken off, and numbers remembered for each
 * sender; a frame without a trailer is a singly attached node's and passes.
 */
public final class PrpDecoding implements SequenceDecoding {
    private final Senders senders;
    private final SingleAttachments attachments;
    private final StreamClassifier streams;
    private int flow;
    private int sequenceNumber;

    /**
     * @param senders     heard on the links
     * @param attachments learns which LAN singly attached nodes live on
     * @param streams     tells which frames are to be dropped
     */
    public PrpDecoding(Senders senders, SingleAttachments attachments, StreamClassifier streams) {
        this.senders = senders;
        this.attachments = attachments;
        this.streams = streams;
    }

    @Override
    public boolean passes(Frame frame, Port link, long nowNs) {
        if (frame.isSupervision()) {
            onSupervision(frame, link, nowNs);
            return false;
        }
        boolean passes = RedundancyControlTrailer.isPresent(frame)
                ? passesMarked(frame, link, nowNs)
                : passesUnmarked(frame, link, nowNs);
        return passes && isWanted(frame, link.counters());
    }

    private void onSupervision(Frame frame, Port link, long nowNs) {
        link.counters().increment(DupPathCounter.RX_SUPERVISION);
        if (!SupervisionFrame.isValid(frame)) {
            link.counters().increment(DupPathCounter.RX_SUPERVISION_BAD);
            return;
        }
        long node = SupervisionFrame.node(frame);
        attachments.forget(node);
        noteNumbers(frame, nowNs);
        if (SupervisionFrame.isFromRedBox(frame)) {
            senders.announcedByRedBox(node, SupervisionFrame.redBox(frame), link, nowNs);
        } else {
            senders.announced(node, link, nowNs);
        }
    }

    private void noteNumbers(Frame frame, long nowNs) {
        if (RedundancyControlTrailer.isPresent(frame) && !senders.isOwn(frame.source(), nowNs)) {
            senders.heardSupervision(
                    frame.source(),
                    RedundancyControlTrailer.sequenceNumber(frame),
                    SupervisionFrame.sequenceNumber(frame),
                    nowNs);
        }
    }

    private boolean passesUnmarked(Frame frame, Port link, long nowNs) {
        long sender = frame.source();
        if (!senders.heardUnmarked(sender, link, nowNs)) {
            link.counters().increment(DupPathCounter.RX_OWN);
            return false;
        }
        if (senders.isSinglyAttached(sender)) {
            attachments.heard(sender, link.place(), nowNs);
        }
        flow = NO_FLOW;
        link.counters().increment(DupPathCounter.RX_UNSEQUENCED);
        return true;
    }

    private boolean passesMarked(Frame frame, Port link, long nowNs) {
        long sender = frame.source();
        if (senders.isOwn(sender, nowNs)) {
            link.counters().increment(DupPathCounter.RX_OWN);
            return false;
        }
        int lan = RedundancyControlTrailer.lanId(frame) - RedundancyControlTrailer.LAN_A;
        if (lan != link.place()) {
            link.counters().increment(DupPathCounter.RX_WRONG_LAN);
        }
        if (senders.isSinglyAttached(sender)) {
            attachments.forget(sender);
        }
        senders.heardMarked(sender, link, nowNs);
        flow = senders.flow();
        sequenceNumber = RedundancyControlTrailer.sequenceNumber(frame);
        RedundancyControlTrailer.remove(frame);
        // Where both LANs are one network by mistake a link brings both copies; they are no repeats all the same.
        return senders.isFirst(link, lan, sequenceNumber, nowNs);
    }

    private boolean isWanted(Frame frame, CounterBlock linkCounters) {
        int stream = streams.classify(frame);
        if (streams.action(stream) == StreamAction.DROP) {
            linkCounters.increment(DupPathCounter.RX_DROPPED);
            return false;
        }
        streams.count(stream, StreamCounter.INPUT);
        return true;
    }

    @Override
    public int flow() {
        return flow;
    }

    @Override
    public int sequenceNumber() {
        return sequenceNumber;
    }

    @Override
    public void linksChanged(int links, long nowNs) {
        senders.linksChanged(nowNs);
    }

    @Override
    public boolean isOnLinks(long address) {
        return senders.isKnown(address);
    }

    @Override
    public void save(StateOutput out) {
        senders.save(out);
    }

    @Override
    public void load(StateInput in) {
        senders.load(in);
    }

    @Override
    public void tick(long nowNs) {
        senders.tick(nowNs);
    }
}
