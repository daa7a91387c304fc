package net.twinpath.daemon.ctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Streams with their most telling counters, one line each, for people. */
final class StreamText {
    private static final List<String> COLUMNS = List.of(
            "path",
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

    /** Counters of the columns from "sent" on; the first two are the stream's, the others its recovery functions'. */
    private static final List<String> KEYS = List.of(
            "tsnCpsSidOutputPackets",
            "tsnCpsSidInputPackets",
            "frerCpsSeqRcvyPassedPackets",
            "frerCpsSeqRcvyDiscardedPackets",
            "frerCpsSeqRcvyOutOfOrderPackets",
            "frerCpsSeqRcvyRoguePackets",
            "frerCpsSeqRcvyLostPackets",
            "frerCpsSeqRcvyResets");

    private static final int OF_STREAM = 2;

    private StreamText() {}

    /** Writes the streams of an answer, each with what its links remove for themselves; where paths are several, theirs. */
    static String of(JsonArray streams) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(COLUMNS);
        for (JsonElement element : streams) {
            JsonObject stream = element.getAsJsonObject();
            rows.add(row(stream));
            stream.getAsJsonArray("individual").forEach(link -> rows.add(individual(link.getAsJsonObject())));
        }
        boolean manyPaths = streams.asList().stream()
                        .map(stream -> stream.getAsJsonObject().get("path"))
                        .distinct()
                        .count()
                > 1;
        return manyPaths
                ? new TextTable(rows, 3).toString()
                : new TextTable(
                                rows.stream()
                                        .map(row -> row.subList(1, row.size()))
                                        .toList(),
                                2)
                        .toString();
    }

    private static List<String> row(JsonObject stream) {
        List<String> row = new ArrayList<>(List.of(
                stream.get("path").getAsString(),
                stream.get("name").getAsString(),
                stream.get("action").getAsString()));
        JsonObject counters = stream.getAsJsonObject("counters");
        KEYS.forEach(key -> row.add(counters.get(key).getAsString()));
        row.add(stream.get("latent_error").getAsBoolean() ? "yes" : "no");
        return row;
    }

    private static List<String> individual(JsonObject link) {
        List<String> row =
                new ArrayList<>(List.of("", "  on " + link.get("link").getAsString() + " alone", ""));
        row.addAll(Collections.nCopies(OF_STREAM, ""));
        JsonObject counters = link.getAsJsonObject("counters");
        KEYS.subList(OF_STREAM, KEYS.size())
                .forEach(key -> row.add(counters.get(key).getAsString()));
        row.add("");
        return row;
    }
}
