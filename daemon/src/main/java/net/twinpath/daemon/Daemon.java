package net.twinpath.daemon;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
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
import net.twinpath.daemon.control.ControlServer;
import net.twinpath.daemon.control.JsonRpc;
import net.twinpath.daemon.control.RefusedException;
import net.twinpath.daemon.machine.BaselineFile;
import net.twinpath.daemon.machine.Configured;
import net.twinpath.daemon.machine.LinuxMachine;
import net.twinpath.daemon.machine.PathNeeds;
import net.twinpath.daemon.machine.PlanReport;
import net.twinpath.daemon.machine.Reconciler;
import net.twinpath.daemon.path.RunningPath;
import net.twinpath.daemon.path.StatusReport;
import net.twinpath.linux.Epoll;
import net.twinpath.linux.EventFd;
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

    private static final long NANOS_PER_MS = 1_000_000;

    private final Path configFile;
    private final TwinpathConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Instant started = clock.instant();
    private final EventFd wake = new EventFd();
    private final Epoll epoll = new Epoll();
    private volatile boolean stopAsked;
    private volatile boolean reloadAsked;
    private @Nullable RunningPaths paths;

    /**
     * @param configFile read again at reload
     * @param config     what it says now
     */
    Daemon(Path configFile, TwinpathConfig config) {
        this.configFile = configFile;
        this.config = config;
        // The Java implementation hands signals to a JVM thread; the native one would run Java inside a signal handler,
        // on whichever thread was hit, and can lock up there.
        POSIX posix = POSIXFactory.getJavaPOSIX();
        posix.signal(Signal.SIGTERM, signal -> stop());
        posix.signal(Signal.SIGINT, signal -> stop());
        posix.signal(Signal.SIGHUP, signal -> askReload());
        epoll.add(wake.fd());
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
        try (Interfaces interfaces = new Interfaces();
                LinuxMachine kernel = new LinuxMachine();
                Reconciler machine = new Reconciler(kernel, new BaselineFile(socket), this::pathNeeds, Daemon::nowMs);
                RunningPaths started = new RunningPaths(interfaces, socket, clock, wake);
                ControlServer control =
                        new ControlServer(new UnixSocketAddress(socket.toFile()), methods(machine, started), epoll);
                LinkEvents links = LinkEvents.open();
                AddressEvents addresses = AddressEvents.open()) {
            paths = started;
            epoll.add(links.fd());
            epoll.add(addresses.fd());
            start(machine, started);
            serve(machine, started, control, links, addresses);
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
        if (config.paths().isEmpty()) {
            LOG.info("no path is configured");
        }
    }

    private void serve(
            Reconciler machine, RunningPaths paths, ControlServer control, LinkEvents links, AddressEvents addresses) {
        long lookedAtMs = nowMs();
        AtomicBoolean changed = new AtomicBoolean();
        while (!stopAsked) {
            epoll.await(SAMPLE_INTERVAL_MS, control::ready);
            wake.drain();
            if (reloadAsked) {
                reloadAsked = false;
                reloadFromSignal(machine, paths);
            }
            addresses.poll(event -> changed.set(true));
            links.poll(event -> {
                changed.set(true);
                paths.list().forEach(path -> path.onLink(event));
            });
            long sinceMs = nowMs() - lookedAtMs;
            if (sinceMs >= (changed.get() ? SHORTEST_LOOK_INTERVAL_MS : LOOK_INTERVAL_MS)) {
                changed.set(false);
                machine.look();
                lookedAtMs = nowMs();
            }
            paths.list().forEach(RunningPath::sample);
        }
        LOG.info("stopping");
    }

    private void reloadFromSignal(Reconciler machine, RunningPaths paths) {
        try {
            reload(machine, paths);
        } catch (RefusedException e) {
            LOG.error("not reloaded, going on as before: {}", e.getMessage());
        }
    }

    /** Takes the configuration as it is now; nothing changes when it is wrong or cannot be carried out. */
    private JsonObject reload(Reconciler machine, RunningPaths paths) throws RefusedException {
        try {
            TwinpathConfig now = readAgain();
            if (!now.control().socket().equals(config.control().socket())) {
                throw new RefusedException(socketChanged(now));
            }
            become(now, machine, paths);
            LOG.info("{} reloaded", configFile);
        } catch (StartException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
        return new JsonObject();
    }

    /** Where the key was taken out there is no line to name. */
    private String socketChanged(TwinpathConfig now) {
        String place = now.control().socketSource().map(Object::toString).orElse(configFile.toString());
        return place + ": control.socket has changed from " + config.control().socket() + " to "
                + now.control().socket() + ", which takes a restart";
    }

    private TwinpathConfig readAgain() throws RefusedException {
        try {
            return ConfigReader.read(configFile);
        } catch (ConfigException e) {
            throw new RefusedException(
                    e.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        }
    }

    private static void become(TwinpathConfig now, Reconciler machine, RunningPaths paths) throws StartException {
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

    /** What a reload would change on the machine. */
    private JsonObject plan(Reconciler machine) throws RefusedException {
        try {
            return PlanReport.of(machine.plan(Configured.of(readAgain().machine())));
        } catch (StartException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private JsonRpc methods(Reconciler machine, RunningPaths paths) {
        JsonRpc rpc = new JsonRpc();
        rpc.asking("status", params -> StatusReport.of(started, machine.report(), paths.list()));
        rpc.asking("plan", params -> plan(machine));
        rpc.asking("streams", params -> StatusReport.streams(paths.list(), params));
        rpc.asking("version", params -> version());
        rpc.changing("reload", params -> reload(machine, paths));
        return rpc;
    }

    private static JsonObject version() {
        JsonObject version = new JsonObject();
        version.addProperty("version", Version.number());
        version.addProperty("max_request_bytes", ControlServer.MAX_REQUEST_BYTES);
        version.addProperty("max_clients", ControlServer.MAX_CLIENTS);
        return version;
    }

    @Override
    public void close() {
        epoll.close();
        wake.close();
    }
}
