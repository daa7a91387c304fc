package net.twinpath.config.value;

/** A value of a fixed set, which the file names by a word. */
public interface Keyword {
    /** The word in the file. */
    String text();
}
