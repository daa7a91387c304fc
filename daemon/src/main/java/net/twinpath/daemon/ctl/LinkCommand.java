package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code twinpathctl link}. */
@Command(
        name = "link",
        description = "Shows one link, or all: its state, its card, what it lost and what it brought first.",
        mixinStandardHelpOptions = true)
final class LinkCommand extends DaemonCommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The link's interface.")
    private @Nullable String name;

    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException, UnknownNameException {
        JsonObject answer = StatusParts.ask(client).links(name);
        print(answer, () -> LinkText.of(answer));
        return ExitStatus.OK;
    }
}
