package net.twinpath.daemon.ctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinpathctl drill}. */
@Command(
        name = "drill",
        description =
                "Takes a link out of use for a time, and reports what each path lost and how the other links bore it.",
        mixinStandardHelpOptions = true)
final class DrillCommand extends DaemonCommand {
    /** The daemon waits for copies under way before it answers. */
    private static final int PATIENCE_MS = 15_000;

    @Parameters(paramLabel = "LINK", description = "The link's interface.")
    private String link = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            defaultValue = "10s",
            description = "How long, from 1s to 1h (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ZERO;

    @Option(names = "--force", description = "Even where no other link carries as it should.")
    private boolean force;

    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException {
        JsonObject params = new JsonObject();
        params.addProperty("link", link);
        params.addProperty("duration_ms", time.toMillis());
        params.addProperty("force", force);
        JsonObject report = client.call("drill", params, Math.toIntExact(time.toMillis()) + PATIENCE_MS);
        print(report, () -> DrillText.of(report));
        return report.get("as_planned").getAsBoolean() && lost(report) == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private static long lost(JsonObject report) {
        long lost = 0;
        for (JsonElement path : report.getAsJsonArray("paths")) {
            lost += path.getAsJsonObject().get("lost_receiving").getAsLong()
                    + path.getAsJsonObject().get("lost_sending").getAsLong();
        }
        return lost;
    }
}
