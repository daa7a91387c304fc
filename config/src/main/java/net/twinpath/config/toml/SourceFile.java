package net.twinpath.config.toml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** One configuration file, parsed as far as it can be, and the way to report problems of its content. */
public final class SourceFile {
    /** Some 2 500 streams. The parser needs up to 400 octets for each of the file's, and a daemon that runs has few. */
    private static final int MAX_BYTES = 256 * 1024;

    private final Path path;
    private final TomlParseResult root;
    private final CondensedText source;
    private final SyntaxDamage damage;
    private final Problems problems;

    private SourceFile(Path path, TomlParseResult root, CondensedText source, SyntaxDamage damage, Problems problems) {
        this.path = path;
        this.root = root;
        this.source = source;
        this.damage = damage;
        this.problems = problems;
    }

    /** Reads and parses a file; syntax errors are reported, and what could be parsed nevertheless is kept. */
    public static Optional<SourceFile> read(Path path, Problems problems) {
        problems.begin(path);
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return refuse(path, problems, "is a folder; expected a TOML file");
            } else if (!attributes.isRegularFile()) {
                return refuse(path, problems, "is not a regular file; expected a TOML file");
            }
            byte[] bytes = readLimited(path);
            if (bytes.length > MAX_BYTES) {
                problems.add(ConfigProblem.at(
                        behind(path, new String(bytes, 0, MAX_BYTES, StandardCharsets.UTF_8)),
                        "",
                        "here the file becomes larger than 256 KiB, the most that is read; what belongs to other"
                                + " tables may stand in a file of its own in conf.d"));
                return Optional.empty();
            }
            return decode(path, bytes, problems).flatMap(text -> parse(path, text, problems));
        } catch (NoSuchFileException e) {
            return refuse(path, problems, "no such file");
        } catch (AccessDeniedException e) {
            return refuse(
                    path,
                    problems,
                    "permission denied; the user that reads it needs read permission, and the service sees no file below"
                            + " /home, /root and /tmp");
        } catch (IOException e) {
            return refuse(path, problems, "cannot be read: " + e.getMessage());
        }
    }

    private static <T> Optional<T> refuse(Path path, Problems problems, String message) {
        problems.add(ConfigProblem.ofFile(path, message));
        return Optional.empty();
    }

    private static byte[] readLimited(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    /** The place right behind a text that the file begins with. */
    private static ConfigPosition behind(Path path, String text) {
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        int lineStart = text.lastIndexOf('\n') + 1;
        return new ConfigPosition(path, line, 1 + text.codePointCount(lineStart, text.length()));
    }

    private static Optional<String> decode(Path path, byte[] bytes, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            String message = String.format("byte 0x%02X is not UTF-8; save the file as UTF-8", bytes[in.position()]);
            problems.add(ConfigProblem.at(behind(path, text), "", message));
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private static Optional<SourceFile> parse(Path path, String text, Problems problems) {
        TomlSyntax syntax = TomlSyntax.parse(text);
        syntax.errors()
                .forEach(error -> problems.add(ConfigProblem.at(
                        new ConfigPosition(path, error.line(), error.column()),
                        "",
                        "not valid TOML: " + error.message())));
        return syntax.tree()
                .map(root ->
                        new SourceFile(path, root, syntax.source(), SyntaxDamage.of(text, syntax.errors()), problems));
    }

    /** What could be parsed. */
    public TomlTable root() {
        return root;
    }

    /** The value of a key that exists. */
    public Object value(List<String> key) {
        return Objects.requireNonNull(root.get(key));
    }

    /** Where a key that exists stands. */
    public ConfigPosition positionOf(List<String> key) {
        return position(Objects.requireNonNull(root.inputPositionOf(key)));
    }

    /** A place the parser tells, with the file's name. */
    public ConfigPosition position(TomlPosition position) {
        return new ConfigPosition(path, source.lineInFile(position.line()), position.column());
    }

    /** Reports a problem of a key that exists. */
    public void report(List<String> key, String message) {
        report(positionOf(key), keyText(key), message);
    }

    /** Reports a problem; not where a syntax error puts in doubt what belongs to which table. */
    public void report(ConfigPosition position, String keyText, String message) {
        if (isCertain(position)) {
            problems.add(ConfigProblem.at(position, keyText, message));
        }
    }

    /** Whether there is no syntax error, behind which something may be hidden that seems to be missing. */
    public boolean isIntact() {
        return damage.isNone();
    }

    /** Whether what stands here surely belongs to the table it was parsed into. */
    public boolean isCertain(ConfigPosition position) {
        return !damage.castsDoubtOn(position.line());
    }

    /** A key path as TOML writes it, with quotes where it needs them. */
    public static String keyText(List<String> key) {
        return Toml.joinKeyPath(key);
    }
}
