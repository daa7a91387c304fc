package net.twinpath.daemon;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import net.twinpath.daemon.control.Access;
import net.twinpath.daemon.control.Caller;
import net.twinpath.daemon.control.ControlLimits;
import net.twinpath.daemon.control.EventSubscription;
import net.twinpath.daemon.control.JsonRpc;
import net.twinpath.daemon.control.MethodDescription;
import net.twinpath.daemon.control.RefusedException;
import net.twinpath.daemon.control.Reply;
import net.twinpath.daemon.control.Schema;
import net.twinpath.daemon.control.StatusSubscription;
import net.twinpath.daemon.event.Event.Published;
import net.twinpath.daemon.event.EventKind;
import net.twinpath.daemon.event.EventLog;
import net.twinpath.daemon.event.Severity;
import net.twinpath.daemon.machine.PlanReport;
import net.twinpath.daemon.metrics.MetricsText;
import net.twinpath.daemon.path.Drills;
import net.twinpath.daemon.path.RunningPath;
import net.twinpath.daemon.path.StatusReport;
import net.twinpath.daemon.path.StatusSchema;

/** What can be asked at the control socket. */
final class ControlMethods {
    /** Events in one answer. */
    private static final int MOST_EVENTS = 200;

    private static final String EVENTS = "events";
    private static final String STATUS = "status";

    private final Work work;
    private final EventLog events;
    private final Drills drills;
    private final LongSupplier clockMs;
    private final JsonRpc rpc;
    private final MetricsPages metricsPages;

    /** What the daemon itself does for the methods. */
    interface Work {
        /** The answer to {@code status}. */
        JsonElement status();

        /** Everything that is told as metrics, as it is now. */
        MetricSnapshots metrics();

        /** The paths that run. */
        List<RunningPath> paths();

        /** What a reload would change on the machine. */
        JsonElement plan() throws RefusedException;

        /** Takes the configuration as it is now. */
        void reload() throws RefusedException;
    }

    private ControlMethods(Work work, EventLog events, Drills drills, LongSupplier clockMs) {
        this.work = work;
        this.events = events;
        this.drills = drills;
        this.clockMs = clockMs;
        this.rpc = new JsonRpc(events);
        this.metricsPages = new MetricsPages(work::metrics);
    }

    /**
     * All of them.
     *
     * @param clockMs milliseconds, never going back
     */
    static JsonRpc of(Work work, EventLog events, Drills drills, LongSupplier clockMs) {
        ControlMethods methods = new ControlMethods(work, events, drills, clockMs);
        methods.addReading();
        methods.addFollowing();
        methods.addChanging();
        return methods.rpc;
    }

    private void addReading() {
        rpc.add(
                MethodDescription.plain(
                        STATUS,
                        "Every path and link, how it fares, why, and what can be done.",
                        Access.READ,
                        StatusSchema.status()),
                params -> work.status());
        rpc.add(
                new MethodDescription(
                        "streams",
                        "A path's streams with their counters, some at a time.",
                        Access.READ,
                        Schema.object("which")
                                .with("path", Schema.text("the path's name"))
                                .maybe("from", Schema.whole("place of the first, from 0", 0, Integer.MAX_VALUE)),
                        StatusSchema.streams()),
                params -> StatusReport.streams(work.paths(), params));
        rpc.add(
                new MethodDescription(
                        "nodes",
                        "The senders heard on a path's links, some at a time.",
                        Access.READ,
                        Schema.object("which")
                                .with("path", Schema.text("the path's name"))
                                .maybe("after", Schema.text("the MAC address to go on behind")),
                        StatusSchema.nodes()),
                params -> StatusReport.nodes(work.paths(), params));
        rpc.add(
                new MethodDescription(
                        "metrics",
                        "All metrics as text, some of it at a time.",
                        Access.READ,
                        Schema.object("which")
                                .maybe(
                                        "format",
                                        Schema.word(
                                                "the text's; prometheus when not said",
                                                Arrays.stream(MetricsText.values())
                                                        .map(MetricsText::text)
                                                        .toList()))
                                .maybe(
                                        "from",
                                        Schema.whole(
                                                "where to go on, as the answer before said", 0, Integer.MAX_VALUE)),
                        Schema.object("some of the text")
                                .with("content_type", Schema.text("the text's media type"))
                                .with("text", Schema.text("some of it, to be put behind what came before"))
                                .with(
                                        "next",
                                        Schema.count("from where to ask on; null at the end")
                                                .orNull())),
                metricsPages::answer);
        rpc.add(
                MethodDescription.plain(
                        "plan",
                        "What a reload would change on the machine, without changing it.",
                        Access.READ,
                        PlanReport.schema()),
                params -> work.plan());
        rpc.add(
                MethodDescription.plain(
                        "version",
                        "The daemon's version and what one client may do at most.",
                        Access.READ,
                        Schema.object("the daemon")
                                .with("version", Schema.text("its version"))
                                .with("limits", ControlLimits.schema())),
                params -> version());
    }

    private static JsonObject version() {
        JsonObject version = new JsonObject();
        version.addProperty("version", Version.number());
        version.add("limits", ControlLimits.json());
        return version;
    }

