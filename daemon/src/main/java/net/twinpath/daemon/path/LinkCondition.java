package net.twinpath.daemon.path;

/** How a link fares. */
public enum LinkCondition {
    /** It has carrier, and frames that came over another link came over it too. */
    CARRYING("carrying"),

    /** It has carrier, but frames that came over another link did not come over it. */
    SILENT("silent"),

    /** It has no carrier or is switched off. */
    NO_CARRIER("no carrier"),

    /** The interface is not there any more. */
    GONE("gone");

    private final String words;

    LinkCondition(String words) {
        this.words = words;
    }

    /** In status texts. */
    public String words() {
        return words;
    }
}
