package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.TwoHosts;
import org.junit.jupiter.api.Test;

/** A link whose MTU is lowered while the path runs: large frames go by the other one, and the status says what to do. */
class LinkTooSmallIT {
    @Test
    void largeFramesGoByTheOtherLinkUntilTheMtuIsRestored() {
        try (TwoHosts<Cable> hosts = TwoHosts.start()) {
            hosts.a().run("ip", "link", "set", "lan1", "mtu", "1300");
            hosts.daemonA().awaitCondition("degraded");
            assertLargePacketsPass(hosts);
            JsonObject link = link(hosts, 1);
            assertThat(link.get("condition").getAsString()).isEqualTo("MTU too small");
            assertThat(counter(link, "tx_too_long")).isGreaterThanOrEqualTo(100);
            assertThat(counter(link, "tx_errors")).isZero();
            assertThat(hosts.daemonA().statusText())
                    .contains("dup0: DEGRADED since ")
                    .contains("-> lan1: frames of more than its MTU, 1300, are sent on the other links only;"
                            + " ip link set lan1 mtu 1500");

            hosts.a().run("ip", "link", "set", "lan1", "mtu", "1500");
            hosts.daemonA().awaitCondition("protected");
            long refused = counter(link(hosts, 1), "tx_too_long");
            long received = counter(link(hosts, 1), "rx_duplicates") + counter(link(hosts, 1), "rx_first");
            assertLargePacketsPass(hosts);
            assertThat(counter(link(hosts, 1), "tx_too_long")).isEqualTo(refused);
            assertThat(counter(link(hosts, 1), "rx_duplicates") + counter(link(hosts, 1), "rx_first"))
                    .isGreaterThanOrEqualTo(received + 100);
            assertThat(counter(link(hosts, 1), "rx_super_frames")).isZero();
        }
    }

    private static void assertLargePacketsPass(TwoHosts<Cable> hosts) {
        assertThat(hosts.a().run("ping", "-c", "100", "-i", "0.005", "-M", "do", "-s", "1466", TwoHosts.ADDRESS_B))
                .contains("100 received")
                .doesNotContain("duplicates");
    }

    private static JsonObject link(TwoHosts<Cable> hosts, int place) {
        return hosts.daemonA().path().getAsJsonArray("links").get(place).getAsJsonObject();
    }

    private static long counter(JsonObject link, String key) {
        return link.getAsJsonObject("counters").get(key).getAsLong();
    }
}
