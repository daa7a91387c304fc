package net.twinpath.daemon.path;

import net.twinpath.daemon.event.EventKind;

/** How a link fares. */
public enum LinkCondition {
    /** It has carrier, and frames come over it. */
    CARRYING("carrying"),

    /** It carries, but brings our own frames back: it ends in one network with another link, or there is a loop. */
    LOOPED("brings our own frames back"),

    /** It carries, but its MTU has become too small for the path's largest frames. */
    TOO_SMALL("MTU too small"),

    /** It carries, but a good part of the frames that came over other links did not come over it. */
    LOSSY("loses frames"),

    /** Frames come over it, but the neighbours say that ours do not. */
    UNHEARD("not heard by the neighbours"),

    /** It has carrier, but frames that came over another link did not come over it, or none came at all for long. */
    SILENT("silent"),

    /** It was taken out of use for a drill: nothing is sent on it. */
    DRILLED("out of use for a drill"),

    /** It is switched on but has no carrier. */
    NO_CARRIER("no carrier"),

    /** It was switched off on this machine. */
    SWITCHED_OFF("switched off"),

    /** The interface is not there. */
    GONE("gone");

    private final String words;

    LinkCondition(String words) {
        this.words = words;
    }

    /** In status texts. */
    public String words() {
        return words;
    }

    /** What has happened when a link has come into this condition. */
    EventKind event() {
        if (this == CARRYING) {
            return EventKind.LINK_UP;
        }
        return passes() ? EventKind.LINK_IMPAIRED : EventKind.LINK_DOWN;
    }

    /** Whether frames pass over a link that fares so. */
    boolean passes() {
        return this == CARRYING || this == LOOPED || this == TOO_SMALL || this == LOSSY || this == UNHEARD;
    }
}
