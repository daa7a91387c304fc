package net.twinpath.daemon.metrics;

import java.util.List;

/** What a metric is about, and the labels that say which one. */
public enum Subject {
    DAEMON("the daemon"),
    MACHINE("the machine's settings"),
    PATH("a path"),
    LINK("a link"),
    STREAM("a stream; the last one of a path is what no stream matches"),
    INDIVIDUAL("an individual recovery function, which a link has for a stream");

    private final String words;

    Subject(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** The labels' names. */
    public List<String> labels() {
        return switch (this) {
            case DAEMON, MACHINE -> List.of();
            case PATH -> List.of("path");
            case LINK -> List.of("path", "link", "lan");
            case STREAM -> List.of("path", "stream");
            case INDIVIDUAL -> List.of("path", "stream", "link", "lan");
        };
    }
}
