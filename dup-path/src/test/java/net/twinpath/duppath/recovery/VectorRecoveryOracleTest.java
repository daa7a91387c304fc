package net.twinpath.duppath.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * More than twelve million frames through the vector algorithm and through the standard's text: verdicts and counters are
 * the same. Two to eight links lose, burst, delay, reorder and repeat; the sender pauses, leaves numbers out, wraps, and
 * starts again at a random number; frames without a number come between.
 */
class VectorRecoveryOracleTest {
    private static final long MS = 1_000_000;
    private static final int FRAMES_PER_SCHEDULE = 100_000;
    private static final int TAGLESS = 1 << 16;
    private static final int EVENT_BITS = 20;

    private static final Set<StreamCounter> COUNTED = EnumSet.of(
            StreamCounter.OUT_OF_ORDER,
            StreamCounter.ROGUE,
            StreamCounter.PASSED,
            StreamCounter.DISCARDED,
            StreamCounter.LOST,
            StreamCounter.TAGLESS,
            StreamCounter.RECOVERY_RESETS);

    @ParameterizedTest
    @CsvSource({
        "2, 2200000",
        "3, 2200000",
        "64, 2200000",
        "1000, 2200000",
        "4096, 2200000",
        "32768, 300000",
        "32769, 300000",
        "50000, 300000",
        "65536, 500000"
    })
    void agreesWithTheStandardsText(int historyLength, int leastFrames) {
        SplittableRandom random = new SplittableRandom(0x802_1CBL + historyLength);
        Map<StreamCounter, Long> seen = new EnumMap<>(StreamCounter.class);
        long frames = 0;
        for (int round = 0; frames < leastFrames; round++) {
            int links = 2 + round % 7;
            RecoverySettings settings = new RecoverySettings(
                    RecoveryAlgorithm.VECTOR,
                    historyLength,
                    random.nextLong(100_000, 20 * MS),
                    random.nextBoolean(),
                    random.nextInt(3) == 0,
                    false,
                    LatentErrorSettings.off());
            long[] events = schedule(random, links, historyLength);
            compare(settings, links, events).forEach((counter, count) -> seen.merge(counter, count, Long::sum));
            frames += events.length;
        }
        assertThat(seen)
                .allSatisfy((counter, count) -> assertThat(count > 0)
                        .as("%s was put to the test", counter)
                        .isEqualTo(COUNTED.contains(counter)
                                && (counter != StreamCounter.ROGUE || historyLength < 32_768)
                                && (counter != StreamCounter.LOST
                                        || historyLength > 2))); // two numbers are in order or rogue
    }

    private static Map<StreamCounter, Long> compare(RecoverySettings settings, int links, long[] events) {
        CounterBlock counters = CounterBlock.ofStream();
        SequenceRecovery tested = SequenceRecovery.of(settings, links, counters);
        NaiveVectorRecovery oracle = new NaiveVectorRecovery(settings);
        for (int i = 0; i < events.length; i++) {
            long nowNs = events[i] >>> EVENT_BITS;
            int number = (int) events[i] & 0xFFFF;
            int link = (int) (events[i] >>> 17) & 7;
            boolean tagless = (events[i] & TAGLESS) != 0;
            int verdict = tagless ? tested.recoverTagless(nowNs) : tested.recover(link, number, nowNs);
            int expected = tagless ? oracle.recoverTagless(nowNs) : oracle.recover(number, nowNs);
            if (verdict != expected) {
                fail("%s: event %d, number %d: verdict %d instead of %d", settings, i, number, verdict, expected);
            }
            if (i % 997 == 0) {
                tested.tick(nowNs + i);
                oracle.recoveryTimeout(nowNs + i);
            }
            if (i % 20_011 == 20_010) {
                tested.reset();
                oracle.sequenceRecoveryReset();
            }
            if (i % 4_999 == 0) {
                assertThat(StreamCounts.of(counters)).isEqualTo(oracle.counts());
            }
        }
        assertThat(StreamCounts.of(counters)).as("%s", settings).isEqualTo(oracle.counts());
        assertThat(counters.value(StreamCounter.PASSED)
                        + counters.value(StreamCounter.DISCARDED)
                        + counters.value(StreamCounter.ROGUE))
                .isEqualTo(events.length);
        return oracle.counts();
    }

    /** Time in ns, 20 bits further up; link, bits 17 to 19; bit 16: without a number; number, bits 0 to 15. */
    private static long[] schedule(SplittableRandom random, int links, int historyLength) {
        long[] skewNs = new long[links];
        long[] blindUntilNs = new long[links];
        int numberTimeNs = 1_000 << random.nextInt(6);
        boolean isFarApart = random.nextInt(4) == 0; // up to one and a half histories, else half a one
        for (int link = 0; link < links; link++) {
            skewNs[link] = random.nextLong(1 + historyLength * (isFarApart ? 3L : 1L) / 2 * numberTimeNs);
        }
        int lossIn100 = random.nextInt(30);
        int jitterNs = 1 + random.nextInt(4) * Math.min(historyLength / 4, 8) * numberTimeNs;
        long[] events = new long[FRAMES_PER_SCHEDULE * links * 2];
        int count = 0;
        long sentNs = 0;
        int number = random.nextInt(65_536);
        for (int frame = 0; frame < FRAMES_PER_SCHEDULE; frame++) {
            sentNs += numberTimeNs;
            number = next(random, number, historyLength);
            if (random.nextInt(5_000) == 0) {
                sentNs += random.nextInt(30) * MS; // about the reset time
            }
            int tagless = random.nextInt(300) == 0 ? TAGLESS : 0;
            for (int link = 0; link < links; link++) {
                if (random.nextInt(3_000) == 0) {
                    blindUntilNs[link] =
                            sentNs + random.nextLong(1 + Math.min(historyLength, 1_000) * 2L * numberTimeNs);
                }
                if (random.nextInt(100) < lossIn100 || sentNs < blindUntilNs[link]) {
                    continue;
                }
                int copies = random.nextInt(200) == 0 ? 2 : 1;
                for (int copy = 0; copy < copies; copy++) {
                    long atNs = sentNs + skewNs[link] + random.nextInt(jitterNs);
                    events[count++] = atNs << EVENT_BITS | (long) link << 17 | tagless | number;
                }
            }
        }
        long[] sorted = Arrays.copyOf(events, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static int next(SplittableRandom random, int number, int historyLength) {
        int dice = random.nextInt(20_000);
        if (dice < 4) {
            return random.nextInt(65_536); // starts again
        }
        if (dice < 8) {
            return number + random.nextInt(historyLength + 2) & 0xFFFF; // about a history on
        }
        if (dice < 200) {
            return number + random.nextInt(5) & 0xFFFF;
        }
        return number + 1 & 0xFFFF;
    }
}
