package net.twinpath.duppath;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.nodes.Node;
import net.twinpath.duppath.ordering.PacketOrdering;
import net.twinpath.duppath.port.LinksInUse;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.duppath.receive.LeadTimes;
import net.twinpath.linux.CpuAffinity;
import net.twinpath.linux.RealTimeClock;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

/** A running path: its ports, its two agents and their threads. */
public final class DupPath implements AutoCloseable {
    /** Links a path may have at once. */
    public static final int MAX_LINKS = 8;

    private final CounterBlock counters = new CounterBlock();
    private final Consumer<Throwable> onFailure;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<AgentRunner> runners = new ArrayList<>();
    private final List<CountedAgent> agents = new ArrayList<>();
    private final Port inside;
    private final RunningFormat format;
    private final LinksInUse sendLinks;
    private final LinksInUse receiveLinks;
    private List<Port> links = new ArrayList<>();

    /**
     * Opens the ports and starts the agents.
     *
     * @param settings  what the path is made of
     * @param onFailure told once, by the agent's thread, when an agent has ended because of an error
     * @throws net.twinpath.linux.ErrnoException when a port cannot be opened; nothing stays open then
     */
    public DupPath(DupPathSettings settings, Consumer<Throwable> onFailure) {
        this(settings, Optional.empty(), onFailure);
    }

