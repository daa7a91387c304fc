package net.twinpath.daemon.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.daemon.event.Event.Published;
import org.junit.jupiter.api.Test;

/** Which events are kept, and how they are told. */
class EventLogTest {
    private final EventLog log = new EventLog(Clock.fixed(Instant.parse("2026-11-21T09:16:00.250Z"), ZoneOffset.UTC));

    private void tell(int events) {
        for (int i = 0; i < events; i++) {
            log.tell(Event.of(EventKind.CONFIG_APPLIED, "taken"));
        }
    }

    @Test
    void nothingIsKeptBeforeAnythingHasHappened() {
        assertThat(log.last()).isZero();
        assertThat(log.first()).isEqualTo(1);
        assertThat(log.after(0, 10)).isEmpty();
    }

    @Test
    void theNewestAreKeptAndNumberedWithoutGaps() {
        tell(EventLog.CAPACITY + 5);
        assertThat(log.first()).isEqualTo(6);
        assertThat(log.last()).isEqualTo(EventLog.CAPACITY + 5);
        assertThat(log.after(0, 2)).extracting(Published::number).containsExactly(6L, 7L);
        assertThat(log.after(log.last() - 1, 10)).extracting(Published::number).containsExactly(log.last());
        assertThat(log.after(log.last(), 10)).isEmpty();
        assertThat(log.after(Long.MAX_VALUE / 2, 10)).isEmpty();
    }

    @Test
    void whatTheJournalDoesNotTakeIsInTheLogAndNothingIsTwice() {
        List<Published> offered = new ArrayList<>();
        EventLog journaled = new EventLog(Clock.systemUTC(), event -> offered.add(event) && event.number() != 2);
        String written = LogCapture.of(() -> {
            journaled.tell(Event.of(EventKind.CONFIG_APPLIED, "first"));
            journaled.tell(Event.of(EventKind.CONFIG_APPLIED, "second"));
            journaled.tell(Event.of(EventKind.CONFIG_APPLIED, "third"));
        });
        assertThat(offered).extracting(Published::number).containsExactly(1L, 2L, 3L);
        assertThat(written).isEqualTo("[INFO] twinpathd - second\n");
        assertThat(journaled.after(0, 10)).hasSize(3);
    }

    @Test
    void anEventIsToldWithAllItsFields() {
        log.tell(Event.ofLink(EventKind.LINK_DOWN, "dup0", "lan0", "lan0 no carrier"));
        assertThat(log.after(0, 1).get(0).toJson()).isEqualTo(JsonParser.parseString("""
                {"number": 1, "time": "2026-11-21T09:16:00.250Z", "severity": "warning", "kind": "link-down",
                 "path": "dup0", "link": "lan0", "words": "lan0 no carrier"}
                """));
    }
}
