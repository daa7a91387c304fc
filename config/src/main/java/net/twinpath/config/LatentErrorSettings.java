package net.twinpath.config;

import java.time.Duration;

/**
 * How latent error detection of IEEE 802.1CB (7.4.4) compares the copies removed with those that should have come.
 *
 * @param enabled frerSeqRcvyLatentErrorDetection
 * @param difference frerSeqRcvyLatentErrorDifference, the most copies missing or too many that is no error
 * @param period frerSeqRcvyLatentErrorPeriod, between two tests
 * @param reset frerSeqRcvyLatentResetPeriod, after which the comparison starts anew; longer than {@code period}
 */
public record LatentErrorSettings(boolean enabled, int difference, Duration period, Duration reset) {
    static LatentErrorSettings defaults() {
        return new LatentErrorSettings(
                ConfigOption.RECOVERY_LATENT_ERROR.defaultFlag(),
                ConfigOption.RECOVERY_LATENT_ERROR_DIFFERENCE.defaultInteger(),
                ConfigOption.RECOVERY_LATENT_ERROR_PERIOD.defaultDuration(),
                ConfigOption.RECOVERY_LATENT_ERROR_RESET.defaultDuration());
    }
}
