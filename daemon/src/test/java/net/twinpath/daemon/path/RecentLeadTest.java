package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Leads count for a window at least, for two at most. */
class RecentLeadTest {
    private final RecentLead lead = new RecentLead();

    private static Histogram leads(long... us) {
        Histogram leads = new Histogram(1, 10_000_000, 2);
        for (long one : us) {
            leads.recordValue(one);
        }
        return leads;
    }

    @Test
    void withoutLeadsThereIsNone() {
        assertThat(lead.leads()).isEqualTo(RecentLead.Leads.NONE);
        lead.sample(leads(), 0);
        assertThat(lead.leads()).isEqualTo(RecentLead.Leads.NONE);
    }

    @Test
    void leadsOfAWindowAreTakenTogether() {
        lead.sample(leads(10, 10), 0);
        lead.sample(leads(100), RecentLead.WINDOW_MS - 1);
        assertThat(lead.leads()).isEqualTo(new RecentLead.Leads(3, 10, 100));
    }

    @Test
    void leadsOfTheWindowBeforeCountAndOlderOnesDoNot() {
        lead.sample(leads(10), 0);
        lead.sample(leads(50), RecentLead.WINDOW_MS);
        assertThat(lead.leads()).isEqualTo(new RecentLead.Leads(2, 10, 50));
        lead.sample(leads(70), 2 * RecentLead.WINDOW_MS);
        assertThat(lead.leads()).isEqualTo(new RecentLead.Leads(2, 50, 70));
    }

    @Test
    void afterASilenceOldLeadsAreForgotten() {
        lead.sample(leads(10), 0);
        lead.sample(leads(50), 2 * RecentLead.WINDOW_MS);
        assertThat(lead.leads()).isEqualTo(new RecentLead.Leads(1, 50, 50));
    }

    @Test
    void whatIsTakenMayBeUsedAgain() {
        Histogram taken = leads(10);
        lead.sample(taken, 0);
        taken.reset();
        assertThat(lead.leads().count()).isEqualTo(1);
    }
}
