package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.BackgroundProcess;
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

/** Interfaces and sysctls of a host become what the file says, stay so, and are given back. */
class MachineIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int FAILED = 1;
    private static final int REFUSED = 3;
    private static final List<String> UNPRIVILEGED =
            List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");
    private static final String PORTS = "net.ipv4.ip_local_port_range";
    private static final String FILTER = "net.ipv4.conf.lan0.rp_filter";
    private static final String FILE = """
            [sysctl]
            "net.ipv4.ip_local_port_range" = "20000 60000"
            "net.ipv4.conf.lan0.rp_filter" = 2

            [interface.lan0]
            mtu = 1400
            mac = "02:00:00:00:00:77"
            address = ["192.0.2.1/24", "fd09::1/64"]
            offload = { "rx-gro" = true, "tx-checksum-ip-generic" = false }

            [interface.lan1]
            mtu = 2000
            """;

    private final TemporaryFolder folder = TemporaryFolder.create("machine");
    private final Namespace host = Namespace.host("host");
    private final Namespace other = Namespace.host("other");
    private final Cable lanA = Cable.connect("lan-a", host, "lan0", other, "lan0");
    private final Cable lanB = Cable.connect("lan-b", host, "lan1", other, "lan1");
    private final DaemonPrograms programs = new DaemonPrograms(host, folder, "host");

    @BeforeEach
    void plugIn() {
        for (String link : List.of("lan0", "lan1")) {
            other.up(link);
            // One that was never switched on has no queue yet.
            host.run("sh", "-ec", "ip link set " + link + " up; ip link set " + link + " down");
        }
        host.run("sysctl", "-q", "-w", PORTS + "=32768 60999");
    }

    @AfterEach
    void removeEverything() {
        host.close();
        other.close();
        lanA.close();
        lanB.close();
        folder.close();
    }

    private String sysctl(String key) {
        return host.run("sysctl", "-n", key).strip().replaceAll("\\s+", " ");
    }

    private String shown(String... words) {
        return host.run(words);
    }

    private void assertAsTheFileSays() {
        assertThat(sysctl(PORTS)).isEqualTo("20000 60000");
        assertThat(sysctl(FILTER)).isEqualTo("2");
        assertThat(shown("ip", "address", "show", "dev", "lan0"))
                .contains("mtu 1400", "02:00:00:00:00:77", "inet 192.0.2.1/24", "inet6 fd09::1/64", ",UP");
        assertThat(shown("ip", "link", "show", "dev", "lan1"))
                .contains("mtu 2000")
                .doesNotContain(",UP");
        assertThat(shown("ethtool", "--show-features", "lan0"))
                .contains("generic-receive-offload: on", "tx-checksum-ip-generic: off");
    }

    private static JsonObject machine(Twinpathd daemon) {
        return daemon.status().getAsJsonObject("machine");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            down                | true
            up                  | ip link set lan0 up
            with an address     | ip link set lan0 up; ip address add 192.0.2.9/24 dev lan0; ip address add fd09::9/64 dev lan0 nodad
            with ours already   | ip link set lan0 up; ip address add 192.0.2.1/24 dev lan0; ip link set lan0 mtu 1400
            with another offload| ethtool -K lan0 gro on tx off
            """)
    void whatIsNamedIsSetReadBackAndGivenBack(String name, String commands) {
        host.run("sh", "-ec", commands);
        HostSnapshot before = HostSnapshot.of(host);
        try (Twinpathd daemon = Twinpathd.start(host, folder, "host", FILE)) {
            assertAsTheFileSays();
            assertThat(daemon.ctl("plan").output()).isEqualTo("Nothing would change.\n");
            assertThat(daemon.statusText()).contains("machine: as the file says, ");
            HostSnapshot running = HostSnapshot.of(host);
            daemon.reload(FILE);
            running.assertRestored(host);
            assertThat(daemon.stop()).as(daemon.log()).isZero();
            assertThat(daemon.log())
                    .contains("~ net.ipv4.ip_local_port_range 32768 60999 -> 20000 60000")
                    .contains("~ net.ipv4.ip_local_port_range 20000 60000 -> 32768 60999")
                    .doesNotContain("not restored")
                    .doesNotContain("[ERROR]");
        }
        assertThat(sysctl(PORTS)).isEqualTo("32768 60999");
        before.assertRestored(host);
        assertThat(folder.resolve("host.sock.baseline")).doesNotExist();
    }

    @Test
    void aSuccessorOfAKilledDaemonGivesBackWhatThatOneChanged() {
        HostSnapshot before = HostSnapshot.of(host);
        try (Twinpathd killed = Twinpathd.start(host, folder, "host", FILE)) {
            killed.kill();
        }
        assertAsTheFileSays();
        try (Twinpathd successor = Twinpathd.start(host, folder, "host", "[interface.lan1]\nmtu = 1800\n")) {
            assertThat(shown("ip", "link", "show", "dev", "lan1")).contains("mtu 1800");
            assertThat(sysctl(PORTS)).isEqualTo("32768 60999");
            assertThat(successor.stop()).as(successor.log()).isZero();
        }
        before.assertRestored(host);
    }

    @Test
    void whatSomebodyChangesIsSetAgainAndTold() {
        try (Twinpathd daemon = Twinpathd.start(host, folder, "host", FILE)) {
            host.run("ip", "link", "set", "lan0", "mtu", "1300");
            host.run("ip", "address", "delete", "192.0.2.1/24", "dev", "lan0");
            host.run("ip", "link", "set", "lan0", "down");
            Await.until(
                    "two repairs", LIMIT, () -> machine(daemon).get("repairs").getAsInt() >= 3);
            Await.until(
                    "all is set again", LIMIT, () -> daemon.ctl("plan").output().equals("Nothing would change.\n"));
            assertAsTheFileSays();
            assertThat(daemon.log())
                    .contains("lan0: mtu was changed to 1300 by somebody, set to 1400 again")
                    .contains("lan0: address 192.0.2.1/24 was removed by somebody, set again");
            assertThat(daemon.statusText()).contains("set again ").contains(" times, the last: lan0: ");
        }
    }

    @Test
    void aFightIsGivenUpAndTold() {
        try (Twinpathd daemon = Twinpathd.start(host, folder, "host", FILE)) {
            Await.until("it is given up", LIMIT, () -> {
                host.run("ip", "link", "set", "lan1", "mtu", "1900");
                return !machine(daemon).getAsJsonArray("left_alone").isEmpty();
            });
            assertThat(daemon.statusText())
                    .contains("machine: NOT as the file says")
                    .contains("! lan1: mtu is changed again and again by somebody else, and left alone");
            host.run("ip", "link", "set", "lan1", "mtu", "1900");
            int repairs = machine(daemon).get("repairs").getAsInt();
            host.run("ip", "link", "set", "lan0", "mtu", "1300");
            Await.until(
                    "the other one is repaired",
                    LIMIT,
                    () -> machine(daemon).get("repairs").getAsInt() > repairs);
            assertThat(shown("ip", "link", "show", "dev", "lan1")).contains("mtu 1900");
            daemon.reload(FILE);
            assertAsTheFileSays();
        }
    }

    @Test
    void anInterfaceThatComesLaterIsTakenIn() {
        String later = "[interface.late0]\nmtu = 1700\naddress = \"198.51.100.1/24\"\n";
        try (Twinpathd daemon = Twinpathd.start(host, folder, "host", later)) {
            assertThat(daemon.statusText()).contains("late0 is not on this machine now; it is taken in when it comes");
            host.run("ip", "link", "add", "late0", "type", "veth", "peer", "name", "late1");
            Await.until(
                    "it is taken in",
                    LIMIT,
                    () -> shown("ip", "address", "show", "dev", "late0").contains("198.51.100.1/24"));
            assertThat(shown("ip", "address", "show", "dev", "late0")).contains("mtu 1700", ",UP");
            assertThat(daemon.log()).contains("late0 is there: taken in").doesNotContain("by somebody");
            assertThat(daemon.stop()).isZero();
        }
        assertThat(shown("ip", "address", "show", "dev", "late0"))
                .contains("mtu 1500")
                .doesNotContain("198.51.100.1")
                .doesNotContain(",UP");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            pause on a card without     | pause = { receive = true }   | :16:11: | .pause.receive: set PAUSE of lan1: EOPNOTSUPP
            a feature it cannot switch  | offload = { "rx-lro" = true } | :16:13: | .offload.rx-lro: the driver of lan1 does not switch rx-lro
            more channels than there are| channels = { receive = 99 }  | :16:14: | .channels.receive: set channels of lan1:
            """)
    void aRefusalChangesNothingNamesTheKeyAndLeavesARunningDaemonAsItIs(
            String name, String key, String position, String message) {
        HostSnapshot before = HostSnapshot.of(host);
        programs.configure(FILE + key + "\n");
        Command.Result start = programs.run();
        String place = programs.config() + position + " interface.lan1" + message;

        assertThat(start.status()).isEqualTo(FAILED);
        assertThat(start.errors()).contains(place);
        before.assertRestored(host);
        assertThat(sysctl(PORTS)).isEqualTo("32768 60999");

        try (Twinpathd daemon = Twinpathd.start(host, folder, "host", FILE)) {
            HostSnapshot running = HostSnapshot.of(host);
            daemon.configure(FILE.replace("1400", "1410").replace("2000", "2010") + key + "\n");
            Command.Result reload = daemon.ctl("reload");
            assertThat(reload.status()).isEqualTo(REFUSED);
            assertThat(reload.errors()).contains(message);
            running.assertRestored(host);
            assertThat(daemon.stop()).isZero();
        }
        before.assertRestored(host);
    }

    @Test
    void aReloadChangesWhatDiffersAndGivesBackWhatIsNamedNoMore() {
        HostSnapshot before = HostSnapshot.of(host);
        try (Twinpathd daemon = Twinpathd.start(host, folder, "host", FILE)) {
            String smaller = "[interface.lan0]\nmtu = 1400\nmac = \"02:00:00:00:00:78\"\n";
            daemon.configure(smaller);
            assertThat(daemon.ctl("plan").output())
                    .contains("~ lan0: mac 02:00:00:00:00:77 -> 02:00:00:00:00:78")
                    .contains("- lan0: address 192.0.2.1/24")
                    .contains("~ lan1: mtu 2000 -> 1500")
                    .doesNotContain("lan0: mtu");
            assertThat(daemon.ctl("reload").status()).isZero();
            assertThat(shown("ip", "address", "show", "dev", "lan0"))
                    .contains("mtu 1400", "02:00:00:00:00:78")
                    .doesNotContain("192.0.2.1");
            assertThat(sysctl(PORTS)).isEqualTo("32768 60999");
            daemon.reload("");
            before.assertRestored(host);
        }
    }

    @Test
    void theLinkLocalAddressGoesWithTheMac() {
        host.up("lan0");
        Await.until(
                "lan0 has a link-local address",
                LIMIT,
                () -> shown("ip", "-6", "address", "show", "dev", "lan0").contains("fe80::"));
        HostSnapshot before = HostSnapshot.of(host);
        String file = "[interface.lan0]\nmac = \"02:00:00:00:00:77\"\n";
        try (Twinpathd daemon = Twinpathd.start(host, folder, "host", file)) {
            assertThat(shown("ip", "-6", "address", "show", "dev", "lan0"))
                    .contains("fe80::ff:fe00:77/64")
                    .containsOnlyOnce("fe80::");
            daemon.reload(file.replace("77", "78"));
            assertThat(shown("ip", "-6", "address", "show", "dev", "lan0"))
                    .contains("fe80::ff:fe00:78/64")
                    .containsOnlyOnce("fe80::");
            assertThat(daemon.stop()).isZero();
        }
        before.assertRestored(host);
    }

    @Test
    void aPlanObjectsToWhatAReloadRefuses() {
        try (Twinpathd daemon = Twinpathd.start(host, folder, "host", FILE)) {
            daemon.configure(FILE.replace("2000", "2010"));
            host.run(
                    "sed",
                    "-i",
                    "s/host.sock/other.sock/",
                    folder.resolve("host.toml").toString());
            Command.Result plan = daemon.ctl("plan");
            assertThat(plan.output())
                    .contains("~ lan1: mtu 2000 -> 2010\n")
                    .contains("error: " + folder.resolve("host.toml") + ":2:1: control.socket has changed from ")
                    .contains(", which takes a restart\n");
            assertThat(plan.status()).isEqualTo(FAILED);
            Command.Result reload = daemon.ctl("reload");
            assertThat(reload.status()).isEqualTo(REFUSED);
            assertThat(plan.output()).contains(reload.errors().strip().replace("twinpathctl: ", "error: "));
        }
    }

    @Test
    void aPlanNeedsNeitherADaemonNorAPrivilege() {
        programs.configure(FILE + "\n[interface.lan9]\nmtu = 1500\n");
        Command.Result plan =
                programs.ctlBy(UNPRIVILEGED, "plan", programs.config().toString());

        assertThat(plan.errors()).isEmpty();
        assertThat(plan.status()).isZero();
        assertThat(plan.output())
                .contains("~ net.ipv4.ip_local_port_range 32768 60999 -> 20000 60000\n")
                .contains("~ lan0: mtu 1500 -> 1400\n")
                .contains("+ lan0: address 192.0.2.1/24\n")
                .contains("~ lan0: switched on\n")
                .endsWith("note: lan9 is not on this machine now; it is taken in when it comes\n");
        assertThat(shown("ip", "link", "show", "dev", "lan0")).contains("mtu 1500");
        Command.Result json = programs.ctl("--json", "plan", programs.config().toString());
        assertThat(json.output()).contains("\"changes\": [").contains("\"interrupts\": ");
    }

    @Test
    void aSysctlThatIsNotThereIsPassedOverAndTold() {
        try (Twinpathd daemon = Twinpathd.start(
                host, folder, "host", "[sysctl]\n\"net.ipv4.no_such\" = 1\n\"" + PORTS + "\" = \"20000 60000\"\n")) {
            assertThat(daemon.statusText())
                    .contains("- net.ipv4.no_such is no sysctl of this kernel; it is passed over");
            assertThat(sysctl(PORTS)).isEqualTo("20000 60000");
        }
    }

    @Test
    void aValueThatTheKernelDoesNotTakeIsToldWithTheOneItHas() {
        try (Twinpathd daemon =
                Twinpathd.start(host, folder, "host", "[sysctl]\n\"" + PORTS + "\" = \"20000 60000\"\n")) {
            daemon.configure("[sysctl]\n\"" + PORTS + "\" = \"60000 20000\"\n");
            Command.Result reload = daemon.ctl("reload");
            assertThat(reload.status()).isEqualTo(REFUSED);
            assertThat(reload.errors())
                    .containsPattern(":[0-9]+:1: sysctl.*the kernel does not take the value \"60000 20000\"")
                    .contains("(Invalid argument); it is \"20000 60000\" now");
            assertThat(sysctl(PORTS)).isEqualTo("20000 60000");
        }
    }

    @Test
    void aDaemonWhosePathCannotStartLeavesTheHostAsItWas() {
        HostSnapshot before = HostSnapshot.of(host);
        programs.configure(FILE + "\n[path.dup0]\nlinks = [\"lan8\", \"lan9\"]\n");
        Command.Result result = programs.run();

        assertThat(result.status()).isEqualTo(FAILED);
        assertThat(result.errors()).contains("none of its links is there (lan8, lan9)");
        before.assertRestored(host);
        assertThat(sysctl(PORTS)).isEqualTo("32768 60999");
    }

    @Test
    void aSignalDuringTheStartGivesAllBack() {
        HostSnapshot before = HostSnapshot.of(host);
        programs.configure(FILE);
        try (BackgroundProcess daemon = programs.start()) {
            Await.until("it has begun", LIMIT, () -> daemon.output().contains("lan0: mtu"));
            daemon.signal("TERM");
            assertThat(daemon.waitFor(LIMIT)).isZero();
        }
        before.assertRestored(host);
    }
}
