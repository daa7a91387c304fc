package net.twinpath.daemon;

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

    /** Enough for what runs for each frame to be compiled; what runs for each batch is not worth the time. */
    private static final int FRAMES = 20_000;

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(1);

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
            long leftNs = LIMIT_NS / Math.max(1, warmUps.size());
            warmUps.forEach(warmUp -> LOG.debug("warm-up: {} frames", warmUp.run(FRAMES, leftNs)));
        } catch (RuntimeException e) {
            LOG.warn("the first frames will take longer: {}", e.toString());
        } finally {
            CloseHelper.quietCloseAll(warmUps);
            wake.raise();
        }
    }

    /** Whether it has ended. */
    boolean isWarm() {
        return !thread.isAlive();
    }
}
