package net.twinpath.daemon.ctl;

import java.time.Duration;
import net.twinpath.config.value.DurationLiteral;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line, written as in the configuration. */
final class TimeConverter implements ITypeConverter<Duration> {
    private static final Duration LONGEST = Duration.ofDays(20);

    @Override
    public Duration convert(String text) {
        Duration time = DurationLiteral.parse(text)
                .orElseThrow(() -> new TypeConversionException("\"" + text
                        + "\" is no duration: a whole number and its unit (" + DurationLiteral.UNITS + "), as 10s"));
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }
}
