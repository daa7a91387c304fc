package net.twinpath.daemon.ctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import net.twinpath.duppath.counters.DupPathCounter;

/** Counters, a line each with what it counts, for people. */
final class CountersText {
    private CountersText() {}

    /**
     * Writes the counters of an answer.
     *
     * @param all with those that are 0
     */
    static String of(JsonObject answer, boolean all) {
        Map<String, String> sentences = new HashMap<>();
        for (DupPathCounter counter : DupPathCounter.values()) {
            sentences.put(counter.key(), counter.sentence());
        }
        StringBuilder text = new StringBuilder();
        for (JsonElement element : answer.getAsJsonArray("counters")) {
            JsonObject block = element.getAsJsonObject();
            text.append(text.isEmpty() ? "" : "\n").append(title(block)).append('\n');
            block.getAsJsonObject("counters").asMap().forEach((key, value) -> {
                if (all || value.getAsLong() != 0) {
                    String sentence = sentences.getOrDefault(key, "");
                    text.append(String.format(Locale.ROOT, "  %14d  %s: %s%n", value.getAsLong(), key, sentence));
                }
            });
        }
        return text.isEmpty() ? "There is no path.\n" : text.toString();
    }

    private static String title(JsonObject block) {
        String name = block.get("name").getAsString();
        String path = block.get("path").getAsString();
        return (name.equals(path) ? name : name + " of " + path) + ", since "
                + block.get("counted_since").getAsString();
    }
}
