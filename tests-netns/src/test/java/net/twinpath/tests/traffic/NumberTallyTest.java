package net.twinpath.tests.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NumberTallyTest {
    private static final Arrivals NONE = new Arrivals.Recorder().arrivals();

    @Test
    void countsEachNumberOnceAndFurtherOnesAsDuplicates() {
        assertThat(tally(0, 1, 1, 3, 1, 2)).isEqualTo(new StreamResult(6, 4, 2, 1, 2, 1, 0, NONE));
    }

    @Test
    void aStreamIsWholeOnlyWhenNothingIsMissingAndNothingCameTwice() {
        assertThat(tally(1, 0, 2, 3, 5, 4).isWhole()).isTrue();
        assertThat(tally(0, 1, 2, 3, 4).isWhole()).isFalse();
        assertThat(tally(0, 1, 2, 3, 4, 5, 5).isWhole()).isFalse();
    }

    @Test
    void countsHowOftenLossBegan() {
        assertThat(tally(0, 1, 2, 3, 4, 5).lossRuns()).isZero();
        assertThat(tally(0, 3, 4, 5).lossRuns()).isEqualTo(1);
        assertThat(tally(1, 2, 4).lossRuns()).isEqualTo(3);
        assertThat(tally().lossRuns()).isEqualTo(1);
    }

    @Test
    void refusesANumberThatWasNeverSent() {
        assertThatThrownBy(() -> tally(6)).hasMessage("number 6 arrived, but only 6 were sent");
    }

    private static StreamResult tally(int... numbers) {
        NumberTally tally = new NumberTally();
        for (int number : numbers) {
            tally.arrived(number);
        }
        return tally.result(6, 0, NONE);
    }
}
