package net.twinpath.config.toml;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What syntax errors put in doubt.
 *
 * <p>After a broken table header the parser counts the lines that follow to the table before. Until the next good
 * header, problems of the content would be false: a key would be called unknown in a table it does not stand in.
 */
final class SyntaxDamage {
    private final boolean none;
    private final BitSet doubtfulLines;

    private SyntaxDamage(boolean none, BitSet doubtfulLines) {
        this.none = none;
        this.doubtfulLines = doubtfulLines;
    }

    static SyntaxDamage of(String text, List<TomlSyntax.SyntaxError> errors) {
        Set<Integer> broken = errors.stream().map(TomlSyntax.SyntaxError::line).collect(Collectors.toSet());
        BitSet doubtful = new BitSet();
        boolean doubt = false;
        String[] lines = text.split("\n", -1);
        for (int line = 1; line <= lines.length && !broken.isEmpty(); line++) {
            String content = lines[line - 1].strip();
            boolean maybeHeader = content.startsWith("[") || !content.contains("=");
            if (broken.contains(line)) {
                doubt |= maybeHeader;
            } else if (content.startsWith("[")) {
                doubt = false;
            }
            doubtful.set(line, doubt);
        }
        return new SyntaxDamage(broken.isEmpty(), doubtful);
    }

    boolean isNone() {
        return none;
    }

    boolean castsDoubtOn(int line) {
        return doubtfulLines.get(line);
    }
}
