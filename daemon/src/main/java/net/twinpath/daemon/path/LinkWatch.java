package net.twinpath.daemon.path;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Judges one link from what the kernel says of its interface, from samples of its counters and from what neighbours say: a
 * link with carrier that brings nothing is silent, which no carrier tells. Pure: no clock, no I/O.
 */
final class LinkWatch {
    /** Frames the other links must have brought, with none on this one, before it is called silent. */
    static final long SILENT_AFTER_FRAMES = 20;

    /** Silence on an idle path says nothing where no node announces itself. */
    static final long NEVER_MS = Long.MAX_VALUE;

    /** How far back a loss is looked for that shows at once, and the healing of any. */
    static final long SHORT_MS = 5_000;

    /** How far back a smaller loss is looked for. */
    static final long LONG_MS = 60_000;

    /** A link that for certain missed so much of what others brought lately is no protection to rely on. */
    static final double LOSSY_FROM = 0.05;

    /** And one that misses less is one again. */
    static final double LOSSY_UNTIL = 0.02;

    /** The same over the long time, while it goes on. */
    static final double LONG_LOSSY_FROM = 0.02;

    static final double LONG_LOSSY_UNTIL = 0.01;

    /** So many frames should have been missed since, were the loss still there. */
    private static final int WOULD_HAVE_MISSED = 5;

    /** A neighbour heard so long after the last frame that was missed speaks for a link on which no frame tells anything. */
    static final long REST_MS = 2_000;

    private static final long NO_SAMPLE = -1;

    private static final long NEVER_HEARD = -1;

    private final RecentLoss loss = new RecentLoss(SHORT_MS);
    private final RecentLoss longLoss = new RecentLoss(LONG_MS);
    private long silentAfterMs;
    private InterfaceState state;
    private long carriesSinceMs;
    private boolean loops;
    private boolean missesNeighbours;
    private boolean isUnheard;
    private boolean isLossy;
    private long receivedBefore = NO_SAMPLE;
    private long heardBefore;
    private long passedBefore;
    private long passedLast;
    private long passedAtMs;
    private long receivedAtMs;
    private long lastFrameMs = NEVER_HEARD;
    private long receivedInAll;
    private boolean missesFrames;
    private boolean hearsNothing;

    /** What the kernel says of an interface. */
    enum InterfaceState {
        USABLE,
        TOO_SMALL,
        NO_CARRIER,
        SWITCHED_OFF,
        GONE;

        boolean carries() {
            return this == USABLE || this == TOO_SMALL;
        }
    }

    /**
     * @param silentAfterMs a neighbour that is there was heard by then, however idle the path; {@link #NEVER_MS}
     * @param nowMs         time, never going back
     */
    LinkWatch(InterfaceState state, long silentAfterMs, long nowMs) {
        this.state = state;
        this.silentAfterMs = silentAfterMs;
        this.carriesSinceMs = nowMs;
    }

    /** Takes what the kernel says of the interface; what was heard before it carried again does not count. */
    void interfaceState(InterfaceState now, long nowMs) {
        if (now.carries() && !state.carries()) {
            receivedBefore = NO_SAMPLE;
            carriesSinceMs = nowMs;
            missesFrames = false;
            hearsNothing = false;
            missesNeighbours = false;
            isUnheard = false;
            isLossy = false;
            loss.forget();
            longLoss.forget();
        }
        state = now;
    }

    /** When the last frame of any kind came over it, to the next sample; empty for never. */
    OptionalLong lastFrameMs() {
        return lastFrameMs == NEVER_HEARD ? OptionalLong.empty() : OptionalLong.of(lastFrameMs);
    }

    /** When it began to carry, as far as it does. */
    long carriesSinceMs() {
        return carriesSinceMs;
    }

    /** Learns how soon a neighbour that is there would be heard. */
    void silentAfter(long ms, long nowMs) {
        if (silentAfterMs == NEVER_MS) {
            receivedAtMs = nowMs;
        }
        silentAfterMs = ms;
    }

