package net.twinpath.netlink.ethtool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import jnr.constants.platform.Errno;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ThrowawayNamespace;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.Links;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * PAUSE, rings and link modes of a network card, which moves into a namespace for the test. Which card may be used is
 * said by the environment variable TWINPATH_TEST_CARD; afterwards it has its settings again.
 */
@Tag("vm")
@Timeout(120)
class NetworkCardLiveIT {
    private static final @Nullable String CARD = System.getenv("TWINPATH_TEST_CARD");

    private ThrowawayNamespace namespace;

    @BeforeEach
    void takeTheCard() throws Exception {
        assumeTrue(CARD != null, "needs a network card to change, named by TWINPATH_TEST_CARD");
        namespace = ThrowawayNamespace.create();
        new ProcessBuilder("ip", "link", "set", CARD, "netns", namespace.name())
                .inheritIO()
                .start()
                .waitFor();
        namespace.ip("link", "set", card(), "up");
    }

    @AfterEach
    void giveItBack() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @Test
    void setsPauseAndReadsItBack() throws Exception {
        with((link, generic) -> {
            Pause pause = new Pause(generic);
            PauseParameters before = pause.get(link);
            try {
                for (boolean receive : new boolean[] {true, false}) {
                    for (boolean transmit : new boolean[] {false, true}) {
                        pause.set(link, new PauseParameters(false, receive, transmit));
                        assertThat(pause.get(link)).isEqualTo(new PauseParameters(false, receive, transmit));
                    }
                }
                assertThat(pause.statistics(link)).isNotNull();
            } finally {
                pause.set(link, before);
            }
            assertThat(pause.get(link)).isEqualTo(before);
        });
    }

    @Test
    void setsRingSizesAndReadsThemBack() throws Exception {
        with((link, generic) -> {
            Rings rings = new Rings(generic);
            RingSizes before = rings.get(link);
            RingSizes maximum = rings.maximum(link);
            try {
                rings.set(link, maximum);
                assertThat(rings.get(link)).isEqualTo(maximum);
            } finally {
                rings.set(link, before);
            }
            assertThat(rings.get(link)).isEqualTo(before);
        });
    }

    @Test
    void offersOtherModesAndReadsThemBack() throws Exception {
        with((link, generic) -> {
            LinkModes modes = new LinkModes(generic);
            LinkModeSettings before = modes.get(link);
            SortedSet<String> supported = modes.supported(link);
            assertThat(supported).contains("Autoneg", "100baseT/Full");
            SortedSet<String> offered = new TreeSet<>(List.of("100baseT/Full", "Autoneg"));
            try {
                modes.set(link, new LinkModeSettings(true, null, null, offered));
                assertThat(Objects.requireNonNull(modes.get(link).advertised()))
                        .contains("100baseT/Full")
                        .doesNotContain("1000baseT/Full");
            } finally {
                modes.set(link, new LinkModeSettings(before.autonegotiate(), null, null, before.advertised()));
            }
            assertThat(modes.get(link).advertised()).isEqualTo(before.advertised());
        });
    }

    @Test
    void readsCoalescingAndChannelsOrIsToldThatThereAreNone() throws Exception {
        with((link, generic) -> {
            readable(() -> assertThat(new Coalescing(generic).get(link)).isNotNull());
            readable(() -> assertThat(new Channels(generic).get(link)).isNotNull());
        });
    }

    private static void readable(Runnable read) {
        try {
            read.run();
        } catch (NetlinkException e) {
            assertThat(e.is(Errno.EOPNOTSUPP)).as(e.getMessage()).isTrue();
        }
    }

    private static String card() {
        return Objects.requireNonNull(CARD);
    }

    private void with(Body body) throws Exception {
        namespace.run(() -> {
            try (NetlinkSocket route = NetlinkSocket.open(Netlink.NETLINK_ROUTE);
                    NetlinkSocket generic = NetlinkSocket.open(Netlink.NETLINK_GENERIC)) {
                body.run(new Links(route).find(card()).orElseThrow(), generic);
            }
        });
    }

    private interface Body {
        void run(Link link, NetlinkSocket generic) throws Exception;
    }
}
