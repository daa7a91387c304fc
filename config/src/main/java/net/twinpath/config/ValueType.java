package net.twinpath.config;

import java.time.temporal.Temporal;
import net.twinpath.config.value.DurationLiteral;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** The types that options have, and the words for all TOML types that may be found instead. */
public enum ValueType {
    STRING("string", "a string"),
    INTEGER("integer", "an integer"),
    BOOLEAN("boolean", "a boolean"),
    /** A string; {@link DurationLiteral}. */
    DURATION("duration", DurationLiteral.DESCRIPTION),
    STRING_OR_INTEGER("string or integer", "a string or an integer"),
    INTEGER_OR_INTEGERS("integer or array of integers", "an integer or an array of integers"),
    TABLE("table", "a table"),
    STRING_OR_TABLE("string or table", "a string or a table"),
    STRING_OR_STRINGS("string or array of strings", "a string or an array of strings"),
    STRINGS_OR_TABLES("array of strings or tables", "an array of strings or tables"),
    TABLES("array of tables", "an array of tables");

    private final String text;
    private final String withArticle;

    ValueType(String text, String withArticle) {
        this.text = text;
        this.withArticle = withArticle;
    }

    /** The type's name, such as {@code array of tables}. */
    public String text() {
        return text;
    }

    String withArticle() {
        return withArticle;
    }

    /** Whether a parsed value is of this type, whatever an array holds. */
    boolean fits(Object value) {
        return switch (this) {
            case STRING, DURATION -> value instanceof String;
            case INTEGER -> value instanceof Long;
            case BOOLEAN -> value instanceof Boolean;
            case TABLE -> value instanceof TomlTable;
            case STRING_OR_INTEGER -> STRING.fits(value) || INTEGER.fits(value);
            case INTEGER_OR_INTEGERS -> INTEGER.fits(value) || value instanceof TomlArray;
            case STRING_OR_TABLE -> STRING.fits(value) || TABLE.fits(value);
            case STRING_OR_STRINGS -> STRING.fits(value) || value instanceof TomlArray;
            case STRINGS_OR_TABLES, TABLES -> value instanceof TomlArray;
        };
    }

    /** What an array of this type holds. */
    ValueType element() {
        return switch (this) {
            case STRING_OR_STRINGS -> STRING;
            case INTEGER_OR_INTEGERS -> INTEGER;
            case STRINGS_OR_TABLES -> STRING_OR_TABLE;
            case TABLES -> TABLE;
            default -> throw new IllegalStateException("no array: " + this);
        };
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
            return BOOLEAN.withArticle;
        } else if (value instanceof TomlArray) {
            return "an array";
        } else if (value instanceof TomlTable) {
            return TABLE.withArticle;
        } else if (value instanceof Temporal) {
            return "a date or time";
        }
        throw new IllegalArgumentException("not a TOML value: " + value.getClass());
    }
}
