package net.twinpath.daemon.ctl.top;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** What one status tells only together with those before it: rates, and how values went. Pure: no clock, no I/O. */
final class History {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, Rate> rates = new HashMap<>();
    private final Map<String, Values> values = new HashMap<>();

    /** Takes a status that came at {@code nowNs}. */
    void take(JsonObject status, long nowNs) {
        for (JsonElement element : status.getAsJsonArray("paths")) {
            JsonObject path = element.getAsJsonObject();
            String name = path.get("name").getAsString();
            rate(name + " out").take(counter(path, "out_frames"), nowNs);
            rate(name + " in").take(counter(path, "in_frames"), nowNs);
            for (JsonElement link : path.getAsJsonArray("links")) {
                take(name, link.getAsJsonObject(), nowNs);
            }
        }
    }

    private void take(String path, JsonObject link, long nowNs) {
        String key = path + "/" + link.get("name").getAsString();
        Rate rate = rate(key);
        rate.take(counter(link, "rx_frames"), nowNs);
        values(key + " rate").add(rate.perSecond());
        values(key + " loss").add(number(link.get("recent_loss")));
        values(key + " lead").add(number(link.get("lead_p50_us")));
    }

    private static long counter(JsonObject object, String key) {
        return object.getAsJsonObject("counters").get(key).getAsLong();
    }

    private static double number(JsonElement value) {
        return value.isJsonNull() ? Double.NaN : value.getAsDouble();
    }

    private Rate rate(String key) {
        return rates.computeIfAbsent(key, absent -> new Rate());
    }

    private Values values(String key) {
        return values.computeIfAbsent(key, absent -> new Values());
    }

    /** Frames a second from inside; no number before the second status. */
    double outRate(String path) {
        return rate(path + " out").perSecond();
    }

    /** Frames a second to inside. */
    double inRate(String path) {
        return rate(path + " in").perSecond();
    }

    /** Frames a second received on a link. */
    Values rate(String path, String link) {
        return values(path + "/" + link + " rate");
    }

    /** Shares of the frames lost on a link, 0 to 1. */
    Values loss(String path, String link) {
        return values(path + "/" + link + " loss");
    }

    /** By how much a link came first, in the median, microseconds. */
    Values lead(String path, String link) {
        return values(path + "/" + link + " lead");
    }

    /** How fast a counter grows. */
    private static final class Rate {
        private long count;
        private long atNs;
        private boolean isKnown;
        private double perSecond = Double.NaN;

        void take(long now, long nowNs) {
            if (isKnown && nowNs > atNs) {
                // A counter that was reset begins anew.
                perSecond = Math.max(0, now - count) * NANOS_PER_SECOND / (nowNs - atNs);
            }
            count = now;
            atNs = nowNs;
            isKnown = true;
        }

        double perSecond() {
            return perSecond;
        }
    }
}
