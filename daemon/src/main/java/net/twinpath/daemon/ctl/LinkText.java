package net.twinpath.daemon.ctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.daemon.ctl.words.Words;

/** Links, a few lines each, for people. */
final class LinkText {
    private LinkText() {}

    /** Writes the links of an answer. */
    static String of(JsonObject answer) {
        StringBuilder text = new StringBuilder();
        for (JsonElement link : answer.getAsJsonArray("links")) {
            text.append(text.isEmpty() ? "" : "\n").append(link(link.getAsJsonObject()));
        }
        return text.isEmpty() ? "There is no link.\n" : text.toString();
    }

    private static String link(JsonObject link) {
        JsonObject counters = link.getAsJsonObject("counters");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("card", card(link)));
        rows.add(List.of("sent", counters.get("tx_frames").getAsString() + notSent(counters)));
        rows.add(List.of(
                "received",
                counters.get("rx_frames").getAsString() + ", lost because the ring was full "
                        + link.get("rx_ring_full").getAsString()));
        rows.add(List.of("came first", Words.share(link.get("first_share")) + " of the sequenced frames"));
        rows.add(List.of("ahead by", ahead(link)));
        rows.add(List.of("removed", counters.get("rx_duplicates").getAsString()));
        rows.add(List.of("missing", link.get("missing").getAsString() + ", lately " + lately(link)));
        return link.get("name").getAsString() + " (LAN " + link.get("lan").getAsString() + " of "
                + link.get("path").getAsString() + "): " + link.get("condition").getAsString() + "\n"
                + new TextTable(rows, 2);
    }

    private static String card(JsonObject link) {
        return Words.speed(link.get("speed_mbit")) + ", duplex " + Words.orDash(link.get("duplex")) + ", mtu "
                + Words.orDash(link.get("mtu")) + ", vlan " + Words.orDash(link.get("vlan")) + ", carrier changes "
                + Words.orDash(link.get("carrier_changes"));
    }

    private static String notSent(JsonObject counters) {
        return ", not sent: no carrier " + counters.get("tx_no_carrier").getAsString() + ", queue full "
                + counters.get("tx_no_buffer").getAsString() + ", too long "
                + counters.get("tx_too_long").getAsString() + ", errors "
                + counters.get("tx_errors").getAsString();
    }

    private static String ahead(JsonObject link) {
        return link.get("lead_p50_us").isJsonNull() ? "-" : Words.lead(link);
    }

    private static String lately(JsonObject link) {
        return link.get("recent_loss").isJsonNull() ? "too few frames to say" : Words.share(link.get("recent_loss"));
    }
}
