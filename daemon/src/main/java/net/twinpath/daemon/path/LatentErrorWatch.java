package net.twinpath.daemon.path;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.twinpath.daemon.event.Event;
import net.twinpath.daemon.event.EventKind;
import net.twinpath.daemon.event.Events;

/** Tells of which streams latent errors (IEEE 802.1CB clause 7.4.4) have come and gone. Pure: no clock, no I/O. */
final class LatentErrorWatch {
    private final String path;
    private final Events events;
    private Set<String> present = Set.of();

    /** @param path the path's name */
    LatentErrorWatch(String path, Events events) {
        this.path = path;
        this.events = events;
    }

    /** Takes the names of all streams that have a latent error now. */
    void look(List<String> now) {
        Set<String> names = new LinkedHashSet<>(now);
        for (String name : names) {
            if (!present.contains(name)) {
                tell(EventKind.LATENT_ERROR, "not every link brings every frame of stream " + name);
            }
        }
        for (String name : present) {
            if (!names.contains(name)) {
                tell(EventKind.LATENT_ERROR_OVER, "every link brings every frame of stream " + name + " again");
            }
        }
        present = names;
    }

    /** The names it was last given. */
    List<String> present() {
        return List.copyOf(present);
    }

    private void tell(EventKind kind, String words) {
        events.tell(Event.ofPath(kind, path, words));
    }
}
