package net.twinpath.duppath;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.duppath.nodes.Node;
import net.twinpath.duppath.nodes.NodeTable;
import net.twinpath.duppath.nodes.ProxyNodeTable;
import net.twinpath.duppath.nodes.SingleAttachments;
import net.twinpath.duppath.ordering.PacketOrdering;
import net.twinpath.duppath.receive.ArrivalClock;
import net.twinpath.duppath.receive.FrerDecoding;
import net.twinpath.duppath.receive.LeadTimes;
import net.twinpath.duppath.receive.PrpDecoding;
import net.twinpath.duppath.receive.ReceiveAgent;
import net.twinpath.duppath.receive.Senders;
import net.twinpath.duppath.receive.SequenceDecoding;
import net.twinpath.duppath.receive.StreamRecovery;
import net.twinpath.duppath.recovery.DuplicateDiscard;
import net.twinpath.duppath.recovery.UnseenNumbers;
import net.twinpath.duppath.send.ContinuityChecks;
import net.twinpath.duppath.send.FrerEncoding;
import net.twinpath.duppath.send.PrpEncoding;
import net.twinpath.duppath.send.SequenceEncoding;
import net.twinpath.duppath.send.SequenceGenerator;
import net.twinpath.duppath.send.Supervision;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
import net.twinpath.duppath.stream.StreamAction;
import net.twinpath.duppath.stream.StreamClassifier;
import net.twinpath.duppath.stream.StreamSettings;
import net.twinpath.linux.Mapping;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** What the two agents of a path work with that depends on its format and streams, and what they know of frames so far. */
final class RunningFormat implements AutoCloseable {
    private static final int STATE_LAYOUT = 4;
    private static final int PRP_LINKS = 2;

    /** Senders known at once. */
    private static final int NODES = 8192;

    /** Frames held to put flows in order, with those on their way out: 10 ms at 150 000 frames a second. */
    private static final int ORDERING_FRAMES = 2048;

    /** POFTakeAnyTime (RFC 9550): a sender silent for so long may go on with any number. */
    private static final long LEAST_TAKE_ANY_NS = 500_000_000;

    /** A RedBox sends one frame for each device at once, and they overtake each other by a few. */
    private static final int SUPERVISION_WINDOW = 1024;

    /** As Linux: the links have settled by then, and neighbours learn soon who is there. */
    private static final long FIRST_SUPERVISION_NS = 100_000_000;

    private final DupPathSettings settings;
    private final CounterBlock counters;
    private final NanoClock clock;
    private final ArrivalClock arrivals;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<CounterBlock> streamCounters = new ArrayList<>();
    private final List<SequenceGenerator> generators = new ArrayList<>();
    private final List<StreamRecovery> recoveries = new ArrayList<>();
    private final ProxyNodeTable proxies;
    private final NodeTable nodes;
    private final LeadTimes leads;
    private final StreamClassifier outward;
    private final SequenceEncoding encoding;
    private final SequenceDecoding decoding;
    private final MutableDirectBuffer heldFrames;
    private final @Nullable PacketOrdering ordering;

