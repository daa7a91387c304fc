package net.twinpath.config.toml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlVersion;

/**
 * Text parsed as TOML 1.0 by tomlj.
 *
 * @param tree what could be parsed; empty when the parser itself failed
 * @param errors where the text is not TOML
 * @param source what was parsed; its lines are those that the tree tells
 */
record TomlSyntax(Optional<TomlParseResult> tree, List<SyntaxError> errors, CondensedText source) {
    /** Without the source, which nothing here writes back: keeping it makes the parser fail on some broken texts. */
    private static final TomlParseOptions OPTIONS =
            TomlParseOptions.sourceless().withVersion(TomlVersion.V1_0_0);

    private static final Pattern LINE = Pattern.compile("(?<=at )line ([0-9]{1,9})(?=, column [0-9]+$)");

    /** Lines parsed before it is looked whether they are TOML at all: the parser needs 2 KiB for each it cannot read. */
    private static final int LINES_AT_ONCE = 4_096;

    /** Errors in the lines looked at first that make the rest not worth a look. */
    private static final int TOO_MANY = 200;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** What is wrong and where; line and column count from 1. */
    record SyntaxError(int line, int column, String message) {}

    static TomlSyntax parse(String text) {
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            String message = "the file starts with a byte order mark; save it as UTF-8 without one";
            return new TomlSyntax(Optional.empty(), List.of(new SyntaxError(1, 1, message)), CondensedText.of(text));
        }
        CondensedText source = CondensedText.of(text);
        String[] lines = source.text().split("\n", -1);
        for (int end = LINES_AT_ONCE; end < lines.length; end += LINES_AT_ONCE) {
            Optional<TomlParseResult> beginning = tryParse(upTo(end, lines));
            if (beginning.filter(result -> result.errors().size() > TOO_MANY).isPresent()) {
                return hopeless(beginning.get(), end, lines, source);
            }
        }
        Optional<TomlParseResult> tree = tryParse(source.text());
        List<SyntaxError> errors = tree.map(result -> errors(result, lines, source))
                .orElseGet(() -> List.of(parserFailure(lines, source)));
        return new TomlSyntax(tree, errors, source);
    }

    private static List<SyntaxError> errors(TomlParseResult result, String[] lines, CondensedText source) {
        return result.errors().stream()
                .map(error -> describe(error, lines, source))
                .toList();
    }

    /** What is wrong with the first lines, and that there may be more. */
    private static TomlSyntax hopeless(TomlParseResult beginning, int end, String[] lines, CondensedText source) {
        List<SyntaxError> errors = new ArrayList<>(errors(beginning, lines, source));
        errors.add(new SyntaxError(
                source.lineInFile(end + 1),
                1,
                "this line and those behind it were not looked at, because of so many errors before"));
        return new TomlSyntax(Optional.empty(), errors, source);
    }

    private static String upTo(int end, String[] lines) {
        return String.join("\n", List.of(lines).subList(0, end));
    }

    /** Empty when the parser fails instead of reporting; tomlj 2.2.0 does on a control character in some comments. */
    private static Optional<TomlParseResult> tryParse(String text) {
        try {
            return Optional.of(Toml.parse(text, OPTIONS));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static SyntaxError describe(TomlParseError error, String[] lines, CondensedText source) {
        int line = error.position().line();
        int column = error.position().column();
        String message = withLinesOfFile(String.valueOf(error.getMessage()), source);
        boolean bareWord = message.contains("a value") && isLetterAt(lines, line, column);
        return new SyntaxError(
                source.lineInFile(line), column, message + (bareWord ? "; text needs quotes, as in \"enp3s0\"" : ""));
    }

    /** The parser names places in some of its messages: {@code previously defined at line 4, column 1}. */
    private static String withLinesOfFile(String message, CondensedText source) {
        return LINE.matcher(message).replaceAll(line -> "line " + source.lineInFile(Integer.parseInt(line.group(1))));
    }

    private static boolean isLetterAt(String[] lines, int line, int column) {
        int[] characters = line <= lines.length ? lines[line - 1].codePoints().toArray() : new int[0];
        return column <= characters.length && Character.isLetter(characters[column - 1]);
    }

    /** Names the last line of the shortest run of lines from the start on which the parser fails. */
    private static SyntaxError parserFailure(String[] lines, CondensedText source) {
        int good = 0;
        int bad = lines.length;
        while (bad - good > 1) {
            int middle = (good + bad) >>> 1;
            if (tryParse(upTo(middle, lines)).isPresent()) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return new SyntaxError(
                source.lineInFile(bad),
                1,
                "the parser fails on this line; remove comments inside of an inline table { }");
    }
}
