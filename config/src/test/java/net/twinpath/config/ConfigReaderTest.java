package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What valid files become: values, defaults, positions, and several files as one configuration. */
class ConfigReaderTest {
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
    void linksAloneMakeAPath() throws ConfigException {
        files.with("twinpath.toml", "[path.dup0]", "links = [\"enp3s0\",", "         \"enp4s0\"]");

        Path main = files.main();
        assertThat(files.read().paths())
                .containsExactly(new PathSettings(
                        "dup0",
                        Inside.HOST,
                        List.of(),
                        List.of("enp3s0", "enp4s0"),
                        Format.PRP,
                        OptionalInt.empty(),
                        0,
                        new ConfigPosition(main, 1, 1),
                        List.of(new ConfigPosition(main, 2, 10), new ConfigPosition(main, 3, 10))));
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
                        "mtu = 1280",
                        "supervision = 69")
                .read();

        assertThat(config.control().socket()).isEqualTo(Path.of("/run/other.sock"));
        PathSettings path = config.paths().get(0);
        assertThat(path.name()).isEqualTo("dup.0");
        assertThat(path.supervision()).isEqualTo(69);
        assertThat(path.peerName()).isEqualTo("dup.0-in");
        assertThat(path.addresses())
                .containsExactly(InterfaceAddress.parse("10.77.0.1/24"), InterfaceAddress.parse("fd77::1/64"));
        assertThat(path.links()).containsExactly("enp3s0", "enp4s0.100");
        assertThat(path.mtu()).hasValue(1280);
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
    void aFileOfOneMebibyteIsReadAndALargerOneIsNot() {
        byte[] large = "#".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);

        assertThat(files.withBytes("twinpath.toml", large).problems()).isEmpty();
        assertThat(files.with("twinpath.toml", new String(large, StandardCharsets.US_ASCII))
                        .problems())
                .containsExactly("twinpath.toml: is larger than 1 MiB, the most that is read");
    }

    @Test
    void aLineBreakInAFileNameDoesNotBreakTheLineOfTheProblem() {
        files.with("twinpath.toml", "").with("conf.d/a\nb.toml", "x = 1");

        assertThat(files.problems())
                .containsExactly(
                        "conf.d/a?b.toml:1:1: x: unknown key outside of a table; known tables are [control] and [path.NAME]");
    }
}
