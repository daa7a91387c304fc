package net.twinpath.daemon.path;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.twinpath.daemon.event.Event;
import net.twinpath.daemon.event.EventKind;
import net.twinpath.daemon.event.Events;

/**
 * Tells of links that carry, but bring frames of the other LAN or bring theirs late, and when that is over. What changes a
 * link's condition is told with it. Pure: no clock, no I/O.
 */
final class ImpairmentWatch {
    private final String path;
    private final Events events;
    private Map<String, Impairment> present = Map.of();

    /**
     * What is wrong with a link.
     *
     * @param link  its interface
     * @param words what is wrong
     * @param over  what is to be said when it is not any more
     */
    record Impairment(String link, String words, String over) {
        static Impairment crossed(String link) {
            return new Impairment(
                    link, link + " brings frames of the other LAN", link + " brings frames of its own LAN only again");
        }

        static Impairment late(String link, String other, long ms) {
            return new Impairment(
                    link,
                    link + " is later than " + other + " by " + ms + " ms (half of the frames)",
                    link + " is not late any more");
        }
    }

    /** @param path the path's name */
    ImpairmentWatch(String path, Events events) {
        this.path = path;
        this.events = events;
    }

    /** Takes all there are now; one that goes on is known by what is said when it is over. */
    void look(List<Impairment> now) {
        Map<String, Impairment> found = new HashMap<>();
        for (Impairment impairment : now) {
            found.put(impairment.over(), impairment);
            if (!present.containsKey(impairment.over())) {
                events.tell(Event.ofLink(EventKind.LINK_IMPAIRED, path, impairment.link(), impairment.words()));
            }
        }
        List<Impairment> over = new ArrayList<>(present.values());
        over.removeIf(impairment -> found.containsKey(impairment.over()));
        for (Impairment impairment : over) {
            events.tell(Event.ofLink(EventKind.LINK_IMPAIRMENT_OVER, path, impairment.link(), impairment.over()));
        }
        present = found;
    }

    /** Whether that was told of the link and is not over. */
    boolean isTold(Impairment impairment) {
        return present.containsKey(impairment.over());
    }
}
