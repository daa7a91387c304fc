package net.twinpath.config;

import java.util.List;

/**
 * Which frames of a path are duplicated.
 *
 * @param streams in the order of the file: the first that matches a frame decides; at most 4096
 * @param unmatched what happens to frames that no stream matches
 */
public record StreamSelection(List<StreamSettings> streams, Action unmatched) {
    public StreamSelection {
        streams = List.copyOf(streams);
    }
}
