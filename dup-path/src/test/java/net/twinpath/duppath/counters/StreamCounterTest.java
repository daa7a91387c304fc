package net.twinpath.duppath.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
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
    void metricsHaveTheStandardsNamesInTheirOwnSpelling() {
        assertThat(StreamCounter.GENERATION_RESETS.metric()).isEqualTo("stream_frer_cps_seq_gen_resets");
        assertThat(StreamCounter.RESYNCS.metric()).isEqualTo("stream_resyncs");
    }

    @Test
    void noTwoCountersOfAnyKindHaveOneMetric() {
        assertThat(Stream.<Counter[]>of(DupPathCounter.values(), StreamCounter.values(), OrderingCounter.values())
                        .flatMap(Arrays::stream)
                        .map(Counter::metric))
                .doesNotHaveDuplicates()
                .allMatch(metric -> metric.matches("(path|link|stream)(_[a-z]+)+"));
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