    private void addFollowing() {
        rpc.add(
                new MethodDescription(
                        EVENTS,
                        "The newest events that are kept, oldest first, some at a time.",
                        Access.READ,
                        Schema.object("which").maybe("after", after()),
                        Schema.object("some events")
                                .with("events", Schema.list("oldest first", event()))
                                .with("skipped", Schema.count("events between that are not kept any more"))
                                .with("last", Schema.count("number of the newest event of all"))),
                this::newestEvents);
        rpc.add(
                new MethodDescription(
                        "subscribe",
                        "Notifications with the method event for every event, or with the method status again and again,"
                                + " until the connection ends. Who falls behind is told how many were skipped.",
                        Access.READ,
                        Schema.object("to what")
                                .with("topic", Schema.word("events or status", List.of(EVENTS, STATUS)))
                                .maybe("after", after())
                                .maybe(
                                        "interval_ms",
                                        Schema.whole(
                                                "from one status to the next, milliseconds; 1000 when not said",
                                                ControlLimits.MIN_STATUS_INTERVAL_MS,
                                                ControlLimits.MAX_STATUS_INTERVAL_MS)),
                        Schema.object("the subscription")
                                .with("subscription", Schema.text("its name, which every notification brings"))),
                this::subscribe);
        rpc.add(
                new MethodDescription(
                        "unsubscribe",
                        "Ends a subscription of this client.",
                        Access.READ,
                        Schema.object("which").with("subscription", Schema.text("its name")),
                        Schema.object("nothing")),
                ControlMethods::unsubscribe);
    }

    private static Schema after() {
        return Schema.whole(
                "number of the event after which to begin; 0 for all that are kept", 0, Long.MAX_VALUE / 1_024);
    }

    private static Schema event() {
        return Schema.object("something that happened")
                .with("number", Schema.count("1 for the first of this daemon, and so on"))
                .with("time", Schema.text("when, ISO 8601 in UTC"))
                .with(
                        "severity",
                        Schema.word(
                                "how much it matters",
                                Arrays.stream(Severity.values())
                                        .map(Severity::text)
                                        .toList()))
                .with(
                        "kind",
                        Schema.word(
                                "what",
                                Arrays.stream(EventKind.values())
                                        .map(EventKind::text)
                                        .toList()))
                .with("path", Schema.text("the path it is about").orNull())
                .with("link", Schema.text("the link it is about").orNull())
                .with("words", Schema.text("a sentence for people"));
    }

    private JsonObject newestEvents(JsonObject params) {
        long after = after(params, 0);
        List<Published> some = events.after(after, MOST_EVENTS);
        JsonArray array = new JsonArray();
        some.forEach(event -> array.add(event.toJson()));
        JsonObject object = new JsonObject();
        object.add("events", array);
        object.addProperty("skipped", Math.max(0, events.first() - 1 - after));
        object.addProperty("last", events.last());
        return object;
    }

    private static long after(JsonObject params, long otherwise) {
        return params.has("after") ? params.get("after").getAsLong() : otherwise;
    }

    private void subscribe(JsonObject params, Caller caller, Reply reply) throws RefusedException {
        boolean toEvents = params.get("topic").getAsString().equals(EVENTS);
        if (params.has(toEvents ? "interval_ms" : "after")) {
            throw new IllegalArgumentException(
                    toEvents ? "\"interval_ms\" is for the topic status" : "\"after\" is for the topic events");
        }
        long intervalMs = params.has("interval_ms") ? params.get("interval_ms").getAsLong() : 1_000;
        String id = caller.subscribe(
                toEvents
                        ? new EventSubscription(events, after(params, events.last()))
                        : new StatusSubscription(work::status, intervalMs, clockMs.getAsLong()));
        JsonObject object = new JsonObject();
        object.addProperty("subscription", id);
        reply.result(object);
    }

    private static void unsubscribe(JsonObject params, Caller caller, Reply reply) {
        String id = params.get("subscription").getAsString();
        if (caller.unsubscribe(id).isEmpty()) {
            throw new IllegalArgumentException("no subscription \"" + id + "\" of this client");
        }
        reply.result(new JsonObject());
    }

    private void addChanging() {
        rpc.add(
                MethodDescription.plain(
                        "reload",
                        "Takes the configuration as it is now; nothing changes when it is wrong or cannot be carried out."
                                + " Ends every drill.",
                        Access.CHANGE,
                        Schema.object("nothing")),
                params -> {
                    work.reload();
                    return new JsonObject();
                });
        rpc.add(
                new MethodDescription(
                        "reset-counters",
                        "Has the counters of status and streams begin at 0 again, of one path or of all.",
                        Access.CHANGE,
                        Schema.object("whose").maybe("path", Schema.text("the path's name")),
                        Schema.object("what was done")
                                .with("paths", Schema.list("paths whose counters begin again", Schema.text("a name")))),
                this::resetCounters);
        rpc.add(
                new MethodDescription(
                        "drill",
                        "Takes a link out of use for a time and answers at its end what each path lost. The link is put"
                                + " back when the client goes, at a reload, and when the last other link fails.",
                        Access.CHANGE,
                        Schema.object("which link and how long")
                                .with("link", Schema.text("the link's interface"))
                                .maybe(
                                        "duration_ms",
                                        Schema.whole(
                                                "milliseconds; " + Drills.DEFAULT_MS + " when not said",
                                                Drills.MIN_MS,
                                                Drills.MAX_MS))
                                .maybe("force", Schema.flag("even where no other link carries as it should")),
                        StatusSchema.drillReport()),
                this::drill);
    }

    private JsonObject resetCounters(JsonObject params) {
        List<RunningPath> paths = params.has("path")
                ? List.of(StatusReport.path(work.paths(), params.get("path").getAsString()))
                : work.paths();
        JsonArray names = new JsonArray();
        paths.forEach(path -> {
            path.resetCounters();
            names.add(path.settings().name());
        });
        JsonObject object = new JsonObject();
        object.add("paths", names);
        return object;
    }

    private void drill(JsonObject params, Caller caller, Reply reply) throws RefusedException {
        drills.begin(
                work.paths(),
                params.get("link").getAsString(),
                params.has("duration_ms") ? params.get("duration_ms").getAsLong() : Drills.DEFAULT_MS,
                params.has("force") && params.get("force").getAsBoolean(),
                caller,
                reply);
    }
}
