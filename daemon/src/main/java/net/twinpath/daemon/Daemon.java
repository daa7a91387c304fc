package net.twinpath.daemon;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import jnr.constants.platform.Signal;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.unixsocket.UnixSocketAddress;
import net.twinpath.config.ConfigReader;
import net.twinpath.config.PathSettings;
import net.twinpath.config.TwinpathConfig;
import net.twinpath.config.toml.ConfigException;
import net.twinpath.config.toml.ConfigProblem;
import net.twinpath.daemon.apply.Interfaces;
import net.twinpath.daemon.apply.Leftovers;
import net.twinpath.daemon.apply.PortBaselines;
import net.twinpath.daemon.control.ControlServer;
import net.twinpath.daemon.control.RefusedException;
import net.twinpath.daemon.event.Event;
import net.twinpath.daemon.event.EventKind;
import net.twinpath.daemon.event.EventLog;
import net.twinpath.daemon.event.Journal;
import net.twinpath.daemon.machine.BaselineFile;
import net.twinpath.daemon.machine.Configured;
import net.twinpath.daemon.machine.LinuxMachine;
import net.twinpath.daemon.machine.MachinePlan;
import net.twinpath.daemon.machine.PathNeeds;
import net.twinpath.daemon.machine.PlanReport;
import net.twinpath.daemon.machine.Reconciler;
import net.twinpath.daemon.metrics.MetricsEndpoint;
import net.twinpath.daemon.path.CoreObjection;
import net.twinpath.daemon.path.Drills;
import net.twinpath.daemon.path.KeptPathFile;
import net.twinpath.daemon.path.MetricsReport;
import net.twinpath.daemon.path.PathCondition;
import net.twinpath.daemon.path.PathSurroundings;
import net.twinpath.daemon.path.RunningPath;
import net.twinpath.daemon.path.StatusLine;
import net.twinpath.daemon.path.StatusReport;
import net.twinpath.linux.DescriptorStore;
import net.twinpath.linux.Epoll;
import net.twinpath.linux.EventFd;
import net.twinpath.linux.PassedDescriptors;
import net.twinpath.netlink.route.AddressEvents;
import net.twinpath.netlink.route.LinkEvents;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control thread's work: starts the paths, follows what the kernel says of their links, answers the control socket,
 * and takes everything back at the end.
 */
