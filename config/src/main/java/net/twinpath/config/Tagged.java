package net.twinpath.config;

import net.twinpath.config.value.Keyword;

/** Which frames a stream takes by their 802.1Q tag (IEEE 802.1CB 9.1, the parameter tagged). */
public enum Tagged implements Keyword {
    /** Frames with a tag whose VLAN is not 0. */
    TAGGED("tagged"),
    /** Frames without a tag, or with one whose VLAN is 0, which tells the priority only. */
    PRIORITY("priority"),
    /** All frames. */
    ALL("all");

    private final String text;

    Tagged(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
