package net.twinpath.daemon;

import com.google.gson.JsonObject;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import net.twinpath.daemon.control.Caller;
import net.twinpath.daemon.control.Reply;
import net.twinpath.daemon.metrics.MetricsText;

/** The answers to {@code metrics}: with a thousand streams the text is larger than a packet, and goes in pages. */
final class MetricsPages {
    /** Characters of the text in one answer; as JSON some take two octets, and more in names of interfaces. */
    private static final int PAGE_LENGTH = 300_000;

    /** Texts kept at once until their clients have asked for the rest, or have gone: one more, and the oldest goes. */
    private static final int MOST_TEXTS = 4;

    private final Supplier<MetricSnapshots> metrics;
    private final Map<Caller, Unfinished> unfinished = new LinkedHashMap<>();

    private record Unfinished(MetricsText format, String text) {}

    MetricsPages(Supplier<MetricSnapshots> metrics) {
        this.metrics = metrics;
    }

    /** @throws IllegalArgumentException when the text that is to go on is not kept any more */
    void answer(JsonObject params, Caller caller, Reply reply) {
        int from = params.has("from") ? params.get("from").getAsInt() : 0;
        Unfinished whole = from == 0 ? begin(params) : rest(caller, from);
        int end = Math.min(from + PAGE_LENGTH, whole.text().length());
        boolean isLast = end == whole.text().length();
        unfinished.remove(caller);
        if (!isLast) {
            keep(caller, whole);
        }
        JsonObject page = new JsonObject();
        page.addProperty("content_type", whole.format().contentType());
        page.addProperty("text", whole.text().substring(from, end));
        page.addProperty("next", isLast ? null : end);
        reply.result(page);
    }

    private Unfinished begin(JsonObject params) {
        String name = params.has("format") ? params.get("format").getAsString() : MetricsText.PROMETHEUS.text();
        MetricsText format = Arrays.stream(MetricsText.values())
                .filter(text -> text.text().equals(name))
                .findFirst()
                .orElseThrow();
        return new Unfinished(format, new String(format.of(metrics.get()), StandardCharsets.UTF_8));
    }

    private Unfinished rest(Caller caller, int from) {
        Unfinished whole = unfinished.get(caller);
        if (whole == null || from > whole.text().length()) {
            throw new IllegalArgumentException(
                    "\"from\" is for the rest of a text that was begun on this connection, and"
                            + " none of this length is kept; ask without it");
        }
        return whole;
    }

    private void keep(Caller caller, Unfinished whole) {
        if (unfinished.size() >= MOST_TEXTS) {
            unfinished.remove(unfinished.keySet().iterator().next());
        }
        unfinished.put(caller, whole);
    }
}
