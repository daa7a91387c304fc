package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code twinpathctl reset-counters}. */
@Command(
        name = "reset-counters",
        description = "Has the counters of a path, its links and its streams begin at 0 again, or those of all paths.",
        mixinStandardHelpOptions = true)
final class ResetCountersCommand extends DaemonCommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The path's name.")
    private @Nullable String name;

    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException {
        JsonObject params = new JsonObject();
        if (name != null) {
            params.addProperty("path", name);
        }
        print(client.call("reset-counters", params), () -> "");
        return ExitStatus.OK;
    }
}
