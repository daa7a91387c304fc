package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import net.twinpath.daemon.path.PathCondition;
import picocli.CommandLine.Command;

/** {@code twinpathctl status}. */
@Command(
        name = "status",
        description = "Shows each path and link, and says whether the paths are protected.",
        mixinStandardHelpOptions = true)
final class StatusCommand extends DaemonCommand {
    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException {
        JsonObject status = client.call("status", new JsonObject());
        print(status, () -> StatusText.of(status, Instant.now(), ZoneId.systemDefault()));
        boolean fine = status.get("condition").getAsString().equals(PathCondition.PROTECTED.words());
        return fine ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
