package net.twinpath.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A path over a VLAN on each of two bonds, all from one file.
 *
 * <pre>
 *   dup0 ┬ bond0.66 ── bond0 ┬ lan0 ── cable ──
 *        │                   └ lan1 ── cable ──
 *        └ bond1.67 ── bond1 ┬ lan2 ── cable ──
 *                            └ lan3 ── cable ──
 * </pre>
 */
@Tag("vm")
class PathOverBondsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int PACKETS_PER_SECOND = 100;
    private static final int PACKETS = 2_000;
    private static final String FILE = """
            [bond.bond0]
            mode = "active-backup"
            members = ["lan0", "lan1"]
            primary = "lan0"
            [bond.bond1]
            mode = "active-backup"
            members = ["lan2", "lan3"]
            primary = "lan2"
            [vlan."bond0.66"]
            link = "bond0"
            id = 66
            [vlan."bond1.67"]
            link = "bond1"
            id = 67
            [path.dup0]
            address = "%s/24"
            links = ["bond0.66", "bond1.67"]
            """;

    private final TemporaryFolder folder = TemporaryFolder.create("path-over-bonds");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final List<Cable> cables = new ArrayList<>();

    @AfterEach
    void removeEverything() {
        a.close();
        b.close();
        cables.forEach(Cable::close);
        folder.close();
    }

    @Test
    void nothingIsLostWhileCablesAreCutAndTheFileIsReloaded() {
        for (int i = 0; i < 4; i++) {
            cables.add(Cable.connect("lan-" + i, a, "lan" + i, b, "lan" + i));
        }
        try (Twinpathd atB = Twinpathd.start(b, folder, "b", FILE.formatted("10.77.0.2"));
                Twinpathd atA = Twinpathd.start(a, folder, "a", FILE.formatted("10.77.0.1"))) {
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            long beginningNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
            Future<StreamResult> voice =
                    new VoiceStream(a, b, "10.77.0.2", PACKETS_PER_SECOND, PACKETS).start(beginningNs);
            cables.get(0).cut();
            Await.until("bond0 uses the other cable", LIMIT, () -> activeAtA().equals("lan1"));
            cables.get(1).cut();
            atA.awaitCondition("degraded");
            cables.get(0).heal();
            cables.get(1).heal();
            atA.awaitCondition("protected");
            atA.reload(FILE.formatted("10.77.0.1") + "[vlan.spare]\nlink = \"bond1\"\nid = 99\n");
            atA.reload(FILE.formatted("10.77.0.1"));
            StreamResult result = Await.result("voice", LIMIT, voice);
            assertThat(result.isWhole())
                    .as("%d sent, %d lost, %d duplicated", result.sent(), result.lost(), result.duplicated())
                    .isTrue();
            assertThat(atA.stop()).as(atA.log()).isZero();
        }
        assertThat(a.run("ip", "link", "show")).doesNotContain("bond0").doesNotContain("bond1");
    }

    private String activeAtA() {
        return a.run("cat", "/sys/class/net/bond0/bonding/active_slave").strip();
    }
}
