package net.twinpath.tests.bench;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.twinpath.tests.fixture.Command;

/** One run of the program {@code load}: frames in at one end, counted at the other. */
final class Load {
    private static final Gson GSON = new Gson();

    private final List<String> words;

    private Load(List<String> words) {
        this.words = words;
    }

    /** As many 64-octet frames as go for a second, one way. */
    static Load over(Contender contender) {
        List<String> words = new ArrayList<>(List.of(Programs.path("load")));
        words.addAll(List.of("--from", contender.from(), "--to", contender.to()));
        words.addAll(List.of("--core", Integer.toString(Contender.CORE_A)));
        if (!contender.pids().isEmpty()) {
            words.add("--charge");
            words.add(contender.pids().stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return new Load(words);
    }

    /** No frames; probes only. */
    Load idle() {
        return with("--rate", "-1");
    }

    Load rate(double framesPerSecond) {
        return with("--rate", Double.toString(framesPerSecond));
    }

    /** Octets of a frame, without FCS. */
    Load length(int octets) {
        return with("--length", Integer.toString(octets));
    }

    Load seconds(double seconds) {
        return with("--seconds", Double.toString(seconds));
    }

    Load bothWays() {
        return with("--both");
    }

    /** Source addresses that take turns. */
    Load sources(int count) {
        return with("--sources", Integer.toString(count));
    }

    /** UDP destination ports that take turns, 5000 being the first. */
    Load ports(int count) {
        return with("--ports", Integer.toString(count));
    }

    /** Round trips, one at a time; not more than fit in the time of the load. */
    Load probes(int count) {
        return with("--probes", Integer.toString(count));
    }

    private Load with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Load(all);
    }

    Measured run() {
        return GSON.fromJson(Command.run(words.toArray(String[]::new)), Measured.class);
    }

    /**
     * What one run saw.
     *
     * @param sent       frames, all directions together
     * @param refused    of them, by the kernel where they were sent
     * @param delivered  numbers that came, each once
     * @param duplicates frames that came again
     * @param seconds    the sending took
     * @param cpuNs      processor time of the contender's processes meanwhile
     * @param probes     round trips
     * @param probesLost that did not come back within 100 ms
     * @param p50        of the round trips, microseconds
     * @param p99        of the round trips, microseconds
     * @param p999       of the round trips, microseconds
     */
    record Measured(
            long sent,
            long refused,
            long delivered,
            long duplicates,
            double seconds,
            long cpuNs,
            int probes,
            int probesLost,
            double p50,
            double p99,
            double p999) {
        double rate() {
            return delivered / seconds;
        }

        double cpuNsPerFrame() {
            return (double) cpuNs / delivered;
        }

        /** Whether what was sent came, but one in a thousand, and nothing twice. */
        boolean isComplete() {
            return duplicates == 0 && delivered >= 0.999 * sent;
        }
    }
}
