package net.twinpath.config;

import net.twinpath.config.toml.ConfigPosition;

/**
 * One table {@code [[path.NAME.stream]]}.
 *
 * @param name unique in the path, 1 to 32 of {@code A-Z a-z 0-9 _ . -}
 * @param match which frames belong to the stream
 * @param action what happens to them
 * @param recovery the path's, with the keys that the stream overrides
 * @param source where the table stands
 */
public record StreamSettings(
        String name, StreamMatch match, Action action, RecoverySettings recovery, ConfigPosition source) {}
