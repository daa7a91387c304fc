package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot start says why in one line each, ends with the status for it, and leaves the host as it was. */
class RefusalIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int NO_DAEMON = 4;
    private static final int CONFIG = 78;
    private static final List<String> UNPRIVILEGED =
            List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");
    private static final String PATH = """
            [path.dup0]
            links = ["lan0", "lan1"]
            """;

    private final TemporaryFolder folder = TemporaryFolder.create("refusal");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Cable lanA = Cable.connect("lan-a", a, "lan0", b, "lan0");
    private final Cable lanB = Cable.connect("lan-b", a, "lan1", b, "lan1");
    private final DaemonPrograms programs = new DaemonPrograms(a, folder, "a");

    @BeforeEach
    void plugIn() {
        a.up("lan0");
        a.up("lan1");
        Await.until("carrier", LIMIT, () -> a.hasCarrier("lan0") && a.hasCarrier("lan1"));
    }

    @AfterEach
    void removeEverything() {
        a.close();
        b.close();
        lanA.close();
        lanB.close();
        folder.close();
    }

    @Test
    void aSyntaxError() {
        programs.write("[path.dup0\nlinks = [\n");
        assertRefused(
                programs::run,
                CONFIG,
                "twinpathd: FILE:1:11: not valid TOML: Unexpected end of line, expected ]",
                "twinpathd: FILE:3:1: not valid TOML: Unexpected end of input, expected ] or a value;"
                        + " the array opened at line 2, column 9 is unclosed");
    }

    @Test
    void everyConfigurationErrorAtOnce() {
        programs.write("""
                [path.dup0]
                links = ["lan0"]
                mtu = 5
                adress = "x"
                [metrics]
                listen = "0.0.0.0:9477"
                """);
        assertRefused(
                programs::run,
                CONFIG,
                "twinpathd: FILE:2:1: path.dup0.links: expected 2 links for \"prp\", found 1;"
                        + " example: links = [\"enp3s0\", \"enp4s0\"]",
                "twinpathd: FILE:3:1: path.dup0.mtu: 5 is out of range; allowed: 576..4089",
                "twinpathd: FILE:4:1: path.dup0.adress: unknown key; did you mean \"address\"?",
                "twinpathd: FILE:6:1: metrics.listen: \"0.0.0.0:9477\" is not on the loopback interface; use 127.0.0.1 or"
                        + " [::1], and for others a proxy that asks who they are");
    }

    @Test
    void aMissingFile() {
        assertRefused(programs::run, CONFIG, "twinpathd: FILE: no such file");
    }

    @Test
    void aLinkThatIsTheInsideToo() {
        programs.configure(PATH + "inside = \"lan1\"\n");
        assertRefused(
                programs::run,
                CONFIG,
                "twinpathd: FILE:6:1: path.dup0.inside: \"lan1\" is a link of this path, which cannot be its own"
                        + " inside; use \"host\", or the name of an interface that is no link");
    }

    @Test
    void aPathNoneOfWhoseLinksIsThere() {
        programs.configure(PATH.replace("lan0", "lan6").replace("lan1", "lan7"));
        assertRefused(
                programs::run,
                FAILED,
                "[ERROR] twinpathd - FILE:5:10: path.dup0.links: none of its links is there (lan6, lan7);"
                        + " this machine has lan0, lan1, lo");
    }

    @Test
    void aMissingInside() {
        programs.configure(PATH + "inside = \"lan7\"\n");
        assertRefused(
                programs::run,
                FAILED,
                "[ERROR] twinpathd - FILE:6:1: path.dup0.inside: interface lan7 does not exist;"
                        + " this machine has lan0, lan1, lo");
    }

    /** The other link may be missing, but this one is there. */
    @Test
    void aLinkWithAnAddressBesideOneThatIsMissing() {
        a.address("lan1", "192.0.2.1/24");
        programs.configure(PATH.replace("lan0", "lan7"));
        assertRefused(
                programs::run,
                FAILED,
                "[ERROR] twinpathd - FILE:5:18: path.dup0.links: lan1 has the address 192.0.2.1/24, which would stop"
                        + " answering; give it to the path instead (ip address del ... dev lan1)");
    }

    @Test
    void aLinkThatIsNoEthernet() {
        a.run("ip", "tuntap", "add", "tun0", "mode", "tun");
        programs.configure(PATH.replace("lan1", "tun0"));
        assertRefused(
                programs::run,
                FAILED,
                "[ERROR] twinpathd - FILE:5:18: path.dup0.links: tun0 is no Ethernet interface; a link must be one");
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1/24, 192.0.2.1/24", "2001:db8::1/64, 2001:db8::1/64"})
    void aLinkWithAnAddress(String address, String named) {
        a.address("lan1", address);
        programs.configure(PATH);
        assertRefused(
                programs::run,
                FAILED,
                "[ERROR] twinpathd - FILE:5:18: path.dup0.links: lan1 has the address " + named
                        + ", which would stop answering; give it to the path instead (ip address del ... dev lan1)");
    }

    @Test
    void aLinkInABridge() {
        a.run("ip", "link", "add", "bridge0", "type", "bridge");
        a.run("ip", "link", "set", "lan1", "master", "bridge0");
        programs.configure(PATH);
        assertRefused(
                programs::run,
                FAILED,
                "[ERROR] twinpathd - FILE:5:18: path.dup0.links: lan1 belongs to the bridge bridge0;"
                        + " take it out first, or name that one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dup0", "dup0-in"})
    void anInterfaceOfThePathsNameThatIsNotOurs(String name) {
        a.run("ip", "link", "add", name, "type", "veth", "peer", "name", "other");
        programs.configure(PATH);
        assertRefused(
                programs::run,
                FAILED,
                "[ERROR] twinpathd - FILE:4:1: path.dup0: an interface " + name
                        + " exists that twinpath did not make; remove it or give the path another name");
    }

    @Test
    void anAddressTheKernelRefuses() {
        a.run("sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
        programs.configure(PATH + "address = \"fd77::1/64\"\n");
        assertRefused(
                programs::run,
                FAILED,
                "[ERROR] twinpathd - FILE:4:1: path.dup0: add address fd77:0:0:0:0:0:0:1/64 to dup0:"
                        + " EACCES (Permission denied): ipv6: IPv6 is disabled on this device");
    }

    /** The first path has started by then. */
    @Test
    void aSecondPathWhoseLinksAreMissing() {
        programs.configure(PATH + """
                [path.dup1]
                links = ["lan8", "lan9"]
                """);
        assertRefused(
                programs::run,
                FAILED,
                "[INFO] path - dup0: protected: lan0 carrying, lan1 carrying: whether frames pass is not known"
                        + " yet, because no other node was heard",
                "[ERROR] twinpathd - FILE:7:10: path.dup1.links: none of its links is there (lan8, lan9);"
                        + " this machine has dup0, dup0-in, lan0, lan1, lo");
    }

    @Test
    void aLinkThatAnotherDaemonUses() {
        try (Twinpathd first = Twinpathd.start(a, folder, "first", PATH)) {
            first.awaitCondition("protected");
            programs.configure("""
                    [path.dup1]
                    links = ["lan1", "lan0"]
                    """);
            assertRefused(
                    programs::run,
                    FAILED,
                    "[ERROR] twinpathd - FILE:5:10: path.dup1.links: lan1: another twinpathd (pid " + first.pid()
                            + ") uses it");
            assertThat(first.ctl("status").status()).isZero();
        }
    }

    @Test
    void aControlSocketThatAnotherDaemonAnswersAt() {
        try (Twinpathd first = Twinpathd.start(b, folder, "a", PATH)) {
            programs.configure(PATH);
            assertRefused(
                    programs::run,
                    FAILED,
                    "[ERROR] twinpathd - control socket SOCKET: another twinpathd (pid " + first.pid()
                            + ") answers there; stop it, or set another socket under [control]");
            first.awaitCondition("protected");
        }
    }

    @Test
    void aControlSocketWhereAFileIs() throws Exception {
        Files.writeString(programs.socket(), "precious");
        programs.configure(PATH);
        assertRefused(
                programs::run,
                FAILED,
                "[ERROR] twinpathd - control socket SOCKET: the file is there and is no socket;"
                        + " remove it, or set another socket under [control]");
        assertThat(programs.socket()).hasContent("precious");
    }

    @Test
    void aControlSocketInNoFolder() {
        programs.write("[control]\nsocket = \"" + programs.config() + "/control.sock\"\n");
        assertRefused(
                programs::run,
                FAILED,
                "[ERROR] twinpathd - control socket FILE/control.sock: FILE is no folder;"
                        + " set another socket under [control]");
    }

    @Test
    void noPrivilege() {
        programs.configure(PATH);
        assertRefused(
                () -> programs.runBy(UNPRIVILEGED),
                FAILED,
                "[ERROR] twinpathd - no privilege: CAP_NET_ADMIN and CAP_NET_RAW missing;"
                        + " start twinpathd as root or by its systemd unit");
    }

    @ParameterizedTest
    @CsvSource({
        "--nope, Unknown option: '--nope'",
        "left, Unmatched argument at index 2: 'left'",
        "--config, Missing required parameter for option '--config' (FILE)",
    })
    void aWrongCommandLineWithTheUsageBelow(String word, String message) {
        HostSnapshot before = HostSnapshot.of(a);
        Command.Result result = programs.run(word);
        assertThat(result.status()).isEqualTo(USAGE);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).startsWith(message + "\nUsage: twinpathd ");
        before.assertRestored(a);
    }

    @Test
    void aCheckOfAWrongFile() {
        programs.write("[path.dup0]\n");
        String line =
                "twinpathd: FILE:1:1: path.dup0.links: the key is missing; example: links = [\"enp3s0\", \"enp4s0\"]";
        assertRefused(() -> programs.run("--check"), CONFIG, line);
    }

    @Test
    void aCheckOfARightFileNeedsNoLinkAndNoPrivilege() {
        programs.configure(PATH.replace("lan", "absent"));
        HostSnapshot before = HostSnapshot.of(b);
        DaemonPrograms elsewhere = new DaemonPrograms(b, folder, "a");
        Command.Result result = elsewhere.runBy(UNPRIVILEGED, "--check");
        assertThat(result).isEqualTo(new Command.Result(0, programs.config() + """
                 is right; paths: 1
                note: absent0 is not on this machine now
                note: absent1 is not on this machine now
                note: dup0 cannot start until one of its links is there
                """, ""));
        before.assertRestored(b);
    }

    @Test
    void aClientWithoutADaemon() {
        assertRefused(
                () -> programs.ctl("status"),
                NO_DAEMON,
                "twinpathctl: no twinpathd answers at SOCKET; is it started, and with this socket?");
    }

    @Test
    void aClientWhoseDaemonWasKilled() {
        try (Twinpathd daemon = Twinpathd.start(a, folder, "a", PATH)) {
            daemon.kill();
        }
        assertRefused(
                () -> programs.ctl("status"),
                NO_DAEMON,
                "twinpathctl: no twinpathd answers at SOCKET; is it started, and with this socket?");
    }

    @Test
    void aClientThatMayNotAsk() {
        try (Twinpathd daemon = Twinpathd.start(a, folder, "a", PATH)) {
            daemon.awaitCondition("protected");
            assertRefused(
                    () -> programs.ctlBy(UNPRIVILEGED, "status"),
                    NO_DAEMON,
                    "twinpathctl: no permission to ask at SOCKET; root and members of group twinpath may");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stauts, 'Unmatched argument at index 2: ''stauts'''",
        "--nope, Unknown option: '--nope'",
    })
    void aWrongCommandLineOfTheClient(String word, String message) {
        Command.Result result = programs.ctl(word);
        assertThat(result.status()).isEqualTo(USAGE);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).startsWith(message + "\n");
    }

    private void assertRefused(Supplier<Command.Result> call, int status, String... lines) {
        HostSnapshot before = HostSnapshot.of(a);
        Command.Result result = call.get();
        String errors = result.errors()
                .replace(programs.config().toString(), "FILE")
                .replace(programs.socket().toString(), "SOCKET");
        assertThat(errors.lines()).containsExactly(lines);
        assertThat(result.output()).isEmpty();
        assertThat(result.status()).isEqualTo(status);
        before.assertRestored(a);
    }
}
