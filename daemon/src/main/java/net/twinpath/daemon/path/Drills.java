package net.twinpath.daemon.path;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import net.twinpath.daemon.control.Caller;
import net.twinpath.daemon.control.RefusedException;
import net.twinpath.daemon.control.Reply;
import net.twinpath.daemon.event.Event;
import net.twinpath.daemon.event.EventKind;
import net.twinpath.daemon.event.Events;
import net.twinpath.daemon.event.Severity;

/**
 * The drills under way: each ends by its time, with its client, when the last other link fails, or when somebody says so,
 * and puts its link back then. Used by the control thread only.
 */
public final class Drills {
    /** Shortest drill, milliseconds. */
    public static final long MIN_MS = 1_000;

    /** Longest drill, milliseconds. */
    public static final long MAX_MS = 3_600_000;

    /** When nothing is said, milliseconds. */
    public static final long DEFAULT_MS = 10_000;

    /** Copies under way when the link is put back have come by then. */
    private static final long SETTLE_MS = 1_000;

    private static final String AS_PLANNED = "its time was over";

    private final Clock clock;
    private final LongSupplier clockMs;
    private final Events events;
    private final List<Running> running = new ArrayList<>();

    /**
     * @param clock   for people who ask how long a drill goes on
     * @param clockMs milliseconds, never going back
     * @param events  is told of begin and end
     */
    public Drills(Clock clock, LongSupplier clockMs, Events events) {
        this.clock = clock;
        this.clockMs = clockMs;
        this.events = events;
    }

    /**
     * Takes a link out of use in every path that has it.
     *
     * @param paths  all paths
     * @param name   the link's interface
     * @param ms     for so many milliseconds
     * @param force  even where no other link is well
     * @param caller the drill ends with it
     * @param reply  takes the report when the drill is over
     * @throws RefusedException         when a path would be cut, or has a drill already
     * @throws IllegalArgumentException when no path has such a link
     */
    public void begin(List<RunningPath> paths, String name, long ms, boolean force, Caller caller, Reply reply)
            throws RefusedException {
        List<RunningPath> concerned =
                paths.stream().filter(path -> link(path, name).isPresent()).toList();
        if (concerned.isEmpty()) {
            throw new IllegalArgumentException(noSuchLink(paths, name));
        }
        for (RunningPath path : concerned) {
            refuseIfUnwise(path, name, force);
        }
        Running drill = new Running(name, ms, force, reply, clockMs.getAsLong());
        concerned.forEach(path -> drill.parts.add(begin(path, name, ms)));
        running.add(drill);
        caller.whenGone(() -> drill.end("its client has gone", clockMs.getAsLong()));
    }

    private static Optional<RunningLink> link(RunningPath path, String name) {
        return path.links().stream().filter(link -> link.name().equals(name)).findFirst();
    }

    private static String noSuchLink(List<RunningPath> paths, String name) {
        Set<String> known = new LinkedHashSet<>();
        paths.forEach(path -> path.links().forEach(link -> known.add(link.name())));
        return "no link \"" + name + "\"; "
                + (known.isEmpty() ? "there is none" : "there are: " + String.join(", ", known));
    }

    private static void refuseIfUnwise(RunningPath path, String name, boolean force) throws RefusedException {
        String owner = path.settings().name();
        if (path.drill().isPresent()) {
            throw new RefusedException(owner + " has a drill already; wait for its end");
        }
        boolean isBorne = path.links().stream()
                .anyMatch(link -> !link.name().equals(name) && link.condition() == LinkCondition.CARRYING);
        if (!isBorne && !force) {
            throw new RefusedException(owner + ": no other link carries as it should, so that taking " + name
                    + " out of use would cut the path; look at its status, or force the drill");
        }
    }

    private Drill begin(RunningPath path, String name, long ms) {
        Drill drill =
                new Drill(path, link(path, name).orElseThrow(), clock.instant().plus(Duration.ofMillis(ms)));
        path.drill(Optional.of(drill));
        events.tell(Event.ofLink(
                EventKind.DRILL_BEGUN,
                path.settings().name(),
                name,
                name + " is taken out of use for a drill of " + ms / 1_000.0 + " s"));
        return drill;
    }

    /** Looks after the drills; called a few times a second. */
    public void tick() {
        for (Running drill : List.copyOf(running)) {
            drill.tick(clockMs.getAsLong());
        }
    }

    /** Ends all drills and puts their links back at once. */
    public void endAll(String reason) {
        List.copyOf(running).forEach(drill -> {
            drill.end(reason, clockMs.getAsLong());
            drill.report();
        });
    }

    /** A drill that goes on, in all paths that have its link. */
    private final class Running {
        private final String link;
        private final boolean force;
        private final Reply reply;
        private final long beganMs;
        private final long endMs;
        private final List<Drill> parts = new ArrayList<>();
        private String ended = "";
        private long lastedMs;
        private long reportMs;

        Running(String link, long ms, boolean force, Reply reply, long nowMs) {
            this.link = link;
            this.force = force;
            this.reply = reply;
            this.beganMs = nowMs;
            this.endMs = nowMs + ms;
        }

        void tick(long nowMs) {
            if (!ended.isEmpty()) {
                parts.forEach(Drill::settle);
                if (nowMs >= reportMs) {
                    report();
                }
                return;
            }
            parts.forEach(Drill::sample);
            if (nowMs >= endMs) {
                end(AS_PLANNED, nowMs);
            } else if (!parts.stream().allMatch(Drill::isSameLink)) {
                end("the path was started again", nowMs);
            } else if (!force && !parts.stream().allMatch(Drill::isBorne)) {
                end("no other link carried as it should", nowMs);
            }
        }

        void end(String reason, long nowMs) {
            if (ended.isEmpty()) {
                ended = reason;
                lastedMs = nowMs - beganMs;
                reportMs = nowMs + SETTLE_MS;
                parts.forEach(part -> {
                    part.putBack();
                    part.path().drill(Optional.empty());
                });
            }
        }

        void report() {
            running.remove(this);
            JsonObject object = new JsonObject();
            object.addProperty("link", link);
            object.addProperty("lasted_ms", lastedMs);
            object.addProperty("as_planned", ended.equals(AS_PLANNED));
            object.addProperty("ended_because", ended);
            JsonArray paths = new JsonArray();
            parts.forEach(part -> {
                paths.add(part.report());
                tell(part);
            });
            object.add("paths", paths);
            reply.result(object);
        }

        private void tell(Drill part) {
            boolean lost = part.lostReceiving() + part.lostSending() > 0;
            events.tell(Event.ofLink(
                            EventKind.DRILL_ENDED,
                            part.path().settings().name(),
                            link,
                            link + " is used again, because " + ended + ": " + part.words())
                    .with(lost || !ended.equals(AS_PLANNED) ? Severity.WARNING : Severity.INFO));
        }
    }
}
