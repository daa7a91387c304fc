package net.twinpath.config;

import java.util.Optional;

/** Makes {@link RecoverySettings} of a table {@code recovery}; what it leaves out is as in others. */
final class RecoveryReader {
    private final TableReader table;
    private final RecoverySettings base;

    private RecoveryReader(TableReader table, RecoverySettings base) {
        this.table = table;
        this.base = base;
    }

    /** The settings of a table, or {@code base} where there is no table. */
    static RecoverySettings read(Optional<TableReader> table, RecoverySettings base) {
        return table.map(present -> new RecoveryReader(present, base).read()).orElse(base);
    }

    private RecoverySettings read() {
        return new RecoverySettings(
                table.keyword(ConfigOption.RECOVERY_ALGORITHM, RecoveryAlgorithm.values())
                        .orElse(base.algorithm()),
                table.integer(ConfigOption.RECOVERY_HISTORY).orElse(base.historyLength()),
                table.duration(ConfigOption.RECOVERY_RESET).orElse(base.reset()),
                table.flag(ConfigOption.RECOVERY_TAKE_NO_SEQUENCE).orElse(base.takeNoSequence()),
                table.flag(ConfigOption.RECOVERY_INDIVIDUAL).orElse(base.individual()),
                latentError(base.latentError()));
    }

    private LatentErrorSettings latentError(LatentErrorSettings others) {
        LatentErrorSettings settings = new LatentErrorSettings(
                table.flag(ConfigOption.RECOVERY_LATENT_ERROR).orElse(others.enabled()),
                table.integer(ConfigOption.RECOVERY_LATENT_ERROR_DIFFERENCE).orElse(others.difference()),
                table.duration(ConfigOption.RECOVERY_LATENT_ERROR_PERIOD).orElse(others.period()),
                table.duration(ConfigOption.RECOVERY_LATENT_ERROR_RESET).orElse(others.reset()));
        if (settings.reset().compareTo(settings.period()) <= 0) {
            refuseShortReset();
        }
        return settings;
    }

    private void refuseShortReset() {
        if (table.has(ConfigOption.RECOVERY_LATENT_ERROR_RESET)) {
            table.reportLack(
                    ConfigOption.RECOVERY_LATENT_ERROR_RESET,
                    "must be longer than latent-error-period, or each comparison starts anew before it is made");
        } else if (table.has(ConfigOption.RECOVERY_LATENT_ERROR_PERIOD)) {
            table.reportLack(
                    ConfigOption.RECOVERY_LATENT_ERROR_PERIOD,
                    "must be shorter than latent-error-reset, or each comparison starts anew before it is made");
        }
    }
}
