package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Leads lie in the bucket they belong in, and are never taken back. */
class LeadHistogramTest {
    private final LeadHistogram all = new LeadHistogram();

    @Test
    void aLeadAtABoundLiesBelowIt() {
        Histogram leads = new Histogram(1, 10_000_000, 2);
        leads.recordValue(0);
        leads.recordValue(10);
        leads.recordValue(11);
        leads.recordValue(500);
        leads.recordValue(9_999_999);
        all.add(leads);
        assertThat(all.counts()).containsExactly(2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(LeadHistogram.boundsSeconds())
                .hasSameSizeAs(all.counts())
                .startsWith(1e-5)
                .endsWith(5, Double.POSITIVE_INFINITY);
    }

    @Test
    void whatIsAddedAddsUpToWithinTheHistogramsPrecision() {
        SplittableRandom random = new SplittableRandom(2);
        long[] expected = new long[all.counts().length];
        double[] bounds = LeadHistogram.boundsSeconds();
        double sum = 0;
        for (int sample = 0; sample < 50; sample++) {
            Histogram leads = new Histogram(1, 10_000_000, 2);
            for (int i = 0; i < 100; i++) {
                long leadUs = 1L << random.nextInt(23);
                leads.recordValue(leadUs);
                sum += leadUs / 1e6;
                int bucket = 0;
                while (leadUs / 1e6 > bounds[bucket]) {
                    bucket++;
                }
                expected[bucket]++;
            }
            all.add(leads);
        }
        assertThat(all.counts()).isEqualTo(expected);
        assertThat(Arrays.stream(all.counts()).sum()).isEqualTo(5_000);
        assertThat(all.sumSeconds()).isCloseTo(sum, Percentage.withPercentage(1));
    }
}
