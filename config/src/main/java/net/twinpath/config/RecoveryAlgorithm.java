package net.twinpath.config;

import net.twinpath.config.value.Keyword;

/** How sequence recovery tells a copy from a new frame. */
public enum RecoveryAlgorithm implements Keyword {
    /** VectorRecoveryAlgorithm, IEEE 802.1CB 7.4.3.4: each number of a history is heard or not. */
    VECTOR("vector"),
    /** MatchRecoveryAlgorithm, IEEE 802.1CB 7.4.3.5: a copy has the number of the frame before. */
    MATCH("match");

    private final String text;

    RecoveryAlgorithm(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
