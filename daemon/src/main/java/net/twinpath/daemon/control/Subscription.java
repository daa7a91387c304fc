package net.twinpath.daemon.control;

import com.google.gson.JsonObject;
import java.util.function.Predicate;

/** What one client is told of without asking again. */
public interface Subscription {
    /**
     * Hands over what is due, oldest first, until {@code send} does not take it.
     *
     * @param id    the subscription's name, which every notification brings
     * @param nowMs time, never going back
     * @param send  takes the params of a notification with this subscription's method; false when the client has no room
     */
    void deliver(String id, long nowMs, Predicate<JsonObject> send);

    /** Method of the notifications. */
    String method();
}
