package net.twinpath.tests.traffic;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of {@code ping -D -n} (iputils), read strictly: a line of another form, or a closing summary that differs
 * from the lines above it, is an error.
 */
final class PingOutput {
    private static final Pattern REPLY = Pattern.compile(
            "\\[(\\d+\\.\\d{6})] (\\d+) bytes from \\S+: icmp_seq=(\\d+) ttl=\\d+ time=[\\d.]+ ms( \\(DUP!\\))?");
    private static final Pattern ERROR = Pattern.compile("\\[\\d+\\.\\d{6}] From \\S+ icmp_seq=\\d+ [A-Z].*");
    private static final Pattern REFUSED = Pattern.compile("ping: sendmsg: .*");
    private static final Pattern IGNORED = Pattern.compile(
            "|PING .* (?:bytes of data\\.|data bytes)|--- .* ping statistics ---|rtt min/avg/max/mdev = .*|pipe \\d+");
    private static final Pattern SUMMARY = Pattern.compile("(\\d+) packets transmitted, (\\d+) received"
            + "(?:, \\+(\\d+) duplicates)?(?:, \\+(\\d+) errors)?, [\\d.]+% packet loss, time (\\d+)ms");

    private static final int SEQUENCE_NUMBERS = 1 << 16;
    private static final long NS_PER_US = 1_000;
    private static final long NS_PER_MS = 1_000_000;

    private final int packets;
    private final long beginningUs;
    private final NumberTally wanted = new NumberTally();
    private final NumberTally all = new NumberTally();
    private final Arrivals.Recorder recorder = new Arrivals.Recorder();
    private long received;
    private long markedDuplicates;
    private long errors;

    private PingOutput(int packets, long beginningUs) {
        this.packets = packets;
        this.beginningUs = beginningUs;
    }

    /**
     * Reads the whole text.
     *
     * @param lines       every line ping wrote
     * @param requests    it was told to send
     * @param packets     that count of them, the first ones; what is told of the others must add up all the same
     * @param beginningUs what arrival times are relative to, in microseconds since 1970
     * @throws IllegalStateException naming the line that is not understood or does not add up
     */
    static StreamResult read(List<String> lines, int requests, int packets, long beginningUs) {
        PingOutput output = new PingOutput(packets, beginningUs);
        StreamResult result = null;
        for (String line : lines) {
            Matcher summary = SUMMARY.matcher(line);
            if (summary.matches()) {
                result = output.close(summary, requests);
            } else {
                output.line(line);
            }
        }
        if (result == null) {
            throw new IllegalStateException("ping wrote no summary");
        }
        return result;
    }

    private void line(String line) {
        Matcher reply = REPLY.matcher(line);
        if (reply.matches()) {
            reply(reply);
        } else if (ERROR.matcher(line).matches()) {
            errors++;
        } else if (!REFUSED.matcher(line).matches() && !IGNORED.matcher(line).matches()) {
            throw new IllegalStateException("ping wrote a line that is not understood: " + line);
        }
    }

    private void reply(Matcher line) {
        // Numbers start at 1 on the wire.
        int number = unwrap(Integer.parseInt(line.group(3)), all.highest() + 1) - 1;
        boolean first = all.arrived(number);
        boolean marked = line.group(4) != null;
        if (first == marked) {
            throw new IllegalStateException(
                    "ping and this count disagree on whether it is a duplicate: " + line.group());
        }
        if (marked) {
            markedDuplicates++;
        } else {
            received++;
        }
        if (number < packets && wanted.arrived(number)) {
            recorder.add(sinceBeginningNs(line.group(1)), Long.parseLong(line.group(2)));
        }
    }

    /** The number nearest to {@code near} whose lowest 16 bits are {@code low}. */
    static int unwrap(int low, int near) {
        int candidate = near - Math.floorMod(near, SEQUENCE_NUMBERS) + low;
        if (candidate - near > SEQUENCE_NUMBERS / 2 && candidate >= SEQUENCE_NUMBERS) {
            return candidate - SEQUENCE_NUMBERS;
        }
        return near - candidate > SEQUENCE_NUMBERS / 2 ? candidate + SEQUENCE_NUMBERS : candidate;
    }

    private long sinceBeginningNs(String secondsSinceEpoch) {
        long us = new BigDecimal(secondsSinceEpoch).movePointRight(6).longValueExact();
        return (us - beginningUs) * NS_PER_US;
    }

    private StreamResult close(Matcher summary, int requests) {
        expect("packets transmitted", requests, summary.group(1));
        expect("received", received, summary.group(2));
        expect("duplicates", all.duplicated(), summary.group(3));
        expect("duplicates marked", markedDuplicates, summary.group(3));
        expect("errors", errors, summary.group(4));
        Arrivals arrivals = recorder.arrivals();
        // Requests go out evenly, those that do not count behind the others.
        long sendingNs = Long.parseLong(summary.group(5)) * NS_PER_MS * packets / requests;
        long endNs = arrivals.count() == 0 ? sendingNs : arrivals.timeNs(0) + sendingNs;
        return wanted.result(packets, arrivals.longestGapMs(endNs), arrivals);
    }

    private static void expect(String what, long counted, @Nullable String printed) {
        if (counted != (printed == null ? 0 : Long.parseLong(printed))) {
            throw new IllegalStateException(
                    "ping's summary says " + printed + " " + what + ", its lines say " + counted);
        }
    }
}
