package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code twinpathctl path}. */
@Command(name = "path", description = "Shows one path, or all.", mixinStandardHelpOptions = true)
final class PathCommand extends DaemonCommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The path's name.")
    private @Nullable String name;

    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException, UnknownNameException {
        JsonObject answer = StatusParts.ask(client).paths(name);
        print(answer, () -> StatusText.ofPaths(answer, Instant.now(), ZoneId.systemDefault()));
        return ExitStatus.OK;
    }
}
