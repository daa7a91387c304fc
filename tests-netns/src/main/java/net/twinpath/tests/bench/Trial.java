package net.twinpath.tests.bench;

import java.util.Map;
import java.util.Set;

/**
 * Something to be measured of one contender after the other.
 *
 * @param title      in words
 * @param contenders names of those it is measured of; all, when empty
 * @param run        measures one contender; the keys are those of {@link Figure}
 */
record Trial(String title, Set<String> contenders, Measuring run) {
    /** One measurement. */
    @FunctionalInterface
    interface Measuring {
        /**
         * Measures.
         *
         * @param soFar what was measured before, of this round too
         */
        Map<String, Double> of(Contender contender, Series soFar);
    }

    boolean concerns(Contender contender) {
        return contenders.isEmpty() || contenders.contains(contender.name());
    }
}
