package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import picocli.CommandLine.Command;

/** {@code twinpathctl reload}. */
@Command(
        name = "reload",
        description = "Has the daemon take its configuration file as it is now; if that is wrong, nothing changes.",
        mixinStandardHelpOptions = true)
final class ReloadCommand extends DaemonCommand {
    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException {
        print(client.call("reload", new JsonObject(), ControlClient.CHANGE_TIMEOUT_MS), () -> "");
        return ExitStatus.OK;
    }
}
