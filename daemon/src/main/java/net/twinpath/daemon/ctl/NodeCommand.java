package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
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
        JsonObject answer = StatusParts.ask(client).things("nodes", "node", "address", name);
        print(answer, () -> NodeText.of(answer));
        return ExitStatus.OK;
    }
}
