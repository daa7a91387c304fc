package net.twinpath.daemon.control;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Predicate;
import net.twinpath.daemon.event.Event.Published;
import net.twinpath.daemon.event.EventLog;

/**
 * Every event, once, in order. What the daemon keeps of the newest events is the backlog: a client that falls further
 * behind is told how many it has missed.
 */
public final class EventSubscription implements Subscription {
    private static final int AT_ONCE = 100;

    private final EventLog log;
    private long told;

    /** @param after number of the event after which the client wants to be told */
    public EventSubscription(EventLog log, long after) {
        this.log = log;
        this.told = Math.min(after, log.last());
    }

    @Override
    public String method() {
        return "event";
    }

    @Override
    public void deliver(String id, long nowMs, Predicate<JsonObject> send) {
        while (told < log.last()) {
            if (told + 1 < log.first()) {
                if (!send.test(skipped(id, log.first() - told - 1))) {
                    return;
                }
                told = log.first() - 1;
            }
            List<Published> next = log.after(told, AT_ONCE);
            for (Published event : next) {
                if (!send.test(params(id, event))) {
                    return;
                }
                told = event.number();
            }
        }
    }

    private static JsonObject params(String id, Published event) {
        JsonObject params = new JsonObject();
        params.addProperty("subscription", id);
        params.add("event", event.toJson());
        return params;
    }

    private static JsonObject skipped(String id, long events) {
        JsonObject params = new JsonObject();
        params.addProperty("subscription", id);
        params.addProperty("skipped", events);
        return params;
    }
}
