package net.twinpath.duppath.stream;

/**
 * One stream of a path: which frames belong to it, and what is done with them.
 *
 * @param name   the stream's name, for messages and counters
 * @param match  the frames that belong to it, unless an earlier stream matches them too
 * @param action what is done with them
 */
public record StreamSettings(String name, StreamMatch match, StreamAction action) {
    /** @throws IllegalArgumentException when the name is blank */
    public StreamSettings {
        if (name.isBlank()) {
            throw new IllegalArgumentException("stream name: blank, a stream needs a name to be told from others by");
        }
    }
}
