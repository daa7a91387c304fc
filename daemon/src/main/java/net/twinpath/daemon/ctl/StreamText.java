package net.twinpath.daemon.ctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Streams with their most telling counters, one line each, for people. */
final class StreamText {
    private static final List<String> COLUMNS = List.of(
            "stream",
            "action",
            "sent",
            "received",
            "passed",
            "removed",
            "out of order",
            "rogue",
            "lost",
            "resets",
            "latent error");

    private StreamText() {}

    /** Writes the streams of an answer; where they are of several paths, with the path. */
    static String of(JsonArray streams) {
        boolean manyPaths = streams.asList().stream()
                        .map(stream -> stream.getAsJsonObject().get("path"))
                        .distinct()
                        .count()
                > 1;
        List<List<String>> rows = new ArrayList<>();
        rows.add(new ArrayList<>(COLUMNS));
        streams.forEach(stream -> rows.add(row(stream.getAsJsonObject())));
        if (manyPaths) {
            rows.get(0).add(0, "path");
            for (int i = 0; i < streams.size(); i++) {
                rows.get(i + 1)
                        .add(0, streams.get(i).getAsJsonObject().get("path").getAsString());
            }
        }
        return new TextTable(rows, manyPaths ? 3 : 2).toString();
    }

    private static List<String> row(JsonObject stream) {
        JsonObject counters = stream.getAsJsonObject("counters");
        List<String> row = new ArrayList<>();
        row.add(stream.get("name").getAsString());
        row.add(stream.get("action").getAsString());
        for (String key : List.of(
                "tsnCpsSidOutputPackets",
                "tsnCpsSidInputPackets",
                "frerCpsSeqRcvyPassedPackets",
                "frerCpsSeqRcvyDiscardedPackets",
                "frerCpsSeqRcvyOutOfOrderPackets",
                "frerCpsSeqRcvyRoguePackets",
                "frerCpsSeqRcvyLostPackets",
                "frerCpsSeqRcvyResets")) {
            JsonElement value = counters.get(key);
            row.add(value.getAsString());
        }
        row.add(stream.get("latent_error").getAsBoolean() ? "yes" : "no");
        return row;
    }
}
