package net.twinpath.daemon.path;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import net.twinpath.config.Format;
import net.twinpath.config.Inside;
import net.twinpath.config.LinkSettings;
import net.twinpath.config.PathSettings;
import net.twinpath.daemon.StartException;
import net.twinpath.daemon.apply.PathGround;
import net.twinpath.daemon.apply.SharedPart;
import net.twinpath.daemon.event.Event;
import net.twinpath.daemon.event.EventKind;
import net.twinpath.daemon.event.Events;
import net.twinpath.daemon.path.LinkWatch.InterfaceState;
import net.twinpath.duppath.DupPath;
import net.twinpath.duppath.KeptPath;
import net.twinpath.duppath.StreamState;
import net.twinpath.duppath.WarmUp;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.nodes.Node;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.DescriptorStore;
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

    /** Three LifeCheckIntervals and some: a neighbour that is there was heard by then. */
    private static final long SILENT_AFTER_MS = 7_000;

    private static final Duration FIRST_RESTART_DELAY = Duration.ofSeconds(1);
    private static final Duration LAST_RESTART_DELAY = Duration.ofSeconds(30);
    private static final int SEQUENCE_NUMBERS = 0x1_0000;
    private static final long NANOS_PER_MS = 1_000_000;

    private final PathGround ground;
    private final SequenceMemory sequenceMemory;
    private final KeptPathFile keptPathFile;
    private final Clock clock;
    private final EventFd wake;
    private final Events events;
    private final NodeWatch nodeWatch;
    private final LatentErrorWatch latentErrors;
    private final ImpairmentWatch impairments;
    private final AgentWatch agents;
    private final Map<Integer, Boolean> insideUp = new HashMap<>();
    private @Nullable Instant remakeInsideAt;
    private PathSettings settings;
    private List<RunningLink> links = List.of();
    private List<String> warnings = List.of();
    private DupPath dupPath;
    private PathCondition condition = PathCondition.DOWN;
    private boolean isProven;
    private Instant since;
    private Instant countedSince;
    private Optional<Drill> drill = Optional.empty();
    private long outRingFull;
    private long outRingFullAtReset;
    private long superFrames;
    private long superFramesDropped;
    private int restarts;
    private Duration restartDelay = FIRST_RESTART_DELAY;
    private @Nullable Instant restartAt;
    private volatile @Nullable Throwable failure;

    private RunningPath(
            PathSettings settings,
            PathGround ground,
            PathSurroundings surroundings,
            KeptPathFile keptPathFile,
            Optional<KeptPath> left) {
        this.settings = settings;
        this.ground = ground;
        this.sequenceMemory = new SequenceMemory(
                surroundings.socket(), settings.name(), ground.ownMac().toString());
        this.keptPathFile = keptPathFile;
        this.clock = surroundings.clock();
        this.wake = surroundings.wake();
        this.events = surroundings.events();
        this.nodeWatch = new NodeWatch(settings.name(), events);
        this.latentErrors = new LatentErrorWatch(settings.name(), events);
        this.impairments = new ImpairmentWatch(settings.name(), events);
        this.agents = new AgentWatch(settings.name());
        this.since = clock.instant();
        this.countedSince = since;
        this.dupPath = open(firstSequenceNumbers(), left);
        resync();
    }

    /**
     * Prepares the interfaces and starts the data path, or goes on with what the daemon before has left of it.
     *
     * @param mayBeMissing whether it starts without the link of a name as long as that is not there
     * @throws StartException when that is not possible, or no link is there; nothing is left half-made
     */
    public static RunningPath start(
            PathSettings settings, PathSurroundings surroundings, Predicate<String> mayBeMissing)
            throws StartException {
        Optional<String> objection = CoreObjection.to(settings);
        if (objection.isPresent()) {
            throw new StartException(objection.get());
        }
        KeptPathFile keptPathFile = new KeptPathFile(surroundings.socket(), settings.name());
        Optional<KeptPath> left = keptPathFile.take(surroundings.passed());
        PathGround ground;
        try {
            ground = PathGround.prepare(
                    settings,
                    surroundings.interfaces(),
                    surroundings.baselines(),
                    left.map(KeptPath::ownAddress).map(MacAddress::new),
                    mayBeMissing);
        } catch (StartException e) {
            left.ifPresent(KeptPath::close);
            throw e;
        }
        RunningPath path;
        try {
            path = new RunningPath(settings, ground, surroundings, keptPathFile, left);
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
        path.checkIndependence();
        path.resync();
        path.sample();
        return path;
    }

    /** Goes on where the last clean stop left off; a counter of which nothing is known begins anywhere. */
    private List<Integer> firstSequenceNumbers() {
        Map<String, Integer> kept = sequenceMemory.take();
        if (kept.isEmpty()) {
            awaitForgetting();
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return DataPathDescription.counterNames(settings).stream()
                .map(name -> kept.getOrDefault(name, random.nextInt(SEQUENCE_NUMBERS)))
                .toList();
    }

    /** Agents of this path's settings that move nobody's frames. */
    public WarmUp warmUp() {
        List<Integer> numbers =
                Collections.nCopies(DataPathDescription.counterNames(settings).size(), 0);
        return new WarmUp(DataPathDescription.of(settings, ground, numbers));
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

    private DupPath open(List<Integer> firstSequenceNumbers, Optional<KeptPath> left) {
        DupPath opened =
                new DupPath(DataPathDescription.of(settings, ground, firstSequenceNumbers), left, this::onFailure);
        links = runningLinks(opened);
        nodeWatch.forget();
        return opened;
    }

    /** What is known of links that stay is kept. */
    private List<RunningLink> runningLinks(DupPath path) {
        List<RunningLink> now = new ArrayList<>();
        for (int i = 0; i < path.links().size(); i++) {
            Port port = path.links().get(i);
            LinkSettings link = settings.links().get(i);
            now.add(links.stream()
                    .filter(running -> running.port() == port)
                    .findFirst()
                    .orElseGet(() -> runningLink(link, port)));
        }
        return now;
    }

    private RunningLink runningLink(LinkSettings link, Port port) {
        Optional<Link> now = ground.find(port.settings().ifindex());
        RunningLink made = new RunningLink(link, port, state(link, now), silentAfterMs(), nowMs());
        links.stream()
                .filter(before -> before.name().equals(made.name()))
                .findFirst()
                .map(RunningLink::told)
                .or(() -> missingFromTheFirst(made))
                .ifPresent(made::toldBefore);
        made.details(now.map(this::details));
        return made;
    }

    /** A cable may be out when a path starts, but a link that is not there is told of. */
    private static Optional<LinkCondition> missingFromTheFirst(RunningLink link) {
        return link.condition() == LinkCondition.GONE ? Optional.of(LinkCondition.CARRYING) : Optional.empty();
    }

    private long silentAfterMs() {
        return settings.format() == Format.PRP
                ? Math.max(
                        SILENT_AFTER_MS,
                        settings.supervision().lifeCheckInterval().toMillis() * 7 / 2)
                : LinkWatch.NEVER_MS;
    }

    /** The clock of the path, milliseconds. */
    static long nowMs() {
        return System.nanoTime() / NANOS_PER_MS;
    }

    /** Called by the agent that failed. */
    private void onFailure(Throwable error) {
        failure = error;
        wake.raise();
    }

    /** Takes what the kernel says of an interface that may be one of the path's; {@link #sample} judges it. */
    public void onLink(LinkEvent event) {
        if (event instanceof LinkEvent.Changed changed) {
            onChanged(changed.link());
        } else if (event instanceof LinkEvent.Removed removed) {
            onRemoved(removed.link().index());
        } else {
            resync();
        }
    }

    private void onChanged(Link now) {
        insideUp.computeIfPresent(now.index(), (index, up) -> isUp(now));
        for (RunningLink link : links) {
            if (link.ifindex() == now.index()) {
                look(link, Optional.of(now));
            } else if (link.name().equals(now.name()) && link.condition() == LinkCondition.GONE) {
                retake(link);
                return;
            }
        }
    }

    private void onRemoved(int ifindex) {
        if (insideUp.replace(ifindex, false) != null) {
            onInsideRemoved();
        }
        links.stream().filter(link -> link.ifindex() == ifindex).forEach(link -> look(link, Optional.empty()));
    }

    private void onInsideRemoved() {
        if (remakeInsideAt == null) {
            LOG.warn("{}: its inside interface was removed from the machine", settings.name());
            remakeInsideAt = clock.instant();
        }
    }

    /** Looks at all of the path's interfaces anew. */
    private void resync() {
        for (Link link : ground.insideInterfaces()) {
            Optional<Link> now = ground.find(link.index());
            insideUp.put(link.index(), now.map(this::isUp).orElse(false));
            if (now.isEmpty()) {
                onInsideRemoved();
            }
        }
        links.forEach(link -> look(link, ground.find(link.ifindex())));
        links.stream()
                .filter(link -> link.condition() == LinkCondition.GONE)
                .flatMap(link -> ground.find(link.name()).stream())
                .toList()
                .forEach(this::onChanged);
    }

    /** Takes a link's interface as it is now; empty when it is gone. */
    private void look(RunningLink link, Optional<Link> now) {
        link.interfaceState(state(link.settings(), now), nowMs());
        link.details(now.map(this::details));
    }

    private InterfaceDetails details(Link now) {
        return new InterfaceDetails(now.mtu(), now.carrierChanges(), ground.cable(now));
    }

    /** The applications' interface has no carrier of its own: it is there while both its ends are up. */
    private boolean isUp(Link link) {
        return link.isUp() && (settings.inside() instanceof Inside.Host || link.hasCarrier());
    }

    private boolean isInsideUp() {
        return remakeInsideAt == null && insideUp.values().stream().allMatch(up -> up);
    }

    /** A link that was missing is there, or is there again: the others go on while it is taken in. */
    private void retake(RunningLink link) {
        try {
            ground.retake(link.settings());
            changePorts();
            LOG.info("{}: {} is there now", settings.name(), link.name());
            checkIndependence();
        } catch (StartException | ErrnoException e) {
            LOG.warn("{}: {} is there now, but cannot be used: {}", settings.name(), link.name(), e.getMessage());
        }
    }

    private InterfaceState state(LinkSettings link, Optional<Link> now) {
        return now.map(found -> state(link, found)).orElse(InterfaceState.GONE);
    }

    private InterfaceState state(LinkSettings link, Link now) {
        if (!now.isUp()) {
            return InterfaceState.SWITCHED_OFF;
        }
        if (!now.hasCarrier()) {
            return InterfaceState.NO_CARRIER;
        }
        return now.mtu() < ground.linkMtu(link) ? InterfaceState.TOO_SMALL : InterfaceState.USABLE;
    }

    /** Looks at the counters and at the agents; called a few times a second. */
    public void sample() {
        Throwable error = failure;
        if (error != null) {
            failure = null;
            fail(error);
        }
        if (remakeInsideAt != null) {
            remakeInside(remakeInsideAt);
        } else if (restartAt == null) {
            long nowMs = nowMs();
            links.forEach(link -> link.sample(reception(link), dupPath.leads(), nowMs));
            listen(nowMs);
            outRingFull = dupPath.inside().ring().ringFullDrops();
            repairOffloads();
            agents.look(dupPath.dutyCycles(), nowMs);
        } else if (!clock.instant().isBefore(restartAt)) {
            restart();
        }
        judge();
    }

    /** Takes what the nodes on the links tell. */
    private void listen(long nowMs) {
        nodeWatch.look(dupPath.nodes(), counters(), lifeCheckIntervalNs(), nowMs, System.nanoTime());
        long longestNs = nodeWatch.longestIntervalNs();
        if (longestNs != 0) {
            links.forEach(link -> link.silentAfter(Node.patienceNs(longestNs) / NANOS_PER_MS, nowMs));
        }
        links.forEach(link -> link.neighbours(nodeWatch.neighbourhood()));
        latentErrors.look(namesOfLatentErrors());
    }

    private long lifeCheckIntervalNs() {
        return settings.format() == Format.PRP
                ? settings.supervision().lifeCheckInterval().toNanos()
                : 0;
    }

    /**
     * Merged frames come when somebody has switched an offload on that we had switched off, or from a neighbour over no
     * cable, as a container behind a gateway.
     */
    private void repairOffloads() {
        long dropped = counters().value(DupPathCounter.OUT_SUPER_FRAMES)
                + links.stream()
                        .mapToLong(link -> link.counters().value(DupPathCounter.RX_SUPER_FRAMES))
                        .sum();
        long now = dropped
                + counters().value(DupPathCounter.OUT_SUPER_FRAMES_CUT)
                + links.stream()
                        .mapToLong(link -> link.counters().value(DupPathCounter.RX_SUPER_FRAMES_CUT))
                        .sum();
        if (now > superFrames && ground.repairOffloads()) {
            LOG.warn("{}: {} merged frames came; offloads off again", settings.name(), now - superFrames);
        }
        if (dropped > 0 && superFramesDropped == 0) {
            LOG.warn(
                    "{}: merged frames came that cannot be cut, and were dropped; status counts them", settings.name());
        }
        superFrames = now;
        superFramesDropped = dropped;
    }

    /** Without an inside port there is nothing to carry: the data path starts anew with one, where its numbers were. */
    private void remakeInside(Instant due) {
        if (clock.instant().isBefore(due)) {
            return;
        }
        remakeInsideAt = clock.instant().plus(FIRST_RESTART_DELAY);
        try {
            if (!ground.remakeInside()) {
                return;
            }
            dupPath.close();
            dupPath = open(dupPath.nextSequenceNumbers(), Optional.empty());
            ground.admitTraffic();
            remakeInsideAt = null;
            restartAt = null;
            insideUp.clear();
            resync();
            LOG.info("{}: its inside interface is there again", settings.name());
        } catch (StartException | ErrnoException e) {
            LOG.warn("{}: its inside interface cannot be used: {}", settings.name(), e.getMessage());
        }
    }

    private void fail(Throwable error) {
        LOG.error("{}: data path failed", settings.name(), error);
        events.tell(Event.ofPath(
                EventKind.PATH_FAILED,
                settings.name(),
                "data path failed: " + error + "; again in " + restartDelay.toSeconds() + " s"));
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
            dupPath = open(dupPath.nextSequenceNumbers(), Optional.empty());
            restarts++;
            restartAt = null;
        } catch (ErrnoException e) {
            LOG.error("{}: data path not started again: {}", settings.name(), e.getMessage());
            scheduleRestart();
        }
    }

    private void judge() {
        links.stream().filter(RunningLink::takeChange).forEach(this::tell);
        PathCondition now = restartAt != null || !isInsideUp()
                ? PathCondition.DOWN
                : PathCondition.of(links.stream().map(RunningLink::condition).toList());
        if (now != condition) {
            condition = now;
            since = clock.instant();
            tellCondition();
        } else if (!isProven
                && condition == PathCondition.PROTECTED
                && verdict().isProven()) {
            tellCondition();
        }
        impairments.look(verdict().impairments(impairments));
    }

    private void tellCondition() {
        Verdict verdict = verdict();
        isProven = verdict.isProven();
        events.tell(Event.ofPath(condition.event(), settings.name(), condition.words() + ": " + verdict.reason()));
    }

    private void tell(RunningLink link) {
        events.tell(Event.ofLink(
                link.condition().event(),
                settings.name(),
                link.name(),
                link.name() + " " + link.condition().words() + shareLost(link)));
    }

    private static String shareLost(RunningLink link) {
        return link.condition() == LinkCondition.LOSSY
                ? ": " + Math.round(100 * link.loss().orElse(0)) + " % of the frames sent to us"
                : "";
    }

    /**
     * Goes over to other settings of this path that differ in the links at most. Links that stay lose no frame.
     *
     * @param mayBeMissing whether the link of a name may be missing
     * @throws StartException when a new link cannot be used; the path goes on with the old ones then
     */
    public void changeLinks(PathSettings now, Predicate<String> mayBeMissing) throws StartException {
        PathSettings before = settings;
        ground.takeLinks(now, mayBeMissing);
        try {
            settings = now;
            changePorts();
        } catch (ErrnoException e) {
            settings = before;
            ground.takeLinks(before, name -> true);
            ground.releaseUnused();
            throw new StartException(now.source() + ": path." + now.name() + ".links: " + e.getMessage());
        }
        ground.releaseUnused();
        LOG.info("{}: links are now {}", now.name(), String.join(", ", now.linkNames()));
        checkIndependence();
    }

    /** Links that share a part protect less than they seem to. */
    private void checkIndependence() {
        List<String> now =
                ground.sharedParts().stream().map(SharedPart::sentence).toList();
        now.stream()
                .filter(warning -> !warnings.contains(warning))
                .forEach(warning -> LOG.warn("{}: {}", settings.name(), warning));
        warnings = now;
    }

    /** A data path that has failed takes the links up when it is started again. */
    private void changePorts() {
        if (restartAt != null) {
            return;
        }
        try {
            dupPath.changeLinks(ground.links());
        } catch (IllegalStateException agentEnded) {
            LOG.debug("{}: {}", settings.name(), agentEnded.getMessage());
        }
        links = runningLinks(dupPath);
    }

    public PathSettings settings() {
        return settings;
    }

    PathGround ground() {
        return ground;
    }

    /** What each of the interfaces that the path uses must carry, octets of payload, by its name. */
    public Map<String, Integer> leastMtus() {
        return ground.leastMtus();
    }

    /** Whether an agent neither works nor fails, as of the last sample. */
    public boolean hangs() {
        return restartAt == null && agents.hangs();
    }

    /** How it fares, as of the last sample. */
    public PathCondition condition() {
        return condition;
    }

    Instant since() {
        return since;
    }

    /** The drill that takes one of its links out of use now. */
    Optional<Drill> drill() {
        return drill;
    }

    void drill(Optional<Drill> now) {
        drill = now;
    }

    /** Since when {@link CounterBlock#sinceReset} counts. */
    Instant countedSince() {
        return countedSince;
    }

    /** Begins to count anew, for those who ask; what the path itself goes by is not touched. */
    public void resetCounters() {
        counters().reset();
        outRingFullAtReset = outRingFull;
        links.forEach(RunningLink::resetCounters);
        dupPath.streams().forEach(stream -> {
            stream.counters().reset();
            stream.individual().forEach(CounterBlock::reset);
        });
        countedSince = clock.instant();
    }

    /** What is to be said of the path's condition. */
    Verdict verdict() {
        return new Verdict(
                settings,
                ground,
                condition,
                restartAt != null,
                isInsideUp(),
                links,
                nodeWatch.findings(nowMs()),
                latentErrors.present(),
                nowMs());
    }

    private List<String> namesOfLatentErrors() {
        return dupPath.streams().stream()
                .filter(StreamState::hasLatentError)
                .map(StreamState::name)
                .toList();
    }

    List<RunningLink> links() {
        return links;
    }

    /** What an operator should know of the links even while all is well. */
    List<String> warnings() {
        return warnings;
    }

    CounterBlock counters() {
        return dupPath.counters();
    }

    /** How many senders are heard on the links. */
    int nodeCount() {
        return dupPath.nodeCount();
    }

    /** The senders heard on the links; their times are {@link System#nanoTime()}. */
    List<Node> nodes() {
        return dupPath.nodes();
    }

    /** Addresses of the devices heard on the inside port lately. */
    List<MacAddress> insideDevices() {
        return dupPath.insideDevices().stream().map(MacAddress::new).toList();
    }

    /** The streams with their counters; at the end what no stream matches. */
    List<StreamState> streams() {
        return dupPath.streams();
    }

    /** What the ordering function has done; empty when there is none. */
    Optional<CounterBlock> ordering() {
        return dupPath.ordering();
    }

    /** Sequenced frames passed, by whichever link. */
    long passed() {
        return links.stream().mapToLong(RunningLink::cameFirst).sum();
    }

    /** What a link has brought of {@link #passed}. */
    Reception reception(RunningLink link) {
        return Reception.of(link::heard, this::passed);
    }

    /** Frames from inside that were lost because the inside port's ring was full, as of the last sample, since reset. */
    long outRingFull() {
        return outRingFull - outRingFullAtReset;
    }

    /** As {@link #outRingFull}, since the data path was started. */
    long outRingFullInAll() {
        return outRingFull;
    }

    /** As {@link #passed}, since the counters were reset. */
    long passedSinceReset() {
        return links.stream().mapToLong(RunningLink::cameFirstSinceReset).sum();
    }

    /** What no link brought, since the counters were reset. */
    ResidualLoss residualLossSinceReset() {
        return ResidualLoss.of(counters(), streams(), passedSinceReset(), CounterBlock::sinceReset);
    }

    /** As {@link #residualLossSinceReset}, since the data path was started. */
    ResidualLoss residualLossInAll() {
        return ResidualLoss.of(counters(), streams(), passed(), CounterBlock::value);
    }

    int restarts() {
        return restarts;
    }

    /**
     * Leaves all as it is to the next daemon, which goes on where this one stops: meanwhile frames wait in the rings. A path
     * that does not work is stopped instead.
     */
    public void leave(DescriptorStore store) {
        if (failure != null || restartAt != null || remakeInsideAt != null) {
            close();
            return;
        }
        ground.keepBaselines();
        KeptPath kept = dupPath.leave();
        keepSequenceNumbers();
        keptPathFile.keep(kept, store);
    }

    private void keepSequenceNumbers() {
        sequenceMemory.keep(DataPathDescription.counterNames(settings), dupPath.nextSequenceNumbers());
    }

    /** Stops the traffic, keeps the sequence numbers, and gives the interfaces back as they were. */
    @Override
    public void close() {
        ground.stopTraffic();
        dupPath.close();
        keepSequenceNumbers();
        ground.close();
    }
}
