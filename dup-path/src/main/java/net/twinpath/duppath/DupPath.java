package net.twinpath.duppath;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.nodes.Node;
import net.twinpath.duppath.nodes.NodeTable;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.duppath.receive.ReceiveAgent;
import net.twinpath.duppath.recovery.DuplicateDiscard;
import net.twinpath.duppath.send.SendAgent;
import net.twinpath.duppath.send.SequenceGenerator;
import net.twinpath.linux.EventFd;
import net.twinpath.linux.Mapping;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

/** A running path: its ports, its two agents and their threads. */
public final class DupPath implements AutoCloseable {
    private static final int MAX_NODES = 1024;

    private final DupPathSettings settings;
    private final CounterBlock counters = new CounterBlock();
    private final SequenceGenerator sequence;
    private final Consumer<Throwable> onFailure;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<AgentRunner> runners = new ArrayList<>();
    private final List<Port> links = new ArrayList<>();
    private final EventFd wake;
    private final Port inside;
    private final NodeTable nodes;

    /**
     * Opens the ports and starts the agents.
     *
     * @param settings  what the path is made of
     * @param onFailure told once, by the agent's thread, when an agent has ended because of an error
     * @throws net.twinpath.linux.ErrnoException when a port cannot be opened; nothing stays open then
     */
    public DupPath(DupPathSettings settings, Consumer<Throwable> onFailure) {
        this.settings = settings;
        this.onFailure = onFailure;
        this.sequence = new SequenceGenerator(settings.firstSequenceNumber());
        try {
            wake = open(new EventFd());
            inside = open(Port.inside(settings.inside(), counters));
            for (PortSettings link : settings.links()) {
                links.add(open(Port.link(link)));
            }
            Mapping nodeMemory = open(Mapping.anonymous(MAX_NODES * NodeTable.BYTES_PER_PLACE));
            nodes = new NodeTable(nodeMemory.buffer(), MAX_NODES);
            start(sendAgent());
            start(receiveAgent());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private SendAgent sendAgent() {
        return new SendAgent(
                settings.name(),
                inside,
                links,
                sequence,
                settings.supervisionAddressByte(),
                settings.ownAddress(),
                counters,
                SystemNanoClock.INSTANCE,
                wake);
    }

    private ReceiveAgent receiveAgent() {
        Mapping memory = open(Mapping.anonymous(MAX_NODES * DuplicateDiscard.BYTES_PER_SENDER));
        return new ReceiveAgent(
                settings.name(),
                links,
                inside,
                settings.ownAddress(),
                nodes,
                new DuplicateDiscard(memory.buffer()),
                counters,
                SystemNanoClock.INSTANCE,
                wake);
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    private void start(Agent agent) {
        AgentRunner runner =
                new AgentRunner(NoOpIdleStrategy.INSTANCE, onFailure::accept, null, new EndingOnError(agent));
        runners.add(runner);
        AgentRunner.startOnThread(runner);
    }

    public DupPathSettings settings() {
        return settings;
    }

    /** The path's counters. */
    public CounterBlock counters() {
        return counters;
    }

    /** The senders heard on the links; their times are {@link System#nanoTime()}. */
    public List<Node> nodes() {
        return nodes.nodes();
    }

    /** The inside port. */
    public Port inside() {
        return inside;
    }

    /** The links with their counters, LAN A first. */
    public List<Port> links() {
        return List.copyOf(links);
    }

    /** Where the node's sequence counter stands; right once the path is closed. */
    public int nextSequenceNumber() {
        return sequence.peek();
    }

    /** Ends both agents, then closes the ports; frames in the rings are lost. */
    @Override
    public void close() {
        if (!opened.isEmpty()) {
            wake.raise();
        }
        runners.forEach(AgentRunner::close);
        runners.clear();
        CloseHelper.closeAll(opened);
        opened.clear();
    }

    /**
     * An agent whose first error is its last: state it left half-changed must not be worked on.
     *
     * @param agent what is run
     */
    private record EndingOnError(Agent agent) implements Agent {
        @Override
        public int doWork() throws Exception {
            try {
                return agent.doWork();
            } catch (RuntimeException e) {
                throw new AgentTerminationException(e);
            }
        }

        @Override
        public String roleName() {
            return agent.roleName();
        }
    }
}
