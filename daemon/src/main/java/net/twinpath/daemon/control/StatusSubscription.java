package net.twinpath.daemon.control;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The status again and again; one that the client has no room for is left out, and the next one says how many were. */
public final class StatusSubscription implements Subscription {
    private final Supplier<JsonElement> status;
    private final long intervalMs;
    private long dueMs;
    private long skipped;

    /**
     * @param status     the answer to the request {@code status} at this moment
     * @param intervalMs milliseconds from one to the next
     * @param nowMs      time, never going back; the first is due now
     */
    public StatusSubscription(Supplier<JsonElement> status, long intervalMs, long nowMs) {
        this.status = status;
        this.intervalMs = intervalMs;
        this.dueMs = nowMs;
    }

    @Override
    public String method() {
        return "status";
    }

    @Override
    public void deliver(String id, long nowMs, Predicate<JsonObject> send) {
        if (nowMs < dueMs) {
            return;
        }
        dueMs = Math.max(dueMs + intervalMs, nowMs);
        JsonObject params = new JsonObject();
        params.addProperty("subscription", id);
        params.addProperty("skipped", skipped);
        params.add("status", status.get());
        skipped = send.test(params) ? 0 : skipped + 1;
    }
}
