package net.twinpath.daemon;

import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.Signal;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.unixsocket.UnixSocketAddress;
import net.twinpath.config.PathSettings;
import net.twinpath.config.TwinpathConfig;
import net.twinpath.daemon.apply.Interfaces;
import net.twinpath.daemon.control.ControlServer;
import net.twinpath.daemon.control.JsonRpc;
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

    private final TwinpathConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Instant started = clock.instant();
    private final List<RunningPath> paths = new ArrayList<>();
    private final EventFd wake = new EventFd();
    private final Epoll epoll = new Epoll();
    private volatile boolean stopAsked;

    Daemon(TwinpathConfig config) {
        this.config = config;
        // The Java implementation hands signals to a JVM thread; the native one would run Java inside a signal handler,
        // on
        // whichever thread was hit, and can lock up there.
        POSIX posix = POSIXFactory.getJavaPOSIX();
        posix.signal(Signal.SIGTERM, signal -> stop());
        posix.signal(Signal.SIGINT, signal -> stop());
        posix.signal(
                Signal.SIGHUP,
                signal -> LOG.warn("SIGHUP: this version takes a changed configuration by restart only; going on"));
        epoll.add(wake.fd());
    }

    private void stop() {
        stopAsked = true;
        wake.raise();
    }

    /**
     * Runs until it is asked to stop.
     *
     * @throws StartException when a path or the control socket cannot start; nothing is left half-made
     */
    void run() throws StartException {
        Privileges.require();
        UnixSocketAddress address =
                new UnixSocketAddress(config.control().socket().toFile());
        try (ControlServer control = new ControlServer(address, methods(), epoll);
                Interfaces interfaces = new Interfaces();
                LinkEvents events = LinkEvents.open()) {
            epoll.add(events.fd());
            try {
                startPaths(interfaces);
                serve(control, events);
            } finally {
                stopPaths();
            }
        }
    }

    private void serve(ControlServer control, LinkEvents events) {
        while (!stopAsked) {
            epoll.await(SAMPLE_INTERVAL_MS, control::ready);
            wake.drain();
            events.poll(event -> paths.forEach(path -> path.onLink(event)));
            paths.forEach(RunningPath::sample);
        }
        LOG.info("stopping");
    }

    private void startPaths(Interfaces interfaces) throws StartException {
        for (PathSettings settings : config.paths()) {
            if (!stopAsked) {
                paths.add(
                        RunningPath.start(settings, interfaces, config.control().socket(), clock, wake));
            }
        }
        if (paths.isEmpty() && !stopAsked) {
            LOG.info("no path is configured");
        }
    }

    private void stopPaths() {
        while (!paths.isEmpty()) {
            paths.remove(paths.size() - 1).close();
        }
    }

    private JsonRpc methods() {
        JsonRpc rpc = new JsonRpc();
        rpc.method("status", params -> StatusReport.of(started, paths));
        rpc.method("version", params -> version());
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
