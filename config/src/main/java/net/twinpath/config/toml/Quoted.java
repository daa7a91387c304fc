package net.twinpath.config.toml;

import org.tomlj.Toml;

/** Text from a file as messages show it: in quotes, escaped as TOML does, so that it stays on its line. */
public final class Quoted {
    private Quoted() {}

    /** The text in quotes. */
    public static String of(String text) {
        return '"' + Toml.tomlEscape(text).toString() + '"';
    }
}
