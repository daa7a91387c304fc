package net.twinpath.daemon.path;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** By how much a link's first copies came before those of other links, of all its time, in buckets that stay the same. */
final class LeadHistogram {
    private static final long[] BOUNDS_US = {
        10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
        2_500_000, 5_000_000
    };

    private static final double US_PER_SECOND = 1e6;

    private final long[] counts = new long[BOUNDS_US.length + 1];
    private long sumUs;

    /** Takes further leads, in microseconds; they are not kept. */
    void add(Histogram leads) {
        for (HistogramIterationValue step : leads.recordedValues()) {
            long leadUs = leads.lowestEquivalentValue(step.getValueIteratedTo());
            counts[bucket(leadUs)] += step.getCountAtValueIteratedTo();
            sumUs += leads.medianEquivalentValue(leadUs) * step.getCountAtValueIteratedTo();
        }
    }

    private static int bucket(long leadUs) {
        int bucket = 0;
        while (bucket < BOUNDS_US.length && leadUs > BOUNDS_US[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** The buckets' upper bounds, included, in seconds; the last is infinite. */
    static double[] boundsSeconds() {
        double[] bounds = new double[BOUNDS_US.length + 1];
        for (int i = 0; i < BOUNDS_US.length; i++) {
            bounds[i] = BOUNDS_US[i] / US_PER_SECOND;
        }
        bounds[BOUNDS_US.length] = Double.POSITIVE_INFINITY;
        return bounds;
    }

    /** How many leads lie in each bucket and in none before it. */
    long[] counts() {
        return counts.clone();
    }

    /** All leads together, in seconds. */
    double sumSeconds() {
        return sumUs / US_PER_SECOND;
    }
}
