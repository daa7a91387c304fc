package net.twinpath.daemon.ctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.Version;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import picocli.CommandLine.Command;

/** {@code twinpathctl version}. */
@Command(
        name = "version",
        description = "Shows the version of this command and of the running daemon, and the control socket's limits.",
        mixinStandardHelpOptions = true)
final class VersionCommand extends DaemonCommand {
    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException {
        JsonObject daemon = client.call("version", new JsonObject());
        print(answer(daemon), () -> text(daemon));
        return ExitStatus.OK;
    }

    /** Its own version it knows without one. */
    @Override
    int withoutDaemon(NoDaemonException reason) {
        print(answer(JsonNull.INSTANCE), () -> "twinpathctl " + Version.number() + "\n");
        return super.withoutDaemon(reason);
    }

    private static JsonObject answer(JsonElement daemon) {
        JsonObject answer = new JsonObject();
        answer.addProperty("twinpathctl", Version.number());
        answer.add("twinpathd", daemon);
        return answer;
    }

    private static String text(JsonObject daemon) {
        StringBuilder text = new StringBuilder();
        text.append("twinpathctl ").append(Version.number()).append('\n');
        text.append("twinpathd ").append(daemon.get("version").getAsString()).append('\n');
        daemon.getAsJsonObject("limits")
                .asMap()
                .forEach((key, value) -> text.append("  ")
                        .append(key.replace('_', ' '))
                        .append(": ")
                        .append(value.getAsString())
                        .append('\n'));
        return text.toString();
    }
}
