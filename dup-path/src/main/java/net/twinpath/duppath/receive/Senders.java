package net.twinpath.duppath.receive;

import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.nodes.NodeTable;
import net.twinpath.duppath.nodes.ProxyNodeTable;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.recovery.DuplicateDiscard;
import net.twinpath.duppath.recovery.UnseenNumbers;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;

/** The senders heard on the links: who is known, whose frames are our own come back, and whose numbers were heard. */
public final class Senders {
    /** An unmarked frame of a device heard inside more recently than this has come back over a loop. */
    private static final long LOOP_WITHIN_NS = 2_000_000_000L;

    /** Each of the four things done now and then is done once a second, and none together with another. */
    private static final long TASK_INTERVAL_NS = 250_000_000L;

    private static final int TASKS = 4;

    private final NodeTable nodes;
    private final DuplicateDiscard discard;
    private final UnseenNumbers unseen;
    private final UnseenNumbers unseenSupervision;
    private final ProxyNodeTable proxies;
    private final CounterBlock counters;
    private final LeadTimes leads;
    private final int firstFlow;
    private int place;
    private long nextTaskNs;
    private int task;

    /**
     * @param nodes    senders heard
     * @param discard  their sequence numbers; its places are the node table's
     * @param unseen   which of these no link brought; the same places
     * @param unseenSupervision which numbers of supervision frames no link brought; the same places
     * @param proxies  devices on the inside port
     * @param counters the path's
     * @param leads    by how much first copies came before others
     * @param firstFlow of the flow that the first place's numbers are
     */
    public Senders(
            NodeTable nodes,
            DuplicateDiscard discard,
            UnseenNumbers unseen,
            UnseenNumbers unseenSupervision,
            ProxyNodeTable proxies,
            CounterBlock counters,
            LeadTimes leads,
            int firstFlow) {
        this.nodes = nodes;
        this.discard = discard;
        this.unseen = unseen;
        this.unseenSupervision = unseenSupervision;
        this.proxies = proxies;
        this.counters = counters;
        this.leads = leads;
        this.firstFlow = firstFlow;
    }

    /** True when a marked frame's sender is a device on our own inside port, so that the frame has come back. */
    boolean isOwn(long sender, long nowNs) {
        return nodes.place(sender) == NodeTable.NONE && proxies.isInside(sender, nowNs);
    }

    /** Takes note of an unmarked frame; false when it is our own, come back over a loop. */
    boolean heardUnmarked(long sender, Port link, long nowNs) {
        if (proxies.isLoopedBack(sender, nowNs, LOOP_WITHIN_NS)) {
            return false;
        }
        int known = nodes.place(sender);
        if (known == NodeTable.NONE) {
            known = nodes.addUnsequenced(sender);
        }
        if (known == NodeTable.NONE) {
            counters.increment(DupPathCounter.IN_NODE_TABLE_FULL);
        } else {
            nodes.heard(known, link.place(), nowNs);
            nodes.heardUnmarked(known, link.place(), nowNs);
        }
        return true;
    }

    /** True when no numbered frame was heard from the sender and it has not announced itself. */
    boolean isSinglyAttached(long sender) {
        int known = nodes.place(sender);
        return known != NodeTable.NONE && !nodes.isSequenced(known);
    }

    /** Takes note of a marked frame's sender, for which there is a place or not: {@link #flow}. */
    void heardMarked(long sender, Port link, long nowNs) {
        place = sequencedPlace(sender);
        if (place == NodeTable.NONE) {
            counters.increment(DupPathCounter.IN_NODE_TABLE_FULL);
        } else {
            nodes.heard(place, link.place(), nowNs);
        }
    }

    /** Takes note of a node's supervision frame. */
    void announced(long node, Port link, long nowNs) {
        int known = sequencedPlace(node);
        if (known != NodeTable.NONE) {
            nodes.heard(known, link.place(), nowNs);
            nodes.announced(known);
        }
    }

    /**
     * Takes note of the numbers a supervision frame has. It is not passed on, so nobody asks for its copies.
     *
     * @param number    its sequence number among all frames of the sender
     * @param supNumber its SupSequenceNumber
     */
    void heardSupervision(long sender, int number, int supNumber, long nowNs) {
        int known = sequencedPlace(sender);
        if (known == NodeTable.NONE) {
            return;
        }
        noteNumber(known, number, nowNs);
        if (unseenSupervision.note(known, supNumber, nowNs) != UnseenNumbers.KNOWN) {
            counters.increment(DupPathCounter.IN_SUPERVISION);
        }
    }

