package net.twinpath.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.lifecycle.HostSnapshot;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.RawFrames;
import net.twinpath.tests.traffic.StreamResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Bonds and VLANs of the file over two cables; the other host's are made by ip(8) but where both run the daemon.
 *
 * <pre>
 *   host a  bond0 ┬ lan0 ──── cable A ──── lan0 ┬ far0  host b
 *                 └ lan1 ──── cable B ──── lan1 ┘
 * </pre>
 */
@Tag("vm")
class BondIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> MODES =
            List.of("balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb");
    private static final String BACKUP = """
            [bond.bond0]
            mode = "active-backup"
            members = ["lan0", "lan1"]
            primary = "lan0"
            address = "10.80.0.1/24"
            """;

    /** Takes the last part of each address. */
    private static final String LACP = """
            [bond.bond0]
            mode = "802.3ad"
            members = ["lan0", "lan1"]
            lacp-rate = "fast"
            [vlan."bond0.7"]
            link = "bond0"
            id = 7
            egress-priority = { 0 = 5 }
            address = "10.81.0.%s/24"
            [vlan.outer]
            link = "bond0"
            id = 200
            protocol = "802.1ad"
            egress-priority = { 0 = 3, 5 = 3 }
            [vlan."outer.100"]
            link = "outer"
            id = 100
            egress-priority = { 0 = 5 }
            ingress-priority = { 5 = 5 }
            address = "10.82.0.%s/24"
            """;

    /** Hexadecimal digits of the two addresses. */
    private static final int OUTER_TYPE_DIGITS = 24;

    private final TemporaryFolder folder = TemporaryFolder.create("bond");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Cable lanA = Cable.connect("lan-a", a, "lan0", b, "lan0");
    private final Cable lanB = Cable.connect("lan-b", a, "lan1", b, "lan1");

    @BeforeEach
    void plugIn() {
        a.up("lan0");
        a.up("lan1");
    }

    @AfterEach
    void removeEverything() {
        a.close();
        b.close();
        lanA.close();
        lanB.close();
        folder.close();
    }

    /** Joins the cables at host b: by a bond of this mode where both ends must agree on how frames are spread. */
    private void joinAtB(String mode) {
        b.attempt("ip", "link", "delete", "far0");
        boolean bridge = List.of("active-backup", "balance-tlb", "balance-alb").contains(mode);
        b.run(
                "sh",
                "-ec",
                (bridge
                                ? "ip link add far0 type bridge stp_state 0\n"
                                : "ip link add far0 type bond mode " + mode + " miimon 100\n")
                        + "for i in lan0 lan1; do ip link set $i down; ip link set $i master far0; ip link set $i up; done\n"
                        + "ip address add 10.80.0.2/24 dev far0; ip link set far0 up");
    }

    private void awaitEcho(String address) {
        Await.until(
                "an echo from " + address,
                LIMIT,
                () -> a.attempt("ping", "-q", "-c", "3", "-i", "0.2", "-W", "1", address)
                                .status()
                        == 0);
    }

    private JsonObject described(Namespace host, String name) {
        return JsonParser.parseString(host.run("ip", "-details", "-json", "link", "show", "dev", name))
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
    }

    private JsonObject options(String name) {
        return described(a, name).getAsJsonObject("linkinfo").getAsJsonObject("info_data");
    }

    private List<String> members() {
        return a.run("ip", "-oneline", "link", "show", "master", "bond0")
                .lines()
                .map(line -> line.replaceAll("^\\d+: ([^@:]+).*", "$1"))
                .toList();
    }

    @Test
    void everyModeIsTakenOverFromTheOneBeforeCarriesAndIsGivenBack() {
        HostSnapshot before = HostSnapshot.of(a);
        try (Twinpathd daemon = Twinpathd.start(a, folder, "a", "")) {
            for (String mode : MODES) {
                joinAtB(mode);
                String file = BACKUP.replace("primary = \"lan0\"\n", "").replace("active-backup", mode);
                daemon.reload(file);
                assertThat(options("bond0").get("mode").getAsString()).isEqualTo(mode);
                assertThat(members()).containsExactly("lan0", "lan1");
                awaitEcho("10.80.0.2");
                assertThat(daemon.plan()).as(mode).isEmpty();
                if (mode.equals("802.3ad")) {
                    assertAggregated();
                }
            }
            daemon.reload("");
            before.assertRestored(a);
            assertThat(daemon.log()).doesNotContain("[ERROR]").doesNotContain("by somebody");
        }
    }

    /** Both ends have agreed on one aggregator with both ports. */
    private void assertAggregated() {
        Await.until("LACP has both ports", LIMIT, () -> {
            JsonObject info = options("bond0").getAsJsonObject("ad_info");
            return info.get("num_ports").getAsInt() == 2
                    && !info.get("partner_mac").getAsString().equals("00:00:00:00:00:00");
        });
    }

    @Test
    void whatTheKernelCanChangeInPlaceLosesNothingAndWhatItCannotIsSaidBefore() {
        joinAtB("active-backup");
        try (Twinpathd daemon = Twinpathd.start(a, folder, "a", BACKUP)) {
            awaitEcho("10.80.0.2");
            Future<StreamResult> echoes =
                    new EchoStream(a, "10.80.0.2", 20, 300, folder.resolve("echo")).start(System.nanoTime());
            daemon.reload(BACKUP + """
                    miimon = "50ms"
                    updelay = "200ms"
                    num-peer-notif = 3
                    primary-reselect = "failure"
                    """);
            assertThat(options("bond0").get("miimon").getAsInt()).isEqualTo(50);
            assertThat(options("bond0").get("updelay").getAsInt()).isEqualTo(200);
            daemon.reload(BACKUP);
            assertThat(options("bond0").get("updelay").getAsInt()).isZero();
            StreamResult result = Await.result("echoes", LIMIT, echoes);
            assertThat(result.lost()).as("lost of %d", result.sent()).isZero();

            daemon.configure(BACKUP.replace("primary = \"lan0\"\n", "").replace("active-backup", "balance-xor"));
            String plan = daemon.ctl("plan").output();
            assertThat(plan)
                    .contains("~ bond0: mode active-backup -> balance-xor")
                    .contains("~ lan0: leaves bond0  (interrupts lan0 in bond0)")
                    .contains("~ bond0: switched off  (interrupts bond0)");
            assertThat(members()).as("a plan changes nothing").containsExactly("lan0", "lan1");
        }
    }

    @Test
    void twoBondsAgreeByLacpAndVlansOnThemKeepTheirPriorities() {
        try (Twinpathd atA = Twinpathd.start(a, folder, "a", LACP.formatted("1", "1"));
                Twinpathd atB = Twinpathd.start(b, folder, "b", LACP.formatted("2", "2"))) {
            assertAggregated();
            awaitEcho("10.81.0.2");
            awaitEcho("10.82.0.2");
            try (RawFrames lan0 = RawFrames.open(b, "lan0");
                    RawFrames lan1 = RawFrames.open(b, "lan1")) {
                a.run("ping", "-q", "-c", "3", "-i", "0.2", "10.81.0.2");
                a.run("ping", "-q", "-c", "3", "-i", "0.2", "10.82.0.2");
                Await.until("a frame of VLAN 7, priority 5", LIMIT, () -> isAmong(lan0, lan1, "8100a007"));
                Await.until("a frame with both tags", LIMIT, () -> isAmong(lan0, lan1, "88a860c8" + "8100a064"));
            }
            assertThat(atA.plan()).isEmpty();
            assertThat(options("outer.100").getAsJsonArray("egress_qos")).hasToString("[{\"from\":0,\"to\":5}]");
            assertThat(atB.stop()).as(atB.log()).isZero();
            assertThat(atA.stop()).as(atA.log()).isZero();
        }
        assertThat(a.run("ip", "link", "show")).doesNotContain("bond0").doesNotContain("outer");
    }

    /** Whether a frame has arrived at either interface with these octets after its addresses. */
    private static boolean isAmong(RawFrames first, RawFrames second, String octets) {
        return Stream.of(first, second)
                .flatMap(link -> link.received().stream())
                .map(HexFormat.of()::formatHex)
                .anyMatch(frame -> frame.startsWith(octets, OUTER_TYPE_DIGITS));
    }

    @Test
    void whatSomebodyDoesToABondIsPutRightAndAMemberThatComesLaterJoins() {
        joinAtB("active-backup");
        String file =
                BACKUP.replace("\"lan1\"]", "\"lan1\", \"lan2\"]") + "[vlan.\"bond0.7\"]\nlink = \"bond0\"\nid = 7\n";
        try (Twinpathd daemon = Twinpathd.start(a, folder, "a", file)) {
            assertThat(members()).containsExactly("lan0", "lan1");
            assertThat(daemon.statusText()).contains("lan2 is not on this machine now");
            a.run("ip", "link", "set", "lan1", "nomaster");
            Await.until("lan1 is back", LIMIT, () -> members().equals(List.of("lan0", "lan1")));
            a.run("ip", "link", "delete", "bond0");
            Await.until(
                    "the bond is back",
                    LIMIT,
                    () -> a.attempt("ip", "link", "show", "bond0.7").status() == 0);
            Await.until("its members are", LIMIT, () -> members().equals(List.of("lan0", "lan1")));
            awaitEcho("10.80.0.2");
            a.run("ip", "link", "add", "lan2", "type", "veth", "peer", "name", "far2");
            Await.until("lan2 has joined", LIMIT, () -> members().equals(List.of("lan0", "lan1", "lan2")));
            assertThat(daemon.log())
                    .contains("lan1: master was changed to none by somebody, set to bond0 again")
                    .contains("bond0 was removed by somebody, made again");
        }
    }

    @Test
    void aBondThatWasThereIsAdoptedAndGivenBackAlsoByTheSuccessorOfAKilledDaemon() {
        a.run("sh", "-ec", """
                ip link add bond0 type bond mode balance-rr miimon 0 resend_igmp 7
                ip link set lan0 down; ip link set lan0 master bond0; ip link set bond0 up mtu 1400; ip address add 10.80.0.9/24 dev bond0
                ip link add link bond0 name mine type vlan id 9; ip link set mine up
                ip route add default via 10.80.0.7 dev bond0; ip route add 198.51.100.0/24 dev lan1
                """);
        HostSnapshot before = HostSnapshot.of(a);
        try (Twinpathd killed = Twinpathd.start(a, folder, "a", BACKUP)) {
            assertThat(options("bond0").get("mode").getAsString()).isEqualTo("active-backup");
            assertThat(options("bond0").get("resend_igmp").getAsInt()).isEqualTo(7);
            assertThat(a.run("ip", "route")).contains("default via 10.80.0.7 dev bond0");
            killed.kill();
        }
        try (Twinpathd successor = Twinpathd.start(a, folder, "a", BACKUP)) {
            assertThat(successor.stop()).as(successor.log()).isZero();
            assertThat(successor.log()).doesNotContain("not restored");
        }
        before.assertRestored(a);
    }

    @Test
    void whatTheKernelRefusesIsRolledBack() {
        joinAtB("active-backup");
        try (Twinpathd daemon = Twinpathd.start(a, folder, "a", BACKUP)) {
            awaitEcho("10.80.0.2");
            HostSnapshot running = HostSnapshot.of(a);
            daemon.configure(BACKUP + "miimon = \"40ms\"\n[vlan.v5]\nlink = \"bond0\"\nid = 5\n"
                    + "[interface.lan0]\npause = { receive = true }\n");
            Command.Result refused = daemon.ctl("reload");
            assertThat(refused.errors()).contains("interface.lan0.pause.receive: set PAUSE of lan0: EOPNOTSUPP");
            running.assertRestored(a);
            awaitEcho("10.80.0.2");
        }
    }
}
