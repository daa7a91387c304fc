package net.twinpath.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.daemon.event.Event;
import net.twinpath.daemon.event.EventKind;
import net.twinpath.daemon.event.EventLog;
import org.junit.jupiter.api.Test;

/** What subscribers are told: every event once, or how many they missed; the status, or how many they had no room for. */
class SubscriptionTest {
    private final EventLog log = new EventLog(Clock.systemUTC());
    private final List<String> taken = new ArrayList<>();
    private int room = Integer.MAX_VALUE;

    private boolean take(JsonObject params) {
        if (room == 0) {
            return false;
        }
        room--;
        taken.add(
                params.has("event")
                        ? params.getAsJsonObject("event").get("words").getAsString()
                        : params.has("status")
                                ? params.get("status").getAsString() + " after " + params.get("skipped")
                                : "skipped " + params.get("skipped"));
        return true;
    }

    private void tell(int from, int to) {
        for (int i = from; i <= to; i++) {
            log.tell(Event.of(EventKind.CONFIG_APPLIED, "event " + i));
        }
    }

    @Test
    void everyEventAfterTheOneNamedIsToldOnce() {
        tell(1, 3);
        EventSubscription subscription = new EventSubscription(log, 1);
        subscription.deliver("s1", 0, this::take);
        subscription.deliver("s1", 0, this::take);
        tell(4, 4);
        subscription.deliver("s1", 0, this::take);
        assertThat(taken).containsExactly("event 2", "event 3", "event 4");
    }

    @Test
    void whatASubscriberHasNoRoomForComesLater() {
        tell(1, 5);
        EventSubscription subscription = new EventSubscription(log, 0);
        room = 2;
        subscription.deliver("s1", 0, this::take);
        assertThat(taken).containsExactly("event 1", "event 2");
        room = 10;
        subscription.deliver("s1", 0, this::take);
        assertThat(taken).containsExactly("event 1", "event 2", "event 3", "event 4", "event 5");
    }

    @Test
    void whoFallsFurtherBehindThanTheBacklogIsToldHowManyWereSkipped() {
        EventSubscription subscription = new EventSubscription(log, 0);
        tell(1, EventLog.CAPACITY + 7);
        room = 1;
        subscription.deliver("s1", 0, this::take);
        tell(EventLog.CAPACITY + 8, EventLog.CAPACITY + 9);
        room = Integer.MAX_VALUE;
        subscription.deliver("s1", 0, this::take);
        assertThat(taken).hasSize(2 + EventLog.CAPACITY);
        assertThat(taken.subList(0, 3)).containsExactly("skipped 7", "skipped 2", "event 10");
        assertThat(taken.get(taken.size() - 1)).isEqualTo("event " + (EventLog.CAPACITY + 9));
    }

    @Test
    void aNumberFromTheFutureIsTheNewest() {
        tell(1, 2);
        EventSubscription subscription = new EventSubscription(log, 99);
        tell(3, 3);
        subscription.deliver("s1", 0, this::take);
        assertThat(taken).containsExactly("event 3");
    }

    @Test
    void theStatusComesAtOnceAndThenAtItsInterval() {
        StatusSubscription subscription = new StatusSubscription(() -> new JsonPrimitive("s"), 1_000, 5);
        for (long nowMs = 5; nowMs < 3_005; nowMs += 250) {
            subscription.deliver("s1", nowMs, this::take);
        }
        assertThat(taken).containsExactly("s after 0", "s after 0", "s after 0");
    }

    @Test
    void aStatusThereWasNoRoomForIsCountedAndNotKept() {
        StatusSubscription subscription = new StatusSubscription(() -> new JsonPrimitive("s"), 1_000, 0);
        room = 0;
        subscription.deliver("s1", 0, this::take);
        subscription.deliver("s1", 1_000, this::take);
        room = 2;
        subscription.deliver("s1", 2_000, this::take);
        subscription.deliver("s1", 3_000, this::take);
        assertThat(taken).containsExactly("s after 2", "s after 0");
    }
}
