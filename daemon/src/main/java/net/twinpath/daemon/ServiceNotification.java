package net.twinpath.daemon;

import java.util.Map;
import java.util.Optional;
import net.twinpath.linux.DescriptorStore;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.MonotonicClock;
import net.twinpath.linux.NotifySocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What systemd is told of the daemon (sd_notify(3), for {@code Type=notify}): ready, reloading, stopping, how it fares,
 * and that it works. Nothing is told when systemd has not asked for it. Used by the control thread only.
 */
final class ServiceNotification {
    private static final Logger LOG = LoggerFactory.getLogger("twinpathd");
    private static final long MICROS_PER_MS = 1_000;

    /** Nothing is fed during a reload, which may make many interfaces: it has so many times the watchdog's time. */
    private static final int RELOAD_PATIENCE = 6;

    private final @Nullable NotifySocket socket;
    private final long watchdogMs;
    private String status = "";
    private boolean ready;
    private boolean fed;
    private long fedAtMs;

    /** @param environment {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC} and {@code WATCHDOG_PID} are looked at */
    ServiceNotification(Map<String, String> environment) {
        socket = socket(environment.getOrDefault("NOTIFY_SOCKET", ""));
        watchdogMs = watchdogMs(environment);
    }

    private static @Nullable NotifySocket socket(String name) {
        try {
            return name.isEmpty() ? null : new NotifySocket(name);
        } catch (IllegalArgumentException e) {
            LOG.warn("systemd is told nothing: {}", e.getMessage());
            return null;
        }
    }

    /** 0 when there is no watchdog, or it watches another process. */
    private static long watchdogMs(Map<String, String> environment) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        if (!pid.isEmpty() && !pid.equals(Long.toString(ProcessHandle.current().pid()))) {
            return 0;
        }
        try {
            return Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0")) / MICROS_PER_MS;
        } catch (NumberFormatException e) {
            LOG.warn("the watchdog is not fed: WATCHDOG_USEC is no number: {}", e.getMessage());
            return 0;
        }
    }

    /** The daemon does what it is for; only the first time counts. */
    void ready() {
        if (!ready) {
            ready = true;
            send("READY=1");
        }
    }

    boolean isReady() {
        return ready;
    }

    /** The configuration is being taken anew, until {@link #reloaded}. */
    void reloading() {
        if (ready) {
            send("RELOADING=1\nMONOTONIC_USEC=" + MonotonicClock.nowUs() + watchdog(RELOAD_PATIENCE));
        }
    }

    private String watchdog(int times) {
        return watchdogMs > 0 ? "\nWATCHDOG_USEC=" + times * watchdogMs * MICROS_PER_MS : "";
    }

    /** The reload is over, whether the configuration was taken or refused. */
    void reloaded() {
        if (ready) {
            send("READY=1" + watchdog(1));
        }
    }

    void stopping() {
        send("STOPPING=1");
    }

    /** Whether systemd wants to be told anything. */
    boolean isWanted() {
        return socket != null;
    }

    /** How the daemon fares, in one line; told when it differs from the last. */
    void status(String line) {
        if (!line.equals(status)) {
            status = line;
            send("STATUS=" + line.replace('\n', ' '));
        }
    }

    /**
     * All of the daemon works; to be called at least twice a second while it does.
     *
     * @param nowMs milliseconds, never going back
     */
    void works(long nowMs) {
        if (watchdogMs > 0 && (!fed || nowMs - fedAtMs >= watchdogMs / 4)) {
            fed = true;
            fedAtMs = nowMs;
            send("WATCHDOG=1");
        }
    }

    /**
     * Where systemd keeps descriptors for the next daemon; empty when the daemon is not asked for by systemd.
     */
    Optional<DescriptorStore> store() {
        return Optional.ofNullable(socket).map(DescriptorStore::new);
    }

    private void send(String message) {
        if (socket == null) {
            return;
        }
        try {
            socket.send(message);
        } catch (ErrnoException e) {
            LOG.warn("systemd was not told {}: {}", message.lines().findFirst().orElse(""), e.getMessage());
        }
    }
}
