package net.twinpath.daemon.ctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The answer to {@code drill} for people. */
final class DrillText {
    private DrillText() {}

    /** Writes a report. */
    static String of(JsonObject report) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s was out of use for %.1f s%s%n",
                report.get("link").getAsString(),
                report.get("lasted_ms").getAsLong() / 1_000.0,
                report.get("as_planned").getAsBoolean()
                        ? ""
                        : ": put back early, because "
                                + report.get("ended_because").getAsString()));
        for (JsonElement element : report.getAsJsonArray("paths")) {
            append(text, element.getAsJsonObject());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, JsonObject path) {
        text.append(path.get("path").getAsString())
                .append(": lost ")
                .append(path.get("lost_receiving").getAsString())
                .append(" of ")
                .append(path.get("received").getAsString())
                .append(" frames received, and ")
                .append(path.get("lost_sending").getAsString())
                .append(" of those sent\n");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("link", "LAN", "worst state", "sent", "not sent", "received", "missing"));
        for (JsonElement element : path.getAsJsonArray("links")) {
            JsonObject link = element.getAsJsonObject();
            List<String> row = new ArrayList<>();
            for (String key : List.of("name", "lan", "condition", "sent", "not_sent", "received", "missing")) {
                row.add(link.get(key).getAsString());
            }
            rows.add(row);
        }
        text.append(new TextTable(rows, 3));
    }
}
