package net.twinpath.tests.impairment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImpairmentTest {
    private static final String EVERYTHING = "delay=20ms jitter=5ms loss=20% burst=1%x8 reorder=10% duplicate=1%"
            + " corrupt=0.1% rate=10Mbit queue=64KiB";

    @Test
    void everyWordSetsWhatItSays() {
        Impairment built = Impairment.NONE
                .withDelay(Duration.ofMillis(20), Duration.ofMillis(5))
                .withLoss(20)
                .withBurst(1, 8)
                .withReorder(10)
                .withDuplicate(1)
                .withCorrupt(0.1)
                .withRate(10_000_000, 65_536);
        assertThat(Impairment.parse(EVERYTHING)).isEqualTo(built);
        assertThat(built).hasToString(EVERYTHING);
    }

    @Test
    void theOrderOfWordsDoesNotMatter() {
        assertThat(Impairment.parse(" jitter=5ms\tqueue=1MiB  rate=1Gbit\ndelay=0.02s "))
                .isEqualTo(Impairment.NONE
                        .withDelay(Duration.ofMillis(20), Duration.ofMillis(5))
                        .withRate(1_000_000_000, 1 << 20));
    }

    @ParameterizedTest
    @CsvSource({
        "loss=0.2, loss=20%",
        "loss=0.07, loss=7%",
        "delay=1500us, delay=1500us",
        "delay=1500ms, delay=1500ms",
        "delay=2000ms, delay=2s",
        "burst=0.5%x2.5, burst=0.5%x2.5",
        "rate=1500kbit, rate=1500kbit queue=64KiB",
        "rate=1.5Gbit queue=1000B, rate=1500Mbit queue=1000B",
        "loss=0%, none",
        "none, none",
    })
    void isPrintedInItsShortestForm(String text, String printed) {
        assertThat(Impairment.parse(text)).hasToString(printed);
    }

    @Test
    void whatIsPrintedIsReadBack() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            long delayNs = random.nextLong(1L << random.nextInt(1, 40));
            Impairment impairment = Impairment.NONE
                    .withDelay(Duration.ofNanos(delayNs), Duration.ofNanos(random.nextLong(delayNs + 1)))
                    .withLoss(random.nextDouble(100))
                    .withReorder(random.nextInt(101))
                    .withDuplicate(random.nextInt(1_000) / 10.0)
                    .withCorrupt(random.nextDouble() / 1e6)
                    .withRate(random.nextLong(1, 1L << 40), random.nextLong(1, 1 << 30));
            assertThat(Impairment.parse(impairment.toString())).isEqualTo(impairment);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "losses=20%                | losses=20%: no such key; keys are delay, jitter",
                "delay=5ms loss            | loss: no key=value",
                "loss=20% loss=30%         | loss=30%: loss stands here twice",
                "loss=20                   | loss=20: more than 100 %",
                "loss=a                    | loss=a: not a percentage such as 20% or a probability such as 0.2",
                "loss=-1%                  | loss=-1%: not a percentage",
                "reorder=100.1%            | reorder=100.1%: more than 100 %",
                "burst=1%                  | burst=1%: not a chance and a mean length in frames, such as 1%x8",
                "burst=1%xmany             | burst=1%xmany: 'many' is not a number",
                "burst=1%x0.5              | burst=1%x0.5: the mean length is at least 1 frame",
                "delay=20                  | delay=20: not a number and one of s, ms, us, ns",
                "delay=20min               | delay=20min: 'min' is not one of s, ms, us, ns",
                "delay=0.5ns               | delay=0.5ns: not a whole number of ns",
                "delay=99999999999s        | delay=99999999999s: not a whole number of ns, or too many",
                "rate=10M                  | rate=10M: 'M' is not one of Gbit, Mbit, kbit, bit",
                "rate=0bit                 | rate: 0 would carry nothing",
                "queue=64KiB               | queue: only a line with a rate has one",
                "rate=1Mbit queue=2048MiB  | queue: 2147483648 octets are not 1 to 1073741824",
                "rate=1Mbit queue=0B       | queue: 0 octets are not 1 to",
                "delay=5ms jitter=6ms      | jitter: more than the delay",
            })
    void refusesAndNamesTheWord(String text, String message) {
        assertThatThrownBy(() -> Impairment.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 100.1, Double.NaN})
    void refusesWhatIsNoPercentage(double percent) {
        assertThatThrownBy(() -> Impairment.NONE.withLoss(percent))
                .hasMessageContaining("loss: " + percent + " % is not");
    }
}
