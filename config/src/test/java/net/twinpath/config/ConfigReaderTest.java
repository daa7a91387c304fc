package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.twinpath.config.toml.ConfigException;
import net.twinpath.config.toml.ConfigPosition;
import net.twinpath.config.value.InterfaceAddress;
import net.twinpath.config.value.IpPrefix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What valid files become: values, defaults, positions, and several files as one configuration. */
class ConfigReaderTest {
    private static final RecoverySettings DEFAULT_RECOVERY = new RecoverySettings(
            RecoveryAlgorithm.VECTOR,
            4096,
            Duration.ofSeconds(2),
            false,
            false,
            new LatentErrorSettings(true, 100, Duration.ofSeconds(2), Duration.ofSeconds(30)));

    @TempDir
    Path temporary;

    private ConfigFolder files;

    @BeforeEach
    void emptyFolder() {
        files = new ConfigFolder(temporary);
    }

    @Test
    void anEmptyFileStartsNoPathAndHasTheDefaultSocket() throws ConfigException {
        TwinpathConfig config = files.with("twinpath.toml", "").read();

        assertThat(config.paths()).isEmpty();
        assertThat(config.control().socket()).isEqualTo(Path.of("/run/twinpath/control.sock"));
    }

    @Test
    void linksAloneMakeAPathWithAllDefaults() throws ConfigException {
        files.with("twinpath.toml", "[path.dup0]", "links = [\"enp3s0\",", "         \"enp4s0\"]");

        Path main = files.main();
        assertThat(files.read().paths())
                .containsExactly(new PathSettings(
                        "dup0",
                        new Inside.Host(),
                        List.of(),
                        List.of(
                                new LinkSettings("enp3s0", OptionalInt.empty(), new ConfigPosition(main, 2, 10)),
                                new LinkSettings("enp4s0", OptionalInt.empty(), new ConfigPosition(main, 3, 10))),
                        Format.PRP,
                        false,
                        Optional.empty(),
                        false,
                        OptionalInt.empty(),
                        new SupervisionSettings(0, Duration.ofSeconds(2)),
                        ContinuityInterval.SECOND,
                        new StreamSelection(List.of(), Action.DUPLICATE),
                        DEFAULT_RECOVERY,
                        Optional.empty(),
                        new ConfigPosition(main, 1, 1)));
    }

    @Test
    void everyKeyIsRead() throws ConfigException {
        TwinpathConfig config = files.with(
                        "twinpath.toml",
                        "control.socket = \"/run/other.sock\"",
                        "[path.\"dup.0\"]",
                        "inside = \"host\"",
                        "address = [\"10.77.0.1/24\", \"fd77::1/64\"]",
                        "links = [\"enp3s0\", \"enp4s0.100\"]",
                        "format = \"prp\"",
                        "super-frames = true",
                        "cores = [2, 3]",
                        "busy-polling = true",
                        "mtu = 1280",
                        "supervision = 69",
                        "life-check-interval = \"500ms\"",
                        "unmatched = \"drop\"",
                        "ordering = { max-delay = \"20ms\" }",
                        "stream = []")
                .read();

        assertThat(config.control().socket()).isEqualTo(Path.of("/run/other.sock"));
        assertThat(config.control().socketSource().map(ConfigPosition::line)).contains(1);
        PathSettings path = config.paths().get(0);
        assertThat(path.name()).isEqualTo("dup.0");
        assertThat(path.inside()).isEqualTo(new Inside.Host());
        assertThat(path.supervision()).isEqualTo(new SupervisionSettings(69, Duration.ofMillis(500)));
        assertThat(path.selection()).isEqualTo(new StreamSelection(List.of(), Action.DROP));
        assertThat(path.orderingMaxDelay()).contains(Duration.ofMillis(20));
        assertThat(path.peerName()).isEqualTo("dup.0-in");
        assertThat(path.addresses())
                .containsExactly(InterfaceAddress.parse("10.77.0.1/24"), InterfaceAddress.parse("fd77::1/64"));
        assertThat(path.linkNames()).containsExactly("enp3s0", "enp4s0.100");
        assertThat(path.superFrames()).isTrue();
        assertThat(path.busyPolling()).isTrue();
        assertThat(path.cores()).hasValueSatisfying(cores -> {
            assertThat(cores.send()).isEqualTo(2);
            assertThat(cores.receive()).isEqualTo(3);
        });
        assertThat(path.mtu()).hasValue(1280);
    }

