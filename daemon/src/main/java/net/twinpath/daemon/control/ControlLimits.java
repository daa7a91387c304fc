package net.twinpath.daemon.control;

import com.google.gson.JsonObject;
import net.twinpath.daemon.event.EventLog;

/** What one client may do at most; announced by {@code version} and {@code system.describe}. */
public final class ControlLimits {
    /** Octets of a request. */
    public static final int MAX_REQUEST_BYTES = 64 * 1024;

    /** Octets of an answer; the kernel must take it whole. */
    public static final int MAX_ANSWER_BYTES = 1 << 20;

    /** Clients connected at once. */
    public static final int MAX_CLIENTS = 256;

    /** Requests a second of one client; after a rest, as many at once. */
    public static final int MAX_REQUESTS_PER_SECOND = 500;

    /** A client that says nothing for so long, waits for no answer and has no subscription is closed, milliseconds. */
    public static final long IDLE_MS = 60_000;

    /** A subscriber that takes nothing for so long is dropped, milliseconds. */
    public static final long STALL_MS = 10_000;

    /** Subscriptions of one client. */
    public static final int MAX_SUBSCRIPTIONS = 8;

    /** From one status to the next, milliseconds. */
    public static final long MIN_STATUS_INTERVAL_MS = 250;

    /** From one status to the next, milliseconds. */
    public static final long MAX_STATUS_INTERVAL_MS = 3_600_000;

    private ControlLimits() {}

    /** As answers bring them. */
    public static JsonObject json() {
        JsonObject limits = new JsonObject();
        limits.addProperty("max_request_bytes", MAX_REQUEST_BYTES);
        limits.addProperty("max_answer_bytes", MAX_ANSWER_BYTES);
        limits.addProperty("max_clients", MAX_CLIENTS);
        limits.addProperty("max_requests_per_second", MAX_REQUESTS_PER_SECOND);
        limits.addProperty("idle_ms", IDLE_MS);
        limits.addProperty("stall_ms", STALL_MS);
        limits.addProperty("max_subscriptions", MAX_SUBSCRIPTIONS);
        limits.addProperty("event_backlog", EventLog.CAPACITY);
        limits.addProperty("min_status_interval_ms", MIN_STATUS_INTERVAL_MS);
        limits.addProperty("max_status_interval_ms", MAX_STATUS_INTERVAL_MS);
        return limits;
    }

    /** What {@link #json()} looks like. */
    public static Schema schema() {
        return Schema.object("what one client may do at most")
                .with("max_request_bytes", Schema.count("octets of a request"))
                .with("max_answer_bytes", Schema.count("octets of an answer"))
                .with("max_clients", Schema.count("clients connected at once"))
                .with("max_requests_per_second", Schema.count("requests a second; after a rest, as many at once"))
                .with("idle_ms", Schema.count("a client silent for so long, without a subscription, is closed"))
                .with("stall_ms", Schema.count("a subscriber that takes nothing for so long is dropped"))
                .with("max_subscriptions", Schema.count("subscriptions of one client"))
                .with(
                        "event_backlog",
                        Schema.count("events kept for those who are behind; they are told what they missed"))
                .with("min_status_interval_ms", Schema.count("shortest interval of a subscription to the status"))
                .with("max_status_interval_ms", Schema.count("longest interval of a subscription to the status"));
    }
}
