package net.twinpath.config;

import java.time.Duration;
import net.twinpath.config.value.Keyword;

/** How often a path of {@link Format#FRER} tells its other ends that it is there; periods of IEEE 802.1Q 21.6.1. */
public enum ContinuityInterval implements Keyword {
    OFF("off", Duration.ZERO),
    MILLISECONDS_100("100ms", Duration.ofMillis(100)),
    SECOND("1s", Duration.ofSeconds(1)),
    SECONDS_10("10s", Duration.ofSeconds(10));

    private final String text;
    private final Duration duration;

    ContinuityInterval(String text, Duration duration) {
        this.text = text;
        this.duration = duration;
    }

    @Override
    public String text() {
        return text;
    }

    /** Between two messages; zero when none are sent. */
    public Duration duration() {
        return duration;
    }
}
