package net.twinpath.daemon.event;

import java.util.Locale;

/** How much an event matters to an operator; the words are syslog's. */
public enum Severity {
    /** All is well, or well again. */
    INFO(6),

    /** Frames pass, but somebody should look. */
    WARNING(4),

    /** Something does not work. */
    ERROR(3);

    private final int priority;

    Severity(int priority) {
        this.priority = priority;
    }

    /** Syslog's number for it (RFC 5424, table 2). */
    int priority() {
        return priority;
    }

    /** As answers name it, for example {@code warning}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
