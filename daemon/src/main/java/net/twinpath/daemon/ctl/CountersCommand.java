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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinpathctl counters}. */
@Command(
        name = "counters",
        description = "Shows the counters of a path with its links, or of one link, or all, with what each counts.",
        mixinStandardHelpOptions = true)
final class CountersCommand extends DaemonCommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A path's name, or a link's interface.")
    private @Nullable String name;

    @Option(names = "--all", description = "Show those that are 0, too.")
    private boolean all;

    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException, UnknownNameException {
        JsonObject answer = counters(StatusParts.ask(client).status());
        print(answer, () -> CountersText.of(answer, all));
        return ExitStatus.OK;
    }

    private JsonObject counters(JsonObject status) throws UnknownNameException {
        JsonArray blocks = new JsonArray();
        Set<String> known = new LinkedHashSet<>();
        for (JsonElement element : status.getAsJsonArray("paths")) {
            JsonObject path = element.getAsJsonObject();
            boolean wholePath = add(path, path, known, blocks, false);
            for (JsonElement link : path.getAsJsonArray("links")) {
                add(path, link.getAsJsonObject(), known, blocks, wholePath);
            }
        }
        if (blocks.isEmpty() && name != null) {
            throw new UnknownNameException("path or link", name, known);
        }
        JsonObject answer = new JsonObject();
        answer.add("counters", blocks);
        return answer;
    }

    private boolean add(JsonObject path, JsonObject owner, Set<String> known, JsonArray blocks, boolean anyway) {
        String ownName = owner.get("name").getAsString();
        known.add(ownName);
        boolean wanted = anyway || name == null || ownName.equals(name);
        if (wanted) {
            JsonObject block = new JsonObject();
            block.addProperty("name", ownName);
            block.add("path", path.get("name"));
            block.add("counted_since", path.get("counted_since"));
            block.add("counters", owner.get("counters"));
            blocks.add(block);
        }
        return wanted;
    }
}
