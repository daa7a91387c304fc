package net.twinpath.daemon.ctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashSet;
import java.util.Set;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code twinpathctl node}. */
@Command(
        name = "node",
        description = "Shows one node heard on the links, or all, and when it was heard on which LAN.",
        mixinStandardHelpOptions = true)
final class NodeCommand extends DaemonCommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The node's MAC address.")
    private @Nullable String name;

    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException, UnknownNameException {
        JsonArray some = new JsonArray();
        Set<String> known = new LinkedHashSet<>();
        for (String path : StatusParts.ask(client).pathNames()) {
            addNodes(client, path, some, known);
        }
        if (some.isEmpty() && name != null) {
            throw new UnknownNameException("node", name, known);
        }
        JsonObject answer = new JsonObject();
        answer.add("nodes", some);
        print(answer, () -> NodeText.of(answer));
        return ExitStatus.OK;
    }

    /** There may be more than one answer has room for. */
    private void addNodes(ControlClient client, String path, JsonArray some, Set<String> known)
            throws NoDaemonException, RefusedException {
        JsonObject params = new JsonObject();
        params.addProperty("path", path);
        JsonElement next;
        do {
            JsonObject page = client.call("nodes", params);
            for (JsonElement node : page.getAsJsonArray("nodes")) {
                JsonObject object = new JsonObject();
                object.addProperty("path", path);
                node.getAsJsonObject().asMap().forEach(object::add);
                String address = object.get("address").getAsString();
                known.add(address);
                if (name == null || address.equalsIgnoreCase(name)) {
                    some.add(object);
                }
            }
            next = page.get("next");
            params.add("after", next);
        } while (!next.isJsonNull());
    }
}