    private void noteNumber(int sender, int number, long nowNs) {
        if (unseen.note(sender, number, nowNs) == UnseenNumbers.ELSEWHERE) {
            counters.increment(DupPathCounter.IN_SENDER_JUMPS);
        }
    }

    /**
     * Takes note of a node's continuity check message.
     *
     * @param intervalNs how often it sends one
     * @param isDefect   whether it does not hear every node on the link
     */
    void announcedEvery(long node, long intervalNs, boolean isDefect, Port link, long nowNs) {
        announced(node, link, nowNs);
        int known = nodes.place(node);
        if (known != NodeTable.NONE) {
            nodes.announcedEvery(known, intervalNs, link.place(), isDefect);
        }
    }

    /** Takes note of a supervision frame by which a RedBox speaks for a node, perhaps for itself. */
    void announcedByRedBox(long node, long redBox, Port link, long nowNs) {
        announced(node, link, nowNs);
        int known = nodes.place(node);
        if (known != NodeTable.NONE) {
            nodes.announcedByRedBox(known, redBox);
        }
    }

    /** The place of a node that marks its frames, with its discard memory ready; {@link NodeTable#NONE} when all are taken. */
    private int sequencedPlace(long sender) {
        int known = nodes.place(sender);
        if (known != NodeTable.NONE && nodes.isSequenced(known)) {
            return known;
        }
        if (known == NodeTable.NONE) {
            known = nodes.addSequenced(sender);
        } else {
            nodes.markSequenced(known);
        }
        if (known != NodeTable.NONE) {
            discard.reset(known);
            unseen.reset(known);
            unseenSupervision.reset(known);
        }
        return known;
    }

    /** The flow of the sender {@link #heardMarked} last told of; {@link SequenceDecoding#NO_FLOW} without a place for it. */
    int flow() {
        return place == NodeTable.NONE ? SequenceDecoding.NO_FLOW : firstFlow + place;
    }

    /**
     * Takes note of the number of the frame {@link #heardMarked} last told of; true when it is the first copy.
     *
     * @param link   brought it, and counts it
     * @param sentOn the link it was sent on, as far as it says so; otherwise the one that brought it
     */
    boolean isFirst(Port link, int sentOn, int number, long nowNs) {
        if (place == NodeTable.NONE) {
            link.counters().increment(DupPathCounter.RX_NO_PLACE);
            return true;
        }
        noteNumber(place, number, nowNs);
        int verdict = discard.accept(place, sentOn, number, nowNs);
        switch (verdict) {
            case DuplicateDiscard.DUPLICATE -> {
                link.counters().increment(DupPathCounter.RX_DUPLICATES);
                leads.later(flow(), number, nowNs);
            }
            case DuplicateDiscard.REPEAT -> link.counters().increment(DupPathCounter.RX_REPEATED);
            case DuplicateDiscard.RESTART -> {
                counters.increment(DupPathCounter.IN_SENDER_RESTARTS);
                link.counters().increment(DupPathCounter.RX_FIRST);
            }
            default -> {
                link.counters().increment(DupPathCounter.RX_FIRST);
                leads.first(flow(), number, link.place(), nowNs);
            }
        }
        return verdict == DuplicateDiscard.FIRST || verdict == DuplicateDiscard.RESTART;
    }

    /** True when the address is a node's heard on the links. */
    boolean isKnown(long address) {
        return nodes.place(address) != NodeTable.NONE;
    }

    /** Takes down who is known, and the numbers heard of each. */
    public void save(StateOutput out) {
        List<Integer> known = nodes.placesInUse();
        out.putInt(known.size());
        for (int place : known) {
            nodes.save(place, out);
            if (nodes.isSequenced(place)) {
                discard.save(place, out);
            }
        }
    }

    /** Goes on from what a predecessor knew; to be called before anything is heard. */
    public void load(StateInput in) {
        int known = in.getInt();
        for (int i = 0; i < known; i++) {
            int at = nodes.load(in);
            if (nodes.isSequenced(at)) {
                discard.load(at, in);
                unseen.reset(at);
                unseenSupervision.reset(at);
            }
        }
    }

    /** Tells that some frames will come by other links than before. */
    void linksChanged(long nowNs) {
        discard.linksChanged(nowNs);
    }

    /** Forgets senders not heard for long, and judges which of the others' numbers are lost. */
    void tick(long nowNs) {
        if (nowNs - nextTaskNs >= 0) {
            switch (task) {
                case 0 -> unseen.tick(nowNs);
                case 1 -> unseenSupervision.tick(nowNs);
                case 2 -> discard.tick(nowNs);
                default -> nodes.expire(nowNs);
            }
            task = (task + 1) % TASKS;
            nextTaskNs = nowNs + TASK_INTERVAL_NS;
        }
    }
}
