package net.twinpath.duppath.send;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.frame.ContinuityCheck;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.VlanTag;
import net.twinpath.duppath.nodes.NodeTable;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.MessageBatch;
import net.twinpath.linux.NativeBuffers;
import org.agrona.concurrent.UnsafeBuffer;

/** Tells the other nodes, on every link, that this one is there, and whether it hears all of them on that link. */
public final class ContinuityChecks {
    /** Before the frame, for the link's VLAN tag. */
    private static final int HEADROOM = 32;

    /** IEEE 802.1Q 12.14: CCMs have the highest priority unless told otherwise. */
    private static final int PRIORITY = 7;

    private static final int MEPS = 1023;
    private static final int MAX_LINKS = 8;

    private final UnsafeBuffer memory = NativeBuffers.allocate(HEADROOM + ContinuityCheck.LENGTH);
    private final Frame frame = new Frame();
    private final MessageBatch batch = new MessageBatch(1);
    private final long node;
    private final NodeTable nodes;
    private final long intervalNs;
    private final CounterBlock counters;
    private int sequenceNumber;
    private long nextNs;

    /**
     * Prepares the first message.
     *
     * @param node       our own address
     * @param nodes      those heard on the links
     * @param intervalNs how often to send; see {@link ContinuityCheck#isInterval}; 0 for never
     * @param firstNs    when the first message is due
     * @param counters   the path's
     */
    public ContinuityChecks(long node, NodeTable nodes, long intervalNs, long firstNs, CounterBlock counters) {
        this.node = node;
        this.nodes = nodes;
        this.intervalNs = intervalNs;
        this.nextNs = firstNs;
        this.counters = counters;
    }

    /**
     * Sends what is due on every link.
     *
     * @return nanoseconds until the next is due
     */
    long sendDue(Port[] links, long nowNs) {
        if (intervalNs == 0) {
            return SequenceEncoding.NEVER_NS;
        }
        if (nowNs - nextNs >= 0) {
            nextNs = nowNs + intervalNs;
            for (Port link : links) {
                send(link, nodes.isAnyMissingOn(link.place(), nowNs));
            }
            sequenceNumber++;
            counters.increment(DupPathCounter.OUT_CONTINUITY);
        }
        return nextNs - nowNs;
    }

    private void send(Port link, boolean isDefect) {
        frame.wrap(memory, HEADROOM, ContinuityCheck.LENGTH, ContinuityCheck.LENGTH);
        ContinuityCheck.write(frame, node, mep(link), intervalNs, isDefect, sequenceNumber);
        if (link.settings().vlan() != 0) {
            VlanTag.push(frame, link.settings().vlan(), PRIORITY);
        }
        batch.add(frame.address(), frame.length());
        link.send(batch);
        batch.clear();
    }

    /** Of a link of ours; another node has most likely another. */
    private int mep(Port link) {
        return (int) (node % MEPS) * MAX_LINKS + link.place() + 1;
    }
}
