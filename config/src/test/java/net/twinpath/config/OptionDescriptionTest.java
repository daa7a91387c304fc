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
import net.twinpath.config.machine.ApplianceSysctl;
import net.twinpath.config.machine.BondMode;
import net.twinpath.config.machine.BondSettings;
import net.twinpath.config.machine.InterfaceSettings;
import net.twinpath.config.machine.MachineSettings;
import net.twinpath.config.machine.SysctlProfile;
import net.twinpath.config.machine.VlanSettings;
import net.twinpath.config.toml.ConfigException;
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
        return table && option.allowed().nested().isPresent()
                ? "\\[{1,2}[a-z]+\\.[a-z0-9]+\\.(stream\\.)?" + option.key() + "]{1,2}"
                : Pattern.quote(option.example());
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
    void theManPageHasTheApplianceProfileInItsOrderWithValuesAndReasons() throws IOException {
        String settings = Stream.of(ApplianceSysctl.values())
                .map(setting -> "`" + setting.key() + "` = " + setting.value() + "::\n" + setting.reason())
                .collect(Collectors.joining("\n\n"));

        assertThat(Files.readString(MAN_PAGE)).contains("\n\n" + settings + "\n\n== ");
    }

    @Test
    void theSentencesOfABondsOptionsNameTheModesTheyGoWith() {
        Stream.of(ConfigTable.BOND, ConfigTable.MEMBER)
                .flatMap(table -> table.options().stream())
                .forEach(option -> {
                    boolean limited = BondModes.of(option).size() < BondMode.values().length;
                    assertThat(option.sentence().matches(".*; (only|not) with .*"))
                            .as(option.name())
                            .isEqualTo(limited);
                    if (limited) {
                        assertThat(option.sentence()).endsWith("; " + BondModes.text(option) + ".");
                    }
                });
    }

    @Test
    void theSentenceOfTheMtuNamesTheLimitOfIpv6() {
        assertThat(Stream.of(ConfigOption.PATH_MTU, ConfigOption.BOND_MTU, ConfigOption.VLAN_MTU))
                .allSatisfy(option -> assertThat(option.sentence()).endsWith(AddressesReader.MIN_IPV6_MTU + "."));
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
    @ValueSource(strings = {"two-hosts.toml", "frer.toml", "gateway.toml", "bond-vlan.toml", "appliance.toml"})
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
    void theExampleOfABondWithVlansHasNoPath() throws ConfigException {
        TwinpathConfig config = ConfigReader.read(EXAMPLES.resolve("bond-vlan.toml"));

        assertThat(config.paths()).isEmpty();
        assertThat(config.machine().bonds()).extracting(BondSettings::mode).containsExactly(BondMode.LACP);
        assertThat(config.machine().vlans()).extracting(VlanSettings::link).containsExactly("bond0", "bond0");
        assertThat(config.machine().interfaces())
                .extracting(InterfaceSettings::name)
                .containsExactly("enp1s0", "enp2s0");
    }

    @Test
    void theExampleOfAnApplianceHasTheProfileAndAPath() throws ConfigException {
        TwinpathConfig config = ConfigReader.read(EXAMPLES.resolve("appliance.toml"));

        assertThat(config.machine().sysctl().profile()).contains(SysctlProfile.APPLIANCE);
        assertThat(config.machine().sysctl().settings()).hasSize(ApplianceSysctl.values().length);
        assertThat(config.paths().get(0).linkNames()).containsExactly("enp3s0", "enp4s0");
    }

    @Test
    void theInstalledFileStartsNoPath() throws ConfigException {
        assertThat(ConfigReader.read(EXAMPLES.resolve("twinpath.toml")))
                .isEqualTo(new TwinpathConfig(
                        ControlSettings.defaults(),
                        MetricsSettings.defaults(),
                        MachineSettings.untouched(),
                        List.of()));
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
