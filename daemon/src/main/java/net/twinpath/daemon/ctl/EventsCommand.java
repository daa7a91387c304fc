package net.twinpath.daemon.ctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code twinpathctl events}. */
@Command(
        name = "events",
        description = "Shows what has happened lately, and goes on with what happens until it is interrupted.",
        mixinStandardHelpOptions = true)
final class EventsCommand extends DaemonCommand {
    private static final int LATELY = 20;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    @Option(names = "--no-follow", description = "End after what has happened: all that the daemon keeps.")
    private boolean noFollow;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description =
                    "Begin so long ago, for example 10min (default: with the last 20, with --no-follow with all).")
    private @Nullable Duration since;

    @Override
    int talk(ControlClient client) throws NoDaemonException, RefusedException {
        List<JsonObject> past = new ArrayList<>();
        long last = addAll(client, past);
        for (JsonObject event : begin(past)) {
            show(event);
        }
        return noFollow ? ExitStatus.OK : follow(client, last);
    }

    private static long addAll(ControlClient client, List<JsonObject> past) throws NoDaemonException, RefusedException {
        long after = 0;
        while (true) {
            JsonObject params = new JsonObject();
            params.addProperty("after", after);
            JsonObject page = client.call("events", params);
            if (page.getAsJsonArray("events").isEmpty()) {
                return page.get("last").getAsLong();
            }
            for (JsonElement event : page.getAsJsonArray("events")) {
                past.add(event.getAsJsonObject());
                after = event.getAsJsonObject().get("number").getAsLong();
            }
        }
    }

    private List<JsonObject> begin(List<JsonObject> past) {
        Duration ago = since;
        if (ago != null) {
            Instant from = Instant.now().minus(ago);
            return past.stream()
                    .filter(event ->
                            !Instant.parse(event.get("time").getAsString()).isBefore(from))
                    .toList();
        }
        return noFollow ? past : past.subList(Math.max(0, past.size() - LATELY), past.size());
    }

    private int follow(ControlClient client, long last) throws NoDaemonException, RefusedException {
        JsonObject params = new JsonObject();
        params.addProperty("topic", "events");
        params.addProperty("after", last);
        client.call("subscribe", params);
        while (true) {
            JsonObject notified = client.nextNotification();
            boolean taken = notified.has("event")
                    ? show(notified.getAsJsonObject("event"))
                    : printOneOfMany(
                            notified, () -> "(" + notified.get("skipped").getAsString() + " events were skipped)\n");
            if (!taken) {
                return ExitStatus.OK;
            }
        }
    }

    private boolean show(JsonObject event) {
        return printOneOfMany(event, () -> line(event));
    }

    private static String line(JsonObject event) {
        String path = event.get("path").isJsonNull() ? "" : event.get("path").getAsString() + ": ";
        return String.format(
                Locale.ROOT,
                "%s  %-7s  %-16s  %s%s%n",
                TIME.format(Instant.parse(event.get("time").getAsString()).atZone(ZoneId.systemDefault())),
                event.get("severity").getAsString(),
                event.get("kind").getAsString(),
                path,
                event.get("words").getAsString());
    }
}
