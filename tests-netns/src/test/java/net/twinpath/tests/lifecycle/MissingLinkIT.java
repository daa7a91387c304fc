package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A path starts, is reloaded and is handed over with the links that are there, and takes the others in when they come; what
 * crosses meanwhile is whole.
 *
 * <pre>
 *   host a  lan0 ════ LAN A ════ lan0  host b
 *           lan1 ════ LAN B ════ lan1
 *           lan2 ════ LAN C ════ lan2
 * </pre>
 */
@Execution(ExecutionMode.CONCURRENT)
class MissingLinkIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ADDRESS_A = "10.77.0.1";
    private static final String ADDRESS_B = "10.77.0.2";
    private static final int REFUSED = 3;
    private static final List<String> MANAGER = List.of(
            "/usr/bin/python3",
            MissingLinkIT.class.getResource("/service_manager.py").getPath());

    private final TemporaryFolder folder = TemporaryFolder.create("missing");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Map<String, Cable> cables = new HashMap<>();

    @AfterEach
    void remove() {
        cables.values().forEach(Cable::close);
        b.close();
        a.close();
        folder.close();
    }

    private void plug(String... links) {
        for (String link : links) {
            cables.put(link, Cable.connect(link, a, link, b, link));
        }
    }

    private void unplug(String link) {
        cable(link).close();
        cables.remove(link);
    }

    private Cable cable(String link) {
        return Objects.requireNonNull(cables.get(link), link);
    }

    private static String path(String address, String keys) {
        return "[path.dup0]\naddress = \"" + address + "/24\"\n" + keys + "\n";
    }

    private Twinpathd daemonA(String keys) {
        return Twinpathd.start(a, folder, "a", path(ADDRESS_A, keys));
    }

    private Twinpathd daemonB(String keys) {
        return Twinpathd.start(b, folder, "b", path(ADDRESS_B, keys));
    }

    private static Twinpathd managed(Namespace host, TemporaryFolder folder, String label, String paths) {
        return Twinpathd.startManaged(MANAGER, host, folder, label, paths);
    }

    /** Which links there are at the start, and which come later, one after the other. */
    record Start(String keys, List<String> present, List<String> missing) {}

    private static final String TWO = "links = [\"lan0\", \"lan1\"]";
    private static final String STREAM = """

            [[path.dup0.stream]]
            name = "voice"
            match = { protocol = "udp" }
            recovery = { individual = true }
            """;

    static Stream<Start> starts() {
        String frer = "format = \"frer\"\n";
        String inVlans = frer + "links = [{ interface = \"lan0\", vlan = 66 }, { interface = \"lan1\", vlan = 67 }]";
        String three = frer + "links = [\"lan0\", \"lan1\", \"lan2\"]" + STREAM;
        return Stream.of(
                new Start(TWO, List.of("lan1"), List.of("lan0")),
                new Start(TWO, List.of("lan0"), List.of("lan1")),
                new Start(inVlans, List.of("lan1"), List.of("lan0")),
                new Start(inVlans, List.of("lan0"), List.of("lan1")),
                new Start(three, List.of("lan1"), List.of("lan2", "lan0")),
                new Start(three, List.of("lan0", "lan2"), List.of("lan1")));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void aPathStartsWithTheLinksThatAreThereAndTakesTheOthersInWhenTheyCome(Start start) {
        plug(start.present().toArray(String[]::new));
        try (Twinpathd atB = daemonB(start.keys());
                Twinpathd atA = daemonA(start.keys())) {
            atA.awaitCondition("degraded");
            start.missing().forEach(link -> assertTold(atA, link));
            assertThat(mac("dup0")).isEqualTo(mac(start.present().get(0)));
            CrossingStreams traffic = traffic();
            traffic.flowForASecond();
            start.missing().forEach(this::plug);
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            traffic.flowForASecond();
            start.present().forEach(link -> cable(link).cut());
            traffic.flowForASecond();
            start.present().forEach(link -> cable(link).heal());
            traffic.assertWhole();
            for (String link : start.missing()) {
                assertThat(carried(atA, link)).as("frames over " + link).isPositive();
                assertThat(atA.log()).contains("dup0: " + link + " is there now");
            }
            assertThat(atA.stop()).as(atA.log()).isZero();
            assertThat(atA.log()).doesNotContain("not restored");
        }
    }

    private static void assertTold(Twinpathd daemon, String link) {
        assertThat(daemon.statusText())
                .contains(link + " gone")
                .contains("-> " + link + ": there is no such interface; it joins by itself when it is back");
        assertThat(daemon.log())
                .containsPattern(
                        "\\[WARN\\] apply - " + daemon.config() + ":[0-9]+:[0-9]+: path\\.dup0\\.links: interface "
                                + link + " does not exist; dup0 starts without it, and takes it in when it comes\n")
                .contains("[WARN] path - dup0: " + link + " gone\n");
        JsonObject told = link(daemon, link);
        assertThat(told.get("condition").getAsString()).isEqualTo("gone");
        assertThat(told.get("mtu").isJsonNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lan0", "lan1"})
    void whatWasNeverTakenIsNotGivenBackAndWhatWasIs(String missing) {
        plug("lan0", "lan1");
        for (String link : List.of("lan0", "lan1")) {
            b.up(link);
            // An interface that was never up has another queueing discipline than one that was.
            a.up(link);
            a.run("ip", "link", "set", link, "down");
        }
        a.run("ip", "link", "set", missing, "name", "late0");
        HostSnapshot before = HostSnapshot.of(a);
        try (Twinpathd atA = daemonA(TWO)) {
            atA.awaitCondition("degraded");
            assertThat(atA.stop()).as(atA.log()).isZero();
            assertThat(atA.log()).doesNotContain("not restored");
        }
        before.assertRestored(a);
        try (Twinpathd atA = daemonA(TWO)) {
            a.run("ip", "link", "set", "late0", "name", missing);
            Await.until(
                    "it carries",
                    LIMIT,
                    () -> link(atA, missing).get("condition").getAsString().equals("carrying"));
            assertThat(atA.stop()).as(atA.log()).isZero();
            assertThat(atA.log()).doesNotContain("not restored");
        }
        a.run("ip", "link", "set", missing, "name", "late0");
        before.assertRestored(a);
    }

    @Test
    void oneThatMayNotBeTakenWhenItComesHarmsNothingAndJoinsWhenItMay() {
        plug("lan0");
        try (Twinpathd atB = daemonB(TWO);
                Twinpathd atA = daemonA(TWO)) {
            CrossingStreams traffic = traffic();
            cables.put("lan1", Cable.connect("lan1", a, "late0", b, "lan1"));
            a.address("late0", "192.0.2.1/24");
            a.run("ip", "link", "set", "late0", "name", "lan1");
            Await.until(
                    "it is refused",
                    LIMIT,
                    () -> atA.log()
                            .contains("lan1 is there now, but cannot be used: " + atA.config()
                                    + ":6:18: path.dup0.links: lan1 has the address 192.0.2.1/24"));
            a.run("ip", "address", "flush", "dev", "lan1");
            a.up("lan1");
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            traffic.assertWhole();
        }
    }

    @Test
    void aReloadNamesWhatIsMissingOnlyWhereItIsNew() {
        plug("lan0", "lan2");
        a.up("lan2");
        String frer = "format = \"frer\"\n";
        String both = frer + TWO;
        try (Twinpathd atB = daemonB(both);
                Twinpathd atA = daemonA(both)) {
            int index = a.interfaceIndex("dup0");
            HostSnapshot before = HostSnapshot.of(a);
            CrossingStreams traffic = traffic();
            traffic.flowForASecond();
            for (String wrong : List.of(
                    path(ADDRESS_A, both.replace("lan1", "lan7")),
                    path(ADDRESS_A, both.replace("\"lan1\"", "\"lan1\", \"lan7\"")),
                    path("10.77.0.9", both.replace("lan1", "lan7")),
                    path(ADDRESS_A, both) + "[path.dup1]\nlinks = [\"lan2\", \"lan7\"]\n")) {
                atA.configure(wrong);
                Command.Result refused = atA.ctl("reload");
                assertThat(refused.status()).as(wrong).isEqualTo(REFUSED);
                assertThat(refused.errors())
                        .contains(
                                ".links: interface lan7 does not exist; this machine has dup0, dup0-in, lan0, lan2, lo");
                assertThat(linkNames(atA)).containsExactly("lan0", "lan1");
                assertThat(a.interfaceIndex("dup0")).isEqualTo(index);
            }
            before.assertRestored(a);
            atA.reload(path(ADDRESS_A, frer + "links = [\"lan0\", \"lan1\", \"lan2\"]"));
            atB.reload(path(ADDRESS_B, frer + "links = [\"lan0\", \"lan1\", \"lan2\"]"));
            assertThat(linkNames(atA)).containsExactly("lan0", "lan1", "lan2");
            Await.until(
                    "lan2 carries",
                    LIMIT,
                    () -> link(atA, "lan2").get("condition").getAsString().equals("carrying"));
            cable("lan0").cut();
            traffic.flowForASecond();
            cable("lan0").heal();
            Await.until(
                    "lan0 carries",
                    LIMIT,
                    () -> link(atA, "lan0").get("condition").getAsString().equals("carrying"));
            atA.reload(path(ADDRESS_A, both));
            before.assertRestored(a);
            traffic.assertWhole();
            assertThat(a.interfaceIndex("dup0")).isEqualTo(index);
        }
    }

    /** In the other order a PRP link is of the other LAN, and so another port; with another address the path is made anew. */
    @Test
    void aReloadGoesOnWithALinkThatIsGone() {
        plug("lan0", "lan1");
        try (Twinpathd atB = daemonB(TWO);
                Twinpathd atA = daemonA(TWO)) {
            atA.awaitCondition("protected");
            unplug("lan1");
            atA.awaitCondition("degraded");
            atA.reload(path(ADDRESS_A, "links = [\"lan1\", \"lan0\"]"));
            assertThat(linkNames(atA)).containsExactly("lan1", "lan0");
            assertThat(link(atA, "lan0").get("lan").getAsString()).isEqualTo("B");
            atA.reload(path("10.77.0.9", TWO));
            assertThat(link(atA, "lan1").get("condition").getAsString()).isEqualTo("gone");
            plug("lan1");
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            assertThat(b.run("ping", "-c", "3", "-i", "0.1", "-w", "10", "10.77.0.9"))
                    .contains("3 received");
            unplug("lan0");
            unplug("lan1");
            atA.awaitCondition("down");
            atA.configure(path(ADDRESS_A, TWO));
            Command.Result refused = atA.ctl("reload");
            assertThat(refused.status()).isEqualTo(REFUSED);
            assertThat(refused.errors())
                    .contains(":6:10: path.dup0.links: none of its links is there (lan0, lan1); this machine has dup0,"
                            + " dup0-in, lo");
            assertThat(a.run("ip", "address", "show", "dev", "dup0")).contains("10.77.0.9/24");
            plug("lan0", "lan1");
            atA.awaitCondition("protected");
            assertThat(atA.stop()).as(atA.log()).isZero();
            assertThat(atA.log()).doesNotContain("not restored").doesNotContain("not as it was before");
        }
    }

    /** The address of the applications' interface is that of a link, perhaps of the one that is gone. */
    @ParameterizedTest
    @CsvSource({"prp, lan0", "prp, lan1", "frer, lan0", "frer, lan1"})
    void aHandOverLosesNothingWithALinkGoneAndWhenItIsBack(String format, String gone) {
        plug("lan0", "lan1");
        HostSnapshot before = HostSnapshot.of(b);
        String keys = "format = \"" + format + "\"\n" + TWO;
        try (Twinpathd atA = managed(a, folder, "a", path(ADDRESS_A, keys));
                Twinpathd atB = managed(b, folder, "b", path(ADDRESS_B, keys))) {
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            int index = b.interfaceIndex("dup0");
            CrossingStreams traffic = traffic();
            traffic.flowForASecond();
            unplug(gone);
            atB.awaitCondition("degraded");
            atB.handOver();
            atB.awaitCondition("degraded");
            atB.handOver();
            assertThat(link(atB, gone).get("condition").getAsString()).isEqualTo("gone");
            plug(gone);
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            atB.handOver();
            atB.awaitCondition("protected");
            traffic.assertWhole();
            assertThat(b.interfaceIndex("dup0")).isEqualTo(index);
            assertThat(atB.stop()).as(atB.log()).isZero();
            assertThat(atB.log()).doesNotContain("not restored").doesNotContain("removing what a daemon");
        }
        unplug("lan0");
        unplug("lan1");
        plug("lan0", "lan1");
        assertThat(names(HostSnapshot.of(b))).isEqualTo(names(before));
    }

    /** Names of the interfaces: those made anew have other indexes and addresses. */
    private static List<String> names(HostSnapshot snapshot) {
        return snapshot.lines().stream()
                .filter(line -> line.contains("\"ifname\""))
                .toList();
    }

    private CrossingStreams traffic() {
        return new CrossingStreams(a, ADDRESS_A, b, ADDRESS_B);
    }

    private String mac(String interfaceName) {
        return a.run("cat", "/sys/class/net/" + interfaceName + "/address").strip();
    }

    private static JsonObject link(Twinpathd daemon, String name) {
        for (JsonElement link : links(daemon)) {
            if (link.getAsJsonObject().get("name").getAsString().equals(name)) {
                return link.getAsJsonObject();
            }
        }
        throw new IllegalStateException("no link " + name);
    }

    /** Numbered frames a link has brought. */
    private static long carried(Twinpathd daemon, String name) {
        JsonObject counters = link(daemon, name).getAsJsonObject("counters");
        return counters.get("rx_first").getAsLong()
                + counters.get("rx_duplicates").getAsLong();
    }

    private static List<String> linkNames(Twinpathd daemon) {
        List<String> names = new ArrayList<>();
        links(daemon)
                .forEach(link -> names.add(link.getAsJsonObject().get("name").getAsString()));
        return names;
    }

    private static JsonArray links(Twinpathd daemon) {
        return daemon.path().getAsJsonArray("links");
    }
}
