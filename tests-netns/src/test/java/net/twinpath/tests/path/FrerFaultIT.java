package net.twinpath.tests.path;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.impairment.ImpairedCable;
import net.twinpath.tests.impairment.Impairment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The faults of {@link LinkFaultIT} and {@link ImpairedPathIT} under FRER: what its streams' recovery functions are for,
 * and the memory of numbers that frames of no stream share with PRP.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class FrerFaultIT {
    private static final long SEED = 802_1;
    private static final int SECONDS = 2;
    private static final Duration FAULT_BEGINS = Duration.ofMillis(500);
    private static final Duration FAULT_ENDS = Duration.ofMillis(1_200);

    private TwoHosts<ImpairedCable> ofNoStream;
    private TwoHosts<ImpairedCable> ofStreams;

    @BeforeAll
    void start() {
        ofNoStream = TwoHosts.start(ImpairedCable.kind(SEED), TwoHosts.FRER);
        ofStreams = TwoHosts.start(ImpairedCable.kind(SEED), TwoHosts.FRER_STREAMS);
    }

    @AfterEach
    void heal() {
        for (TwoHosts<ImpairedCable> hosts : List.of(ofNoStream, ofStreams)) {
            hosts.lanA().heal();
            hosts.lanB().heal();
            hosts.daemonA().awaitCondition("protected");
            hosts.daemonB().awaitCondition("protected");
        }
    }

    @AfterAll
    void stop() {
        ofNoStream.close();
        ofStreams.close();
    }

    @Execution(ExecutionMode.SAME_THREAD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "{0}: A {1}, B {2}")
    @CsvSource({
        "clean, none, none",
        "A silent, loss=100%, none",
        "B silent, none, loss=100%",
        "the lossy path arrives first, delay=20ms loss=20%, delay=50ms",
        "the very lossy path arrives first, loss=80%, delay=20ms",
        "both reorder, delay=20ms reorder=20%, delay=20ms reorder=20%",
        "duplicates arrive late, delay=20ms jitter=10ms duplicate=1%, delay=50ms",
        "bursts of losses on the first path, burst=1%x8, delay=30ms",
    })
    private @interface Impaired {}

    @Impaired
    void nothingOfAStreamIsLostAndNothingComesTwice(String name, String lanA, String lanB) {
        endure(ofStreams, name, lanA, lanB);
    }

    @Impaired
    void nothingOfNoStreamIsLostAndNothingComesTwice(String name, String lanA, String lanB) {
        endure(ofNoStream, name, lanA, lanB);
    }

    private static void endure(TwoHosts<ImpairedCable> hosts, String name, String lanA, String lanB) {
        hosts.lanA().impair(Impairment.parse(lanA));
        hosts.lanB().impair(Impairment.parse(lanB));
        new CrossTraffic(hosts, SECONDS).assertWhole(name);
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void cutOfEitherLinkLosesNothing() {
        for (TwoHosts<ImpairedCable> hosts : List.of(ofNoStream, ofStreams)) {
            for (ImpairedCable cable : List.of(hosts.lanA(), hosts.lanB())) {
                CrossTraffic traffic = new CrossTraffic(hosts, SECONDS);
                traffic.awaitTime(FAULT_BEGINS);
                cable.cut();
                traffic.awaitTime(FAULT_ENDS);
                cable.heal();
                traffic.assertWhole("cut");
                hosts.daemonA().awaitCondition("protected");
                hosts.daemonB().awaitCondition("protected");
            }
        }
    }
}
