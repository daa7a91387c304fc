package net.twinpath.tests.traffic;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Future;
import net.twinpath.tests.fixture.BackgroundProcess;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.RequiredCommands;
import net.twinpath.tests.fixture.Worker;

/**
 * Echo requests and replies of the system's own ping(8), whose text is read to the last line.
 *
 * <p>ping waits for the reply to its last request no longer than twice the longest time of the others, which may be a
 * millisecond. So it goes on for a second after those that count; what becomes of the further ones does not matter.
 *
 * <p>ping asks for room for 64 KiB of replies: some 170. More than come at once when a daemon was held up, which at an
 * interval of 5 ms is after 850 ms, are lost at ping's socket.
 *
 * @param from       where ping runs
 * @param address    whom it asks
 * @param intervalMs time between requests
 * @param packets    how many are sent
 * @param log        file that takes ping's text
 */
public record EchoStream(Namespace from, String address, int intervalMs, int packets, Path log) {
    /** Requests sent at once to catch up, so that the rate holds while no reply wakes ping. */
    private static final int PRELOAD = 20;

    /** Room for requests held back while the address is being resolved, so that ping never waits for room. */
    private static final int SEND_BUFFER_OCTETS = 1_000_000;

    /** Exit status of ping when no reply came at all; 2 and higher are errors. */
    private static final int NO_REPLY = 1;

    private static final int AFTERWARDS_MS = 1_000;

    private static final Duration LINGER = Duration.ofSeconds(30);

    /**
     * Starts ping. The result is there when it has ended.
     *
     * @param beginningNs what arrival times are relative to
     */
    public Future<StreamResult> start(long beginningNs) {
        RequiredCommands.check("ping");
        double interval = intervalMs / 1000.0;
        int requests = packets + AFTERWARDS_MS / intervalMs;
        BackgroundProcess ping = from.start(
                log,
                "env",
                "LC_ALL=C",
                "ping",
                "-D",
                "-n",
                "-i",
                String.format(Locale.ROOT, "%.3f", interval),
                "-l",
                Integer.toString(PRELOAD),
                "-S",
                Integer.toString(SEND_BUFFER_OCTETS),
                "-c",
                Integer.toString(requests),
                address);
        Duration limit =
                Duration.ofMillis((long) intervalMs * requests).multipliedBy(2).plus(LINGER);
        return Worker.start("echo", () -> result(ping, requests, limit, beginningNs));
    }

    private StreamResult result(BackgroundProcess ping, int requests, Duration limit, long beginningNs) {
        int status = ping.waitFor(limit);
        if (status > NO_REPLY) {
            throw new IllegalStateException(ping + ": status " + status + "\n" + ping.lastOutput());
        }
        return PingOutput.read(ping.output().lines().toList(), requests, packets, wallClockUs(beginningNs));
    }

    /** What the wall clock, which ping prints, showed at a {@link System#nanoTime()}; microseconds since 1970. */
    private static long wallClockUs(long nanoTime) {
        long agoUs = (System.nanoTime() - nanoTime) / 1000;
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - agoUs;
    }
}