    /**
     * @param clock     nanoseconds, never going back
     * @param timeOfDay stamps the frames in the links' rings
     */
    RunningFormat(DupPathSettings settings, CounterBlock counters, NanoClock clock, EpochNanoClock timeOfDay) {
        this.settings = settings;
        this.counters = counters;
        this.clock = clock;
        this.arrivals = new ArrivalClock(clock, timeOfDay);
        for (int i = 0; i <= settings.streams().size(); i++) {
            streamCounters.add(CounterBlock.ofStream());
        }
        Mapping proxyMemory = open(Mapping.anonymous(ProxyNodeTable.BYTES));
        proxies = new ProxyNodeTable(
                proxyMemory.buffer(), ThreadLocalRandom.current().nextLong());
        Mapping nodeMemory = open(Mapping.anonymous(NODES * NodeTable.BYTES_PER_PLACE));
        nodes = new NodeTable(
                nodeMemory.buffer(), NODES, ThreadLocalRandom.current().nextLong());
        leads = new LeadTimes(open(Mapping.anonymous(LeadTimes.BYTES)).buffer());
        outward = classifier();
        if (settings.format() instanceof FormatSettings.Prp prp) {
            Mapping attachmentMemory = open(Mapping.anonymous(SingleAttachments.BYTES));
            SingleAttachments attachments = new SingleAttachments(attachmentMemory.buffer());
            encoding = encoding(prp, attachments);
            decoding = new PrpDecoding(senders(PRP_LINKS, 0), attachments, classifier());
        } else {
            FormatSettings.Frer frer = (FormatSettings.Frer) settings.format();
            encoding = encoding(frer);
            decoding = decoding(frer);
        }
        if (settings.maxDelayNs() == 0) {
            heldFrames = new UnsafeBuffer(0, 0);
            ordering = null;
        } else {
            int frameBytes = settings.inside().maxFrameBytes();
            UnsafeBuffer memory =
                    open(Mapping.anonymous(ORDERING_FRAMES * frameBytes)).buffer();
            heldFrames = memory;
            ordering = new PacketOrdering(
                    memory,
                    ORDERING_FRAMES,
                    frameBytes,
                    ReceiveAgent.BATCH_FRAMES,
                    recoveries.size() + NODES,
                    settings.maxDelayNs(),
                    Math.max(LEAST_TAKE_ANY_NS, settings.maxDelayNs()));
        }
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    private StreamClassifier classifier() {
        return new StreamClassifier(settings.streams(), settings.unmatched(), streamCounters);
    }

    private Senders senders(int links, int firstFlow) {
        Mapping memory = open(Mapping.anonymous(DuplicateDiscard.bytes(NODES, links)));
        return new Senders(
                nodes,
                new DuplicateDiscard(memory.buffer(), NODES, links),
                unseen(UnseenNumbers.WHOLE_RANGE, DupPathCounter.IN_UNSEEN),
                unseen(SUPERVISION_WINDOW, DupPathCounter.IN_SUPERVISION_LOST),
                proxies,
                counters,
                leads,
                firstFlow);
    }

    private UnseenNumbers unseen(int window, DupPathCounter counter) {
        Mapping memory = open(Mapping.anonymous(UnseenNumbers.bytes(NODES, window)));
        return new UnseenNumbers(memory.buffer(), NODES, window, counters, counter);
    }

    private SequenceEncoding encoding(FormatSettings.Prp prp, SingleAttachments attachments) {
        generators.add(new SequenceGenerator(prp.firstSequenceNumber()));
        Supervision supervision = new Supervision(
                prp.supervisionAddressByte(),
                settings.ownAddress(),
                settings.isGateway(),
                proxies,
                prp.lifeCheckIntervalNs(),
                clock.nanoTime() + FIRST_SUPERVISION_NS);
        return new PrpEncoding(generators.get(0), supervision, attachments, counters);
    }

    private SequenceEncoding encoding(FormatSettings.Frer frer) {
        frer.firstSequenceNumbers().forEach(first -> generators.add(new SequenceGenerator(first)));
        streamCounters.forEach(stream -> stream.increment(StreamCounter.GENERATION_RESETS));
        ContinuityChecks continuityChecks = new ContinuityChecks(
                settings.ownAddress(),
                nodes,
                frer.continuityIntervalNs(),
                clock.nanoTime() + FIRST_SUPERVISION_NS,
                counters);
        return new FrerEncoding(generators, continuityChecks, counters);
    }

    private SequenceDecoding decoding(FormatSettings.Frer frer) {
        for (int i = 0; i < frer.recoveries().size(); i++) {
            FormatSettings.Recovery recovery = frer.recoveries().get(i);
            recoveries.add(new StreamRecovery(recovery.merging(), recovery.individual(), streamCounters.get(i)));
        }
        return new FrerDecoding(senders(DupPath.MAX_LINKS, recoveries.size()), classifier(), recoveries, leads);
    }

    ProxyNodeTable proxies() {
        return proxies;
    }

    /** For the sending agent. */
    StreamClassifier outward() {
        return outward;
    }

    SequenceEncoding encoding() {
        return encoding;
    }

    SequenceDecoding decoding() {
        return decoding;
    }

    /** For the receiving agent. */
    ArrivalClock arrivals() {
        return arrivals;
    }

    /** Puts flows in order; null when that is not wanted. */
    @Nullable
    PacketOrdering ordering() {
        return ordering;
    }

    /** Where the frames lie that {@link #ordering} holds. */
    MutableDirectBuffer heldFrames() {
        return heldFrames;
    }

    /** By how much first copies came before others. */
    LeadTimes leads() {
        return leads;
    }

    /** The path's own address, first octet in bits 47 to 40. */
    long ownAddress() {
        return settings.ownAddress();
    }

    /**
     * What the state is of: the layout it is taken down in, which is to be counted up with every change to what
     * {@link #state} takes down, and the functions that wrote it.
     */
    String meaning() {
        String functions = settings.format() instanceof FormatSettings.Frer frer
                ? frer.recoveries() + " " + settings.streams() + " " + settings.unmatched()
                : "PRP";
        return STATE_LAYOUT + " " + settings.ownAddress() + " " + functions;
    }

    /** What was heard of whom, for a successor. */
    DirectBuffer state() {
        StateOutput out = new StateOutput();
        arrivals.save(out);
        decoding.save(out);
        return out.octets();
    }

    /** Goes on from what a predecessor has heard, when it was made as this is; to be called before the first frame. */
    void goOn(KeptPath left) {
        if (left.meaning().equals(meaning())) {
            StateInput in = new StateInput(left.state());
            arrivals.load(in);
            decoding.load(in);
        }
    }

    /** Whether a link's place in the list names it on the wire, as PRP's LAN A and LAN B. */
    boolean placeIsPosition() {
        return settings.format() instanceof FormatSettings.Prp;
    }

    /** How many senders are heard on the links. */
    int nodeCount() {
        return nodes.count();
    }

    /** The senders heard on the links. */
    List<Node> nodes() {
        return nodes.nodes();
    }

    List<StreamState> streams() {
        List<StreamState> states = new ArrayList<>();
        for (int i = 0; i < settings.streams().size(); i++) {
            StreamSettings stream = settings.streams().get(i);
            states.add(state(stream.name(), stream.action(), i));
        }
        states.add(state(StreamState.UNMATCHED, settings.unmatched(), states.size()));
        return states;
    }

    private StreamState state(String name, StreamAction action, int place) {
        if (place >= recoveries.size()) {
            return new StreamState(name, action, streamCounters.get(place), List.of(), false);
        }
        StreamRecovery recovery = recoveries.get(place);
        return new StreamState(
                name, action, streamCounters.get(place), recovery.individualCounters(), recovery.hasLatentError());
    }

    List<Integer> nextSequenceNumbers() {
        return generators.stream().map(SequenceGenerator::peek).toList();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(opened);
        opened.clear();
    }
}
