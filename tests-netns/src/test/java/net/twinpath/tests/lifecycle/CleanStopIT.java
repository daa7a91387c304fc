package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.BackgroundProcess;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.RawFrames;
import net.twinpath.tests.traffic.StreamResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon takes links over and gives them back exactly as they were, whatever they were like and however it ends. */
class CleanStopIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String PATH_OF_A = """
            [path.dup0]
            address = ["10.77.0.1/24", "fd77::1/64"]
            links = ["lan0", "lan1"]
            """;
    private static final String PATH_OF_B = """
            [path.dup0]
            address = "10.77.0.2/24"
            links = ["lan0", "lan1"]
            """;

    private final TemporaryFolder folder = TemporaryFolder.create("clean-stop");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Cable lanA = Cable.connect("lan-a", a, "lan0", b, "lan0");
    private final Cable lanB = Cable.connect("lan-b", a, "lan1", b, "lan1");
    private final DaemonPrograms programs = new DaemonPrograms(a, folder, "a");

    @BeforeEach
    void plugIn() {
        for (String link : List.of("lan0", "lan1")) {
            a.up(link);
            b.up(link);
        }
        Await.until("carrier", LIMIT, () -> a.hasCarrier("lan0") && a.hasCarrier("lan1"));
        Await.until("addresses", LIMIT, () -> linkLocals("lan0") == 1 && linkLocals("lan1") == 1);
    }

    @AfterEach
    void removeEverything() {
        a.close();
        b.close();
        lanA.close();
        lanB.close();
        folder.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalEndsItAndNothingIsLeft(String signal) {
        assertGivesBack(signal, PATH_OF_A);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            down                      | ip link set lan0 down; ip link set lan1 down
            one down                  | ip link set lan1 down
            already large             | ip link set lan0 mtu 1600; ip link set lan1 mtu 9000
            without IPv6              | sysctl -qw net.ipv6.conf.lan0.disable_ipv6=1
            without ARP               | ip link set lan1 arp off
            receiving merged frames   | ethtool -K lan0 gro on; ethtool -K lan1 gro on rx-udp-gro-forwarding on
            receiving frames as sent  | ethtool -K lan0 gro off; ethtool -K lan1 gro off
            with a qdisc of theirs    | tc qdisc add dev lan0 clsact
            with a filter of theirs   | tc qdisc add dev lan0 clsact; tc filter add dev lan0 ingress pref 7 bpf direct-action bytecode '1,6 0 0 4294967295'
            with one at our priority  | tc qdisc add dev lan0 clsact; tc filter add dev lan0 ingress pref 1 bpf direct-action bytecode '1,6 0 0 4294967295'
            in promiscuous mode       | ip link set lan0 promisc on allmulticast on
            """)
    void linksComeBackAsTheyWere(String name, String commands) {
        a.run("sh", "-ec", commands);
        assertGivesBack("TERM", PATH_OF_A);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"up, true", "down, false"})
    void aRaisedMtuComesBack(String name, boolean up) {
        if (!up) {
            a.run("sh", "-ec", "ip link set lan0 down; ip link set lan1 down");
        }
        assertGivesBack("TERM", PATH_OF_A + "mtu = 1500\n", () -> {
            assertThat(mtu("dup0")).isEqualTo(1500);
            assertThat(mtu("lan0")).isEqualTo(1506);
            assertThat(mtu("lan1")).isEqualTo(1506);
        });
    }

    /** Linux 6.2 and newer name an interface anew while it is up. */
    @Test
    void aLinkThatHasAnotherNameMeanwhileComesBackAsItWas() {
        HostSnapshot before = HostSnapshot.of(a);
        programs.configure(PATH_OF_A);
        try (BackgroundProcess daemon = programs.start()) {
            programs.awaitProtected(daemon);
            a.run("ip", "link", "set", "lan1", "name", "uplink");
            daemon.signal("TERM");
            assertThat(daemon.waitFor(LIMIT)).as(daemon.output()).isZero();
            assertThat(daemon.output()).doesNotContain("not restored");
        }
        a.run("ip", "link", "set", "uplink", "name", "lan1");
        before.assertRestored(a);
    }

    private void assertGivesBack(String signal, String paths) {
        assertGivesBack(signal, paths, () -> {});
    }

    private void assertGivesBack(String signal, String paths, Runnable whileRunning) {
        HostSnapshot before = HostSnapshot.of(a);
        programs.configure(paths);
        try (BackgroundProcess daemon = programs.start()) {
            programs.awaitProtected(daemon);
            assertThat(HostSnapshot.of(a)).as("while it runs").isNotEqualTo(before);
            whileRunning.run();
            daemon.signal(signal);
            assertThat(daemon.waitFor(LIMIT)).as(daemon.output()).isZero();
            assertThat(daemon.output()).doesNotContain("not restored").doesNotContain("[ERROR]");
        }
        assertThat(programs.socket()).doesNotExist();
        before.assertRestored(a);
    }

    @Test
    void whileItRunsThePathHasTheAddressesAndTheLinksHaveNone() {
        try (Twinpathd daemon = Twinpathd.start(a, folder, "a", PATH_OF_A)) {
            daemon.awaitCondition("protected");
            assertThat(addresses("dup0")).contains("10.77.0.1/24", "fd77::1/64");
            assertThat(mtu("dup0")).isEqualTo(1494);
            assertThat(mtu("lan0")).isEqualTo(1500);
            assertThat(addresses("lan0")).isEmpty();
            assertThat(addresses("lan1")).isEmpty();
            assertThat(addresses("dup0-in")).isEmpty();
        }
    }

    @Test
    void withAnMtuOf1500ThePathCarriesFullPackets() {
        try (Twinpathd atA = Twinpathd.start(a, folder, "a", PATH_OF_A + "mtu = 1500\n");
                Twinpathd atB = Twinpathd.start(b, folder, "b", PATH_OF_B + "mtu = 1500\n")) {
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            String ping = a.run("ping", "-c", "3", "-i", "0.01", "-M", "do", "-s", "1472", "10.77.0.2");
            assertThat(ping).contains("3 received");
        }
    }

    /** The link's own stack would answer a second time. The asking node lives on LAN A only and is answered there. */
    @Test
    void onlyThePathAnswersNeverALinkItself() {
        try (Twinpathd daemon = Twinpathd.start(a, folder, "a", PATH_OF_A);
                RawFrames atLan0 = RawFrames.open(b, "lan0");
                RawFrames atLan1 = RawFrames.open(b, "lan1")) {
            daemon.awaitCondition("protected");
            b.address("lan0", "10.77.0.2/24");
            String ping = b.run("ping", "-c", "20", "-i", "0.01", "10.77.0.1");
            assertThat(ping).contains("20 received").doesNotContain("duplicates");
            Await.until("echoes on LAN A", LIMIT, () -> echoReplies(atLan0).size() >= 20);
            assertThat(echoReplies(atLan0)).hasSize(20);
            assertThat(echoReplies(atLan1)).isEmpty();
        }
    }

    private static List<byte[]> echoReplies(RawFrames frames) {
        return frames.received().stream()
                .filter(frame -> hasType(frame, "0800") && frame[23] == 1 && frame[34] == 0)
                .toList();
    }

    private static boolean hasType(byte[] frame, String type) {
        return Arrays.equals(frame, 12, 14, HexFormat.of().parseHex(type), 0, 2);
    }

    @Test
    void afterAKillTheNextStartTakesOverAndPacketsPassAgain() {
        HostSnapshot before = HostSnapshot.of(a);
        try (Twinpathd atB = Twinpathd.start(b, folder, "b", PATH_OF_B)) {
            try (Twinpathd killed = Twinpathd.start(a, folder, "a", PATH_OF_A)) {
                killed.awaitCondition("protected");
                assertPacketsPass();
                killed.kill();
            }
            int left = a.interfaceIndex("dup0");
            try (Twinpathd next = Twinpathd.start(a, folder, "a", PATH_OF_A)) {
                next.awaitCondition("protected");
                atB.awaitCondition("protected");
                assertThat(a.interfaceIndex("dup0")).isEqualTo(left);
                assertPacketsPass();
                assertThat(next.stop()).isZero();
            }
        }
        before.assertRestored(a);
        assertThat(a.run("ip", "link", "show")).doesNotContain("dup0");
        assertThat(a.run("tc", "qdisc", "show")).doesNotContain("clsact").doesNotContain("ingress");
        assertThat(programs.socket()).doesNotExist();
    }

    private void assertPacketsPass() {
        StreamResult echoes = Await.result(
                "echo", LIMIT, new EchoStream(a, "10.77.0.2", 5, 100, folder.resolve("ping")).start(System.nanoTime()));
        assertThat(echoes.lost()).isZero();
        assertThat(echoes.duplicated()).isZero();
    }

    private long linkLocals(String link) {
        return addresses(link).stream()
                .filter(address -> address.startsWith("fe80"))
                .count();
    }

    private List<String> addresses(String interfaceName) {
        List<String> addresses = new ArrayList<>();
        for (JsonElement address :
                described(interfaceName).get(0).getAsJsonObject().getAsJsonArray("addr_info")) {
            var object = address.getAsJsonObject();
            addresses.add(object.get("local").getAsString() + "/"
                    + object.get("prefixlen").getAsInt());
        }
        return addresses;
    }

    private int mtu(String interfaceName) {
        return described(interfaceName).get(0).getAsJsonObject().get("mtu").getAsInt();
    }

    private JsonArray described(String interfaceName) {
        return JsonParser.parseString(a.run("ip", "-json", "address", "show", "dev", interfaceName))
                .getAsJsonArray();
    }
}
