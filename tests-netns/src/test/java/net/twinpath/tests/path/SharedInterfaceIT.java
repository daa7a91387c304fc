package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.util.List;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A path whose links leave by one cable is told of as long as it has them, although both carry.
 *
 * <pre>
 *   host a                                     host b
 *   dup0 ─┬─ m0 ─┬─ lan0 ───── LAN A ───────── lan0
 *         └─ m1 ─┘
 *            lan1 ───────────── LAN B ───────── lan1
 * </pre>
 */
class SharedInterfaceIT {
    private static final String WARNING = "m0 and m1 are macvlans of one interface, lan0: one cable cut takes both";
    private static final String PATH = """
            [path.dup0]
            links = ["m0", "m1"]
            """;

    private final TemporaryFolder folder = TemporaryFolder.create("shared");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Cable lanA = Cable.connect("lan-a", a, "lan0", b, "lan0");
    private final Cable lanB = Cable.connect("lan-b", a, "lan1", b, "lan1");

    @BeforeEach
    void stackTwoMacvlans() {
        a.up("lan0");
        b.up("lan0");
        b.up("lan1");
        for (String name : List.of("m0", "m1")) {
            // Of the other modes, bridge brings what one of them sends to the other: a loop.
            a.run("ip", "link", "add", "link", "lan0", "name", name, "type", "macvlan", "mode", "private");
        }
    }

    @AfterEach
    void remove() {
        lanB.close();
        lanA.close();
        b.close();
        a.close();
        folder.close();
    }

    @Test
    void statusAndLogTellIt() {
        try (Twinpathd daemon = Twinpathd.start(a, folder, "a", PATH)) {
            daemon.awaitCondition("protected");

            assertThat(warnings(daemon)).containsExactly(WARNING);
            assertThat(daemon.statusText()).containsOnlyOnce("\n  ! " + WARNING + "\n");
            assertThat(daemon.log()).containsOnlyOnce("[WARN] path - dup0: " + WARNING);
        }
    }

    @Test
    void otherLinksTakenAtReloadEndIt() {
        try (Twinpathd daemon = Twinpathd.start(a, folder, "a", PATH)) {
            daemon.reload(PATH.replace("m1", "lan1"));
            assertThat(warnings(daemon)).isEmpty();

            daemon.reload(PATH);
            assertThat(warnings(daemon)).containsExactly(WARNING);
        }
    }

    @Test
    void linksThatShareNothingNeedNoWord() {
        a.up("lan1");
        try (Twinpathd daemon =
                Twinpathd.start(a, folder, "a", PATH.replace("m0", "lan0").replace("m1", "lan1"))) {
            assertThat(warnings(daemon)).isEmpty();
            assertThat(daemon.statusText()).doesNotContain("!");
        }
    }

    private static List<String> warnings(Twinpathd daemon) {
        return daemon.path().getAsJsonArray("warnings").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