final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("twinpathd");
    private static final int SAMPLE_INTERVAL_MS = 250;

    /** What no event tells of, as flow control and sysctls, is looked at so often. */
    private static final long LOOK_INTERVAL_MS = 30_000;

    /** Events come in crowds. */
    private static final long SHORTEST_LOOK_INTERVAL_MS = 200;

    /** Tests that start hundreds of daemons have better use for the processor time. */
    private static final boolean WARMS_UP = Boolean.parseBoolean(System.getProperty("twinpath.warm-up", "true"));

    /** A path that carries nothing yet is waited for so long: a cable may come up late, or be out for good. */
    private static final long LONGEST_WAIT_FOR_PATHS_MS = 5_000;

    private static final long NANOS_PER_MS = 1_000_000;

    private final Path configFile;
    private final TwinpathConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Instant started = clock.instant();
    private final EventFd wake = new EventFd();
    private final EventFd scraped = new EventFd();
    private final Epoll epoll = new Epoll();
    private final Journal journal = new Journal(Journal.SOCKET);
    private final EventLog events;
    private final MetricsEndpoint metrics = new MetricsEndpoint(scraped);
    private final ServiceNotification systemd = new ServiceNotification(System.getenv());
    private final Drills drills;
    private volatile boolean stopAsked;
    private volatile boolean reloadAsked;
    private @Nullable RunningPaths paths;
    private @Nullable HotCode hotCode;

    /**
     * @param configFile      read again at reload
     * @param config          what it says now
     * @param writesToJournal whether events go to systemd's journal with their fields, rather than to the log
     */
    Daemon(Path configFile, TwinpathConfig config, boolean writesToJournal) {
        this.configFile = configFile;
        this.config = config;
        this.events = writesToJournal ? new EventLog(clock, journal::takes) : new EventLog(clock);
        this.drills = new Drills(clock, Daemon::nowMs, events);
        // The Java implementation hands signals to a JVM thread; the native one would run Java inside a signal handler,
        // on whichever thread was hit, and can lock up there.
        POSIX posix = POSIXFactory.getJavaPOSIX();
        posix.signal(Signal.SIGTERM, signal -> stop());
        posix.signal(Signal.SIGINT, signal -> stop());
        posix.signal(Signal.SIGHUP, signal -> askReload());
        epoll.add(wake.fd());
        epoll.add(scraped.fd());
    }

    private void stop() {
        stopAsked = true;
        wake.raise();
    }

    private void askReload() {
        reloadAsked = true;
        wake.raise();
    }

    /**
     * Runs until it is asked to stop.
     *
     * @throws StartException when a path or the control socket cannot start; nothing is left half-made
     */
    void run() throws StartException {
        Privileges.require();
        Path socket = config.control().socket();
        PortBaselines baselines = new PortBaselines(socket);
        try (Interfaces interfaces = new Interfaces();
                LinuxMachine kernel = new LinuxMachine();
                Reconciler machine =
                        new Reconciler(kernel, new BaselineFile(socket), this::pathNeeds, Daemon::nowMs, events);
                PassedDescriptors passed = PassedDescriptors.of(System.getenv());
                RunningPaths started = new RunningPaths(
                        new PathSurroundings(interfaces, baselines, passed, socket, clock, wake, events));
                ControlServer control = new ControlServer(
                        new UnixSocketAddress(socket.toFile()),
                        ControlMethods.of(new Work(machine, started), events, drills, Daemon::nowMs),
                        epoll);
                LinkEvents links = LinkEvents.open();
                AddressEvents addresses = AddressEvents.open()) {
            paths = started;
            epoll.add(links.fd());
            epoll.add(addresses.fd());
            Succession succession = new Succession(socket, systemd.store(), passed);
            metrics.goOnWith(passed);
            try {
                start(machine, started);
            } finally {
                Leftovers.giveBack(interfaces, baselines);
                KeptPathFile.forgetAll(socket);
            }
            startAnswering(machine, started);
            if (systemd.isWanted()) {
                // The group comes with the package, as the unit does.
                control.tellAccess();
            }
            succession.complete();
            hotCode = new HotCode(WARMS_UP ? started.warmUps() : List.of(), wake);
            serve(machine, started, control, links, addresses);
            stop(machine, started, succession);
        }
    }

    private PathNeeds pathNeeds() {
        return paths == null ? PathNeeds.NONE : paths.needs();
    }

    private static long nowMs() {
        return System.nanoTime() / NANOS_PER_MS;
    }

    /** The machine first, because a link may be a bond or a VLAN of the same file. */
    private void start(Reconciler machine, RunningPaths paths) throws StartException {
        machine.become(Configured.of(config.machine()));
        try {
            for (PathSettings settings : config.paths()) {
                if (!stopAsked) {
                    paths.start(settings);
                }
            }
        } catch (StartException e) {
            paths.close();
            machine.takeBack();
            throw e;
        }
        events.tell(Event.of(EventKind.CONFIG_APPLIED, configFile + " taken: " + paths(config)));
    }

    /** Paths are more important than being told of them. */
    private void startAnswering(Reconciler machine, RunningPaths paths) {
        metrics.valuesFrom(() -> metrics(machine, paths));
        try {
            metrics.take(metrics.prepare(config.metrics()));
        } catch (StartException e) {
            LOG.error("going on without metrics over HTTP: {}", e.getMessage());
        }
    }

    private MetricSnapshots metrics(Reconciler machine, RunningPaths paths) {
        return MetricsReport.of(started, clock.instant(), machine.report(), paths.list());
    }

    private void serve(
            Reconciler machine, RunningPaths paths, ControlServer control, LinkEvents links, AddressEvents addresses) {
        long servedFromMs = nowMs();
        long lookedAtMs = servedFromMs;
        long sampledAtMs = servedFromMs - SAMPLE_INTERVAL_MS;
        AtomicBoolean changed = new AtomicBoolean();
        AtomicBoolean sampleNow = new AtomicBoolean();
        while (!stopAsked) {
            int leftMs = (int) Math.max(0, SAMPLE_INTERVAL_MS - (nowMs() - sampledAtMs));
            epoll.await(leftMs, fd -> {
                sampleNow.compareAndSet(false, fd == wake.fd());
                control.ready(fd, nowMs());
            });
            wake.drain();
            scraped.drain();
            if (reloadAsked) {
                reloadAsked = false;
                reloadFromSignal(machine, paths);
            }
            addresses.poll(event -> changed.set(true));
            links.poll(event -> {
                changed.set(true);
                sampleNow.set(true);
                paths.list().forEach(path -> path.onLink(event));
            });
            long sinceMs = nowMs() - lookedAtMs;
            if (sinceMs >= (changed.get() ? SHORTEST_LOOK_INTERVAL_MS : LOOK_INTERVAL_MS)) {
                changed.set(false);
                machine.look();
                lookedAtMs = nowMs();
            }
            if (sampleNow.getAndSet(false) || nowMs() - sampledAtMs >= SAMPLE_INTERVAL_MS) {
                sampledAtMs = nowMs();
                paths.list().forEach(RunningPath::sample);
                drills.tick();
                tellSystemd(paths.list(), sampledAtMs, sampledAtMs - servedFromMs);
            }
            control.tick(nowMs());
            metrics.serve();
        }
    }

    /** Leaves everything to a successor that comes at once; otherwise what is closed behind this gives it back. */
    private void stop(Reconciler machine, RunningPaths paths, Succession succession) {
        systemd.stopping();
        drills.endAll("the daemon stops");
        Optional<DescriptorStore> successor = succession.successor(configFile);
        LOG.info(successor.isPresent() ? "leaving the paths to the next daemon" : "stopping");
        successor.ifPresentOrElse(metrics::leave, metrics::end);
        successor.ifPresent(store -> {
            metrics.close();
            paths.leave(store);
            machine.leave();
            succession.awaitKept(store);
        });
    }

    /** Readiness waits until every path carries and the code is compiled, but not for ever. */
    private void tellSystemd(List<RunningPath> paths, long nowMs, long servedForMs) {
        if (!systemd.isWanted()) {
            return;
        }
        systemd.status(StatusLine.of(paths));
        boolean isDue = servedForMs >= LONGEST_WAIT_FOR_PATHS_MS || (isHot() && allCarry(paths));
        if (isDue && !systemd.isReady()) {
            systemd.ready();
        }
        if (paths.stream().noneMatch(RunningPath::hangs)) {
            systemd.works(nowMs);
        }
    }

    private static boolean allCarry(List<RunningPath> paths) {
        return paths.stream().noneMatch(path -> path.condition() == PathCondition.DOWN);
    }

    private boolean isHot() {
        return hotCode != null && hotCode.isWarm();
    }

    private void reloadFromSignal(Reconciler machine, RunningPaths paths) {
        try {
            reload(machine, paths);
        } catch (RefusedException told) {
            LOG.debug("as the event says", told);
        }
    }

    /** Takes the configuration as it is now; nothing changes when it is wrong or cannot be carried out. */
    private void reload(Reconciler machine, RunningPaths paths) throws RefusedException {
        drills.endAll("the configuration is taken anew");
        systemd.reloading();
        try {
            TwinpathConfig now = readAgain();
            Optional<String> objection = objectionTo(now);
            if (objection.isPresent()) {
                throw new RefusedException(objection.get());
            }
            become(now, machine, paths);
            events.tell(Event.of(EventKind.CONFIG_APPLIED, configFile + " reloaded: " + paths(now)));
        } catch (StartException e) {
            throw refused(new RefusedException(String.valueOf(e.getMessage())));
        } catch (RefusedException e) {
            throw refused(e);
        } finally {
            systemd.reloaded();
        }
    }

    private RefusedException refused(RefusedException reason) {
        events.tell(Event.of(EventKind.CONFIG_REFUSED, "not reloaded, going on as before: " + reason.getMessage()));
        return reason;
    }

    private static String paths(TwinpathConfig config) {
        return config.paths().isEmpty()
                ? "no path is configured"
                : config.paths().stream().map(PathSettings::name).collect(Collectors.joining(", "));
    }

    /** Why a running daemon does not take it. Where the key was taken out there is no line to name. */
    private Optional<String> objectionTo(TwinpathConfig now) {
        if (now.control().socket().equals(config.control().socket())) {
            return now.paths().stream()
                    .flatMap(path -> CoreObjection.to(path).stream())
                    .findFirst()
                    .or(() -> metrics.objectionTo(now.metrics()));
        }
        String place = now.control().socketSource().map(Object::toString).orElse(configFile.toString());
        return Optional.of(place + ": control.socket has changed from "
                + config.control().socket() + " to " + now.control().socket() + ", which takes a restart");
    }

    private TwinpathConfig readAgain() throws RefusedException {
        try {
            return ConfigReader.read(configFile);
        } catch (ConfigException e) {
            throw new RefusedException(
                    e.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        }
    }

    private void become(TwinpathConfig now, Reconciler machine, RunningPaths paths) throws StartException {
        MetricsEndpoint.Prepared prepared = metrics.prepare(now.metrics());
        try {
            becomeOnTheMachine(now, machine, paths);
        } catch (StartException e) {
            metrics.drop(prepared);
            throw e;
        }
        metrics.take(prepared);
    }

    private static void becomeOnTheMachine(TwinpathConfig now, Reconciler machine, RunningPaths paths)
            throws StartException {
        machine.become(Configured.of(now.machine()));
        try {
            paths.become(now.paths());
        } catch (StartException e) {
            machine.takeBack();
            throw e;
        }
        // A path that gave an interface back made it what it was when the path took it.
        machine.look();
    }

    /** What a reload would change, and why it would be refused. */
    private JsonObject plan(Reconciler machine, RunningPaths running) throws RefusedException {
        try {
            TwinpathConfig now = readAgain();
            MachinePlan plan = machine.plan(Configured.of(now.machine()));
            return PlanReport.of(objectionTo(now).map(plan::objectedTo).orElse(plan), running.differences(now.paths()));
        } catch (StartException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    /** What the daemon does for the control socket's methods. */
    private final class Work implements ControlMethods.Work {
        private final Reconciler machine;
        private final RunningPaths running;

        Work(Reconciler machine, RunningPaths running) {
            this.machine = machine;
            this.running = running;
        }

        @Override
        public JsonElement status() {
            return StatusReport.of(started, machine.report(), running.list());
        }

        @Override
        public MetricSnapshots metrics() {
            return Daemon.this.metrics(machine, running);
        }

        @Override
        public List<RunningPath> paths() {
            return running.list();
        }

        @Override
        public JsonElement plan() throws RefusedException {
            return Daemon.this.plan(machine, running);
        }

        @Override
        public void reload() throws RefusedException {
            Daemon.this.reload(machine, running);
        }
    }

    @Override
    public void close() {
        metrics.close();
        journal.close();
        epoll.close();
        wake.close();
        scraped.close();
    }
}
