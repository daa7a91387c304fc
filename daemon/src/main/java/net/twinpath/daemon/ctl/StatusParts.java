package net.twinpath.daemon.ctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a status that are about paths or their links.
 *
 * @param status the daemon's answer
 */
record StatusParts(JsonObject status) {
    /** Asks for a status. */
    static StatusParts ask(ControlClient client) throws NoDaemonException, RefusedException {
        return new StatusParts(client.call("status", new JsonObject()));
    }

    /** The paths' names. */
    List<String> pathNames() {
        return paths().stream().map(path -> path.get("name").getAsString()).toList();
    }

    private List<JsonObject> paths() {
        return status.getAsJsonArray("paths").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** The path of a name, or all paths; the answer has them as the status has. */
    JsonObject paths(@Nullable String name) throws UnknownNameException {
        List<JsonObject> some = paths().stream()
                .filter(path -> name == null || path.get("name").getAsString().equals(name))
                .toList();
        if (some.isEmpty() && name != null) {
            throw new UnknownNameException("path", name, pathNames());
        }
        return list("paths", some);
    }

    /** The links of a name in all paths, or all links, each with its path's name first. */
    JsonObject links(@Nullable String name) throws UnknownNameException {
        List<JsonObject> some = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        for (JsonObject path : paths()) {
            for (JsonElement link : path.getAsJsonArray("links")) {
                JsonObject object = new JsonObject();
                object.add("path", path.get("name"));
                link.getAsJsonObject().asMap().forEach(object::add);
                String called = object.get("name").getAsString();
                known.add(called);
                if (name == null || called.equals(name)) {
                    some.add(object);
                }
            }
        }
        if (some.isEmpty() && name != null) {
            throw new UnknownNameException("link", name, known);
        }
        return list("links", some);
    }

    private static JsonObject list(String name, List<JsonObject> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        JsonObject object = new JsonObject();
        object.add(name, array);
        return object;
    }
}