    /**
     * Goes on with what another path has left, as far as it fits the settings, and starts the agents.
     *
     * @param settings  what the path is made of
     * @param left      the other's; what is not used of it is closed
     * @param onFailure told once, by the agent's thread, when an agent has ended because of an error
     * @throws net.twinpath.linux.ErrnoException when a port cannot be opened; nothing stays open then
     */
    public DupPath(DupPathSettings settings, Optional<KeptPath> left, Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        try {
            left.ifPresent(kept -> kept.closeOthers(settings.inside(), settings.links()));
            inside = open(left.flatMap(kept -> kept.goOnInside(settings.inside(), counters))
                    .orElseGet(() -> Port.inside(settings.inside(), counters)));
            inside.sendVirtioHeaders(settings.superFrames());
            Optional<KeptPath> sameLinks = left.filter(kept -> kept.isOf(settings.links()));
            openLinks(settings.links(), left, sameLinks);
            sendLinks = open(new LinksInUse(links));
            receiveLinks = open(new LinksInUse(links));
            format = open(new RunningFormat(settings, counters, SystemNanoClock.INSTANCE, new RealTimeClock()));
            sameLinks.ifPresent(format::goOn);
            PathAgents both = open(new PathAgents(settings, format, inside, sendLinks, receiveLinks, counters));
            start(both.send(), settings.agents().sendCore());
            start(both.receive(), settings.agents().receiveCore());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What is remembered is known by the links' places: with the same links each has the one it had. */
    private void openLinks(List<PortSettings> settings, Optional<KeptPath> left, Optional<KeptPath> sameLinks) {
        for (PortSettings link : settings) {
            int position = links.size();
            int place =
                    sameLinks.map(kept -> kept.links().get(position).place()).orElse(position);
            links.add(left.flatMap(kept -> kept.goOnWithLink(link, place)).orElseGet(() -> Port.link(link, place)));
        }
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    private void start(Agent agent, int core) {
        CountedAgent counted = new CountedAgent(agent, core);
        AgentRunner runner = new AgentRunner(NoOpIdleStrategy.INSTANCE, onFailure::accept, null, counted);
        agents.add(counted);
        runners.add(runner);
        AgentRunner.startOnThread(runner);
    }

    /** The path's counters. */
    public CounterBlock counters() {
        return counters;
    }

    /** How many senders are heard on the links. */
    public int nodeCount() {
        return format.nodeCount();
    }

    /** The senders heard on the links; their times are {@link System#nanoTime()}. */
    public List<Node> nodes() {
        return format.nodes();
    }

    /** Addresses of the devices heard on the inside port lately, first octet in bits 47 to 40. */
    public List<Long> insideDevices() {
        return format.proxies().devices(SystemNanoClock.INSTANCE.nanoTime());
    }

    /** By how much first copies came before others. */
    public LeadTimes leads() {
        return format.leads();
    }

    /** The streams with their counters; at the end that of frames no stream matches. */
    public List<StreamState> streams() {
        return format.streams();
    }

    /** What the ordering function has done; empty when there is none. */
    public Optional<CounterBlock> ordering() {
        return Optional.ofNullable(format.ordering()).map(PacketOrdering::counters);
    }

    /**
     * How often each agent has gone round, by its thread's name. One that has nothing to do goes round twice a second;
     * one whose number stays hangs.
     */
    public Map<String, Long> dutyCycles() {
        Map<String, Long> cycles = new LinkedHashMap<>();
        agents.forEach(agent -> cycles.put(agent.roleName(), agent.cycles.get()));
        return cycles;
    }

    /** The inside port. */
    public Port inside() {
        return inside;
    }

    /** The links with their counters, LAN A first. */
    public List<Port> links() {
        return links;
    }

    /** Where the sequence counters stand, in the order they were given; right once the path is closed. */
    public List<Integer> nextSequenceNumbers() {
        return format.nextSequenceNumbers();
    }

    /**
     * Works with other links from now on. A link that stays is not touched and loses no frame.
     *
     * @param settings LAN A, LAN B, and so on
     * @throws net.twinpath.linux.ErrnoException when a port cannot be opened; all stays as it was then
     * @throws IllegalStateException             when an agent has ended
     */
    public void changeLinks(List<PortSettings> settings) {
        List<Port> before = links;
        List<Port> now = new ArrayList<>();
        try {
            for (PortSettings link : settings) {
                now.add(kept(link, now.size()).orElseGet(() -> Port.link(link, freePlace(settings, now))));
            }
        } catch (RuntimeException e) {
            now.stream().filter(port -> !before.contains(port)).forEach(Port::close);
            throw e;
        }
        links = List.copyOf(now);
        boolean sendTook = sendLinks.change(now);
        boolean receiveTook = receiveLinks.change(now);
        before.stream().filter(port -> !now.contains(port)).forEach(Port::close);
        if (!sendTook || !receiveTook) {
            throw new IllegalStateException("an agent has ended");
        }
    }

    private Optional<Port> kept(PortSettings settings, int position) {
        return links.stream()
                .filter(port -> port.settings().equals(settings))
                .filter(port -> !format.placeIsPosition() || port.place() == position)
                .findFirst();
    }

    private int freePlace(List<PortSettings> settings, List<Port> now) {
        if (format.placeIsPosition()) {
            return now.size();
        }
        List<Integer> used = new ArrayList<>(now.stream().map(Port::place).toList());
        links.stream()
                .filter(port -> settings.contains(port.settings()))
                .map(Port::place)
                .forEach(used::add);
        return IntStream.range(0, MAX_LINKS)
                .filter(place -> !used.contains(place))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Ends both agents and leaves the ports open, for another path to go on with. {@link #nextSequenceNumbers} are right
     * then; all else of this path is over.
     */
    public KeptPath leave() {
        endAgents();
        KeptPath kept = new KeptPath(
                format.ownAddress(),
                format.meaning(),
                inside.leave(),
                links.stream().map(Port::leave).toList(),
                format.state());
        links = List.of();
        opened.remove(inside);
        close();
        return kept;
    }

    private void endAgents() {
        if (receiveLinks != null) {
            sendLinks.wake();
            receiveLinks.wake();
        }
        runners.forEach(AgentRunner::close);
        runners.clear();
    }

    /** Ends both agents, then closes the ports; frames in the rings are lost. */
    @Override
    public void close() {
        endAgents();
        links.forEach(Port::close);
        links = List.of();
        CloseHelper.closeAll(opened);
        opened.clear();
    }

    /**
     * Keeps an agent on its core and counts its duty cycles. The agent's first error is its last: state it left
     * half-changed must not be worked on.
     */
    private static final class CountedAgent implements Agent {
        private final Agent agent;
        private final int core;
        private final AtomicLong cycles = new AtomicLong();

        CountedAgent(Agent agent, int core) {
            this.agent = agent;
            this.core = core;
        }

        @Override
        public void onStart() {
            if (core != AgentSettings.ANY_CORE) {
                CpuAffinity.pin(core);
            }
        }

        @Override
        public int doWork() throws Exception {
            cycles.lazySet(cycles.getPlain() + 1);
            try {
                return agent.doWork();
            } catch (RuntimeException e) {
                throw new AgentTerminationException(e);
            }
        }

        @Override
        public void onClose() {
            agent.onClose();
        }

        @Override
        public String roleName() {
            return agent.roleName();
        }
    }
}
