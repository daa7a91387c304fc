package net.twinpath.daemon.path;

/**
 * Judges one link from its carrier and from samples of its counters: a link with carrier that brings none of the frames
 * the others bring is silent, which no carrier tells. Pure: no clock, no I/O.
 */
final class LinkWatch {
    /** Frames the other links must have brought, with none on this one, before it is called silent. */
    static final long SILENT_AFTER_FRAMES = 20;

    private static final long NO_SAMPLE = -1;

    private boolean present = true;
    private boolean carrier;
    private long heardBefore = NO_SAMPLE;
    private long passedBefore;
    private boolean silent;

    LinkWatch(boolean carrier) {
        this.carrier = carrier;
    }

    /** Takes what the kernel says of the interface. */
    void interfaceState(boolean nowPresent, boolean nowCarrier) {
        present = nowPresent;
        if (carrier != nowCarrier) {
            carrier = nowCarrier;
            silent = false;
            heardBefore = NO_SAMPLE;
        }
    }

    /**
     * Takes a sample.
     *
     * @param heard  sequenced frames heard on this link so far, first copies and later ones
     * @param passed sequenced frames the path passed so far, by whichever link
     */
    void sample(long heard, long passed) {
        if (heard != heardBefore) {
            heardBefore = heard;
            passedBefore = passed;
            silent = false;
        } else if (passed - passedBefore >= SILENT_AFTER_FRAMES) {
            silent = true;
        }
    }

    LinkCondition condition() {
        if (!present) {
            return LinkCondition.GONE;
        }
        if (!carrier) {
            return LinkCondition.NO_CARRIER;
        }
        return silent ? LinkCondition.SILENT : LinkCondition.CARRYING;
    }
}
