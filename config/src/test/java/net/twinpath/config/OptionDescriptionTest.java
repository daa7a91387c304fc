package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The man page and the example files say what the option table says, and no more. */
class OptionDescriptionTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final Path MAN_PAGE = Path.of("man/twinpath.toml.5.adoc");

    @TempDir
    Path temporary;

    @Test
    void theFullExampleIsValid() throws ConfigException {
        TwinpathConfig config = ConfigReader.read(EXAMPLES.resolve("full.toml"));

        assertThat(config.control().socket()).isEqualTo(Path.of("/run/twinpath/control.sock"));
        assertThat(config.paths())
                .extracting(PathSettings::mtu)
                .containsExactly(OptionalInt.of(1500), OptionalInt.empty());
    }

    @Test
    void theFullExampleDescribesEveryOptionOnceAndNoOther() throws IOException {
        String file = Files.readString(EXAMPLES.resolve("full.toml"));

        for (ConfigOption option : ConfigOption.values()) {
            Pattern described = Pattern.compile("\n" + Pattern.quote(commentOf(option) + "\n") + lineOf(option) + "\n");
            assertThat(described.matcher(file).results()).as(option.name()).hasSize(1);
        }
        assertThat(linesMatching(file, "# Type: .*")).hasSize(ConfigOption.values().length);
    }

    /** The example, or the header of the table that the option is. */
    private static String lineOf(ConfigOption option) {
        boolean table = option.type() == ValueType.TABLE || option.type() == ValueType.TABLES;
        return table ? "\\[{1,2}path\\.feed\\.(stream\\.)?" + option.key() + "]{1,2}" : Pattern.quote(option.example());
    }

    @Test
    void theFullExampleHasEveryTable() throws IOException {
        String file = Files.readString(EXAMPLES.resolve("full.toml"));

        assertThat(ConfigTable.values())
                .allSatisfy(table -> assertThat(linesMatching(file, Pattern.quote(table.example())))
                        .isNotEmpty());
    }

    private static String commentOf(ConfigOption option) {
        return String.join(
                "\n",
                "# " + option.sentence(),
                "# Type: " + option.type().text() + ". Default: " + option.defaultText() + ".",
                "# Allowed: " + option.allowed().text() + ".",
                "# A change takes effect at " + (option.reloadable() ? "reload" : "restart") + ".");
    }

    @Test
    void theFullExampleShowsTheDefaultOfEveryOptionThatHasAFixedOne() {
        Stream.of(ConfigOption.values())
                .filter(ConfigOption::hasFixedDefault)
                .forEach(option -> assertThat(option.example()).isEqualTo(option.key() + " = " + option.defaultText()));
    }

    @Test
    void theManPageDescribesEveryOptionInTheSectionOfItsTableAndNoOther() throws IOException {
        String page = Files.readString(MAN_PAGE);

        for (ConfigTable table : ConfigTable.values()) {
            String described = table.options().stream()
                    .map(OptionDescriptionTest::manEntryOf)
                    .collect(Collectors.joining("\n\n"));
            assertThat(page.split("\n== ", -1))
                    .as(table.name())
                    .anyMatch(section -> section.contains("`" + escaped(table.header()) + "`")
                            && section.endsWith("\n\n" + described + "\n"));
        }
        assertThat(linesMatching(page, "\\*[^*]+\\*::")).hasSize(ConfigOption.values().length);
    }

    private static String manEntryOf(ConfigOption option) {
        return String.join(
                " +\n",
                "*" + option.key() + "*::\n" + option.sentence(),
                "Type: " + option.type().text() + ".",
                "Default: " + option.defaultText() + ".",
                "Allowed: " + escaped(option.allowed().text()) + ".",
                "A change takes effect at " + (option.reloadable() ? "reload" : "restart") + ".");
    }

    /** AsciiDoc takes [[NAME]] for an anchor, of which nothing would be seen. */
    private static String escaped(String text) {
        return text.replace("[[", "\\[[");
    }

    @Test
    void theSentenceOfTheMtuNamesTheLimitOfIpv6() {
        assertThat(ConfigOption.PATH_MTU.sentence()).endsWith(PathTableReader.MIN_IPV6_MTU + ".");
    }

    @Test
    void theSentencesNameTheLimitsThatStandElsewhere() {
        assertThat(ConfigOption.PATH_MTU.sentence()).contains("\"prp\" at most " + Format.PRP.maxMtu() + ",");
        assertThat(ConfigOption.PATH_STREAM.sentence()).contains("at most " + StreamsReader.MAX_STREAMS + " ");
    }

    @Test
    void theExampleOfTwoHostsIsOnePathOfThreeLines() throws ConfigException, IOException {
        Path file = EXAMPLES.resolve("two-hosts.toml");

        assertThat(ConfigReader.read(file).paths())
                .extracting(PathSettings::name)
                .containsExactly("dup0");
        assertThat(linesMatching(Files.readString(file), "[^#\\s].*")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-hosts.toml", "frer.toml", "gateway.toml"})
    void theManPageShowsTheExample(String name) throws IOException {
        List<String> lines = linesMatching(Files.readString(EXAMPLES.resolve(name)), "[^#\\s].*");

        assertThat(Files.readString(MAN_PAGE)).contains("....\n" + String.join("\n", lines) + "\n....");
    }

    @Test
    void theExampleOfFrerHasAVlanForEachLinkAndTwoStreams() throws ConfigException {
        PathSettings path =
                ConfigReader.read(EXAMPLES.resolve("frer.toml")).paths().get(0);

        assertThat(path.format()).isEqualTo(Format.FRER);
        assertThat(path.links()).extracting(LinkSettings::vlan).containsExactly(OptionalInt.of(66), OptionalInt.of(67));
        assertThat(path.selection().streams()).extracting(StreamSettings::name).containsExactly("camera", "control");
        assertThat(path.selection().unmatched()).isEqualTo(Action.FIRST_LINK);
    }

    @Test
    void theExampleOfAGatewayIsOne() throws ConfigException {
        PathSettings path =
                ConfigReader.read(EXAMPLES.resolve("gateway.toml")).paths().get(0);

        assertThat(path.inside().text()).isEqualTo("enp5s0");
        assertThat(path.format()).isEqualTo(Format.PRP);
    }

    @Test
    void theInstalledFileStartsNoPath() throws ConfigException {
        assertThat(ConfigReader.read(EXAMPLES.resolve("twinpath.toml")))
                .isEqualTo(new TwinpathConfig(ControlSettings.defaults(), List.of()));
    }

    /** A line that starts with {@code #} and no space is an option; with a space it is prose. */
    @Test
    void theInstalledFileIsValidWhenUncommented() throws Exception {
        String installed = Files.readString(EXAMPLES.resolve("twinpath.toml"));
        int options = linesMatching(installed, "#\\S.*").size();
        Path file = temporary.resolve("twinpath.toml");
        Files.writeString(file, installed.replaceAll("(?m)^#(?=\\S)", ""));

        TwinpathConfig config = ConfigReader.read(file);
        assertThat(config.paths()).extracting(PathSettings::name).containsExactlyInAnyOrder("dup0", "machines", "feed");
        assertThat(linesMatching(Files.readString(file), "[^#\\s].*")).hasSize(options);
    }

    private static List<String> linesMatching(String text, String regex) {
        return text.lines().filter(Pattern.compile(regex).asMatchPredicate()).toList();
    }
}
