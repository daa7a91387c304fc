package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                .extracting(mtu -> mtu.orElse(0))
                .containsExactly(1500);
    }

    @Test
    void theFullExampleDescribesEveryOptionAndNoOther() throws IOException {
        String file = Files.readString(EXAMPLES.resolve("full.toml"));

        for (ConfigTable table : ConfigTable.values()) {
            String expected = table.example()
                    + table.options().stream()
                            .map(option -> "\n\n" + commentOf(option) + "\n" + option.example())
                            .collect(Collectors.joining());
            assertThat(file).contains(expected);
        }
        assertThat(linesMatching(file, "[^#\\s].*"))
                .hasSize(ConfigTable.values().length + ConfigOption.values().length);
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
                .filter(option -> option.defaultString().isPresent())
                .forEach(option -> assertThat(option.example()).isEqualTo(option.key() + " = " + option.defaultText()));
    }

    @Test
    void theManPageDescribesEveryOptionAndNoOther() throws IOException {
        String page = Files.readString(MAN_PAGE);

        for (ConfigTable table : ConfigTable.values()) {
            String described = table.options().stream()
                    .map(OptionDescriptionTest::manEntryOf)
                    .collect(Collectors.joining("\n\n"));
            assertThat(section(page, "`" + table.header() + "`")).endsWith(described);
        }
        assertThat(linesMatching(page, "\\*[^*]+\\*::")).hasSize(ConfigOption.values().length);
    }

    private static String manEntryOf(ConfigOption option) {
        return String.join(
                " +\n",
                "*" + option.key() + "*::\n" + option.sentence(),
                "Type: " + option.type().text() + ".",
                "Default: " + option.defaultText() + ".",
                "Allowed: " + option.allowed().text() + ".",
                "A change takes effect at " + (option.reloadable() ? "reload" : "restart") + ".");
    }

    private static String section(String page, String words) {
        return Stream.of(page.split("\n== ", -1))
                .filter(section -> section.contains(words))
                .reduce((first, second) -> second)
                .orElseThrow()
                .strip();
    }

    @Test
    void theSentenceOfTheMtuNamesTheLimitOfIpv6() {
        assertThat(ConfigOption.PATH_MTU.sentence()).endsWith(PathTableReader.MIN_IPV6_MTU + ".");
    }

    @Test
    void theExampleOfTwoHostsIsOnePathOfThreeLines() throws ConfigException, IOException {
        Path file = EXAMPLES.resolve("two-hosts.toml");

        assertThat(ConfigReader.read(file).paths())
                .extracting(PathSettings::name)
                .containsExactly("dup0");
        assertThat(linesMatching(Files.readString(file), "[^#\\s].*")).hasSize(3);
    }

    @Test
    void theManPageShowsTheExampleOfTwoHosts() throws IOException {
        List<String> lines = linesMatching(Files.readString(EXAMPLES.resolve("two-hosts.toml")), "[^#\\s].*");

        assertThat(Files.readString(MAN_PAGE)).contains(String.join("\n", lines));
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
        assertThat(linesMatching(installed, "#\\S.*")).hasSize(6);
        Path file = temporary.resolve("twinpath.toml");
        Files.writeString(file, installed.replaceAll("(?m)^#(?=\\S)", ""));

        TwinpathConfig config = ConfigReader.read(file);
        assertThat(config.paths()).extracting(PathSettings::name).containsExactly("dup0");
        assertThat(linesMatching(Files.readString(file), "[^#\\s].*")).hasSize(6);
    }

    private static List<String> linesMatching(String text, String regex) {
        return text.lines().filter(Pattern.compile(regex).asMatchPredicate()).toList();
    }
}
