package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Switch;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A daemon takes another configuration while it runs: what the file leaves alone loses no frame, and a file it refuses
 * changes nothing.
 *
 * <pre>
 *   host a  lan0 ── LAN A ── lan0  host b
 *           lan1 ┬─ LAN B ── lan1
 *     lan2, lan4 ┘
 *           lan3 ┬─ LAN C ── lan3
 *           lan5 ┘
 * </pre>
 */
@Execution(ExecutionMode.CONCURRENT)
class ReloadIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int REFUSED = 3;
    private static final String ADDRESS_A = "10.77.0.1";
    private static final String ADDRESS_B = "10.77.0.2";
    private static final String BOTH = "\"lan0\", \"lan1\"";
    private static final String SECOND_PATH = """

            [path.dup1]
            address = "10.78.0.1/24"
            links = ["lan2", "lan3"]
            """;

    private final TemporaryFolder folder = TemporaryFolder.create("reload");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Switch lanA = Switch.make("lan-a");
    private final Switch lanB = Switch.make("lan-b");
    private final Switch lanC = Switch.make("lan-c");

    @BeforeEach
    void plug() {
        for (Namespace host : List.of(a, b)) {
            lanA.plug(host, "lan0");
            lanB.plug(host, "lan1");
            lanC.plug(host, "lan3");
        }
        lanB.plug(a, "lan2");
        lanB.plug(a, "lan4");
        lanC.plug(a, "lan5");
        for (String link : List.of("lan0", "lan1", "lan2", "lan3", "lan4", "lan5")) {
            a.up(link);
        }
    }

    @AfterEach
    void remove() {
        a.close();
        b.close();
        List.of(lanA, lanB, lanC).forEach(Switch::close);
        folder.close();
    }

    private static String path(String address, String links, String more) {
        return "[path.dup0]\naddress = \"" + address + "/24\"\nlinks = [" + links + "]\n" + more;
    }

    private Twinpathd daemonA(String more) {
        Twinpathd daemon = Twinpathd.start(a, folder, "a", path(ADDRESS_A, BOTH, more));
        daemon.awaitCondition("protected");
        return daemon;
    }

    private Twinpathd daemonB(String more) {
        return Twinpathd.start(b, folder, "b", path(ADDRESS_B, BOTH, more));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLinkIsReplacedUnderTrafficAndBack(boolean bySignal) {
        try (Twinpathd atB = daemonB("");
                Twinpathd atA = daemonA("")) {
            atB.awaitCondition("protected");
            long before = carried(atA, 0);
            CrossingStreams traffic = traffic();
            traffic.flowForASecond();
            reload(atA, path(ADDRESS_A, "\"lan0\", \"lan2\"", ""), bySignal);
            assertThat(linkNames(atA)).containsExactly("lan0", "lan2");
            atA.awaitCondition("protected");
            assertThat(carried(atA, 1)).as("frames over the new link").isPositive();
            traffic.flowForASecond();
            reload(atA, path(ADDRESS_A, BOTH, ""), bySignal);
            assertThat(linkNames(atA)).containsExactly("lan0", "lan1");
            long packets = traffic.assertWhole();
            assertThat(carried(atA, 0)).as("frames over the link that stayed").isGreaterThanOrEqualTo(before + packets);
            assertEndsWell(atA);
        }
    }

    @Test
    void aFrerPathGetsAThirdLinkAndLosesItAgain() {
        HostSnapshot withoutDaemon = HostSnapshot.of(a);
        try (Twinpathd atB = daemonB("format = \"frer\"\n");
                Twinpathd atA = daemonA("format = \"frer\"\n")) {
            HostSnapshot before = HostSnapshot.of(a);
            String three = "\"lan0\", \"lan1\", \"lan3\"";
            CrossingStreams traffic = traffic();
            traffic.flowForASecond();
            atA.reload(path(ADDRESS_A, three, "format = \"frer\"\n"));
            atB.reload(path(ADDRESS_B, three, "format = \"frer\"\n"));
            traffic.flowForASecond();
            lanA.cut(b, "lan0");
            lanB.cut(b, "lan1");
            traffic.flowForASecond();
            lanA.heal(b, "lan0");
            lanB.heal(b, "lan1");
            atB.awaitCondition("protected");
            traffic.flowForASecond();
            atA.reload(path(ADDRESS_A, BOTH, "format = \"frer\"\n"));
            atB.reload(path(ADDRESS_B, BOTH, "format = \"frer\"\n"));
            traffic.assertWhole();
            assertThat(linkNames(atA)).containsExactly("lan0", "lan1");
            before.assertRestored(a);
            assertEndsWell(atA);
        }
        withoutDaemon.assertRestored(a);
    }

    /** One link at a time, and by way of being no link: an end that has no VLAN yet takes the other's for a frame's own. */
    @Test
    void theLinksOfAFrerPathMoveIntoVlansAndOutAgain() {
        List<String> steps = List.of(
                "\"lan3\", \"lan1\"",
                "{ interface = \"lan0\", vlan = 66 }, \"lan1\"",
                "{ interface = \"lan0\", vlan = 66 }, \"lan3\"",
                "{ interface = \"lan0\", vlan = 66 }, { interface = \"lan1\", vlan = 67 }",
                "\"lan3\", { interface = \"lan1\", vlan = 67 }",
                "\"lan0\", { interface = \"lan1\", vlan = 67 }",
                "\"lan0\", \"lan3\"",
                BOTH);
        HostSnapshot withoutDaemon = HostSnapshot.of(a);
        try (Twinpathd atB = daemonB("format = \"frer\"\n");
                Twinpathd atA = daemonA("format = \"frer\"\n")) {
            int index = a.interfaceIndex("dup0");
            CrossingStreams traffic = traffic();
            traffic.flowForASecond();
            for (String links : steps) {
                atA.reload(path(ADDRESS_A, links, "format = \"frer\"\n"));
                atB.reload(path(ADDRESS_B, links, "format = \"frer\"\n"));
                atA.awaitCondition("protected");
                atB.awaitCondition("protected");
                List<Long> before = List.of(carried(atA, 0), carried(atA, 1));
                Await.until(
                        "frames over " + links,
                        LIMIT,
                        () -> carried(atA, 0) > before.get(0) && carried(atA, 1) > before.get(1));
            }
            traffic.assertWhole();
            assertThat(a.interfaceIndex("dup0")).isEqualTo(index);
            assertEndsWell(atA);
        }
        withoutDaemon.assertRestored(a);
    }

    @Test
    void anInterfaceThatIsRemovedAndMadeAgainJoinsByItself() {
        try (Twinpathd atB = daemonB("");
                Twinpathd atA = daemonA("")) {
            atB.awaitCondition("protected");
            CrossingStreams traffic = traffic();
            traffic.flowForASecond();
            a.run("ip", "link", "delete", "lan1");
            atA.awaitCondition("degraded");
            assertThat(atA.statusText()).contains("lan1 gone").contains("it joins by itself when it is back");
            lanB.plug(a, "lan1");
            atA.awaitCondition("protected");
            long joined = carried(atA, 1);
            traffic.assertWhole();
            a.run("ping", "-q", "-c", "10", "-i", "0.01", ADDRESS_B);
            assertThat(carried(atA, 1)).isGreaterThanOrEqualTo(joined + 10);
            assertEndsWell(atA);
        }
    }

    @Test
    void anInterfaceThatComesBackUnusableHarmsNothingAndJoinsWhenItIsUsable() {
        try (Twinpathd atB = daemonB("");
                Twinpathd atA = daemonA("")) {
            atB.awaitCondition("protected");
            CrossingStreams traffic = traffic();
            a.run("ip", "link", "delete", "lan1");
            atA.awaitCondition("degraded");
            lanB.plug(a, "other");
            a.address("other", "192.0.2.1/24");
            a.run("ip", "link", "set", "other", "name", "lan1");
            Await.until("it is refused", LIMIT, () -> atA.log().contains("lan1 is there now, but cannot be used"));
            a.run("ip", "link", "delete", "lan3");
            Command.Result refused = reloadResult(atA, path(ADDRESS_A, "\"lan0\", \"lan3\"", ""));
            assertThat(refused.status()).isEqualTo(REFUSED);
            a.run("ip", "address", "flush", "dev", "lan1");
            a.run("ip", "link", "set", "lan1", "up");
            atA.awaitCondition("protected");
            traffic.assertWhole();
            assertEndsWell(atA);
        }
    }

    /** What is wrong with a file, the lines that are, and what is said of it. */
    private record Refused(String name, String wrong, String message) {}

    private static final List<Refused> REFUSED_FILES = List.of(
            new Refused("a broken file", "[path.dup0", "not valid TOML"),
            new Refused("an unknown key", "adress = 1", "adress: unknown key; did you mean \"address\"?"),
            new Refused(
                    "a link that is missing",
                    "[path.dup1]\nlinks = [\"lan2\", \"lan7\"]",
                    "path.dup1.links: interface lan7 does not exist"),
            new Refused(
                    "a link with an address",
                    "[path.dup1]\nlinks = [\"lan2\", \"lan3\"]",
                    "lan3 has the address 192.0.2.1/24"),
            new Refused("a link of another path", "[path.dup1]\nlinks = [\"lan0\", \"lan2\"]", "lan0"),
            new Refused(
                    "a name that is taken",
                    "[path.lan3]\nlinks = [\"lan2\", \"lan5\"]",
                    "an interface lan3 exists that twinpath did not make"));

    @Test
    void filesThatAreRefusedChangeNothing() {
        a.address("lan3", "192.0.2.1/24");
        try (Twinpathd atB = daemonB("");
                Twinpathd atA = daemonA("")) {
            atB.awaitCondition("protected");
            HostSnapshot before = HostSnapshot.of(a);
            String since = pathOf(atA, "dup0").get("since").getAsString();
            CrossingStreams traffic = traffic();
            for (Refused file : REFUSED_FILES) {
                assertRefused(atA, file, BOTH);
                assertRefused(atA, file, "\"lan0\", \"lan4\"");
                int errors = lines(atA, "not reloaded, going on as before: ");
                atA.signal("HUP");
                Await.until(
                        "the signal is answered in the log",
                        LIMIT,
                        () -> lines(atA, "not reloaded, going on as before: ") > errors);
            }
            traffic.assertWhole();
            assertThat(pathOf(atA, "dup0").get("since").getAsString()).isEqualTo(since);
            before.assertRestored(a);
            assertEndsWell(atA);
        }
    }

    /** What would take the place of a path that runs is refused before that one is stopped. */
    @Test
    void aPathIsNotStoppedForOneThatIsRefused() {
        a.address("lan3", "192.0.2.1/24");
        try (Twinpathd atB = daemonB("");
                Twinpathd atA = daemonA("")) {
            atB.awaitCondition("protected");
            HostSnapshot before = HostSnapshot.of(a);
            String file = path(ADDRESS_A, BOTH, "");
            CrossingStreams traffic = traffic();
            for (Refused wrong : List.of(
                    new Refused("the name of a card", file.replace("dup0", "lan5"), "an interface lan5 exists"),
                    new Refused("the name of its link", file.replace("dup0", "lan0"), "may have one use only"),
                    new Refused(
                            "a link with an address",
                            file.replace("dup0", "dup1").replace("lan1", "lan3"),
                            "lan3 has the address 192.0.2.1/24"),
                    new Refused(
                            "a path made anew, a link with an address",
                            path("10.77.0.9", "\"lan0\", \"lan3\"", ""),
                            "lan3 has the address 192.0.2.1/24"),
                    new Refused(
                            "cores",
                            path(ADDRESS_A, BOTH, "cores = [4095, 4095]\n").replace("dup0", "dup1"),
                            "core 4095 does not exist"),
                    new Refused(
                            "a gateway's port",
                            "[path.dup1]\ninside = \"lan3\"\nlinks = [" + BOTH + "]\n",
                            "lan3 has the address 192.0.2.1/24"))) {
                Command.Result result = reloadResult(atA, wrong.wrong());
                assertThat(result.status()).as(wrong.name() + result.errors()).isEqualTo(REFUSED);
                assertThat(result.errors()).as(wrong.name()).contains(wrong.message());
                assertThat(linkNames(atA)).containsExactly("lan0", "lan1");
            }
            before.assertRestored(a);
            traffic.assertWhole();
            assertThat(atA.log()).doesNotContain("stopping");
            assertEndsWell(atA);
        }
    }

    private void assertRefused(Twinpathd atA, Refused file, String links) {
        Command.Result result = reloadResult(atA, path(ADDRESS_A, links, "") + file.wrong() + "\n");
        assertThat(result.status()).as(file.name() + result.errors()).isEqualTo(REFUSED);
        assertThat(result.errors()).as(file.name()).startsWith("twinpathctl: ").contains(file.message());
        assertThat(linkNames(atA)).containsExactly("lan0", "lan1");
    }

    @Test
    void pathsComeChangeAndGoBesideAnotherThatIsLeftAlone() {
        HostSnapshot withoutDaemon = HostSnapshot.of(a);
        try (Twinpathd atB = daemonB("");
                Twinpathd atA = daemonA("")) {
            atB.awaitCondition("protected");
            HostSnapshot one = HostSnapshot.of(a);
            String first = path(ADDRESS_A, BOTH, "");
            String since = pathOf(atA, "dup0").get("since").getAsString();
            CrossingStreams traffic = traffic();
            atA.configure(first + SECOND_PATH);
            assertThat(atA.ctl("plan").output()).isEqualTo("+ path dup1\n");
            atA.reload(first + SECOND_PATH);
            assertThat(a.run("ip", "-4", "address", "show", "dev", "dup1")).contains("10.78.0.1/24");
            int index = a.interfaceIndex("dup0");
            atA.reload(first + SECOND_PATH.replace("10.78.0.1", "10.78.0.9"));
            assertThat(a.run("ip", "-4", "address", "show", "dev", "dup1"))
                    .contains("10.78.0.9/24")
                    .doesNotContain("10.78.0.1/24");
            atA.configure(first);
            assertThat(atA.ctl("plan").output()).isEqualTo("- path dup1\n");
            atA.reload(first);
            traffic.assertWhole();
            assertThat(a.interfaceIndex("dup0")).isEqualTo(index);
            assertThat(pathOf(atA, "dup0").get("since").getAsString()).isEqualTo(since);
            one.assertRestored(a);
            assertEndsWell(atA);
        }
        withoutDaemon.assertRestored(a);
    }

    @Test
    void aChangedAddressRestartsThePathAndItAnswersThere() {
        try (Twinpathd atB = daemonB("");
                Twinpathd atA = daemonA("")) {
            atB.awaitCondition("protected");
            atA.configure(path("10.77.0.8", BOTH, ""));
            assertThat(atA.ctl("plan").output()).isEqualTo("~ path dup0: made anew  (interrupts dup0)\n");
            atA.reload(path("10.77.0.8", BOTH, ""));
            assertThat(b.run("ping", "-c", "3", "-i", "0.1", "-w", "10", "10.77.0.8"))
                    .contains("3 received");
            assertEndsWell(atA);
        }
    }

    @Test
    void twentyReloadsLeaveNothingBehind() {
        HostSnapshot withoutDaemon = HostSnapshot.of(a);
        try (Twinpathd atA = daemonA("")) {
            reloadOnceRound(atA);
            List<String> descriptors = settledDescriptors(atA);
            long locks = locks();
            for (int i = 0; i < 5; i++) {
                reloadOnceRound(atA);
            }
            Await.until(
                    "descriptors as before: " + descriptors,
                    LIMIT,
                    () -> descriptors(atA).equals(descriptors));
            assertThat(locks()).isEqualTo(locks).isEqualTo(3);
            assertEndsWell(atA);
        }
        withoutDaemon.assertRestored(a);
    }

    /** Four reloads that end where they began. */
    private void reloadOnceRound(Twinpathd daemon) {
        daemon.reload(path(ADDRESS_A, "\"lan0\", \"lan3\"", ""));
        daemon.reload(path(ADDRESS_A, BOTH, "") + SECOND_PATH);
        daemon.reload(path("10.77.0.9", BOTH, ""));
        daemon.reload(path(ADDRESS_A, BOTH, ""));
        daemon.awaitCondition("protected");
    }

    @Test
    void aMemberOfTheGroupMayAskButNotReload() {
        try (Twinpathd atA = daemonA("")) {
            Path socket = folder.resolve("a.sock");
            a.run("chgrp", "65534", socket.toString());
            assertThat(asNobody(socket, "status")).contains("\"result\"");
            assertThat(asNobody(socket, "reload"))
                    .contains("\\\"reload\\\" changes something, which root alone may do")
                    .doesNotContain("\"result\"");
            assertThat(atA.log()).doesNotContain("reloaded");
        }
    }

    private static String asNobody(Path socket, String method) {
        Command.Result result = Command.attempt(
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"" + method + "\"}",
                "setpriv",
                "--reuid",
                "65533",
                "--regid",
                "65534",
                "--clear-groups",
                "socat",
                "-t",
                "10",
                "-",
                "UNIX-CONNECT:" + socket + ",type=5");
        assertThat(result.errors()).isEmpty();
        return result.output();
    }

    private void reload(Twinpathd daemon, String paths, boolean bySignal) {
        if (!bySignal) {
            daemon.reload(paths);
            return;
        }
        int before = lines(daemon, " reloaded");
        daemon.configure(paths);
        daemon.signal("HUP");
        Await.until("reloaded", LIMIT, () -> lines(daemon, " reloaded") > before);
    }

    private static Command.Result reloadResult(Twinpathd daemon, String paths) {
        daemon.configure(paths);
        return daemon.ctl("reload");
    }

    private static int lines(Twinpathd daemon, String containing) {
        return (int)
                daemon.log().lines().filter(line -> line.contains(containing)).count();
    }

    private CrossingStreams traffic() {
        return new CrossingStreams(a, ADDRESS_A, b, ADDRESS_B);
    }

    private static void assertEndsWell(Twinpathd daemon) {
        assertThat(daemon.stop()).as(daemon.log()).isZero();
        assertThat(daemon.log()).doesNotContain("not restored").doesNotContain("not as it was before");
    }

    private static JsonObject pathOf(Twinpathd daemon, String name) {
        for (JsonElement path : daemon.status().getAsJsonArray("paths")) {
            if (path.getAsJsonObject().get("name").getAsString().equals(name)) {
                return path.getAsJsonObject();
            }
        }
        throw new IllegalStateException("no path " + name);
    }

    private static List<String> linkNames(Twinpathd daemon) {
        List<String> names = new ArrayList<>();
        for (JsonElement link : pathOf(daemon, "dup0").getAsJsonArray("links")) {
            names.add(link.getAsJsonObject().get("name").getAsString());
        }
        return names;
    }

    /** Numbered frames a link of the first path has brought. */
    private static long carried(Twinpathd daemon, int link) {
        JsonObject counters = pathOf(daemon, "dup0")
                .getAsJsonArray("links")
                .get(link)
                .getAsJsonObject()
                .getAsJsonObject("counters");
        return counters.get("rx_first").getAsLong()
                + counters.get("rx_duplicates").getAsLong();
    }

    /** As {@link #descriptors}, once the connection that asked last is closed. */
    private static List<String> settledDescriptors(Twinpathd daemon) {
        List<List<String>> seen = new ArrayList<>(List.of(List.of()));
        Await.until("descriptors stay the same", LIMIT, () -> {
            seen.add(descriptors(daemon));
            return seen.size() > 20
                    && Set.copyOf(seen.subList(seen.size() - 20, seen.size())).size() == 1;
        });
        return seen.get(seen.size() - 1);
    }

    /** What the daemon has open, each by its kind, in order. */
    private static List<String> descriptors(Twinpathd daemon) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + daemon.pid() + "/fd"))) {
            return descriptors.map(ReloadIT::kind).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String kind(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replaceAll(":\\[\\d+]", "");
        } catch (IOException closed) {
            return "closed";
        }
    }

    /** Names of interfaces that daemons hold in the host's namespace. */
    private long locks() {
        return a.run("cat", "/proc/net/unix")
                .lines()
                .filter(line -> line.contains("@twinpath/interface/"))
                .count();
    }
}
