package net.twinpath.daemon;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
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
import net.twinpath.daemon.path.RunningPath;
import net.twinpath.daemon.path.StatusReport;
import net.twinpath.linux.Epoll;
import net.twinpath.linux.EventFd;
import net.twinpath.netlink.route.LinkEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control thread's work: starts the paths, follows what the kernel says of their links, answers the control socket,
 * and takes everything back at the end.
 */
final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("twinpathd");
    private static final int SAMPLE_INTERVAL_MS = 250;

    private final Path configFile;
    private final TwinpathConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Instant started = clock.instant();
    private final EventFd wake = new EventFd();
    private final Epoll epoll = new Epoll();
    private volatile boolean stopAsked;
    private volatile boolean reloadAsked;

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
                RunningPaths paths = new RunningPaths(interfaces, socket, clock, wake);
                ControlServer control =
                        new ControlServer(new UnixSocketAddress(socket.toFile()), methods(paths), epoll);
                LinkEvents events = LinkEvents.open()) {
            epoll.add(events.fd());
            start(paths);
            serve(paths, control, events);
        }
    }

    private void start(RunningPaths paths) throws StartException {
        for (PathSettings settings : config.paths()) {
            if (!stopAsked) {
                paths.start(settings);
            }
        }
        if (config.paths().isEmpty()) {
            LOG.info("no path is configured");
        }
    }

    private void serve(RunningPaths paths, ControlServer control, LinkEvents events) {
        while (!stopAsked) {
            epoll.await(SAMPLE_INTERVAL_MS, control::ready);
            wake.drain();
            if (reloadAsked) {
                reloadAsked = false;
                reloadFromSignal(paths);
            }
            events.poll(event -> paths.list().forEach(path -> path.onLink(event)));
            paths.list().forEach(RunningPath::sample);
        }
        LOG.info("stopping");
    }

    private void reloadFromSignal(RunningPaths paths) {
        try {
            reload(paths);
        } catch (RefusedException e) {
            LOG.error("not reloaded, going on as before: {}", e.getMessage());
        }
    }

    /** Takes the configuration as it is now; nothing changes when it is wrong or cannot be carried out. */
    private JsonObject reload(RunningPaths paths) throws RefusedException {
        try {
            TwinpathConfig now = ConfigReader.read(configFile);
            if (!now.control().socket().equals(config.control().socket())) {
                throw new RefusedException(configFile + ": control.socket has changed, which takes a restart");
            }
            paths.become(now.paths());
            LOG.info("{} reloaded", configFile);
        } catch (ConfigException e) {
            throw new RefusedException(
                    e.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        } catch (StartException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
        return new JsonObject();
    }

    private JsonRpc methods(RunningPaths paths) {
        JsonRpc rpc = new JsonRpc();
        rpc.asking("status", params -> StatusReport.of(started, paths.list()));
        rpc.asking("streams", params -> StatusReport.streams(paths.list(), params));
        rpc.asking("version", params -> version());
        rpc.changing("reload", params -> reload(paths));
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
