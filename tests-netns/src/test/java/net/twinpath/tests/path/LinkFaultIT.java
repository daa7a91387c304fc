package net.twinpath.tests.path;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The faults of the kernel's own hsr selftests (tools/testing/selftests/net/hsr/link_faults.sh) and more, each while
 * echoes and voices cross in both directions: nothing is lost, nothing comes twice.
 *
 * <pre>
 *   host a ── lan0 ════ LAN A ════ lan0 ── host b
 *          └─ lan1 ════ LAN B ════ lan1 ─┘
 * </pre>
 */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class LinkFaultIT {
    private static final int SECONDS = 3;

    private TwoHosts<Cable> hosts;

    @BeforeAll
    void start() {
        hosts = TwoHosts.start();
    }

    @AfterEach
    void heal() {
        hosts.lanA().heal();
        hosts.lanB().heal();
        hosts.daemonA().awaitCondition("protected");
        hosts.daemonB().awaitCondition("protected");
    }

    @AfterAll
    void stop() {
        hosts.close();
    }

    /** What happens to the links one second after the traffic began, and what one second later. */
    record Fault(String name, Consumer<TwoHosts<Cable>> begins, Consumer<TwoHosts<Cable>> ends) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("clean", on -> {}, on -> {}),
                new Fault("cut A", on -> on.lanA().cut(), on -> on.lanA().heal()),
                new Fault("cut B", on -> on.lanB().cut(), on -> on.lanB().heal()),
                new Fault("A silent", on -> on.lanA().silence(), on -> on.lanA().heal()),
                new Fault("B silent", on -> on.lanB().silence(), on -> on.lanB().heal()),
                new Fault(
                        "A loses 20 %",
                        on -> on.lanA().lose(20), on -> on.lanA().heal()),
                new Fault(
                        "A loses 80 %",
                        on -> on.lanA().lose(80), on -> on.lanA().heal()),
                new Fault(
                        "B loses 20 %",
                        on -> on.lanB().lose(20), on -> on.lanB().heal()),
                new Fault(
                        "B loses 80 %",
                        on -> on.lanB().lose(80), on -> on.lanB().heal()),
                new Fault(
                        "A loses 80 % towards b",
                        on -> on.lanA().loseTowards(on.b(), 80), on -> on.lanA().heal()),
                new Fault(
                        "B loses 80 % towards a",
                        on -> on.lanB().loseTowards(on.a(), 80), on -> on.lanB().heal()),
                new Fault(
                        "A delivers twice",
                        on -> on.lanA().duplicate(),
                        on -> on.lanA().heal()),
                new Fault(
                        "both deliver twice",
                        on -> {
                            on.lanA().duplicate();
                            on.lanB().duplicate();
                        },
                        on -> {
                            on.lanA().heal();
                            on.lanB().heal();
                        }),
                new Fault(
                        "A silent towards a, B silent towards b",
                        on -> {
                            on.lanA().loseTowards(on.a(), 100);
                            on.lanB().loseTowards(on.b(), 100);
                        },
                        on -> {
                            on.lanA().heal();
                            on.lanB().heal();
                        }),
                new Fault("A down at host a", on -> set(on, "down"), on -> set(on, "up")),
                new Fault("A cut, then B while A is back", on -> on.lanA().cut(), on -> {
                    on.lanA().heal();
                    on.daemonA().awaitCondition("protected");
                    on.daemonB().awaitCondition("protected");
                    on.lanB().cut();
                }));
    }

    private static void set(TwoHosts<Cable> on, String state) {
        on.a().run("ip", "link", "set", "lan0", state);
    }

    @ParameterizedTest
    @MethodSource("faults")
    @Execution(ExecutionMode.SAME_THREAD)
    void nothingIsLostAndNothingComesTwice(Fault fault) {
        CrossTraffic traffic = new CrossTraffic(hosts, SECONDS);
        traffic.awaitTime(Duration.ofSeconds(1));
        fault.begins().accept(hosts);
        traffic.awaitTime(Duration.ofSeconds(2));
        fault.ends().accept(hosts);
        traffic.assertWhole(fault.name());
    }
}
