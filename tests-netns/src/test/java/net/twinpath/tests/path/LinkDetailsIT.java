package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import net.twinpath.tests.fixture.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The status follows speed, MTU and carrier of the links as the kernel tells them. */
class LinkDetailsIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final TappedHost host = TappedHost.prp("");

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void speedAndDuplexAreTheDrivers() {
        assertThat(link().get("speed_mbit").getAsInt()).isEqualTo(10_000);
        assertThat(link().get("duplex").getAsString()).isEqualTo("full");
        assertThat(host.daemon().statusText())
                .containsPattern("\n +lan0 +A +carrying +10G ")
                .containsPattern("\n +lan1 +B +carrying +10G ");
    }

    @Test
    void aChangeOfTheMtuIsFollowed() {
        assertThat(link().get("mtu").getAsInt()).isEqualTo(1500);

        host.host().run("ip", "link", "set", "lan0", "mtu", "1700");

        Await.until("lan0 has its new MTU", LIMIT, () -> link().get("mtu").getAsInt() == 1700);
    }

    @Test
    void comingsAndGoingsOfTheCarrierAreCounted() {
        long before = link().get("carrier_changes").getAsLong();

        host.cut(0);
        host.heal(0);

        Await.until(
                "both changes are counted",
                LIMIT,
                () -> link().get("carrier_changes").getAsLong() == before + 2);
    }

    @Test
    void ofAnInterfaceThatIsGoneNothingIsKnown() {
        host.host().run("ip", "link", "delete", "lan0");

        Await.until(
                "lan0 is gone",
                LIMIT,
                () -> link().get("condition").getAsString().equals("gone"));
        assertThat(link().asMap())
                .extractingByKeys("speed_mbit", "duplex", "mtu", "carrier_changes")
                .allMatch(JsonElement::isJsonNull);
    }

    /** What is said of LAN A. */
    private JsonObject link() {
        return host.linkStatus(0);
    }
}
