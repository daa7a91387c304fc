package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import org.jspecify.annotations.Nullable;

/** The daemon's status again and again, also over its restarts. */
final class StatusFeed implements AutoCloseable {
    private final Path socket;
    private final Duration interval;
    private @Nullable ControlClient client;
    private long retryAtNs;

    /**
     * Begins.
     *
     * @param interval from one status to the next
     */
    StatusFeed(Path socket, Duration interval) throws NoDaemonException, RefusedException {
        this.socket = socket;
        this.interval = interval;
        this.client = open();
    }

    private ControlClient open() throws NoDaemonException, RefusedException {
        ControlClient opened = new ControlClient(socket);
        try {
            JsonObject params = new JsonObject();
            params.addProperty("topic", "status");
            params.addProperty("interval_ms", interval.toMillis());
            opened.call("subscribe", params);
            return opened;
        } catch (NoDaemonException | RefusedException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * The newest status since the last call, without waiting; null when there is none.
     *
     * @throws NoDaemonException when the daemon has gone, or is not there again; it is asked anew after the interval
     */
    @Nullable
    JsonObject poll() throws NoDaemonException, RefusedException {
        ControlClient open = client;
        try {
            if (open == null) {
                if (System.nanoTime() - retryAtNs < 0) {
                    return null;
                }
                open = open();
                client = open;
            }
            JsonObject newest = null;
            for (JsonObject next = open.pollNotification(); next != null; next = open.pollNotification()) {
                newest = next.getAsJsonObject("status");
            }
            return newest;
        } catch (NoDaemonException e) {
            close();
            retryAtNs = System.nanoTime() + interval.toNanos();
            throw e;
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
