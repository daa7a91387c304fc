package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.recovery.SequenceRecovery.DISCARD;
import static net.twinpath.duppath.recovery.SequenceRecovery.LATE;
import static net.twinpath.duppath.recovery.SequenceRecovery.PASS;
import static net.twinpath.duppath.recovery.SequenceRecovery.ROGUE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.twinpath.duppath.counters.StreamCounter;

/**
 * The standard's rules and those of strays with sets and lists of numbers that never wrap, the window moved on one by one:
 * the tests' oracle as long as no jump is followed.
 */
final class NaiveStrayRecovery {
    private static final long NONE = Long.MIN_VALUE;

    private record Stray(long number, long heardNs) {
        boolean isForgotten(long nowNs) {
            return nowNs - heardNs >= 400_000_000;
        }
    }

    private final int historyLength;
    private final long resetNs;
    private final boolean individual;
    private final Set<Long> heard = new HashSet<>();
    private final List<Stray> strays = new ArrayList<>();
    private final List<List<Long>> rows = new ArrayList<>();
    private final long[] newestOfLink;
    private final Map<StreamCounter, Long> counts = new EnumMap<>(StreamCounter.class);

    private long newest = NONE;
    private long first;
    private long restartedNs;

    NaiveStrayRecovery(RecoverySettings settings, int links) {
        historyLength = settings.historyLength();
        resetNs = settings.resetNs();
        individual = settings.individual();
        newestOfLink = new long[links];
        for (int link = 0; link < links; link++) {
            rows.add(new ArrayList<>());
        }
        for (StreamCounter counter : StreamCounter.values()) {
            counts.put(counter, 0L);
        }
        reset();
    }

    private void reset() {
        newest = NONE;
        heard.clear();
        strays.clear();
        for (int link = 0; link < newestOfLink.length; link++) {
            rows.get(link).clear();
            newestOfLink[link] = NONE;
        }
        count(StreamCounter.RECOVERY_RESETS);
    }

    int recover(int link, int sequenceNumber, long nowNs) {
        if (newest != NONE && nowNs - restartedNs >= resetNs) {
            reset();
        }
        if (newest == NONE) {
            newest = 1L << 32 | sequenceNumber;
            first = newest;
            heard.add(newest);
            speaksForWindow(link, newest);
            return pass(nowNs);
        }
        long number = newest + (short) (sequenceNumber - newest);
        List<Long> row = rows.get(link);
        boolean isOutside = Math.abs(number - newest) >= historyLength;
        boolean isNearRow = !row.isEmpty() && Math.abs(number - row.get(row.size() - 1)) <= 64;
        if (number > newest + 8 && (!isOutside || isNearRow)) {
            return stray(link, number, nowNs);
        }
        if (isOutside) {
            row.clear();
            count(StreamCounter.ROGUE);
            restartIfIndividual(nowNs);
            return number < newest ? LATE : ROGUE;
        }
        if (number <= newest) {
            return behind(link, number, nowNs);
        }
        strays.removeIf(stray -> stray.isForgotten(nowNs));
        boolean isInOrder = number == newest + 1;
        moveTo(number);
        speaksForWindow(link, number);
        return heard.add(number) ? passAhead(isInOrder, nowNs) : discard(nowNs);
    }

    private int stray(int link, long number, long nowNs) {
        boolean isHeard = strays.stream().anyMatch(stray -> stray.number == number && !stray.isForgotten(nowNs));
        strays.removeIf(stray -> stray.number == number);
        if (strays.size() == 64) {
            strays.remove(strays.stream()
                    .min(Comparator.comparingLong(Stray::heardNs))
                    .orElseThrow());
        }
        strays.add(new Stray(number, nowNs));
        List<Long> row = rows.get(link);
        boolean isInOrder = !row.isEmpty() && number == row.get(row.size() - 1) + 1;
        if (row.isEmpty() || number > row.get(row.size() - 1)) {
            row.add(number);
            if (isConfirmation(row)) {
                moveTo(number);
                speaksForWindow(link, number);
            }
        }
        return isHeard ? discard(nowNs) : passAhead(isInOrder, nowNs);
    }

    private static boolean isConfirmation(List<Long> row) {
        int size = row.size();
        return size >= 8
                || (size >= 3
                        && row.get(size - 1) - row.get(size - 2) <= 64
                        && row.get(size - 2) - row.get(size - 3) <= 64);
    }

    private int behind(int link, long number, long nowNs) {
        long own = newestOfLink[link];
        if (isInWindow(own) && (short) (own - number) > 64) {
            rows.get(link).clear();
        } else {
            speaksForWindow(link, number);
        }
        return heard.add(number) ? passAhead(false, nowNs) : discard(nowNs);
    }

    private boolean isInWindow(long own) {
        int behind = (short) (newest - own);
        return own != NONE && behind >= 0 && behind < historyLength;
    }

    private void speaksForWindow(int link, long number) {
        long own = newestOfLink[link];
        if (!isInWindow(own) || (short) (number - own) > 0) {
            newestOfLink[link] = number;
        }
    }

    private void moveTo(long number) {
        while (newest < number) {
            newest++;
            if (strays.removeIf(stray -> stray.number == newest)) {
                heard.add(newest);
            }
            long gone = newest - historyLength;
            if (!heard.remove(gone) && gone >= first) {
                count(StreamCounter.LOST);
            }
        }
        rows.forEach(row -> {
            if (!row.isEmpty() && row.get(row.size() - 1) <= newest) {
                row.clear();
            }
        });
    }

    private int passAhead(boolean isInOrder, long nowNs) {
        if (!isInOrder) {
            count(StreamCounter.OUT_OF_ORDER);
        }
        return pass(nowNs);
    }

    private int pass(long nowNs) {
        count(StreamCounter.PASSED);
        restartedNs = nowNs;
        return PASS;
    }

    private int discard(long nowNs) {
        count(StreamCounter.DISCARDED);
        restartIfIndividual(nowNs);
        return DISCARD;
    }

    private void restartIfIndividual(long nowNs) {
        if (individual) {
            restartedNs = nowNs;
        }
    }

    private void count(StreamCounter counter) {
        counts.merge(counter, 1L, Long::sum);
    }

    Map<StreamCounter, Long> counts() {
        return counts;
    }
}
