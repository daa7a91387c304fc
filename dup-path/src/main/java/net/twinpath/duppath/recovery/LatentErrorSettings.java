package net.twinpath.duppath.recovery;

/**
 * How latent error detection looks for a link that has failed unnoticed behind the others (IEEE 802.1CB 10.4.1.12).
 *
 * @param enabled       whether it looks at all (frerSeqRcvyLatentErrorDetection)
 * @param difference    missing or surplus copies since the last base that are still no error
 *                      (frerSeqRcvyLatentErrorDifference), 0 or more
 * @param periodNs      time between tests (frerSeqRcvyLatentErrorPeriod), nanoseconds
 * @param paths         links that bring a copy of each frame (frerSeqRcvyLatentErrorPaths), 1 or more; with 1 there is
 *                      nothing to compare
 * @param resetPeriodNs time between new bases (frerSeqRcvyLatentResetPeriod), nanoseconds
 */
public record LatentErrorSettings(boolean enabled, long difference, long periodNs, int paths, long resetPeriodNs) {
    /**
     * The standard names no value. Copies under way when a test is made look missing: up to 64 frames one link has
     * delivered in its turn and the other has not, and frame rate x difference of delay, here 36 frames. A link that is
     * silent is found within 2 s from 50 frames a second on, within 30 s from 4 frames a second on. A stream whose rate x
     * difference of delay is larger needs a larger value; a slower one, whose links loss must not hide on, a smaller.
     */
    public static final long DEFAULT_DIFFERENCE = 100;

    /** frerSeqRcvyLatentErrorPeriod unless told otherwise, nanoseconds. */
    public static final long DEFAULT_PERIOD_NS = 2_000_000_000L;

    /** frerSeqRcvyLatentResetPeriod unless told otherwise, nanoseconds. */
    public static final long DEFAULT_RESET_PERIOD_NS = 30_000_000_000L;

    public LatentErrorSettings {
        RecoverySettings.check(difference >= 0, "latent error difference", difference, "0 or more");
        RecoverySettings.check(periodNs > 0, "latent error period in ns", periodNs, "more than 0");
        RecoverySettings.check(paths >= 1, "latent error paths", paths, "1 or more");
        RecoverySettings.check(resetPeriodNs > 0, "latent error reset period in ns", resetPeriodNs, "more than 0");
    }

    /** Detection with the default values, for a stream that comes over so many links. */
    public static LatentErrorSettings defaults(int paths) {
        return new LatentErrorSettings(true, DEFAULT_DIFFERENCE, DEFAULT_PERIOD_NS, paths, DEFAULT_RESET_PERIOD_NS);
    }

    /** No detection. */
    public static LatentErrorSettings off() {
        return new LatentErrorSettings(false, DEFAULT_DIFFERENCE, DEFAULT_PERIOD_NS, 1, DEFAULT_RESET_PERIOD_NS);
    }
}
