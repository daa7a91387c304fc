package net.twinpath.config.toml;

import java.util.ArrayList;
import java.util.List;

/**
 * Text of a TOML file without the lines that say nothing, and where the others stood.
 *
 * <p>On a row of n empty or comment lines the parser needs time that grows with the cube of n: half a minute for a
 * thousand of each, as in a file that was commented out as a whole.
 */
final class CondensedText {
    /** Comments that TOML does not allow are kept for the parser to report, but no more of them than it bears. */
    private static final int MAX_BAD_COMMENTS = 50;

    /** In strings nothing is left out, except for rows that no value has: what looks like a string may be none. */
    private static final int MAX_ROW_IN_STRING = 20;

    private final List<String> kept = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private String openString = "";
    private int badComments;
    private int rowInString;

    private CondensedText() {}

    static CondensedText of(String text) {
        CondensedText condensed = new CondensedText();
        String[] lines = text.split("\n", -1);
        for (int number = 1; number <= lines.length; number++) {
            String line = lines[number - 1];
            if (number == lines.length || condensed.saysSomething(line)) {
                condensed.kept.add(line);
                condensed.numbers.add(number);
                condensed.followStrings(line);
            }
        }
        return condensed;
    }

    String text() {
        return String.join("\n", kept);
    }

    /** The number in the file of a line of the text, both from 1. */
    int lineInFile(int line) {
        return numbers.get(Math.max(0, Math.min(line, numbers.size()) - 1));
    }

    private boolean saysSomething(String line) {
        String content = withoutSpace(line);
        if (!openString.isEmpty()) {
            rowInString = content.isEmpty() || content.startsWith("#") ? rowInString + 1 : 0;
            return rowInString <= MAX_ROW_IN_STRING || content.contains(openString);
        }
        if (content.startsWith("#") && content.chars().anyMatch(CondensedText::isForbidden)) {
            badComments++;
            return badComments <= MAX_BAD_COMMENTS;
        }
        return !content.isEmpty() && !content.startsWith("#");
    }

    private static String withoutSpace(String line) {
        String unended = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        int start = 0;
        while (start < unended.length() && (unended.charAt(start) == ' ' || unended.charAt(start) == '\t')) {
            start++;
        }
        return unended.substring(start);
    }

    private static boolean isForbidden(int character) {
        return (character < ' ' && character != '\t') || character == 0x7F;
    }

    /** Finds out whether a string of several lines goes on in the next line, where nothing may be left out. */
    private void followStrings(String line) {
        int at = 0;
        while (at < line.length()) {
            char character = line.charAt(at);
            if (!openString.isEmpty()) {
                at = afterEnd(line, at);
            } else if (character == '#') {
                return;
            } else if (line.startsWith("\"\"\"", at) || line.startsWith("'''", at)) {
                openString = line.substring(at, at + 3);
                at += 3;
            } else if (character == '"' || character == '\'') {
                openString = Character.toString(character);
                at = afterEnd(line, at + 1);
                openString = "";
            } else {
                at++;
            }
        }
    }

    /** The place behind the end of the open string, or of the line. */
    private int afterEnd(String line, int start) {
        boolean escapes = openString.startsWith("\"");
        int at = start;
        while (at < line.length()) {
            if (escapes && line.charAt(at) == '\\') {
                at += 2;
            } else if (line.startsWith(openString, at)) {
                at = afterQuotes(line, at);
                openString = "";
                return at;
            } else {
                at++;
            }
        }
        return line.length();
    }

    /** A string of several lines may end in up to two quotes of its own. */
    private int afterQuotes(String line, int start) {
        int end = start + openString.length();
        int most = openString.length() == 3 ? end + 2 : end;
        while (end < most && end < line.length() && line.charAt(end) == openString.charAt(0)) {
            end++;
        }
        return end;
    }
}
