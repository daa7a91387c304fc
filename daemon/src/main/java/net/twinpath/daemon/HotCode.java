package net.twinpath.daemon;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.twinpath.duppath.WarmUp;
import net.twinpath.linux.EventFd;
import org.agrona.CloseHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the code that moves frames compiled once after the start, on a thread of its own while the paths already carry. */
final class HotCode {
    private static final Logger LOG = LoggerFactory.getLogger("twinpathd");

    /** Enough that what runs for each batch is asked to be compiled, too. */
    private static final int FRAMES = 100_000;

    private static final int FRAMES_AT_ONCE = 1_000;

    /** How long the compilers are looked at at once. */
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Who has worked no longer meanwhile has come to the end: something small is compiled all the time. */
    private static final long LITTLE_MS = 25;

    /** For all paths together, however slow the machine. */
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(3);

    private final Thread thread;

    /**
     * Begins; without any, it has ended at once.
     *
     * @param warmUps to be run one after the other, and closed
     * @param wake    raised at the end
     */
    HotCode(List<WarmUp> warmUps, EventFd wake) {
        thread = new Thread(() -> compile(warmUps, wake), "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void compile(List<WarmUp> warmUps, EventFd wake) {
        try {
            long limitNs = LIMIT_NS / Math.max(1, warmUps.size());
            warmUps.forEach(warmUp -> LOG.debug("warm-up: {} frames", move(warmUp, limitNs)));
        } catch (RuntimeException e) {
            LOG.warn("the first frames will take longer: {}", e.toString());
        } finally {
            CloseHelper.quietCloseAll(warmUps);
            wake.raise();
        }
    }

    /** Frames go on while the compilers work: they drop what is not asked for any more. */
    private static int move(WarmUp warmUp, long limitNs) {
        long endNs = System.nanoTime() + limitNs;
        int moved = 0;
        long compiledMs;
        do {
            compiledMs = compilationMs();
            moved += moveFor(warmUp, Math.min(LOOK_NS, endNs - System.nanoTime()));
        } while ((moved < FRAMES || compilationMs() - compiledMs > LITTLE_MS) && endNs - System.nanoTime() > 0);
        return moved;
    }

    private static int moveFor(WarmUp warmUp, long timeNs) {
        long endNs = System.nanoTime() + timeNs;
        int moved = 0;
        for (long leftNs = timeNs; leftNs > 0; leftNs = endNs - System.nanoTime()) {
            moved += warmUp.run(FRAMES_AT_ONCE, leftNs);
        }
        return moved;
    }

    /** What the compilers have taken so far; 0 for a virtual machine that only interprets. */
    private static long compilationMs() {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        return compilers == null ? 0 : compilers.getTotalCompilationTime();
    }

    /** Whether it has ended. */
    boolean isWarm() {
        return !thread.isAlive();
    }
}
