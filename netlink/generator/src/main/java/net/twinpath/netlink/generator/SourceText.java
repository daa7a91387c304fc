package net.twinpath.netlink.generator;

import org.jspecify.annotations.Nullable;

/** Java source being written: indents by the braces at the ends of lines. */
final class SourceText {
    private static final int WIDTH = 120;

    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** A line; {@code %s} and the like are filled in when there are arguments. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency for this one place
    SourceText line(String format, Object... arguments) {
        String line = arguments.length == 0 ? format : String.format(format, arguments);
        if (line.startsWith("}")) {
            depth--;
        }
        if (!line.isEmpty()) {
            text.append("    ".repeat(depth)).append(line);
        }
        text.append('\n');
        if (line.endsWith("{")) {
            depth++;
        }
        return this;
    }

    SourceText blank() {
        return line("");
    }

    /** A Javadoc comment; nothing when {@code doc} is null. */
    SourceText doc(@Nullable String doc) {
        if (doc == null) {
            return this;
        }
        String words = doc.strip().replaceAll("\\s+", " ").replace("*/", "*&#47;");
        if (4 * depth + words.length() + "/**  */".length() <= WIDTH) {
            return line("%s", "/** " + words + " */");
        }
        line("/**");
        StringBuilder comment = new StringBuilder(" *");
        for (String word : words.split(" ", -1)) {
            if (4 * depth + comment.length() + 1 + word.length() > WIDTH) {
                line("%s", comment);
                comment = new StringBuilder(" *");
            }
            comment.append(' ').append(word);
        }
        return line("%s", comment).line(" */");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