    @Test
    void everyKeyOfFrerIsRead() throws ConfigException {
        files.with(
                "twinpath.toml",
                "[path.feed]",
                "inside = \"enp5s0\"",
                "links = [\"enp3s0\", { interface = \"enp4s0\", vlan = 67 }, { interface = \"enp6s0\" }]",
                "format = \"frer\"",
                "mtu = 9000",
                "unmatched = \"first-link\"",
                "[path.feed.recovery]",
                "algorithm = \"match\"",
                "history = 2",
                "reset = \"1ms\"",
                "take-no-sequence = true",
                "individual = true",
                "latent-error = false",
                "latent-error-difference = 0",
                "latent-error-period = \"1min\"",
                "latent-error-reset = \"1h\"");

        Path main = files.main();
        PathSettings path = files.read().paths().get(0);
        assertThat(path.inside()).isEqualTo(new Inside.Gateway("enp5s0", new ConfigPosition(main, 2, 1)));
        assertThat(path.inside().text()).isEqualTo("enp5s0");
        assertThat(path.links())
                .containsExactly(
                        new LinkSettings("enp3s0", OptionalInt.empty(), new ConfigPosition(main, 3, 10)),
                        new LinkSettings("enp4s0", OptionalInt.of(67), new ConfigPosition(main, 3, 20)),
                        new LinkSettings("enp6s0", OptionalInt.empty(), new ConfigPosition(main, 3, 57)));
        assertThat(path.format()).isEqualTo(Format.FRER);
        assertThat(path.mtu()).hasValue(9000);
        assertThat(path.selection().unmatched()).isEqualTo(Action.FIRST_LINK);
        assertThat(path.recovery())
                .isEqualTo(new RecoverySettings(
                        RecoveryAlgorithm.MATCH,
                        2,
                        Duration.ofMillis(1),
                        true,
                        true,
                        new LatentErrorSettings(false, 0, Duration.ofMinutes(1), Duration.ofHours(1))));
    }

    @Test
    void everyKeyOfAStreamIsRead() throws ConfigException {
        files.with(
                "twinpath.toml",
                "[path.dup0]",
                "links = [\"a\", \"b\"]",
                "[[path.dup0.stream]]",
                "name = \"A-z_0.9\"",
                "action = \"first-link\"",
                "[path.dup0.stream.match]",
                "destination-mac = \"01:00:5E:00:00:01\"",
                "source-mac = \"02:00:00:00:00:01\"",
                "vlan = 4094",
                "tagged = \"tagged\"",
                "source = \"2001:db8:1::/64\"",
                "destination = \"ff0e::5\"",
                "dscp = 63",
                "protocol = \"udp\"",
                "source-port = 1",
                "destination-port = 65535",
                "[[path.dup0.stream]]",
                "name = \"everything-else\"",
                "match = { tagged = \"all\" }");

        assertThat(files.read().paths().get(0).selection().streams())
                .containsExactly(
                        new StreamSettings(
                                "A-z_0.9",
                                new StreamMatch(
                                        OptionalLong.of(0x0100_5E00_0001L),
                                        OptionalLong.of(0x0200_0000_0001L),
                                        OptionalInt.of(4094),
                                        Tagged.TAGGED,
                                        Optional.of(new IpMatch(
                                                Optional.of(IpPrefix.parse("2001:db8:1::/64")),
                                                Optional.of(IpPrefix.parse("ff0e::5")),
                                                OptionalInt.of(63),
                                                OptionalInt.of(17),
                                                OptionalInt.of(1),
                                                OptionalInt.of(65535)))),
                                Action.FIRST_LINK,
                                DEFAULT_RECOVERY,
                                new ConfigPosition(files.main(), 3, 1)),
                        new StreamSettings(
                                "everything-else",
                                new StreamMatch(
                                        OptionalLong.empty(),
                                        OptionalLong.empty(),
                                        OptionalInt.empty(),
                                        Tagged.ALL,
                                        Optional.empty()),
                                Action.DUPLICATE,
                                DEFAULT_RECOVERY,
                                new ConfigPosition(files.main(), 17, 1)));
    }

