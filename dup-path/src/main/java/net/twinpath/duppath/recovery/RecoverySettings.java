package net.twinpath.duppath.recovery;

/**
 * What a sequence recovery function is told (IEEE 802.1CB 10.4.1).
 *
 * @param algorithm      how first copies are told from later ones (frerSeqRcvyAlgorithm)
 * @param historyLength  numbers the vector algorithm remembers (frerSeqRcvyHistoryLength), 2 to 65536; must exceed frame
 *                       rate x difference of delay of the links. The match algorithm does not look at it
 * @param resetNs        time without an accepted frame after which any number is taken (frerSeqRcvyResetMSec), nanoseconds
 * @param takeNoSequence whether the vector algorithm accepts frames without a number (frerSeqRcvyTakeNoSequence)
 * @param individual     whether this is an individual recovery function (frerSeqRcvyIndividualRecovery): one link's
 *                       frames before they are merged with the others'; it has no latent error detection
 * @param resync         whether the vector algorithm follows a sender whose numbers have jumped without waiting for
 *                       {@code resetNs}; false leaves the standard's rules alone
 * @param latentError    how unnoticed failures are looked for
 */
public record RecoverySettings(
        RecoveryAlgorithm algorithm,
        int historyLength,
        long resetNs,
        boolean takeNoSequence,
        boolean individual,
        boolean resync,
        LatentErrorSettings latentError) {
    /** The shortest history the standard allows, and its default. */
    public static final int LEAST_HISTORY_LENGTH = 2;

    /** The whole range of numbers. */
    public static final int GREATEST_HISTORY_LENGTH = 65_536;

    /**
     * The standard's default of 2 loses frames as soon as links differ in delay. 4096 numbers are 8 ms at 500 000 frames a
     * second and 512 octets of memory, and leave fifteen sixteenths of the numbers to tell a restarted sender by.
     */
    public static final int DEFAULT_HISTORY_LENGTH = 4096;

    /** frerSeqRcvyResetMSec unless told otherwise, nanoseconds; the standard names no value, 2 s is customary. */
    public static final long DEFAULT_RESET_NS = 2_000_000_000L;

    public RecoverySettings {
        check(
                historyLength >= LEAST_HISTORY_LENGTH && historyLength <= GREATEST_HISTORY_LENGTH,
                "history length",
                historyLength,
                LEAST_HISTORY_LENGTH + " to " + GREATEST_HISTORY_LENGTH);
        check(resetNs > 0, "reset time in ns", resetNs, "more than 0");
        if (individual && latentError.enabled()) {
            throw new IllegalArgumentException("an individual recovery function has no latent error detection");
        }
    }

    /** Vector algorithm, 4096 numbers, 2 s, latent error detection, for a stream that comes over so many links. */
    public static RecoverySettings defaults(int links) {
        return new RecoverySettings(
                RecoveryAlgorithm.VECTOR,
                DEFAULT_HISTORY_LENGTH,
                DEFAULT_RESET_NS,
                false,
                false,
                true,
                LatentErrorSettings.defaults(links));
    }

    static void check(boolean right, String what, long value, String allowed) {
        if (!right) {
            throw new IllegalArgumentException(what + " " + value + ": must be " + allowed);
        }
    }
}
