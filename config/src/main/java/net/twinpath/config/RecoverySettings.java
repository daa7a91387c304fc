package net.twinpath.config;

import java.time.Duration;

/**
 * The table {@code recovery}: how sequence recovery of IEEE 802.1CB (7.4.2) removes copies.
 *
 * @param algorithm frerSeqRcvyAlgorithm
 * @param historyLength frerSeqRcvyHistoryLength, 2..65536 sequence numbers; of no meaning with {@link
 *     RecoveryAlgorithm#MATCH}
 * @param reset frerSeqRcvyResetMSec, the time without an accepted frame after which any number is accepted
 * @param takeNoSequence frerSeqRcvyTakeNoSequence, whether frames without a sequence number pass
 * @param individual frerSeqRcvyIndividualRecovery, whether each link has a recovery of its own first (7.5)
 * @param latentError how links that no longer bring their copies are found (7.4.4)
 */
public record RecoverySettings(
        RecoveryAlgorithm algorithm,
        int historyLength,
        Duration reset,
        boolean takeNoSequence,
        boolean individual,
        LatentErrorSettings latentError) {
    /** What holds without the table. */
    public static RecoverySettings defaults() {
        return new RecoverySettings(
                ConfigOption.RECOVERY_ALGORITHM.defaultKeyword(RecoveryAlgorithm.values()),
                ConfigOption.RECOVERY_HISTORY.defaultInteger(),
                ConfigOption.RECOVERY_RESET.defaultDuration(),
                ConfigOption.RECOVERY_TAKE_NO_SEQUENCE.defaultFlag(),
                ConfigOption.RECOVERY_INDIVIDUAL.defaultFlag(),
                LatentErrorSettings.defaults());
    }
}