    @Test
    void aStreamOverridesTheRecoveryOfThePathKeyByKey() throws ConfigException {
        files.with(
                "twinpath.toml",
                "[path.feed]",
                "links = [\"a\", \"b\"]",
                "format = \"frer\"",
                "recovery = { history = 64, individual = true, latent-error = false, latent-error-period = \"3s\" }",
                "[[path.feed.stream]]",
                "name = \"same\"",
                "match = { vlan = 1 }",
                "[[path.feed.stream]]",
                "name = \"other\"",
                "match = { vlan = 2 }",
                "recovery = { history = 32, individual = false, latent-error = true, reset = \"100ms\" }");

        PathSettings path = files.read().paths().get(0);
        List<StreamSettings> streams = path.selection().streams();
        assertThat(streams.get(0).recovery()).isEqualTo(path.recovery());
        assertThat(streams.get(1).recovery())
                .isEqualTo(new RecoverySettings(
                        RecoveryAlgorithm.VECTOR,
                        32,
                        Duration.ofMillis(100),
                        false,
                        false,
                        new LatentErrorSettings(true, 100, Duration.ofSeconds(3), Duration.ofSeconds(30))));
    }

    @ParameterizedTest
    @CsvSource({"tcp, 6", "udp, 17", "sctp, 132", "icmp, 1", "icmpv6, 58"})
    void theNameOfAProtocolStandsForItsNumber(String name, int number) throws ConfigException {
        assertThat(protocolOf("\"" + name + "\"")).hasValue(number);
        assertThat(protocolOf(Integer.toString(number))).hasValue(number);
    }

