package net.twinpath.duppath.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.twinpath.duppath.counters.CounterBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sequence recovery function may be told. */
class RecoverySettingsTest {
    @Test
    void defaultsLookForLatentErrorsOverTheGivenLinks() {
        RecoverySettings settings = RecoverySettings.defaults(3);
        assertThat(settings.algorithm()).isEqualTo(RecoveryAlgorithm.VECTOR);
        assertThat(settings.historyLength()).isEqualTo(4096);
        assertThat(settings.resetNs()).isEqualTo(2_000_000_000L);
        assertThat(settings.latentError()).isEqualTo(LatentErrorSettings.defaults(3));
        assertThat(settings.latentError().enabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 65_537})
    void historyLengthOutOfRangeIsRefusedWithTheRange(int historyLength) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vector(historyLength, false, LatentErrorSettings.off()))
                .withMessage("history length %d: must be 2 to 65536", historyLength);
    }

    @Test
    void individualRecoveryFunctionHasNoLatentErrorDetection() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vector(64, true, LatentErrorSettings.defaults(2)))
                .withMessageContaining("individual");
        assertThat(vector(64, true, LatentErrorSettings.off()).individual()).isTrue();
    }

    @Test
    void latentErrorValuesOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatentErrorSettings(true, -1, 1, 2, 1))
                .withMessageContaining("difference -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatentErrorSettings(true, 0, 0, 2, 1))
                .withMessageContaining("period");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatentErrorSettings(true, 0, 1, 0, 1))
                .withMessageContaining("paths 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatentErrorSettings(true, 0, 1, 2, 0))
                .withMessageContaining("reset period");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 33})
    void numberOfLinksOutOfRangeIsRefused(int links) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SequenceRecovery.of(RecoverySettings.defaults(2), links, CounterBlock.ofStream()))
                .withMessage("links %d: must be 1 to 32", links);
    }

    private static RecoverySettings vector(int historyLength, boolean individual, LatentErrorSettings latentError) {
        return new RecoverySettings(RecoveryAlgorithm.VECTOR, historyLength, 1, false, individual, true, latentError);
    }
}
