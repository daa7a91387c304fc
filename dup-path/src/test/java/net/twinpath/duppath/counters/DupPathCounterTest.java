package net.twinpath.duppath.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Counters have keys of their own and places of their own. */
class DupPathCounterTest {
    @Test
    void keysAreUniqueAndFitMetricNames() {
        assertThat(Arrays.stream(DupPathCounter.values()).map(DupPathCounter::key))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[a-z]+(_[a-z]+)*"));
    }

    @Test
    void eachCounterHoldsItsOwnValue() {
        CounterBlock block = new CounterBlock();
        long amount = 1;
        for (DupPathCounter counter : DupPathCounter.values()) {
            block.add(counter, amount++);
        }
        amount = 1;
        for (DupPathCounter counter : DupPathCounter.values()) {
            block.increment(counter);
            assertThat(block.value(counter)).as(counter.key()).isEqualTo(++amount);
        }
    }
}