    private OptionalInt protocolOf(String value) throws ConfigException {
        files.with(
                "twinpath.toml",
                "[path.dup0]",
                "links = [\"a\", \"b\"]",
                "stream = [{ name = \"s\", match = { protocol = " + value + " } }]");
        StreamMatch match =
                files.read().paths().get(0).selection().streams().get(0).match();
        return match.ip().orElseThrow().protocol();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "17", "132", "\"tcp\"", "\"udp\"", "\"sctp\""})
    void aProtocolWithPortsMayHavePorts(String protocol) {
        files.with(
                "twinpath.toml",
                "[path.dup0]",
                "links = [\"a\", \"b\"]",
                "stream = [{ name = \"s\", match = { destination-port = 1, protocol = " + protocol + " } }]");

        assertThat(files.problems()).isEmpty();
    }

    @Test
    void linksMayBeTablesWithHeadersOfTheirOwn() throws ConfigException {
        files.with(
                "twinpath.toml",
                "[path.feed]",
                "format = \"frer\"",
                "[[path.feed.links]]",
                "interface = \"a\"",
                "vlan = 1",
                "[[path.feed.links]]",
                "interface = \"b\"",
                "vlan = 4094");

        assertThat(files.read().paths().get(0).links())
                .containsExactly(
                        new LinkSettings("a", OptionalInt.of(1), new ConfigPosition(files.main(), 3, 1)),
                        new LinkSettings("b", OptionalInt.of(4094), new ConfigPosition(files.main(), 6, 1)));
    }

    @Test
    void frerHasUpToEightLinks() throws ConfigException {
        files.with(
                "twinpath.toml",
                "[path.feed]",
                "format = \"frer\"",
                "links = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\"]");

        assertThat(files.read().paths().get(0).linkNames()).hasSize(8);
    }

    @Test
    void theLimitsOfTheRecoveryAndTheOrderingAreAllowed() {
        files.with("twinpath.toml", "[path.p]", "links = [\"a\", \"b\"]", "ordering = { max-delay = \"1ms\" }")
                .with("conf.d/a.toml", "[path.q]", "links = [\"c\", \"d\"]", "ordering = { max-delay = \"1s\" }")
                .with("conf.d/b.toml", "[path.r]", "links = [\"e\", \"f\"]", "life-check-interval = \"60s\"")
                .with(
                        "conf.d/c.toml",
                        "[path.s]",
                        "links = [\"g\", \"h\"]",
                        "format = \"frer\"",
                        "[path.s.recovery]",
                        "history = 65536",
                        "reset = \"60min\"",
                        "latent-error-difference = 1000000",
                        "latent-error-period = \"100ms\"",
                        "latent-error-reset = \"1s\"");

        assertThat(files.problems()).isEmpty();
    }

    @Test
    void aSingleAddressMayBeAString() throws ConfigException {
        files.with("twinpath.toml", "[path.dup0]", "links = [\"a\", \"b\"]", "address = \"10.77.0.1/24\"");

        assertThat(files.read().paths().get(0).addresses()).containsExactly(InterfaceAddress.parse("10.77.0.1/24"));
    }

    @Test
    void anEmptyListOfAddressesIsAllowed() {
        files.with("twinpath.toml", "[path.dup0]", "links = [\"a\", \"b\"]", "address = []");

        assertThat(files.problems()).isEmpty();
    }

    @Test
    void theLimitsOfNamesSocketAndMtuAreAllowed() {
        files.with("twinpath.toml", "[control]", "socket = \"/" + "s".repeat(106) + "\"")
                .with("conf.d/a.toml", "[path.abcdefghijkl]", "links = [\"a23456789012345\", \"b\"]", "mtu = 576")
                .with("conf.d/b.toml", "[path.\"-_.9\"]", "links = [\"-\", \"ü\"]", "mtu = 4089");

        assertThat(files.problems()).isEmpty();
    }

    @Test
    void filesOfTheDropInFolderAreReadByNameAfterTheMainFile() throws ConfigException {
        files.with("conf.d/20-b.toml", "[path.b]", "links = [\"b1\", \"b2\"]")
                .with("conf.d/10-c.toml", "[path.c]", "links = [\"c1\", \"c2\"]", "[control]", "socket = \"/run/c\"")
                .with("twinpath.toml", "[path.a]", "links = [\"a1\", \"a2\"]");

        TwinpathConfig config = files.read();
        assertThat(config.paths()).extracting(PathSettings::name).containsExactly("a", "c", "b");
        assertThat(config.paths().get(2).source()).hasToString(temporary.resolve("conf.d/20-b.toml") + ":1:1");
        assertThat(config.control().socket()).isEqualTo(Path.of("/run/c"));
    }

    @Test
    void otherAndHiddenFilesOfTheDropInFolderAreLeftOut() {
        files.with("twinpath.toml", "")
                .with("conf.d/.hidden.toml", "this is no TOML")
                .with("conf.d/a.toml.dpkg-old", "this is no TOML")
                .with("conf.d/README", "this is no TOML");

        assertThat(files.problems()).isEmpty();
    }

    @Test
    void aMissingFileIsAProblemAndTheOthersAreReadNevertheless() {
        files.with("conf.d/a.toml", "[contrl]");

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml: no such file",
                        "conf.d/a.toml:1:1: contrl: unknown table; did you mean [control]?");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9477, 127.0.0.1, 9477",
        "127.255.0.3:1, 127.255.0.3, 1",
        "[::1]:65535, ::1, 65535",
        "[0:0::0:1]:09477, ::1, 9477"
    })
    void metricsAreAnsweredOnTheLoopbackInterface(String text, String address, int port) throws Exception {
        files.with("twinpath.toml", "[metrics]", "listen = \"" + text + "\"");

        MetricsSettings.Listen listen = files.read().metrics().listen().orElseThrow();
        assertThat(listen.address()).isEqualTo(new InetSocketAddress(InetAddress.getByName(address), port));
        assertThat(listen.source()).hasToString(temporary.resolve("twinpath.toml") + ":2:1");
    }

    @Test
    void metricsAreAnsweredAtOnePlaceOnly() {
        files.with("twinpath.toml", "[metrics]", "listen = \"127.0.0.1:9477\"")
                .with("conf.d/a.toml", "[metrics]", "listen = \"[::1]:9477\"");

        assertThat(files.problems())
                .containsExactly("conf.d/a.toml:1:1: metrics: the table stands at twinpath.toml"
                        + ":1:1 too; a table may stand in one file only");
    }

    @Test
    void aFolderInPlaceOfAFileIsAProblem() throws Exception {
        Files.createDirectories(temporary.resolve("twinpath.toml"));
        Files.createDirectories(temporary.resolve("conf.d/a.toml"));

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml: is a folder; expected a TOML file",
                        "conf.d/a.toml: is a folder; expected a TOML file");
    }

    @Test
    void aFileInPlaceOfTheDropInFolderIsAProblem() {
        files.with("twinpath.toml", "").with("conf.d", "");

        assertThat(files.problems())
                .containsExactly("conf.d: is not a folder; remove it, or make it a folder of *.toml files");
    }

    @Test
    void aDeviceIsRefusedWithoutReadingIt() throws Exception {
        Files.createSymbolicLink(files.main(), Path.of("/dev/zero"));

        assertThat(files.problems()).containsExactly("twinpath.toml: is not a regular file; expected a TOML file");
    }

    @Test
    void anErrorOfTheKernelWhileReadingIsAProblem() throws Exception {
        // Address 0 is not mapped, so that reading it fails for every user.
        Files.createSymbolicLink(files.main(), Path.of("/proc/self/mem"));

        assertThat(files.problems()).containsExactly("twinpath.toml: cannot be read: Input/output error");
    }

    @Test
    void bytesThatAreNotUtf8AreAProblemWithTheirPlace() {
        files.withBytes("twinpath.toml", new byte[] {'#', '\n', '#', (byte) 0xC3, (byte) 0xBC, (byte) 0xFC, '\n'});

        assertThat(files.problems())
                .containsExactly("twinpath.toml:2:3: byte 0xFC is not UTF-8; save the file as UTF-8");
    }

    @Test
    void aTruncatedCharacterAtTheEndIsAProblem() {
        files.withBytes("twinpath.toml", new byte[] {'#', (byte) 0xC3});

        assertThat(files.problems())
                .containsExactly("twinpath.toml:1:2: byte 0xC3 is not UTF-8; save the file as UTF-8");
    }

    @Test
    void aFileOf256KibibytesIsReadAndALargerOneIsNot() {
        byte[] large = ("# ü\n" + "#".repeat(256 * 1024 - 5)).getBytes(StandardCharsets.UTF_8);

        assertThat(files.withBytes("twinpath.toml", large).problems()).isEmpty();
        assertThat(files.with("twinpath.toml", new String(large, StandardCharsets.UTF_8))
                        .problems())
                .containsExactly("twinpath.toml:2:262140: here the file becomes larger than 256 KiB, the most that is"
                        + " read; what belongs to other tables may stand in a file of its own in conf.d");
    }

    @Test
    void aLineBreakInAFileNameDoesNotBreakTheLineOfTheProblem() {
        files.with("twinpath.toml", "").with("conf.d/a\nb.toml", "x = 1");

        assertThat(files.problems())
                .containsExactly(
                        "conf.d/a?b.toml:1:1: x: unknown key outside of a table; known tables are"
                                + " [control], [metrics], [sysctl], [bond.NAME], [vlan.NAME], [interface.NAME] and [path.NAME]");
    }
}
