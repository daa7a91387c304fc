package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.concurrent.Future;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.BackgroundProcess;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.StreamResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A link taken out of use on purpose: nothing is lost, the report says so, and the link is put back whatever happens. */
class DrillIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final TwoHosts<Cable> hosts = TwoHosts.start();

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void nothingIsLostWhileTheOtherLinkBearsTheLoad() {
        Future<StreamResult> pings = new EchoStream(
                        hosts.a(), TwoHosts.ADDRESS_B, 5, 1_200, hosts.folder().resolve("ping"))
                .start(System.nanoTime());
        Command.Result drill = hosts.daemonA().ctl("--json", "drill", "lan0", "--for", "2s");
        assertThat(drill.errors()).isEmpty();
        assertThat(drill.status()).isZero();
        JsonObject report = JsonParser.parseString(drill.output()).getAsJsonObject();
        assertThat(report.get("as_planned").getAsBoolean()).isTrue();
        JsonObject path = report.getAsJsonArray("paths").get(0).getAsJsonObject();
        assertThat(path.get("lost_receiving").getAsLong()).isZero();
        assertThat(path.get("lost_sending").getAsLong()).isZero();
        JsonObject bearer = path.getAsJsonArray("links").get(0).getAsJsonObject();
        assertThat(bearer.get("name").getAsString()).isEqualTo("lan1");
        assertThat(bearer.get("sent").getAsLong()).isPositive();
        assertThat(Await.result("pings", LIMIT, pings).isWhole()).isTrue();
        hosts.daemonA().awaitCondition("protected");
        assertThat(kinds()).contains("drill-begun", "drill-ended");
    }

    @Test
    void theStatusTellsOfTheDrillAndAKilledClientEndsIt() {
        BackgroundProcess drill = drillInBackground();
        String during = hosts.daemonA().statusText();
        assertThat(during)
                .contains("* drill: lan0 is out of use on purpose, for ")
                .contains("DEGRADED");
        drill.signal("KILL");
        drill.waitFor(LIMIT);
        Await.until("the drill is over", LIMIT, () -> !isDrilled());
        hosts.daemonA().awaitCondition("protected");
        Await.until("the log tells why", LIMIT, () -> hosts.daemonA().log().contains("because its client has gone"));
    }

    @Test
    void aReloadPutsTheLinkBackAndTheClientIsTold() {
        BackgroundProcess drill = drillInBackground();
        assertThat(hosts.daemonA().ctl("reload").status()).isZero();
        assertThat(isDrilled()).isFalse();
        assertThat(drill.waitFor(LIMIT)).isEqualTo(1);
        assertThat(drill.output()).contains("put back early, because the configuration is taken anew");
    }

    @Test
    void theLinkIsPutBackWhenTheOtherOneFails() {
        BackgroundProcess drill = drillInBackground();
        hosts.lanB().cut();
        assertThat(drill.waitFor(LIMIT)).isEqualTo(1);
        assertThat(drill.output()).contains("put back early, because no other link carried as it should");
        hosts.lanB().heal();
        hosts.daemonA().awaitCondition("protected");
    }

    @Test
    void aDrillThatWouldCutThePathIsRefusedUnlessForced() {
        hosts.lanB().cut();
        hosts.daemonA().awaitCondition("degraded");
        Command.Result refused = hosts.daemonA().ctl("drill", "lan0", "--for", "1s");
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.errors()).contains("would cut the path");
        Future<StreamResult> pings = new EchoStream(
                        hosts.a(), TwoHosts.ADDRESS_B, 5, 1_200, hosts.folder().resolve("ping"))
                .start(System.nanoTime());
        Command.Result forced = hosts.daemonA().ctl("drill", "lan0", "--for", "1s", "--force");
        assertThat(forced.output()).contains("lan0 was out of use for ");
        assertThat(forced.status()).isEqualTo(1);
        assertThat(Await.result("pings", LIMIT, pings).isWhole()).isFalse();
        Command.Result unknown = hosts.daemonA().ctl("drill", "lan9");
        assertThat(unknown.status()).isEqualTo(3);
        assertThat(unknown.errors()).isEqualTo("twinpathctl: no link \"lan9\"; there are: lan0, lan1\n");
    }

    private BackgroundProcess drillInBackground() {
        BackgroundProcess drill =
                hosts.daemonA().startCtl(hosts.folder().resolve("drill"), "drill", "lan0", "--for", "1min");
        Await.until("the drill has begun", LIMIT, this::isDrilled);
        return drill;
    }

    private boolean isDrilled() {
        return hosts.daemonA().path().get("drill").isJsonObject();
    }

    private String kinds() {
        JsonArray events;
        try (var control = hosts.daemonA().control()) {
            events = control.call("events", "{}").getAsJsonArray("events");
        }
        StringBuilder kinds = new StringBuilder();
        for (JsonElement event : events) {
            kinds.append(event.getAsJsonObject().get("kind").getAsString()).append('\n');
        }
        return kinds.toString();
    }
}
