package net.twinpath.daemon.path;

/**
 * Judges one link from what the kernel says of its interface and from samples of its counters: a link with carrier that
 * brings nothing is silent, which no carrier tells. Pure: no clock, no I/O.
 */
final class LinkWatch {
    /** Frames the other links must have brought, with none on this one, before it is called silent. */
    static final long SILENT_AFTER_FRAMES = 20;

    /** Silence on an idle path says nothing where no node announces itself. */
    static final long NEVER_MS = Long.MAX_VALUE;

    private static final long NO_SAMPLE = -1;

    private final long silentAfterMs;
    private InterfaceState state;
    private boolean loops;
    private long receivedBefore = NO_SAMPLE;
    private long heardBefore;
    private long passedBefore;
    private long receivedAtMs;
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

    /** @param silentAfterMs a neighbour that is there was heard by then, however idle the path; {@link #NEVER_MS} */
    LinkWatch(InterfaceState state, long silentAfterMs) {
        this.state = state;
        this.silentAfterMs = silentAfterMs;
    }

    /** Takes what the kernel says of the interface; what was heard before it carried again does not count. */
    void interfaceState(InterfaceState now) {
        if (now.carries() && !state.carries()) {
            receivedBefore = NO_SAMPLE;
            missesFrames = false;
            hearsNothing = false;
        }
        state = now;
    }

    /**
     * Takes a sample.
     *
     * @param received frames of any kind received on this link so far
     * @param heard    sequenced frames heard on this link so far, each once
     * @param passed   sequenced frames the path passed so far, by whichever link
     * @param nowMs    time, never going back
     */
    void sample(long received, long heard, long passed, long nowMs) {
        // What passed before this link was there, or by one that is gone, was never to be heard on it.
        if (receivedBefore == NO_SAMPLE || passed < passedBefore) {
            passedBefore = passed;
        }
        if (received != receivedBefore) {
            receivedBefore = received;
            receivedAtMs = nowMs;
        }
        hearsNothing = nowMs - receivedAtMs >= silentAfterMs;
        if (heard != heardBefore || !state.carries()) {
            heardBefore = heard;
            passedBefore = passed;
            missesFrames = false;
        } else if (passed - passedBefore >= SILENT_AFTER_FRAMES) {
            missesFrames = true;
        }
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
            case USABLE -> conditionWithCarrier(LinkCondition.CARRYING);
        };
    }

    /** Large frames are missing on it for a known reason, which has a remedy of its own. */
    private LinkCondition conditionWhenTooSmall() {
        return hearsNothing ? LinkCondition.SILENT : LinkCondition.TOO_SMALL;
    }

    private LinkCondition conditionWithCarrier(LinkCondition atBest) {
        if (missesFrames || hearsNothing) {
            return LinkCondition.SILENT;
        }
        return loops ? LinkCondition.LOOPED : atBest;
    }
}
