package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of any content, as large as may be, is read with the memory a daemon has, and every problem has a place. */
@Timeout(120)
class NoiseTest {
    private static final int SIZE = (1 << 18) - 64;

    @TempDir
    Path temporary;

    static Stream<Arguments> noise() {
        return Stream.of(
                Arguments.of("opening brackets", "[".repeat(SIZE)),
                Arguments.of("arrays in arrays", "a = " + "[".repeat(SIZE / 2) + "]".repeat(SIZE / 2)),
                Arguments.of("tables in tables", "a = " + "{a = ".repeat(SIZE / 6) + "1" + "}".repeat(SIZE / 6)),
                Arguments.of("a key of many parts", "a" + ".a".repeat(SIZE / 2) + " = 1"),
                Arguments.of("a sysctl of many parts", "sysctl.net" + ".a".repeat(100) + " = 1"),
                Arguments.of("a header of many parts", "[vlan" + ".a".repeat(SIZE / 2) + "]"),
                Arguments.of("quotes", "\"".repeat(SIZE)),
                Arguments.of("a string without an end", "a = \"\"\"" + "x\n".repeat(SIZE / 2)),
                Arguments.of("equals signs", "=".repeat(SIZE)),
                Arguments.of("words", "a\n".repeat(SIZE / 2)),
                Arguments.of("lines of a quote", "\"\n".repeat(SIZE / 2)),
                Arguments.of("broken lines", "a = \n".repeat(SIZE / 5)),
                Arguments.of("unknown keys", lines(SIZE / 12, "k%d = 1")),
                Arguments.of("tables without content", lines(SIZE / 16, "[vlan.v%d]")),
                Arguments.of("printable characters", random(SIZE, printable())),
                Arguments.of("the characters of TOML", random(SIZE, "[]{}=.,\"'\n #ab1")),
                Arguments.of("control characters", random(SIZE, "\0\1\u0007\u000b\u007f\r\u00a0\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noise")
    void isRefusedWithPlaces(String what, String text) {
        List<String> problems = files().withBytes("twinpath.toml", text.getBytes(StandardCharsets.UTF_8))
                .problems();

        assertThat(problems).as(what).isNotEmpty().hasSizeLessThanOrEqualTo(1_001);
        assertThat(problems)
                .allSatisfy(
                        problem -> assertThat(problem).matches("twinpath\\.toml:[1-9][0-9]*:[1-9][0-9]*: \\P{Cntrl}+"));
    }

    /** The parser alone would need hours for them. */
    @Test
    void emptyLinesAndCommentsAreReadInNoTime() {
        String text = "\n".repeat(SIZE / 2) + "# x\n\n".repeat(SIZE / 10);

        assertThat(files().withBytes("twinpath.toml", text.getBytes(StandardCharsets.UTF_8))
                        .problems())
                .isEmpty();
    }

    private ConfigFolder files() {
        return new ConfigFolder(temporary);
    }

    private static String lines(int count, String format) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining("\n"));
    }

    private static String printable() {
        return IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static String random(int length, String characters) {
        SplittableRandom random = new SplittableRandom(length);
        return IntStream.range(0, length)
                .map(i -> characters.charAt(random.nextInt(characters.length())))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
