package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Future;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Paths beside settings of the machine in one file: neither gets in the other's way, also where both are about one
 * interface.
 */
class MachinePathIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int REFUSED = 3;
    private static final int PACKETS = 3_000;
    private static final String PATH = """
            [path.dup0]
            address = "%s/24"
            links = ["lan0", "lan1"]
            mtu = 1500
            """;
    private static final String PATH_A = PATH.formatted("10.77.0.1");
    private static final String PATH_B = PATH.formatted("10.77.0.2");
    private static final String MACHINE = """
            [sysctl]
            "net.ipv4.ip_local_port_range" = "20000 60000"
            [interface.lan0]
            mtu = 1600
            offload = { "tx-checksum-ip-generic" = false }
            [interface.spare0]
            mtu = 1700
            """;

    private final TemporaryFolder folder = TemporaryFolder.create("machine-path");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Cable lanA = Cable.connect("lan-a", a, "lan0", b, "lan0");
    private final Cable lanB = Cable.connect("lan-b", a, "lan1", b, "lan1");

    @AfterEach
    void removeEverything() {
        a.close();
        b.close();
        lanA.close();
        lanB.close();
        folder.close();
    }

    private void addSpare() {
        a.run("ip", "link", "add", "spare0", "type", "veth", "peer", "name", "spare1");
    }

    private Future<StreamResult> voice() {
        return new VoiceStream(a, b, "10.77.0.2", 500, PACKETS).start(System.nanoTime());
    }

    private static void assertWhole(Future<StreamResult> stream) {
        StreamResult result = Await.result("voice", LIMIT, stream);
        assertThat(result.lost()).as("lost of %d", PACKETS).isZero();
        assertThat(result.duplicated()).as("duplicated").isZero();
    }

    private static int repairs(Twinpathd daemon) {
        return daemon.status().getAsJsonObject("machine").get("repairs").getAsInt();
    }

    private String mtu(String name) {
        return a.run("ip", "link", "show", "dev", name).replaceAll("(?s).* mtu (\\d+) .*", "$1");
    }

    @Test
    void whatAPathNeedsOfItsLinkIsNotTakenForSomebodysChange() {
        addSpare();
        a.up("lan0");
        a.up("lan1");
        HostSnapshot before = HostSnapshot.of(a);
        try (Twinpathd atB = Twinpathd.start(b, folder, "b", PATH_B);
                Twinpathd atA = Twinpathd.start(a, folder, "a", MACHINE + PATH_A)) {
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            assertThat(mtu("lan0")).isEqualTo("1600");
            atA.reload(MACHINE.replace("mtu = 1600\n", "") + PATH_A);
            assertThat(mtu("lan0"))
                    .as("not as it was, because the path needs more")
                    .isEqualTo("1506");
            a.run("ip", "link", "set", "spare0", "mtu", "1600");
            Await.until("the machine was looked at", LIMIT, () -> repairs(atA) == 1);
            assertThat(mtu("lan0")).isEqualTo("1506");
            assertThat(mtu("spare0")).isEqualTo("1700");
            assertThat(atA.ctl("plan").output()).isEqualTo("Nothing would change.\n");
            atA.reload(MACHINE.replace("mtu = 1600\n", ""));
            assertThat(mtu("lan0")).as("no path needs more now").isEqualTo("1500");
            assertThat(atA.stop()).as(atA.log()).isZero();
            assertThat(atA.log()).doesNotContain("[ERROR]");
        }
        before.assertRestored(a);
    }

    @Test
    void pathsCarryWhileAReloadChangesTheMachineAndWhileOneIsRefused() {
        addSpare();
        a.up("lan0");
        a.up("lan1");
        HostSnapshot before = HostSnapshot.of(a);
        try (Twinpathd atB = Twinpathd.start(b, folder, "b", PATH_B);
                Twinpathd atA = Twinpathd.start(a, folder, "a", PATH_A)) {
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            Future<StreamResult> voice = voice();
            atA.reload(MACHINE + PATH_A);
            HostSnapshot running = HostSnapshot.of(a);
            atA.configure(MACHINE.replace("1700", "1800") + PATH_A + "\n[path.dup1]\nlinks = [\"spare0\", \"lan9\"]\n");
            Command.Result refused = atA.ctl("reload");
            assertThat(refused.status()).isEqualTo(REFUSED);
            assertThat(refused.errors()).contains("interface lan9 does not exist");
            running.assertRestored(a);
            atA.reload(PATH_A);
            assertThat(mtu("spare0")).isEqualTo("1500");
            assertWhole(voice);
            assertThat(atA.stop()).as(atA.log()).isZero();
        }
        before.assertRestored(a);
    }
}
