package net.twinpath.daemon.ctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.twinpath.daemon.ctl.words.Words;

/** The answer to {@code status} as one screen for people. */
final class StatusText {
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int MOST_NODES = 10;
    private static final int SCREEN_COLUMNS = 100;
    private static final int SPEED_COLUMN = 3;
    private static final List<String> LINK_COLUMNS = List.of(
            "link", "LAN", "state", "speed", "sent", "not sent", "received", "came first", "removed", "missing");

    private final StringBuilder text = new StringBuilder();
    private final Instant now;
    private final ZoneId zone;

    private StatusText(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /**
     * Writes a status.
     *
     * @param status the daemon's answer
     * @param now    for "how long ago"
     * @param zone   for times of day
     */
    static String of(JsonObject status, Instant now, ZoneId zone) {
        return new StatusText(now, zone).write(status);
    }

    /** As {@link #of}, of the paths alone. */
    static String ofPaths(JsonObject answer, Instant now, ZoneId zone) {
        StatusText status = new StatusText(now, zone);
        answer.getAsJsonArray("paths").forEach(path -> status.writePath(path.getAsJsonObject()));
        return answer.getAsJsonArray("paths").isEmpty() ? "There is no path.\n" : status.text.substring(1);
    }

    private String write(JsonObject status) {
        JsonArray paths = status.getAsJsonArray("paths");
        line("twinpathd %s, up %s, %s", string(status, "version"), ago(status, "started"), count(paths.size(), "path"));
        writeMachine(status.getAsJsonObject("machine"));
        if (paths.isEmpty()) {
            line("No path is configured: nothing is duplicated.");
        }
        for (JsonElement path : paths) {
            writePath(path.getAsJsonObject());
        }
        return text.toString();
    }

    /** A file that says nothing of the machine is not worth a line. */
    private void writeMachine(JsonObject machine) {
        int settings = (int) number(machine, "settings");
        boolean wrong = !machine.getAsJsonArray("problems").isEmpty()
                || !machine.getAsJsonArray("left_alone").isEmpty();
        if (wrong) {
            line("machine: NOT as the file says");
        } else if (settings > 0) {
            line("machine: as the file says, %s", count(settings, "setting"));
        }
        lines("  ! %s", machine, "problems");
        lines("  ! %s is changed again and again by somebody else, and left alone", machine, "left_alone");
        if (number(machine, "repairs") > 0) {
            line("  ! set again %d times, the last: %s", number(machine, "repairs"), string(machine, "last_repair"));
        }
        lines("  ! %s", machine, "foreign_managers");
        lines("  - %s is not on this machine now; it is taken in when it comes", machine, "absent_interfaces");
        lines("  - %s is no sysctl of this kernel; it is passed over", machine, "unknown_sysctls");
        machine.getAsJsonObject("skipped_sysctls")
                .asMap()
                .forEach((key, words) -> line("  - %s is not set: %s", key, words.getAsString()));
    }

    private void lines(String format, JsonObject object, String key) {
        object.getAsJsonArray(key).forEach(element -> line(format, element.getAsString()));
    }

    private void writePath(JsonObject path) {
        line("");
        String time = TIME_OF_DAY.format(instant(path, "since").atZone(zone));
        line(
                "%s: %s since %s (%s)",
                string(path, "name"), Words.condition(path).toUpperCase(Locale.ROOT), time, ago(path, "since"));
        line("  %s", string(path, "reason"));
        if (path.get("drill") instanceof JsonObject drill) {
            Duration left = Duration.between(now, instant(drill, "until"));
            line(
                    "  * drill: %s is out of use on purpose, for %d s more",
                    string(drill, "link"), Math.max(0, left.toSeconds()));
        }
        for (JsonElement warning : path.getAsJsonArray("warnings")) {
            line("  ! %s", warning.getAsString());
        }
        for (JsonElement advice : path.getAsJsonArray("advice")) {
            line("  -> %s", advice.getAsString());
        }
        writeInterface(path);
        writeLinks(path);
        writeLeads(path);
        writeNodes(path);
        writeInsideDevices(path);
    }

    private void writeInterface(JsonObject path) {
        List<String> addresses = new ArrayList<>();
        path.getAsJsonArray("address").forEach(address -> addresses.add(address.getAsString()));
        JsonObject counters = path.getAsJsonObject("counters");
        line(
                "  %s, mtu %d, %s%s",
                string(path, "format"),
                number(path, "mtu"),
                string(path, "mac"),
                addresses.isEmpty() ? "" : ", " + String.join(" ", addresses));
        line(
                "  from inside %d frames, to inside %d, lost at the inside port %d",
                number(counters, "out_frames"),
                number(counters, "in_frames"),
                number(path, "out_ring_full") + number(counters, "in_refused"));
        line("  %s", Words.residualLoss(path));
        writeSuperFrames("from inside", counters);
        for (JsonElement link : path.getAsJsonArray("links")) {
            JsonObject object = link.getAsJsonObject();
            writeSuperFrames("at " + string(object, "name"), object.getAsJsonObject("counters"));
        }
    }

    /** Where no offload merges frames there is nothing to tell. */
    private void writeSuperFrames(String where, JsonObject counters) {
        String direction = counters.has("out_super_frames") ? "out" : "rx";
        long cut = number(counters, direction + "_super_frames_cut");
        long dropped = number(counters, direction + "_super_frames");
        if (cut + dropped > 0) {
            line(
                    "  merged frames %s: %d cut into %d, %d dropped",
                    where, cut, number(counters, direction + "_segments"), dropped);
        }
    }

    private void writeLinks(JsonObject path) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(LINK_COLUMNS);
        for (JsonElement link : path.getAsJsonArray("links")) {
            rows.add(linkRow(link.getAsJsonObject()));
        }
        TextTable table = new TextTable(rows, SPEED_COLUMN);
        boolean speedKnown =
                rows.stream().skip(1).anyMatch(row -> !row.get(SPEED_COLUMN).equals("-"));
        if (!speedKnown || table.width() > SCREEN_COLUMNS) {
            rows.replaceAll(row -> without(row, SPEED_COLUMN));
            table = new TextTable(rows, SPEED_COLUMN);
        }
        text.append(table);
    }

