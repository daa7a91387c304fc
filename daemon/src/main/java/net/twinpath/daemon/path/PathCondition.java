package net.twinpath.daemon.path;

import java.util.Collection;
import net.twinpath.daemon.event.EventKind;

/** How a path fares. */
public enum PathCondition {
    /** Every link carries: any one of them may fail without losing a frame. */
    PROTECTED("protected", EventKind.PATH_PROTECTED),

    /** Some links carry: frames pass, but the next failure may lose some. */
    DEGRADED("degraded", EventKind.PATH_DEGRADED),

    /** No link carries, or the data path has failed: frames do not pass. */
    DOWN("down", EventKind.PATH_DOWN);

    private final String words;
    private final EventKind event;

    PathCondition(String words, EventKind event) {
        this.words = words;
        this.event = event;
    }

    /** In status texts. */
    public String words() {
        return words;
    }

    /** What has happened when a path has come into this condition. */
    EventKind event() {
        return event;
    }

    /** The condition of a path whose links fare so. */
    public static PathCondition of(Collection<LinkCondition> links) {
        if (links.stream().allMatch(link -> link == LinkCondition.CARRYING)) {
            return PROTECTED;
        }
        return links.stream().anyMatch(LinkCondition::passes) ? DEGRADED : DOWN;
    }

    /** The worst condition of several paths; {@link #PROTECTED} when there is none. */
    public static PathCondition worst(Collection<PathCondition> paths) {
        return paths.stream().max(Enum::compareTo).orElse(PROTECTED);
    }
}
