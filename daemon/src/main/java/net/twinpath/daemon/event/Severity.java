package net.twinpath.daemon.event;

import java.util.Locale;

/** How much an event matters to an operator; the words are syslog's. */
public enum Severity {
    /** All is well, or well again. */
    INFO,

    /** Frames pass, but somebody should look. */
    WARNING,

    /** Something does not work. */
    ERROR;

    /** As answers name it, for example {@code warning}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
