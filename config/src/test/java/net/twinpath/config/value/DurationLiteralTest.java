package net.twinpath.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are a duration, and how long. */
class DurationLiteralTest {
    @ParameterizedTest
    @CsvSource({
        "20us, PT0.00002S",
        "1ms, PT0.001S",
        "100ms, PT0.1S",
        "60000ms, PT1M",
        "2s, PT2S",
        "5min, PT5M",
        "1h, PT1H",
        "0s, PT0S",
        "007s, PT7S",
    })
    void aWholeNumberAndItsUnit(String text, Duration duration) {
        assertThat(DurationLiteral.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "2", "s", "2 s", " 2s", "2s ", "-2s", "+2s", "1.5s", "1e3s", "2S", "2m", "2sec", "1h30min", "2d",
                "٢s"
            })
    void anythingElseIsNone(String text) {
        assertThat(DurationLiteral.parse(text)).isEmpty();
    }

    @Test
    void aNumberOfAnyLengthStaysBeyondAllLimits() {
        assertThat(DurationLiteral.parse("9".repeat(1000) + "ms").orElseThrow()).isGreaterThan(Duration.ofDays(365));
        assertThat(DurationLiteral.parse("9".repeat(1000) + "h").orElseThrow()).isGreaterThan(Duration.ofDays(365));
        assertThat(DurationLiteral.parse("9".repeat(1000) + "us").orElseThrow()).isGreaterThan(Duration.ofDays(1));
        assertThat(DurationLiteral.parse("0".repeat(1000) + "1ms")).contains(Duration.ofMillis(1));
    }
}
