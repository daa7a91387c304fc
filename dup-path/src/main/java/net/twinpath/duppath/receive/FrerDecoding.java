package net.twinpath.duppath.receive;

import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.duppath.frame.ContinuityCheck;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.RedundancyTag;
import net.twinpath.duppath.frame.VlanTag;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.recovery.SequenceRecovery;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
import net.twinpath.duppath.stream.StreamAction;
import net.twinpath.duppath.stream.StreamClassifier;

/**
 * FRER (IEEE 802.1CB): the link's VLAN tag and the R-TAG are taken out, the stream is identified by the frame as it was
 * without them, and its recovery function tells first copies from later ones. Continuity check messages of the other ends
 * are understood and stay here.
 *
 * <p>Frames that no stream matches have no recovery function of their own, because any number of talkers may send them,
 * each with its own counter: their numbers are remembered for each sender, as PRP does.
 */
public final class FrerDecoding implements SequenceDecoding {
    private static final long TICK_INTERVAL_NS = 1_000_000;
    private static final int STREAMS_PER_TICK = 32;

    private final Senders senders;
    private final StreamClassifier streams;
    private final List<StreamRecovery> recoveries;
    private final LeadTimes leads;
    private int flow;
    private int sequenceNumber;
    private long nextTickNs;
    private int nextStream;

    /**
     * @param senders    heard on the links
     * @param streams    tells a frame's stream
     * @param recoveries of each configured stream, in their order; their flows come before those of the senders
     * @param leads      by how much first copies came before others
     */
    public FrerDecoding(Senders senders, StreamClassifier streams, List<StreamRecovery> recoveries, LeadTimes leads) {
        this.senders = senders;
        this.streams = streams;
        this.recoveries = List.copyOf(recoveries);
        this.leads = leads;
    }

    @Override
    public boolean passes(Frame frame, Port link, long nowNs) {
        CounterBlock counters = link.counters();
        int vlan = link.settings().vlan();
        if (vlan != 0) {
            if (!VlanTag.isOf(frame, vlan)) {
                counters.increment(DupPathCounter.RX_OTHER_VLAN);
                return false;
            }
            VlanTag.pop(frame);
        }
        if (ContinuityCheck.isPresent(frame)) {
            counters.increment(DupPathCounter.RX_CONTINUITY);
            senders.announcedEvery(
                    frame.source(), ContinuityCheck.intervalNs(frame), ContinuityCheck.isDefect(frame), link, nowNs);
            return false;
        }
        int position = RedundancyTag.position(frame);
        if (position == RedundancyTag.CUT_SHORT) {
            counters.increment(DupPathCounter.RX_BAD_TAG);
            return false;
        }
        return position == RedundancyTag.ABSENT
                ? passesUntagged(frame, link, nowNs)
                : passesTagged(frame, position, link, nowNs);
    }

    private boolean passesUntagged(Frame frame, Port link, long nowNs) {
        CounterBlock counters = link.counters();
        flow = NO_FLOW;
        if (!senders.heardUnmarked(frame.source(), link, nowNs)) {
            counters.increment(DupPathCounter.RX_OWN);
            return false;
        }
        int stream = streams.classify(frame);
        StreamAction action = streams.action(stream);
        if (action == StreamAction.DROP) {
            counters.increment(DupPathCounter.RX_DROPPED);
            return false;
        }
        streams.count(stream, StreamCounter.INPUT);
        if (action == StreamAction.DUPLICATE
                && stream < recoveries.size()
                && recoveries.get(stream).recoverTagless(nowNs) != SequenceRecovery.PASS) {
            counters.increment(DupPathCounter.RX_TAGLESS_DROPPED);
            return false;
        }
        counters.increment(DupPathCounter.RX_UNSEQUENCED);
        return true;
    }

    private boolean passesTagged(Frame frame, int position, Port link, long nowNs) {
        CounterBlock counters = link.counters();
        sequenceNumber = RedundancyTag.sequenceNumber(frame, position);
        RedundancyTag.remove(frame, position);
        long sender = frame.source();
        if (senders.isOwn(sender, nowNs)) {
            counters.increment(DupPathCounter.RX_OWN);
            return false;
        }
        senders.heardMarked(sender, link, nowNs);
        int stream = streams.classify(frame);
        StreamAction action = streams.action(stream);
        if (action == StreamAction.DROP) {
            counters.increment(DupPathCounter.RX_DROPPED);
            return false;
        }
        streams.count(stream, StreamCounter.INPUT);
        if (stream < recoveries.size() && action == StreamAction.DUPLICATE) {
            flow = stream;
            return recovers(recoveries.get(stream), link, nowNs);
        }
        flow = senders.flow();
        boolean first = senders.isFirst(link, link.place(), sequenceNumber, nowNs);
        streams.count(stream, first ? StreamCounter.PASSED : StreamCounter.DISCARDED);
        return first;
    }

    private boolean recovers(StreamRecovery recovery, Port link, long nowNs) {
        int verdict = recovery.recover(link.place(), sequenceNumber, nowNs);
        if (verdict == SequenceRecovery.PASS) {
            leads.first(flow, sequenceNumber, link.place(), nowNs);
        } else if (verdict == SequenceRecovery.DISCARD) {
            leads.later(flow, sequenceNumber, nowNs);
        }
        link.counters()
                .increment(
                        switch (verdict) {
                            case SequenceRecovery.PASS -> DupPathCounter.RX_FIRST;
                            case SequenceRecovery.LATE -> DupPathCounter.RX_LATE;
                            case SequenceRecovery.ROGUE -> DupPathCounter.RX_ROGUE;
                            case StreamRecovery.REPEAT -> DupPathCounter.RX_REPEATED;
                            default -> DupPathCounter.RX_DUPLICATES;
                        });
        return verdict == SequenceRecovery.PASS;
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
        for (StreamRecovery recovery : recoveries) {
            recovery.linksChanged(links);
        }
    }

    @Override
    public boolean isOnLinks(long address) {
        return senders.isKnown(address);
    }

    @Override
    public void save(StateOutput out) {
        senders.save(out);
        recoveries.forEach(recovery -> recovery.save(out));
    }

    @Override
    public void load(StateInput in) {
        senders.load(in);
        recoveries.forEach(recovery -> recovery.load(in));
    }

    /** Timers need no great precision, so a few streams are seen to at a time, however many there are. */
    @Override
    public void tick(long nowNs) {
        senders.tick(nowNs);
        if (nowNs - nextTickNs < 0) {
            return;
        }
        nextTickNs = nowNs + TICK_INTERVAL_NS;
        int count = Math.min(STREAMS_PER_TICK, recoveries.size());
        for (int i = 0; i < count; i++) {
            recoveries.get(nextStream).tick(nowNs);
            nextStream = (nextStream + 1) % recoveries.size();
        }
    }
}
