package net.twinpath.tests.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How values are spread.
 *
 * @param sorted the values, smallest first
 */
record Quantiles(List<Double> sorted) {
    /** For values of a normal distribution: the standard error of their median, in widths of their middle half, times sqrt(n). */
    private static final double ERROR_OF_MEDIAN = 0.93;

    static Quantiles of(double... values) {
        return new Quantiles(Arrays.stream(values).sorted().boxed().toList());
    }

    boolean isEmpty() {
        return sorted.isEmpty();
    }

    int size() {
        return sorted.size();
    }

    /** The value below which a share of them lie, between two in proportion; NaN when there is none. */
    double at(double share) {
        if (isEmpty()) {
            return Double.NaN;
        }
        double place = share * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    double min() {
        return at(0);
    }

    double median() {
        return at(0.5);
    }

    double max() {
        return at(1);
    }

    /** How far the median may be off. */
    double errorOfMedian() {
        return ERROR_OF_MEDIAN * (at(0.75) - at(0.25)) / Math.sqrt(sorted.size());
    }
}
