package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Switch;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both links of a host end in one network by mistake: frames pass once, nothing circles, and the status says so. */
class OneNetworkIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ADDRESS_A = "10.77.0.1";
    private static final String ADDRESS_B = "10.77.0.2";

    private final TemporaryFolder folder = TemporaryFolder.create("one-network");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Switch lanA = Switch.make("lan-a");
    private final Switch lanB = Switch.make("lan-b");

    @BeforeEach
    void plug() {
        for (Namespace host : List.of(a, b)) {
            lanA.plug(host, "lan0");
            lanB.plug(host, "lan1");
        }
    }

    @AfterEach
    void remove() {
        a.close();
        b.close();
        lanA.close();
        lanB.close();
        folder.close();
    }

    private Twinpathd daemon(Namespace host, String label, String address, String format) {
        return Twinpathd.start(host, folder, label, """
                [path.dup0]
                address = "%s/24"
                links = ["lan0", "lan1"]
                format = "%s"
                """.formatted(address, format));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prp", "frer"})
    void framesPassOnceAndTheMistakeIsSaidUntilItIsMended(String format) {
        try (Twinpathd atA = daemon(a, "a", ADDRESS_A, format);
                Twinpathd atB = daemon(b, "b", ADDRESS_B, format)) {
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            lanB.moveTo(lanA, a, "lan1");
            assertTrafficIsWhole();
            atA.awaitCondition("degraded");
            assertThat(atA.statusText())
                    .contains("dup0: DEGRADED since ")
                    .contains("lan0 brings our own frames back")
                    .contains("-> lan0: brings our own frames back; it must not be connected to another link's network")
                    .contains("-> lan1: brings our own frames back");
            assertThat(GatewayTopology.linkCounter(atA, "rx_own")).isPositive();
            assertTrafficIsWhole();

            lanA.moveTo(lanB, a, "lan1");
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            assertTrafficIsWhole();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prp", "frer"})
    void allLinksOfBothHostsInOneNetwork(String format) {
        try (Twinpathd atA = daemon(a, "a", ADDRESS_A, format);
                Twinpathd atB = daemon(b, "b", ADDRESS_B, format)) {
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            lanB.moveTo(lanA, a, "lan1");
            lanB.moveTo(lanA, b, "lan1");
            assertTrafficIsWhole();
            atA.awaitCondition("degraded");
            atB.awaitCondition("degraded");
            assertThat(atB.statusText()).contains("brings our own frames back");
            long sent = GatewayTopology.linkCounter(atA, "tx_frames") + GatewayTopology.linkCounter(atB, "tx_frames");
            assertThat(sent).as("frames sent, were any circling").isLessThan(100_000);
        }
    }

    private void assertTrafficIsWhole() {
        // Neighbours are resolved anew now and then, by broadcast.
        a.run("ip", "neigh", "flush", "dev", "dup0");
        b.run("ip", "neigh", "flush", "dev", "dup0");
        long beginningNs = System.nanoTime();
        for (Future<StreamResult> stream : List.of(
                new EchoStream(a, ADDRESS_B, 5, 400, folder.resolve("echo" + beginningNs)).start(beginningNs),
                new VoiceStream(b, a, ADDRESS_A, 200, 400).start(beginningNs))) {
            StreamResult result = Await.result("stream", LIMIT, stream);
            assertThat(result.isWhole())
                    .as("%d sent, %d lost, %d duplicated", result.sent(), result.lost(), result.duplicated())
                    .isTrue();
        }
    }
}
