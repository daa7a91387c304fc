package net.twinpath.daemon.ctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code twinpathctl metrics}. */
@Command(
        name = "metrics",
        description = "Shows all metrics as text of Prometheus, as node_exporter's textfile collector reads it.",
        mixinStandardHelpOptions = true)
final class MetricsCommand extends DaemonCommand {
    @Option(names = "--openmetrics", description = "Show the text of OpenMetrics 1.0 instead.")
    private boolean openMetrics;

    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException {
        JsonObject params = new JsonObject();
        params.addProperty("format", openMetrics ? "openmetrics" : "prometheus");
        JsonObject answer = client.call("metrics", params);
        StringBuilder text = new StringBuilder(answer.get("text").getAsString());
        for (JsonElement next = answer.remove("next"); !next.isJsonNull(); ) {
            params.add("from", next);
            JsonObject page = client.call("metrics", params);
            text.append(page.get("text").getAsString());
            next = page.get("next");
        }
        answer.addProperty("text", text.toString());
        print(answer, text::toString);
        return ExitStatus.OK;
    }
}
