package net.twinpath.daemon.ctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code twinpathctl stream}. */
@Command(
        name = "stream",
        description = "Shows the counters of a path's streams, or of all streams.",
        mixinStandardHelpOptions = true)
final class StreamCommand extends DaemonCommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The path's name.")
    private @Nullable String path;

    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException {
        List<String> paths = path == null ? StatusParts.ask(client).pathNames() : List.of(path);
        JsonArray streams = new JsonArray();
        for (String name : paths) {
            addStreams(client, name, streams);
        }
        JsonObject all = new JsonObject();
        all.add("streams", streams);
        print(all, () -> StreamText.of(streams));
        return ExitStatus.OK;
    }

    /** There may be more than one answer has room for. */
    private static void addStreams(ControlClient client, String path, JsonArray streams)
            throws NoDaemonException, RefusedException {
        JsonElement next = new JsonPrimitive(0);
        while (!next.isJsonNull()) {
            JsonObject params = new JsonObject();
            params.addProperty("path", path);
            params.add("from", next);
            JsonObject page = client.call("streams", params);
            for (JsonElement stream : page.getAsJsonArray("streams")) {
                JsonObject object = new JsonObject();
                object.addProperty("path", path);
                stream.getAsJsonObject().asMap().forEach(object::add);
                streams.add(object);
            }
            next = page.get("next");
        }
    }
}
