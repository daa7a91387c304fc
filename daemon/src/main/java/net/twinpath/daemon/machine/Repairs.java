package net.twinpath.daemon.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** What was changed by somebody else and set again, and when that is to end because it happens again and again. */
final class Repairs {
    /** So often within a minute only another program changes a setting. */
    static final int MOST_A_MINUTE = 5;

    private static final long MINUTE_MS = 60_000;

    private final LongSupplier clockMs;
    private final Map<Setting, Deque<Long>> times = new HashMap<>();
    private final Set<Setting> leftAlone = new TreeSet<>();
    private long sum;
    private Optional<String> last = Optional.empty();

    Repairs(LongSupplier clockMs) {
        this.clockMs = clockMs;
    }

    void count(Difference difference) {
        sum++;
        last = Optional.of(sentence(difference));
        times.computeIfAbsent(difference.setting(), setting -> new ArrayDeque<>())
                .add(clockMs.getAsLong());
    }

    /** For the log, for example {@code bond0: miimon was changed to 0ms by somebody, set to 100ms again}. */
    static String sentence(Difference difference) {
        Setting setting = difference.setting();
        if (difference.isOfRemoved()) {
            return setting.owner() + " was removed by somebody, made again";
        }
        if (setting.isPresence()) {
            return setting
                    + (difference.from().isEmpty()
                            ? " was removed by somebody, set again"
                            : " was set by somebody, removed again");
        }
        return setting + " was changed to " + difference.found() + " by somebody, set to " + difference.to() + " again";
    }

    /** Whether a setting was repaired so often that it is left alone from now on. */
    boolean isTooMuch(Setting setting) {
        Deque<Long> lately = times.getOrDefault(setting, new ArrayDeque<>());
        lately.removeIf(time -> clockMs.getAsLong() - time >= MINUTE_MS);
        return lately.size() >= MOST_A_MINUTE && leftAlone.add(setting);
    }

    Set<Setting> leftAlone() {
        return leftAlone;
    }

    long sum() {
        return sum;
    }

    Optional<String> last() {
        return last;
    }

    /** Another configuration: everything is tried again. */
    void clear() {
        times.clear();
        leftAlone.clear();
    }
}
