package net.twinpath.config;

import net.twinpath.config.value.Keyword;

/** What happens to a frame from inside. */
public enum Action implements Keyword {
    /** A copy of it leaves on every link. */
    DUPLICATE("duplicate"),
    /** It leaves on the first link only. */
    FIRST_LINK("first-link"),
    /** It does not leave. */
    DROP("drop");

    private final String text;

    Action(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
