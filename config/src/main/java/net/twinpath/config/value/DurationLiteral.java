package net.twinpath.config.value;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as files write them: a whole number and its unit, without a space. */
public final class DurationLiteral {
    /** What a duration is, with its article. */
    public static final String DESCRIPTION = "a duration with its unit, such as \"2s\" or \"100ms\"";
    /** The units there are. */
    public static final String UNITS = "us, ms, s, min or h";

    private static final Pattern LITERAL = Pattern.compile("0*([0-9]+)(us|ms|s|min|h)");
    /** So many hours still fit into a {@link Duration}, and are beyond all limits: more need not be told apart. */
    private static final int MAX_DIGITS = 12;

    private DurationLiteral() {}

    /** The duration; empty when the text is none. */
    public static Optional<Duration> parse(String text) {
        Matcher literal = LITERAL.matcher(text);
        if (!literal.matches()) {
            return Optional.empty();
        }
        String digits = literal.group(1);
        long count = Long.parseLong(digits.substring(0, Math.min(digits.length(), MAX_DIGITS)));
        return Optional.of(Duration.of(count, unit(literal.group(2))));
    }

    private static ChronoUnit unit(String text) {
        return switch (text) {
            case "us" -> ChronoUnit.MICROS;
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "min" -> ChronoUnit.MINUTES;
            default -> ChronoUnit.HOURS;
        };
    }
}
