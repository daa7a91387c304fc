package net.twinpath.config.toml;

import java.nio.file.Path;

/**
 * One thing wrong in a configuration file.
 *
 * @param file as it was named to the reader
 * @param line from 1; 0 when the problem is the file as a whole
 * @param column from 1, in code points; 0 when the problem is the file as a whole
 * @param key the key or table as a dotted TOML key, such as {@code path.dup0.mtu}; empty when there is none
 * @param message what is wrong and what would be right, on one line
 */
public record ConfigProblem(Path file, int line, int column, String key, String message) {
    /** A problem at a place in a file. */
    public static ConfigProblem at(ConfigPosition position, String key, String message) {
        return new ConfigProblem(position.file(), position.line(), position.column(), key, message);
    }

    /** A problem of a file as a whole. */
    public static ConfigProblem ofFile(Path file, String message) {
        return new ConfigProblem(file, 0, 0, "", message);
    }

    /** {@code FILE:LINE:COLUMN: KEY: message} on one line, without the parts that there are not. */
    @Override
    public String toString() {
        String place = line == 0 ? file.toString() : new ConfigPosition(file, line, column).toString();
        String subject = key.isEmpty() ? "" : key + ": ";
        return place.replaceAll("\\p{Cntrl}", "?") + ": " + subject + message;
    }
}
