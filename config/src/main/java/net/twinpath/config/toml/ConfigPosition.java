package net.twinpath.config.toml;

import java.nio.file.Path;

/**
 * A place in a configuration file, kept so that a later error can name it.
 *
 * @param file as it was named to the reader
 * @param line from 1
 * @param column from 1, in code points
 */
public record ConfigPosition(Path file, int line, int column) {
    /** {@code FILE:LINE:COLUMN}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
