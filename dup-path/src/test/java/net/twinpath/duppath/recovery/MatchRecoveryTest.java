package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.recovery.SequenceRecovery.DISCARD;
import static net.twinpath.duppath.recovery.SequenceRecovery.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import org.junit.jupiter.api.Test;

/** The match algorithm by a truth table, then against the rule written out. */
class MatchRecoveryTest {
    private static final long MS = 1_000_000;

    private CounterBlock counters = CounterBlock.ofStream();
    private SequenceRecovery recovery = recovery(false);

    private SequenceRecovery recovery(boolean individual) {
        counters = CounterBlock.ofStream();
        return SequenceRecovery.of(
                new RecoverySettings(
                        RecoveryAlgorithm.MATCH, 2, 2_000 * MS, false, individual, true, LatentErrorSettings.off()),
                2,
                counters);
    }

    private void heard(int number, long nowMs, int verdict, StreamCounter... counted) {
        Map<StreamCounter, Long> expected = StreamCounts.of(counters);
        assertThat(recovery.recover(number & 1, number, nowMs * MS)).isEqualTo(verdict);
        for (StreamCounter counter : counted) {
            expected.merge(counter, 1L, Long::sum);
        }
        assertThat(StreamCounts.of(counters)).isEqualTo(expected);
    }

    @Test
    void truthTable() {
        assertThat(counters.value(StreamCounter.RECOVERY_RESETS)).isEqualTo(1);
        heard(7, 0, PASS, StreamCounter.PASSED); // 1 anything is new at the start
        heard(7, 1, DISCARD, StreamCounter.DISCARDED); // 2
        heard(8, 2, PASS, StreamCounter.PASSED); // 3
        heard(8, 2, DISCARD, StreamCounter.DISCARDED); // 4
        heard(7, 3, PASS, StreamCounter.PASSED, StreamCounter.OUT_OF_ORDER); // 5 there is no history
        heard(65_535, 4, PASS, StreamCounter.PASSED, StreamCounter.OUT_OF_ORDER); // 6
        heard(0, 5, PASS, StreamCounter.PASSED); // 7 over the wrap
        heard(40_000, 6, PASS, StreamCounter.PASSED, StreamCounter.OUT_OF_ORDER); // 8 nothing is rogue
        heard(40_000, 2_005, DISCARD, StreamCounter.DISCARDED); // 9
        heard(40_000, 2_006, PASS, StreamCounter.PASSED, StreamCounter.RECOVERY_RESETS); // 10 the reset time is over
    }

    @Test
    void framesWithoutANumberPassWhateverTheSettingSays() {
        heard(7, 0, PASS, StreamCounter.PASSED);
        assertThat(recovery.recoverTagless(1_999 * MS)).isEqualTo(PASS);
        assertThat(counters.value(StreamCounter.TAGLESS)).isEqualTo(1);
        assertThat(counters.value(StreamCounter.PASSED)).isEqualTo(2);
        heard(7, 2_000, PASS, StreamCounter.PASSED, StreamCounter.RECOVERY_RESETS); // they do not restart the timer
    }

    @Test
    void repeatedNumberKeepsAnIndividualFunctionShut() {
        recovery = recovery(true);
        heard(7, 0, PASS, StreamCounter.PASSED);
        for (int second = 1; second < 100; second++) {
            heard(7, second * 1_000L, DISCARD, StreamCounter.DISCARDED);
        }
        heard(7, 101_000, PASS, StreamCounter.PASSED, StreamCounter.RECOVERY_RESETS);
    }

    @Test
    void agreesWithTheRuleWrittenOut() {
        SplittableRandom random = new SplittableRandom(0x3A7CL);
        int last = -1;
        int passed = 0;
        int outOfOrder = 0;
        for (int i = 0; i < 1_000_000; i++) {
            int number = random.nextInt(20) == 0 ? random.nextInt(65_536) : last + random.nextInt(3) & 0xFFFF;
            boolean pass = number != last;
            assertThat(recovery.recover(0, number, i) == PASS).isEqualTo(pass);
            passed += pass ? 1 : 0;
            outOfOrder += pass && last != -1 && number != (last + 1 & 0xFFFF) ? 1 : 0;
            last = number;
        }
        assertThat(counters.value(StreamCounter.PASSED)).isEqualTo(passed);
        assertThat(counters.value(StreamCounter.DISCARDED)).isEqualTo(1_000_000 - passed);
        assertThat(counters.value(StreamCounter.OUT_OF_ORDER)).isEqualTo(outOfOrder);
    }
}