    /**
     * Takes what neighbours tell that announce themselves.
     *
     * @param misses  whether some are heard, but none on this link
     * @param unheard whether those heard on it do not hear us on it
     * @param heardMs when one was last heard on it
     */
    void neighbours(boolean misses, boolean unheard, long heardMs) {
        missesNeighbours = misses;
        isUnheard = unheard;
        if (missesFrames && heardMs >= passedAtMs + REST_MS) {
            missesFrames = false;
            passedBefore = passedLast;
        }
    }

    /**
     * Takes a sample.
     *
     * @param received frames of any kind received on this link so far
     * @param nowMs    time, never going back
     */
    void sample(long received, Reception reception, long nowMs) {
        long heard = reception.heard();
        long passed = reception.passed();
        // What passed before this link was there, or by one that is gone, was never to be heard on it.
        if (receivedBefore == NO_SAMPLE || passed < passedBefore) {
            passedBefore = passed;
        }
        if (passed != passedLast) {
            passedLast = passed;
            passedAtMs = nowMs;
        }
        if (received != receivedBefore) {
            receivedBefore = received;
            receivedAtMs = nowMs;
        }
        if (received != receivedInAll) {
            receivedInAll = received;
            lastFrameMs = nowMs;
        }
        hearsNothing = nowMs - receivedAtMs >= silentAfterMs;
        if (heard != heardBefore || !state.carries()) {
            heardBefore = heard;
            passedBefore = passed;
            missesFrames = false;
        } else if (passed - passedBefore >= SILENT_AFTER_FRAMES) {
            missesFrames = true;
        }
        loss.sample(reception, nowMs);
        longLoss.sample(reception, nowMs);
        isLossy = loss.least().orElse(0) >= (isLossy ? LOSSY_UNTIL : LOSSY_FROM) || (isLossy ? losesStill() : loses());
    }

    private boolean loses() {
        return longLoss.least().orElse(0) >= LONG_LOSSY_FROM && loss.share().orElse(0) >= LONG_LOSSY_UNTIL;
    }

    /** A few frames do not show that a small loss is over; where hardly any come there is nothing to lose. */
    private boolean losesStill() {
        double share = longLoss.least().orElse(0);
        boolean isOver = loss.share().orElse(0) < LONG_LOSSY_UNTIL
                && (loss.share().isEmpty() || loss.frames() * share >= WOULD_HAVE_MISSED);
        return share >= LONG_LOSSY_UNTIL && !isOver;
    }

    /**
     * The share of the frames of the last seconds that other links brought and this one did not, or of the last minute when
     * that is more and goes on; empty with few frames.
     */
    OptionalDouble loss() {
        double least = isLossy ? longLoss.least().orElse(0) : 0;
        return loss.share().orElse(0) < least ? OptionalDouble.of(least) : loss.share();
    }

    /** Tells whether the link brings our own frames back. */
    void loops(boolean now) {
        loops = now;
    }

    LinkCondition condition() {
        return switch (state) {
            case GONE -> LinkCondition.GONE;
            case SWITCHED_OFF -> LinkCondition.SWITCHED_OFF;
            case NO_CARRIER -> LinkCondition.NO_CARRIER;
            case TOO_SMALL -> conditionWhenTooSmall();
            case USABLE -> conditionWithCarrier();
        };
    }

    /** Large frames are missing on it for a known reason, which has a remedy of its own. */
    private LinkCondition conditionWhenTooSmall() {
        return hearsNothing || missesNeighbours ? LinkCondition.SILENT : LinkCondition.TOO_SMALL;
    }

    /** The cause before what follows from it: in a loop a switch learns our neighbours behind one link only. */
    private LinkCondition conditionWithCarrier() {
        if (loops) {
            return LinkCondition.LOOPED;
        }
        if (isSilent()) {
            return LinkCondition.SILENT;
        }
        if (isUnheard) {
            return LinkCondition.UNHEARD;
        }
        return isLossy ? LinkCondition.LOSSY : LinkCondition.CARRYING;
    }

    private boolean isSilent() {
        return missesFrames || hearsNothing || missesNeighbours;
    }

    /** Whether a frame sent on this link only is likely to arrive. */
    boolean isReliable() {
        return state.carries() && !isSilent() && !isUnheard && !isLossy;
    }
}
