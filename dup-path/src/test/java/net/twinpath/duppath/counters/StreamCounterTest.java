package net.twinpath.duppath.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.twinpath.duppath.counters.Counter.Writer;
import org.junit.jupiter.api.Test;

/** A stream's counters have the standard's names and places of their own. */
class StreamCounterTest {
    @Test
    void keysAreTheStandardsNames() {
        assertThat(Arrays.stream(StreamCounter.values()).map(StreamCounter::key))
                .doesNotHaveDuplicates()
                .filteredOn(key -> !key.equals("latentErrors") && !key.equals("resyncs"))
                .hasSize(12)
                .allMatch(key -> key.matches("(frerCpsSeq(Gen|Rcvy|Enc)|tsnCpsSid)[A-Z][A-Za-z]+"));
    }

    @Test
    void eachCounterHoldsItsOwnValue() {
        CounterBlock block = CounterBlock.ofStream();
        long amount = 1;
        for (StreamCounter counter : StreamCounter.values()) {
            block.add(counter, amount++);
        }
        amount = 1;
        for (StreamCounter counter : StreamCounter.values()) {
            assertThat(block.value(counter)).as(counter.key()).isEqualTo(amount++);
        }
    }

    @Test
    void whatTheSendAgentWritesStandsFirst() {
        assertThat(StreamCounter.values())
                .extracting(Counter::writer)
                .isSorted()
                .contains(Writer.SEND, Writer.RECEIVE);
        assertThat(DupPathCounter.values())
                .extracting(Counter::writer)
                .isSorted()
                .contains(Writer.SEND, Writer.RECEIVE);
    }
}
