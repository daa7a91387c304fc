package net.twinpath.config.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlVersion;

/** Lines that say nothing are left out, and everything else keeps its place and value. */
class CondensedTextTest {
    @Test
    void emptyLinesAndCommentsAreLeftOut() {
        CondensedText condensed = CondensedText.of("# a\n\n \t\r\na = 1 # x\n  # b\nb = 2\n");

        assertThat(condensed.text()).isEqualTo("a = 1 # x\nb = 2\n");
        assertThat(List.of(1, 2, 3)).extracting(condensed::lineInFile).containsExactly(4, 6, 7);
    }

    @Test
    void placesBeforeAndBehindTheTextAreItsFirstAndLastLine() {
        CondensedText condensed = CondensedText.of("\n\na = 1");

        assertThat(condensed.lineInFile(0)).isEqualTo(3);
        assertThat(condensed.lineInFile(9)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = \"\"\"\n\n# no comment\n\"\"\"\n# comment\nb = 1",
                "a = '''\n\n# no comment'''''\n# comment\nb = 1",
                "a = \"\"\"x\\\"\"\"\n\n\"\"\"\"\n# comment\nb = 1",
                "a = \"# '''\" # \"\"\"\n\nb = '\"\"\"' # '''\n\nc = 1",
                "a = [\n# comment\n\n1, # one\n\n2]\n\n[b]\n# c = 3\nd = '\\'\n\ne = 1",
                "\"'''\" = 1\n\n'\"\"\"' = 2\n\nc = 3",
                "a = \"\"\"\"\"\"\n\n\nb = ''''''\n\n\nc = 1",
            })
    void everyKeyKeepsItsValueAndItsPlace(String text) {
        assertSameAsParsedAsItIs(text);
        assertSameAsParsedAsItIs(text.replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"full.toml", "twinpath.toml", "bond-vlan.toml", "frer.toml"})
    void everyKeyOfAnExampleKeepsItsValueAndItsPlace(String name) throws IOException {
        assertSameAsParsedAsItIs(Files.readString(Path.of("examples", name)));
    }

    private static void assertSameAsParsedAsItIs(String text) {
        TomlParseResult plain = Toml.parse(text, TomlVersion.V1_0_0);
        assertThat(plain.errors()).isEmpty();
        TomlSyntax syntax = TomlSyntax.parse(text);
        TomlParseResult tree = syntax.tree().orElseThrow();

        assertThat(tree.toJson()).isEqualTo(plain.toJson());
        assertThat(plain.keyPathSet(true))
                .allSatisfy(
                        key -> assertThat(placeOf(tree, key, syntax.source())).isEqualTo(placeOf(plain, key, null)));
    }

    private static String placeOf(TomlParseResult tree, List<String> key, @Nullable CondensedText source) {
        int line = Objects.requireNonNull(tree.inputPositionOf(key)).line();
        int column = Objects.requireNonNull(tree.inputPositionOf(key)).column();
        return (source == null ? line : source.lineInFile(line)) + ":" + column;
    }

    @Test
    void errorsNameTheLinesOfTheFile() {
        TomlSyntax syntax = TomlSyntax.parse("# comment\n\na = 1\n\n# comment\na = 2\n\nb = \n\n");

        assertThat(syntax.errors())
                .containsExactlyInAnyOrder(
                        new TomlSyntax.SyntaxError(6, 1, "a previously defined at line 3, column 1"),
                        new TomlSyntax.SyntaxError(8, 5, "Unexpected end of line, expected a value"));
    }

    @Test
    void aCommentThatIsNotAllowedIsStillReported() {
        TomlSyntax syntax = TomlSyntax.parse("\n# good\n# b\u0001d\n");

        assertThat(syntax.errors()).extracting(TomlSyntax.SyntaxError::line).containsOnly(3);
    }

    @Test
    void noMoreSuchCommentsAreKeptThanTheParserBears() {
        assertThat(CondensedText.of("#\u0001\n".repeat(10_000)).text().lines()).hasSize(50);
    }

    @Test
    void whatLooksLikeAStringKeepsAFewEmptyLinesOnly() {
        assertThat(CondensedText.of("'''\n" + "\n".repeat(10_000) + "'''\n")
                        .text()
                        .lines())
                .hasSize(22);
    }
}
