package net.twinpath.daemon.path;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import net.twinpath.config.PathSettings;
import net.twinpath.daemon.StartException;
import net.twinpath.daemon.apply.Interfaces;
import net.twinpath.daemon.apply.PathGround;
import net.twinpath.daemon.path.LinkWatch.InterfaceState;
import net.twinpath.duppath.DupPath;
import net.twinpath.duppath.DupPathSettings;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.nodes.Node;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.EventFd;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.LinkEvent;
import net.twinpath.netlink.route.MacAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A configured path while the daemon runs; used by the control thread only, but for the agents' word of failure. */
public final class RunningPath implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("path");

    /** NodeRebootInterval (IEC 62439-3 table 8): a node that may repeat old sequence numbers is silent for so long. */
    private static final Duration NODE_REBOOT_INTERVAL = Duration.ofMillis(500);

    private static final Duration FIRST_RESTART_DELAY = Duration.ofSeconds(1);
    private static final Duration LAST_RESTART_DELAY = Duration.ofSeconds(30);
    private static final int SEQUENCE_NUMBERS = 0x1_0000;
    private static final long NANOS_PER_MS = 1_000_000;

    private final PathSettings settings;
    private final PathGround ground;
    private final SequenceMemory sequenceMemory;
    private final Clock clock;
    private final EventFd wake;
    private final List<RunningLink> links = new ArrayList<>();
    private DupPath dupPath;
    private PathCondition condition = PathCondition.DOWN;
    private Instant since;
    private boolean insideUp = true;
    private long outRingFull;
    private int restarts;
    private Duration restartDelay = FIRST_RESTART_DELAY;
    private @Nullable Instant restartAt;
    private volatile @Nullable Throwable failure;

    private RunningPath(
            PathSettings settings, PathGround ground, SequenceMemory sequenceMemory, Clock clock, EventFd wake) {
        this.settings = settings;
        this.ground = ground;
        this.sequenceMemory = sequenceMemory;
        this.clock = clock;
        this.wake = wake;
        this.since = clock.instant();
        this.dupPath = open(firstSequenceNumber());
    }

    /**
     * Prepares the interfaces and starts the data path.
     *
     * @param socket the control socket's place; what must outlive the process stands beside it
     * @param wake   raised when an agent fails
     * @throws StartException when that is not possible; nothing is left half-made
     */
    public static RunningPath start(
            PathSettings settings, Interfaces interfaces, Path socket, Clock clock, EventFd wake)
            throws StartException {
        PathGround ground = PathGround.prepare(settings, interfaces);
        RunningPath path;
        try {
            SequenceMemory memory =
                    new SequenceMemory(socket, settings.name(), ground.ownMac().toString());
            path = new RunningPath(settings, ground, memory, clock, wake);
        } catch (ErrnoException e) {
            ground.close();
            throw new StartException(settings.source() + ": path." + settings.name() + ": " + e.getMessage());
        }
        try {
            ground.admitTraffic();
        } catch (StartException e) {
            path.close();
            throw e;
        }
        path.sample();
        return path;
    }

    private int firstSequenceNumber() {
        OptionalInt kept = sequenceMemory.take();
        if (kept.isPresent()) {
            return kept.getAsInt();
        }
        awaitForgetting();
        return ThreadLocalRandom.current().nextInt(SEQUENCE_NUMBERS);
    }

    /** Neighbours remember numbers for 400 ms: after a crash no frame leaves before they have forgotten ours. */
    private static void awaitForgetting() {
        Instant processStart = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        Duration left = NODE_REBOOT_INTERVAL.minus(Duration.between(processStart, Instant.now()));
        try {
            if (!left.isNegative()) {
                Thread.sleep(left.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DupPath open(int firstSequenceNumber) {
        DupPath opened = new DupPath(
                new DupPathSettings(
                        settings.name(),
                        ground.inside(),
                        ground.links(),
                        ground.ownMac().bits(),
                        firstSequenceNumber,
                        settings.supervision()),
                this::onFailure);
        links.clear();
        for (Port port : opened.links()) {
            links.add(new RunningLink(port, links.size(), state(port.settings().ifindex())));
        }
        return opened;
    }

    /** Called by the agent that failed. */
    private void onFailure(Throwable error) {
        failure = error;
        wake.raise();
    }

    /** Takes what the kernel says of an interface that may be one of the links; {@link #sample} judges it. */
    public void onLink(LinkEvent event) {
        for (RunningLink link : links) {
            if (event instanceof LinkEvent.Changed changed && changed.link().index() == link.ifindex()) {
                link.interfaceState(state(changed.link()));
            } else if (event instanceof LinkEvent.Removed removed
                    && removed.link().index() == link.ifindex()) {
                link.interfaceState(InterfaceState.GONE);
            } else if (event instanceof LinkEvent.ResyncNeeded) {
                link.interfaceState(state(link.ifindex()));
            }
        }
        insideUp = ground.isInsideUp();
    }

    private InterfaceState state(int ifindex) {
        return ground.find(ifindex).map(this::state).orElse(InterfaceState.GONE);
    }

    private InterfaceState state(Link link) {
        if (!link.isUp()) {
            return InterfaceState.SWITCHED_OFF;
        }
        if (!link.hasCarrier()) {
            return InterfaceState.NO_CARRIER;
        }
        return link.mtu() < ground.linkMtu() ? InterfaceState.TOO_SMALL : InterfaceState.USABLE;
    }

    /** Looks at the counters and at the agents; called a few times a second. */
    public void sample() {
        Throwable error = failure;
        if (error != null) {
            failure = null;
            fail(error);
        }
        if (restartAt == null) {
            long passed = passed();
            long nowMs = System.nanoTime() / NANOS_PER_MS;
            links.forEach(link -> link.sample(passed, nowMs));
            outRingFull = dupPath.inside().ring().ringFullDrops();
        } else if (!clock.instant().isBefore(restartAt)) {
            restart();
        }
        judge();
    }

    private void fail(Throwable error) {
        LOG.error("{}: data path failed; again in {} s", settings.name(), restartDelay.toSeconds(), error);
        dupPath.close();
        scheduleRestart();
    }

    private void scheduleRestart() {
        restartAt = clock.instant().plus(restartDelay);
        Duration doubled = restartDelay.multipliedBy(2);
        restartDelay = doubled.compareTo(LAST_RESTART_DELAY) > 0 ? LAST_RESTART_DELAY : doubled;
    }

    private void restart() {
        try {
            dupPath = open(dupPath.nextSequenceNumber());
            restarts++;
            restartAt = null;
        } catch (ErrnoException e) {
            LOG.error("{}: data path not started again: {}", settings.name(), e.getMessage());
            scheduleRestart();
        }
    }

    private void judge() {
        links.stream()
                .filter(RunningLink::takeChange)
                .forEach(link -> LOG.info(
                        "{}: {} {}",
                        settings.name(),
                        link.name(),
                        link.condition().words()));
        PathCondition now = restartAt != null || !insideUp
                ? PathCondition.DOWN
                : PathCondition.of(links.stream().map(RunningLink::condition).toList());
        if (now != condition) {
            condition = now;
            since = clock.instant();
            if (now == PathCondition.PROTECTED) {
                LOG.info("{}: {}: {}", settings.name(), now.words(), reason());
            } else {
                LOG.warn("{}: {}: {}", settings.name(), now.words(), reason());
            }
        }
    }

    PathSettings settings() {
        return settings;
    }

    PathGround ground() {
        return ground;
    }

    PathCondition condition() {
        return condition;
    }

    Instant since() {
        return since;
    }

    /** Why the path is in its condition, in words. */
    String reason() {
        if (restartAt != null) {
            return "the data path failed and is being started again; the log tells why";
        }
        if (!insideUp) {
            return "the interface " + settings.name() + " or " + settings.peerName()
                    + " was switched off: no frame passes";
        }
        String words = links.stream()
                .map(link -> link.name() + " " + link.condition().words())
                .collect(Collectors.joining(", "));
        return switch (condition) {
            case PROTECTED -> words + ": any one link may fail without losing a frame";
            case DEGRADED -> words + ": frames pass, but the next failure may lose some";
            case DOWN -> words + ": no frame passes";
        };
    }

    /** What an operator can do about it; empty when all is well. */
    List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (!insideUp) {
            advice.add("ip link set " + settings.name() + " up; ip link set " + settings.peerName() + " up");
        }
        links.stream()
                .filter(link -> link.condition() != LinkCondition.CARRYING)
                .map(this::advice)
                .forEach(advice::add);
        nodes().stream()
                .filter(node -> node.kind() == Node.Kind.SAN
                        && node.heardOnANs() != Node.NEVER
                        && node.heardOnBNs() != Node.NEVER)
                .map(RunningPath::advice)
                .forEach(advice::add);
        return advice;
    }

    private static String advice(Node node) {
        return new MacAddress(node.address())
                + ": heard on both links without trailers, so its frames come twice: it is in"
                + " both LANs, or something between cuts the trailers off (a bridge that filters IP does)";
    }

    private String advice(RunningLink link) {
        return switch (link.condition()) {
            case CARRYING -> "";
            case TOO_SMALL ->
                link.name() + ": large frames do not fit; ip link set " + link.name() + " mtu " + ground.linkMtu();
            case SWITCHED_OFF ->
                link.name() + ": it was switched off on this machine; ip link set " + link.name() + " up";
            case NO_CARRIER ->
                link.name() + ": check its cable and the switch port; it joins by itself when it is back";
            case SILENT ->
                link.name()
                        + ": has carrier but brings nothing; check the network behind it and the neighbours' daemons";
            case GONE -> link.name() + ": the interface was removed; restart twinpathd when it is back";
        };
    }

    List<RunningLink> links() {
        return List.copyOf(links);
    }

    CounterBlock counters() {
        return dupPath.counters();
    }

    /** The senders heard on the links; their times are {@link System#nanoTime()}. */
    List<Node> nodes() {
        return dupPath.nodes();
    }

    /** Sequenced frames passed, by whichever link. */
    long passed() {
        return links.stream().mapToLong(RunningLink::cameFirst).sum();
    }

    /** Frames from inside that were lost because the inside port's ring was full, as of the last sample. */
    long outRingFull() {
        return outRingFull;
    }

    int restarts() {
        return restarts;
    }

    /** Stops the traffic, keeps the sequence number, and gives the interfaces back as they were. */
    @Override
    public void close() {
        ground.stopTraffic();
        dupPath.close();
        sequenceMemory.keep(dupPath.nextSequenceNumber());
        ground.close();
    }
}
