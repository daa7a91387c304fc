package net.twinpath.daemon.event;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import net.twinpath.daemon.event.Event.Published;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes events to the log or the journal, and keeps the newest for those who ask later. Used by the control thread only. */
public final class EventLog implements Events {
    /** Events kept at most; who asks later is told how many are missing. */
    public static final int CAPACITY = 1_000;

    private final Clock clock;
    private final Predicate<Published> journal;
    private final Deque<Published> newest = new ArrayDeque<>();
    private long last;

    /** @param clock gives the events their time */
    public EventLog(Clock clock) {
        this(clock, event -> false);
    }

    /**
     * Has a journal, too.
     *
     * @param clock   gives the events their time
     * @param journal takes an event with its fields; false when it does not, and the log is to have it
     */
    public EventLog(Clock clock, Predicate<Published> journal) {
        this.clock = clock;
        this.journal = journal;
    }

    @Override
    public void tell(Event event) {
        Published published = new Published(++last, clock.instant(), event);
        write(published);
        if (newest.size() == CAPACITY) {
            newest.removeFirst();
        }
        newest.addLast(published);
    }

    /** To one of the two places. */
    private void write(Published published) {
        Event event = published.event();
        Logger log = LoggerFactory.getLogger(event.kind().logger());
        Level level = level(event.severity());
        if (log.isEnabledForLevel(level) && !journal.test(published)) {
            log.atLevel(level).log(event.line());
        }
    }

    private static Level level(Severity severity) {
        return switch (severity) {
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }

    /** Number of the newest event; 0 when there was none. */
    public long last() {
        return last;
    }

    /** Number of the oldest event that is still kept; one more than {@link #last()} when none is. */
    public long first() {
        return last + 1 - newest.size();
    }

    /**
     * The oldest events kept after the one with a number.
     *
     * @param number 0 for all
     * @param most   no more than these
     */
    public List<Published> after(long number, int most) {
        long from = Math.max(first(), number + 1);
        if (from > last) {
            return List.of();
        }
        return newest.stream().skip(from - first()).limit(most).toList();
    }
}