    /** Of links that never came first there is nothing to tell. */
    private void writeLeads(JsonObject path) {
        for (JsonElement element : path.getAsJsonArray("links")) {
            JsonObject link = element.getAsJsonObject();
            if (!link.get("lead_p50_us").isJsonNull()) {
                line("  where %s came first it was ahead by %s", string(link, "name"), Words.lead(link));
            }
        }
    }

    private static List<String> without(List<String> row, int column) {
        List<String> rest = new ArrayList<>(row);
        rest.remove(column);
        return rest;
    }

    private void writeNodes(JsonObject path) {
        List<String> lans = new ArrayList<>();
        path.getAsJsonArray("links").forEach(link -> lans.add(string(link.getAsJsonObject(), "lan")));
        List<String> columns = new ArrayList<>(List.of("node", "kind"));
        lans.forEach(lan -> columns.add("heard on " + lan));
        JsonArray nodes = path.getAsJsonArray("nodes");
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns);
        nodes.asList().stream()
                .map(JsonElement::getAsJsonObject)
                .limit(MOST_NODES)
                .map(node -> nodeRow(node, lans))
                .forEach(rows::add);
        if (rows.size() > 1) {
            text.append(new TextTable(rows, columns.size()));
        }
        long others = number(path, "nodes_in_all") - (rows.size() - 1);
        if (others > 0) {
            line("   and %d more: twinpathctl node shows all", others);
        }
    }

    private static List<String> nodeRow(JsonObject node, List<String> lans) {
        List<String> row = new ArrayList<>();
        row.add(string(node, "address"));
        row.add(NodeText.kind(node));
        lans.forEach(lan -> row.add(NodeText.heard(node, lan.toLowerCase(Locale.ROOT))));
        return row;
    }

    /** Behind the host's own interface there is nothing but the host. */
    private void writeInsideDevices(JsonObject path) {
        JsonArray devices = path.getAsJsonArray("inside_devices");
        if (string(path, "inside").equals("host") || devices.isEmpty()) {
            return;
        }
        List<String> first = devices.asList().stream()
                .limit(MOST_NODES)
                .map(JsonElement::getAsString)
                .toList();
        line(
                "   %s behind %s: %s%s",
                count(devices.size(), "device"),
                string(path, "inside"),
                String.join(", ", first),
                devices.size() > MOST_NODES ? ", ..." : "");
    }

    private static List<String> linkRow(JsonObject link) {
        JsonObject counters = link.getAsJsonObject("counters");
        long notSent = number(counters, "tx_no_carrier")
                + number(counters, "tx_no_buffer")
                + number(counters, "tx_too_long")
                + number(counters, "tx_errors");
        return List.of(
                string(link, "name"),
                string(link, "lan"),
                string(link, "condition"),
                Words.speed(link.get("speed_mbit")),
                Long.toString(number(counters, "tx_frames")),
                Long.toString(notSent),
                Long.toString(number(counters, "rx_frames")),
                Words.share(link.get("first_share")),
                Long.toString(number(counters, "rx_duplicates")),
                Long.toString(number(link, "missing")));
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private String ago(JsonObject object, String key) {
        return Words.ago(instant(object, key), now);
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static Instant instant(JsonObject object, String key) {
        return Instant.parse(string(object, key));
    }

    private static String string(JsonObject object, String key) {
        return object.get(key).getAsString();
    }

    private static long number(JsonObject object, String key) {
        return object.get(key).getAsLong();
    }
}
