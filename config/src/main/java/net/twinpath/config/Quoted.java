package net.twinpath.config;

import org.tomlj.Toml;

/** Text from a file as messages show it: in quotes, escaped as TOML does, so that it stays on its line. */
final class Quoted {
    private Quoted() {}

    static String of(String text) {
        return '"' + Toml.tomlEscape(text).toString() + '"';
    }
}
