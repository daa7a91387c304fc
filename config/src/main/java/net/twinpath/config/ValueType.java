package net.twinpath.config;

import java.time.temporal.Temporal;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** The TOML types that options have, and the words for all types that may be found instead. */
public enum ValueType {
    STRING("string", "a string"),
    STRINGS("array of strings", "an array of strings"),
    STRING_OR_STRINGS("string or array of strings", "a string or an array of strings"),
    INTEGER("integer", "an integer");

    private final String text;
    private final String withArticle;

    ValueType(String text, String withArticle) {
        this.text = text;
        this.withArticle = withArticle;
    }

    /** The type's name, such as {@code array of strings}. */
    public String text() {
        return text;
    }

    String withArticle() {
        return withArticle;
    }

    /** Names the type of a parsed value with its article, such as {@code a boolean}. */
    static String nameOf(Object value) {
        if (value instanceof String) {
            return STRING.withArticle;
        } else if (value instanceof Long) {
            return INTEGER.withArticle;
        } else if (value instanceof Double) {
            return "a float";
        } else if (value instanceof Boolean) {
            return "a boolean";
        } else if (value instanceof TomlArray) {
            return "an array";
        } else if (value instanceof TomlTable) {
            return "a table";
        } else if (value instanceof Temporal) {
            return "a date or time";
        }
        throw new IllegalArgumentException("not a TOML value: " + value.getClass());
    }
}
