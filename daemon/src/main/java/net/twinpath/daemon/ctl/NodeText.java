package net.twinpath.daemon.ctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Nodes, a line each, for people. */
final class NodeText {
    private static final String LANS = "abcdefgh";

    private NodeText() {}

    /** Writes the nodes of an answer. */
    static String of(JsonObject answer) {
        List<JsonObject> nodes = answer.getAsJsonArray("nodes").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
        List<String> lans = LANS.chars()
                .mapToObj(Character::toString)
                .filter(lan -> nodes.stream().anyMatch(node -> node.has(key(lan))))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> heading = new ArrayList<>(List.of("node", "kind", "path"));
        lans.forEach(lan -> heading.add("heard on " + lan.toUpperCase(Locale.ROOT)));
        rows.add(heading);
        nodes.forEach(node -> rows.add(row(node, lans)));
        return nodes.isEmpty() ? "No node was heard.\n" : new TextTable(rows, heading.size()).toString();
    }

    private static String key(String lan) {
        return "heard_on_" + lan + "_ms_ago";
    }

    private static List<String> row(JsonObject node, List<String> lans) {
        List<String> row = new ArrayList<>();
        row.add(node.get("address").getAsString());
        row.add(kind(node));
        row.add(node.get("path").getAsString());
        lans.forEach(lan -> row.add(node.has(key(lan)) ? heard(node, lan) : "-"));
        return row;
    }

    /** For example {@code VDAN behind 02:00:00:00:00:01}. */
    static String kind(JsonObject node) {
        String kind = node.get("kind").getAsString();
        return node.has("red_box") ? kind + " behind " + node.get("red_box").getAsString() : kind;
    }

    /** When a node was heard on a LAN, {@code a} being the first; for example {@code 0.3 s ago}. */
    static String heard(JsonObject node, String lan) {
        JsonElement msAgo = node.get(key(lan));
        return msAgo.isJsonNull() ? "never" : String.format(Locale.ROOT, "%.1f s ago", msAgo.getAsLong() / 1_000.0);
    }
}
