package net.twinpath.tests.impairment;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of an {@link Impairment}, read and printed: words of the form {@code key=value}, in any order. */
final class ImpairmentText {
    private static final String CLEAN = "none";
    private static final String KEYS = "delay, jitter, loss, burst, reorder, duplicate, corrupt, rate, queue";
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)([A-Za-z]+)");
    private static final Pattern CHANCE = Pattern.compile("(\\d+(?:\\.\\d+)?)(%?)");

    /** Largest first, as they are printed. */
    private static final List<Unit> TIMES =
            List.of(new Unit("s", 1_000_000_000), new Unit("ms", 1_000_000), new Unit("us", 1_000), new Unit("ns", 1));

    private static final List<Unit> RATES = List.of(
            new Unit("Gbit", 1_000_000_000), new Unit("Mbit", 1_000_000), new Unit("kbit", 1_000), new Unit("bit", 1));

    private static final List<Unit> SIZES =
            List.of(new Unit("MiB", 1 << 20), new Unit("KiB", 1 << 10), new Unit("B", 1));

    private Duration delay = Duration.ZERO;
    private Duration jitter = Duration.ZERO;
    private long rate;
    private long queue;
    private Impairment rest = Impairment.NONE;
    private final Set<String> seen = new HashSet<>();

    private ImpairmentText() {}

    private record Unit(String name, long size) {}

    static Impairment parse(String text) {
        if (text.strip().equals(CLEAN)) {
            return Impairment.NONE;
        }
        ImpairmentText reading = new ImpairmentText();
        text.strip()
                .lines()
                .flatMap(line -> Pattern.compile("\\s+").splitAsStream(line))
                .forEach(reading::word);
        return reading.result();
    }

    private void word(String word) {
        int equals = word.indexOf('=');
        String key = equals < 0 ? word : word.substring(0, equals);
        if (equals < 0) {
            throw wrong(word, "no key=value; keys are " + KEYS);
        }
        if (!seen.add(key)) {
            throw wrong(word, key + " stands here twice");
        }
        value(word, key, word.substring(equals + 1));
    }

    private void value(String word, String key, String value) {
        switch (key) {
            case "delay" -> delay = Duration.ofNanos(quantity(word, value, TIMES));
            case "jitter" -> jitter = Duration.ofNanos(quantity(word, value, TIMES));
            case "loss" -> rest = rest.withLoss(percent(word, value));
            case "burst" -> rest = burst(word, value);
            case "reorder" -> rest = rest.withReorder(percent(word, value));
            case "duplicate" -> rest = rest.withDuplicate(percent(word, value));
            case "corrupt" -> rest = rest.withCorrupt(percent(word, value));
            case "rate" -> rate = quantity(word, value, RATES);
            case "queue" -> queue = quantity(word, value, SIZES);
            default -> throw wrong(word, "no such key; keys are " + KEYS);
        }
    }

    private Impairment burst(String word, String value) {
        int times = value.indexOf('x');
        if (times < 0) {
            throw wrong(word, "not a chance and a mean length in frames, such as 1%x8");
        }
        double meanFrames = number(word, value.substring(times + 1));
        if (meanFrames < 1) {
            throw wrong(word, "the mean length is at least 1 frame");
        }
        return rest.withBurst(percent(word, value.substring(0, times)), meanFrames);
    }

    private static double number(String word, String text) {
        try {
            return new BigDecimal(text).doubleValue();
        } catch (NumberFormatException e) {
            throw wrong(word, "'" + text + "' is not a number");
        }
    }

    private static double percent(String word, String value) {
        Matcher matcher = CHANCE.matcher(value);
        if (!matcher.matches()) {
            throw wrong(word, "not a percentage such as 20% or a probability such as 0.2");
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        double percent = (matcher.group(2).isEmpty() ? number.movePointRight(2) : number).doubleValue();
        if (percent > 100) {
            throw wrong(word, "more than 100 %");
        }
        return percent;
    }

    private static long quantity(String word, String value, List<Unit> units) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(value);
        if (!matcher.matches()) {
            throw wrong(word, "not a number and one of " + names(units));
        }
        Unit unit = units.stream()
                .filter(known -> known.name().equals(matcher.group(2)))
                .findFirst()
                .orElseThrow(() -> wrong(word, "'" + matcher.group(2) + "' is not one of " + names(units)));
        try {
            return new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(unit.size()))
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw wrong(
                    word, "not a whole number of " + units.get(units.size() - 1).name() + ", or too many");
        }
    }

    private static String names(List<Unit> units) {
        return String.join(", ", units.stream().map(Unit::name).toList());
    }

    private Impairment result() {
        if (seen.contains("queue") && rate == 0) {
            throw wrong("queue", "only a line with a rate has one");
        }
        if (seen.contains("rate") && rate == 0) {
            throw wrong("rate", "0 would carry nothing; leave the word out for no limit");
        }
        long waiting = rate > 0 && !seen.contains("queue") ? Impairment.DEFAULT_QUEUE_OCTETS : queue;
        return rest.withDelay(delay, jitter).withRate(rate, waiting);
    }

    private static IllegalArgumentException wrong(String word, String why) {
        return new IllegalArgumentException(word + ": " + why);
    }

    static String print(Impairment impairment) {
        StringJoiner words = new StringJoiner(" ");
        quantity(words, "delay", impairment.delayNs(), TIMES);
        quantity(words, "jitter", impairment.jitterNs(), TIMES);
        percent(words, "loss", impairment.lossPercent(), "");
        percent(words, "burst", impairment.burstPercent(), "x" + plain(impairment.burstFrames()));
        percent(words, "reorder", impairment.reorderPercent(), "");
        percent(words, "duplicate", impairment.duplicatePercent(), "");
        percent(words, "corrupt", impairment.corruptPercent(), "");
        quantity(words, "rate", impairment.rateBitsPerSecond(), RATES);
        quantity(words, "queue", impairment.queueOctets(), SIZES);
        return words.length() == 0 ? CLEAN : words.toString();
    }

    private static void quantity(StringJoiner words, String key, long value, List<Unit> units) {
        if (value != 0) {
            Unit unit = units.stream()
                    .filter(candidate -> value % candidate.size() == 0)
                    .findFirst()
                    .orElseThrow();
            words.add(key + "=" + value / unit.size() + unit.name());
        }
    }

    private static void percent(StringJoiner words, String key, double percent, String suffix) {
        if (percent != 0) {
            words.add(key + "=" + plain(percent) + "%" + suffix);
        }
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
