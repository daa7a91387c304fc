package net.twinpath.daemon.ctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.function.Supplier;

/**
 * Answers as lines {@code key=value} for shells, for example {@code paths.dup0.links.lan0.condition=carrying}. What stands
 * in a list is called by its name or address where it has one, else by its place from 0; names with other characters than
 * letters, digits, {@code _}, {@code -} and {@code :} stand in quotes. A value ends with its line: a line feed in it is
 * written {@code \n}, a backslash {@code \\}. Nothing stands for null.
 */
final class KeyValueWriter implements AnswerWriter {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:";

    @Override
    public String write(JsonObject answer, Supplier<String> words) {
        StringBuilder text = new StringBuilder();
        append(text, "", answer);
        return text.toString();
    }

    private static void append(StringBuilder text, String key, JsonElement value) {
        if (value instanceof JsonObject object) {
            object.asMap().forEach((name, member) -> append(text, key(key, name), member));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                append(text, key(key, name(array.get(i), i)), array.get(i));
            }
        } else {
            String plain = value instanceof JsonPrimitive primitive ? primitive.getAsString() : "";
            text.append(key).append('=').append(escaped(plain)).append('\n');
        }
    }

    private static String name(JsonElement element, int place) {
        if (element instanceof JsonObject object) {
            for (String identity : new String[] {"name", "address", "number"}) {
                if (object.get(identity) instanceof JsonPrimitive name) {
                    return name.getAsString();
                }
            }
        }
        return Integer.toString(place);
    }

    private static String key(String before, String name) {
        boolean isPlain = !name.isEmpty() && name.chars().allMatch(KeyValueWriter::isPlain);
        String quoted = isPlain ? name : '"' + escaped(name).replace("\"", "\\\"") + '"';
        return before.isEmpty() ? quoted : before + '.' + quoted;
    }

    private static boolean isPlain(int character) {
        return PLAIN.indexOf(character) >= 0;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
