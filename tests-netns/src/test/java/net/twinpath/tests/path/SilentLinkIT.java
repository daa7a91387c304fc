package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.impairment.ImpairedCable;
import net.twinpath.tests.impairment.Impairment;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.StreamResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Links that have carrier and bring nothing, or not all, in one direction or both, under FRER: found while nothing is sent
 * but what the daemons send themselves, told by both ends, and kept clear of by what goes on one link only.
 */
@Execution(ExecutionMode.CONCURRENT)
class SilentLinkIT {
    private static final long SEED = 802_1_8902;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Impairment DEAD = Impairment.parse("loss=100%");

    /** Everything goes on one link only: the path of it all receives and sends nothing that is duplicated. */
    private static final String ON_FIRST_LINK = """
            format = "frer"
            continuity-interval = "100ms"
            unmatched = "first-link"
            links = [%s]
            """;

    private static final String PLAIN = "\"lan0\", \"lan1\"";
    private static final String VLANS = "{ interface = \"lan0\", vlan = 66 }, { interface = \"lan1\", vlan = 67 }";

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, VLANS})
    void firstLinkSilentInOneDirectionIsFoundByBothEndsAndFramesTakeTheOther(String links) {
        try (TwoHosts<ImpairedCable> hosts = TwoHosts.start(ImpairedCable.kind(SEED), ON_FIRST_LINK.formatted(links))) {
            awaitNeighbour(hosts.daemonA());
            awaitNeighbour(hosts.daemonB());
            for (Namespace deaf : List.of(hosts.a(), hosts.b())) {
                hosts.lanA().impair(deaf, DEAD);
                Twinpathd atDeaf = deaf == hosts.a() ? hosts.daemonA() : hosts.daemonB();
                Twinpathd atOther = deaf == hosts.a() ? hosts.daemonB() : hosts.daemonA();
                awaitLink(atDeaf, 0, "silent");
                awaitLink(atOther, 0, "not heard by the neighbours");
                assertThat(atDeaf.statusText())
                        .containsPattern("lan0: has carrier but brings nothing \\(the last frame came \\d+ s ago\\)");
                assertThat(atOther.statusText())
                        .contains("dup0: DEGRADED since ")
                        .contains("lan0: brings frames, but those sent on it do not arrive");
                assertEchoesWhole(hosts, "deaf-" + deaf);

                hosts.lanA().heal();
                hosts.daemonA().awaitCondition("protected");
                hosts.daemonB().awaitCondition("protected");
                assertEchoesWhole(hosts, "healed-" + deaf);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void silentLinkOfAnIdlePathIsFoundAndFoundWell(int link) {
        try (TwoHosts<ImpairedCable> hosts = TwoHosts.start(ImpairedCable.kind(SEED), TwoHosts.FRER_STREAMS)) {
            awaitNeighbour(hosts.daemonA());
            awaitNeighbour(hosts.daemonB());
            ImpairedCable cable = link == 0 ? hosts.lanA() : hosts.lanB();
            cable.impair(DEAD);
            awaitLink(hosts.daemonA(), link, "silent");
            awaitLink(hosts.daemonB(), link, "silent");
            awaitLink(hosts.daemonA(), 1 - link, "carrying");
            cable.heal();
            hosts.daemonA().awaitCondition("protected");
            hosts.daemonB().awaitCondition("protected");

            hosts.daemonB().kill();
            hosts.daemonA().awaitCondition("down");
            assertThat(hosts.daemonA().statusText()).contains("-> no link brings anything: most likely the other end");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TwoHosts.PRP, TwoHosts.FRER_STREAMS})
    void linkThatLosesFramesIsNoProtection(String keys) {
        try (TwoHosts<ImpairedCable> hosts = TwoHosts.start(ImpairedCable.kind(SEED), keys)) {
            hosts.lanB().impair(hosts.b(), Impairment.parse("loss=30%"));
            Path folder = hosts.folder().resolve("loss");
            var echoes = new EchoStream(hosts.a(), TwoHosts.ADDRESS_B, 5, 2_000, folder).start(System.nanoTime());
            awaitLink(hosts.daemonB(), 1, "loses frames");
            assertThat(hosts.daemonB().statusText())
                    .contains("lan1 loses frames: frames pass, but the next failure may lose some")
                    .containsPattern("-> lan1: does not bring [23][0-9] % of the frames");
            awaitLink(hosts.daemonA(), 1, "carrying");
            assertThat(Await.result("echoes", LIMIT, echoes).lost()).isZero();
            hosts.lanB().heal();
            hosts.daemonB().awaitCondition("protected");
        }
    }

    @Test
    void aSmallLossAndALateLinkAreTold() {
        try (TwoHosts<ImpairedCable> hosts = TwoHosts.start(ImpairedCable.kind(SEED), TwoHosts.PRP)) {
            hosts.lanA().impair(Impairment.parse("delay=30ms"));
            hosts.lanB().impair(hosts.b(), Impairment.parse("loss=5%"));
            Path folder = hosts.folder().resolve("loss");
            var echoes = new EchoStream(hosts.a(), TwoHosts.ADDRESS_B, 5, 6_000, folder).start(System.nanoTime());
            Await.until(
                    "the lead is told",
                    LIMIT,
                    () -> hosts.daemonB()
                            .statusText()
                            .matches("(?s).*-> lan0: is later than lan1 by (29|3[0-9]) ms .*"));
            awaitLink(hosts.daemonB(), 1, "loses frames");
            assertThat(hosts.daemonB().statusText()).containsPattern("-> lan1: does not bring [2-9] % of the frames");
            assertThat(hosts.daemonB().log())
                    .containsPattern("dup0: lan0 is later than lan1 by (1[0-9]|2[0-9]|3[0-9]) ms")
                    .containsPattern("dup0: lan1 loses frames: [2-9] % of the frames sent to us");
            assertThat(Await.result("echoes", LIMIT.plusSeconds(40), echoes).lost())
                    .isZero();
        }
    }

    /** Whether the neighbour's first announcement came decides what is expected of it. */
    private static void awaitNeighbour(Twinpathd daemon) {
        Await.until(
                "a neighbour is heard on both links",
                LIMIT,
                () -> daemon.path().getAsJsonArray("nodes").asList().stream()
                        .map(node -> node.getAsJsonObject())
                        .anyMatch(node -> !node.get("heard_on_a_ms_ago").isJsonNull()
                                && !node.get("heard_on_b_ms_ago").isJsonNull()));
    }

    private static void awaitLink(Twinpathd daemon, int link, String condition) {
        Await.until(
                "link " + link + " is said to be: " + condition,
                LIMIT,
                () -> link(daemon, link).get("condition").getAsString().equals(condition));
    }

    private static JsonObject link(Twinpathd daemon, int link) {
        return daemon.path().getAsJsonArray("links").get(link).getAsJsonObject();
    }

    private static void assertEchoesWhole(TwoHosts<ImpairedCable> hosts, String label) {
        hosts.a().run("ip", "neigh", "flush", "dev", "dup0");
        hosts.b().run("ip", "neigh", "flush", "dev", "dup0");
        StreamResult echoes = Await.result(
                "echoes",
                LIMIT,
                new EchoStream(
                                hosts.a(),
                                TwoHosts.ADDRESS_B,
                                5,
                                200,
                                hosts.folder().resolve(label))
                        .start(System.nanoTime()));
        assertThat(echoes.isWhole())
                .as("%s: %d sent, %d lost, %d duplicated", label, echoes.sent(), echoes.lost(), echoes.duplicated())
                .isTrue();
    }
}
