package net.twinpath.daemon.control;

import com.google.gson.JsonElement;

/** Takes the outcome of one request, now or later, once. */
public interface Reply {
    void result(JsonElement result);

    void refuse(RefusedException reason);
}
