package net.twinpath.daemon.control;

/** Counts one client's requests against its limit: a bucket that fills at the rate and holds one second's. Pure. */
final class RequestRate {
    private static final long MS_PER_S = 1_000;

    private final long perSecond;
    private long thousandths;
    private long filledMs;

    /**
     * @param perSecond requests
     * @param nowMs     time, never going back; the bucket is full
     */
    RequestRate(long perSecond, long nowMs) {
        this.perSecond = perSecond;
        this.thousandths = perSecond * MS_PER_S;
        this.filledMs = nowMs;
    }

    /** Takes one request into account; false when it is one too many. */
    boolean admits(long nowMs) {
        long full = perSecond * MS_PER_S;
        long passedMs = Math.min(MS_PER_S, nowMs - filledMs);
        thousandths = Math.min(full, thousandths + passedMs * perSecond);
        filledMs = nowMs;
        if (thousandths < MS_PER_S) {
            return false;
        }
        thousandths -= MS_PER_S;
        return true;
    }
}
