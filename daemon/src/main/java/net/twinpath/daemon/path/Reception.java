package net.twinpath.daemon.path;

import java.util.function.LongSupplier;

/**
 * What one link has brought of what its path has passed, both of one moment, although the receive agent counts on meanwhile.
 *
 * @param heard  sequenced frames heard on the link so far, each once
 * @param passed sequenced frames the path passed so far, by whichever link
 */
record Reception(long heard, long passed) {
    /** Frames that pass while two counters are read are rare; so many times in a row they do not. */
    private static final int TRIES = 100;

    /**
     * Reads both. The reading thread may stand still between two reads, for as long as others have the core: what passes
     * meanwhile would be missing on the link, or heard on it and not passed. So both are read again when frames passed.
     */
    static Reception of(LongSupplier heard, LongSupplier passed) {
        Reception reception = new Reception(0, passed.getAsLong());
        for (int tries = 0; tries < TRIES; tries++) {
            Reception again = new Reception(heard.getAsLong(), passed.getAsLong());
            if (again.passed == reception.passed) {
                return again;
            }
            reception = again;
        }
        return reception;
    }

    /** Frames that other links brought and this one did not, or not yet. */
    long missing() {
        return passed - heard;
    }
}
