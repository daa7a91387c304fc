package net.twinpath.duppath.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Leads are recorded for the link that came first, to two digits, and none for numbers that were never first. */
class LeadTimesTest {
    private static final int FLOW = 3;
    private static final long MS = 1_000_000;

    private final LeadTimes leads = new LeadTimes(new UnsafeBuffer(new byte[LeadTimes.BYTES]));

    @Test
    void theLinkThatCameFirstHasTheLead() {
        leads.first(FLOW, 7, 0, 10 * MS);
        leads.later(FLOW, 7, 12 * MS);
        leads.first(FLOW, 8, 1, 20 * MS);
        leads.later(FLOW, 8, 25 * MS);
        leads.later(FLOW, 8, 26 * MS);

        assertThat(leads.take(0, null).getTotalCount()).isEqualTo(1);
        Histogram second = leads.take(1, null);
        assertThat(second.getTotalCount()).isEqualTo(2);
        assertThat(second.getMaxValue()).isBetween(5_900L, 6_100L);
        assertThat(leads.take(1, second).getTotalCount()).as("taken once").isZero();
    }

    @Test
    void copiesOfNumbersNeverHeardOrOfAnotherFlowHaveNoLead() {
        leads.later(0, 0, MS);
        leads.first(FLOW, 7, 0, MS);
        leads.later(FLOW + 1, 7, 2 * MS);
        leads.later(FLOW, 8, 2 * MS);

        assertThat(leads.take(0, null).getTotalCount()).isZero();
    }

    @Test
    void aLeadLongerThanThereIsAPlaceForIsTheLongest() {
        leads.first(FLOW, 7, 0, 0);
        leads.later(FLOW, 7, 1_000_000 * MS);

        assertThat(leads.take(0, null).getMaxValue()).isGreaterThanOrEqualTo(LeadTimes.LONGEST_US);
    }

    @Test
    void allLeadsOfOneFlowAreFoundOverTheWrap() {
        SplittableRandom random = new SplittableRandom(5);
        Deque<long[]> onTheWay = new ArrayDeque<>();
        Histogram expected = new Histogram(1, LeadTimes.LONGEST_US, 2);
        for (int frame = 0; frame < 200_000; frame++) {
            long nowNs = frame * 10_000L;
            leads.first(FLOW, frame & 0xFFFF, 0, nowNs);
            onTheWay.add(new long[] {frame & 0xFFFF, nowNs});
            while (onTheWay.size() > 20_000 + random.nextInt(10_000)) {
                long[] copy = onTheWay.remove();
                leads.later(FLOW, (int) copy[0], nowNs);
                expected.recordValue((nowNs - copy[1]) / 1_000);
            }
        }
        assertThat(leads.take(0, null)).isEqualTo(expected);
    }
}
