package net.twinpath.daemon.event;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param kind     what
 * @param severity how much it matters
 * @param path     the path it is about, when it is about one
 * @param link     the link's interface, when it is about one
 * @param words    a sentence for people; names the link, and not the path
 */
public record Event(EventKind kind, Severity severity, Optional<String> path, Optional<String> link, String words) {
    /** About no path. */
    public static Event of(EventKind kind, String words) {
        return new Event(kind, kind.severity(), Optional.empty(), Optional.empty(), words);
    }

    /** About a path as a whole. */
    public static Event ofPath(EventKind kind, String path, String words) {
        return new Event(kind, kind.severity(), Optional.of(path), Optional.empty(), words);
    }

    /** About one link of a path. */
    public static Event ofLink(EventKind kind, String path, String link, String words) {
        return new Event(kind, kind.severity(), Optional.of(path), Optional.of(link), words);
    }

    /** The same with another severity. */
    public Event with(Severity other) {
        return new Event(kind, other, path, link, words);
    }

    /** As a line of the log says it. */
    String line() {
        return path.map(name -> name + ": " + words).orElse(words);
    }

    /**
     * An event that was published.
     *
     * @param number 1 for the first of this daemon, and so on without gaps
     * @param time   when it was published
     * @param event  what happened
     */
    public record Published(long number, Instant time, Event event) {
        /** As answers and notifications bring it. */
        public JsonObject toJson() {
            JsonObject object = new JsonObject();
            object.addProperty("number", number);
            object.addProperty("time", time.toString());
            object.addProperty("severity", event.severity().text());
            object.addProperty("kind", event.kind().text());
            object.addProperty("path", orNull(event.path()));
            object.addProperty("link", orNull(event.link()));
            object.addProperty("words", event.words());
            return object;
        }

        private static @Nullable String orNull(Optional<String> value) {
            return value.orElse(null);
        }
    }
}
