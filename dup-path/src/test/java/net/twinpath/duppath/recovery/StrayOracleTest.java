package net.twinpath.duppath.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.SplittableRandom;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * More than three million frames through the vector algorithm that follows jumps and through {@link NaiveStrayRecovery}:
 * verdicts and counters are the same until a jump is followed, where a round ends. One to three links lose, reorder and
 * repeat, all links lose bursts, the sender leaves numbers out and pauses, numbers wrap, and one link brings forged ones.
 */
class StrayOracleTest {
    private static final long MS = 1_000_000;
    private static final int FRAMES_PER_ROUND = 20_000;
    private static final int LEAST_FRAMES = 500_000;
    private static final int NUMBER_BITS = 18;

    @ParameterizedTest
    @ValueSource(ints = {65, 66, 128, 1_000, 4_096, 32_768, 32_769, 65_536})
    void agreesWithThePlainRules(int historyLength) {
        SplittableRandom random = new SplittableRandom(0x57AAL + historyLength);
        Map<StreamCounter, Long> seen = new EnumMap<>(StreamCounter.class);
        long frames = 0;
        for (int round = 0; frames < LEAST_FRAMES; round++) {
            int links = 1 + round % 3;
            RecoverySettings settings = new RecoverySettings(
                    RecoveryAlgorithm.VECTOR,
                    historyLength,
                    random.nextLong(100, 3_000) * MS,
                    false,
                    round % 5 == 0,
                    true,
                    LatentErrorSettings.off());
            frames += compare(settings, links, schedule(random, links, historyLength), seen);
        }
        EnumSet<StreamCounter> counted = EnumSet.of(
                StreamCounter.OUT_OF_ORDER,
                StreamCounter.PASSED,
                StreamCounter.DISCARDED,
                StreamCounter.LOST,
                StreamCounter.RECOVERY_RESETS);
        assertThat(counted)
                .allSatisfy(counter -> assertThat(seen.get(counter))
                        .as("%s was put to the test", counter)
                        .matches(count -> count > 0 || (counter == StreamCounter.LOST && historyLength == 65_536)));
    }

    private static int compare(RecoverySettings settings, int links, long[] events, Map<StreamCounter, Long> seen) {
        CounterBlock counters = CounterBlock.ofStream();
        VectorRecovery tested = new VectorRecovery(settings, links, counters);
        NaiveStrayRecovery oracle = new NaiveStrayRecovery(settings, links);
        long nowNs = 0;
        int i = 0;
        for (; i < events.length; i++) {
            nowNs = Math.max(nowNs + 1, events[i] >>> NUMBER_BITS); // so that of two strays one is older
            int number = (int) events[i] & 0xFFFF;
            int link = (int) (events[i] >>> 16) & 3;
            int verdict = tested.recover(link, number, nowNs);
            if (counters.value(StreamCounter.RESYNCS) > 0 || tested.isInDoubt()) {
                return i;
            }
            int expected = oracle.recover(link, number, nowNs);
            if (verdict != expected) {
                fail("%s: event %d, number %d: verdict %d instead of %d", settings, i, number, verdict, expected);
            }
            if (i % 997 == 0) {
                assertThat(StreamCounts.of(counters)).isEqualTo(oracle.counts());
            }
        }
        assertThat(StreamCounts.of(counters)).as("%s", settings).isEqualTo(oracle.counts());
        oracle.counts().forEach((counter, count) -> seen.merge(counter, count, Long::sum));
        return i;
    }

    /** Time in ns, 18 bits further up; link, bits 16 and 17; number, bits 0 to 15. */
    private static long[] schedule(SplittableRandom random, int links, int historyLength) {
        int numberTimeNs = 1_000 << random.nextInt(11);
        int lossIn100 = random.nextInt(20);
        int jitterNs = 1 + random.nextInt(4) * Math.min(historyLength / 4, 100) * numberTimeNs / 4;
        int forgedIn100 = random.nextInt(3) * random.nextInt(60);
        int burstsIn10_000 = random.nextInt(3) * 20;
        int step = random.nextInt(4) == 0 ? random.nextInt(1, 200) : 1;
        int forgedLink = random.nextInt(links);
        long[] skewNs =
                random.longs(links, 0, 1 + historyLength / 4L * numberTimeNs).toArray();
        long[] events = new long[FRAMES_PER_ROUND * (2 * links + 1)];
        int count = 0;
        long sentNs = 0;
        int number = random.nextInt(65_536);
        for (int frame = 0; frame < FRAMES_PER_ROUND; frame++) {
            int burst = random.nextInt(10_000) < burstsIn10_000 ? random.nextInt(historyLength + 2) : 0;
            number = number + (random.nextInt(10) == 0 ? random.nextInt(1, 1 + step) : 1) + burst & 0xFFFF;
            sentNs += (1L + burst) * numberTimeNs;
            if (random.nextInt(4_000) == 0) {
                sentNs += random.nextInt(3_000) * MS;
            }
            if (random.nextInt(100) < forgedIn100) {
                int forged = random.nextBoolean() ? random.nextInt(65_536) : number + random.nextInt(historyLength);
                events[count++] = sentNs << NUMBER_BITS | (long) forgedLink << 16 | (forged & 0xFFFF);
            }
            for (int link = 0; link < links; link++) {
                int copies = random.nextInt(100) < lossIn100 ? 0 : random.nextInt(100) == 0 ? 2 : 1;
                for (int copy = 0; copy < copies; copy++) {
                    long atNs = sentNs + skewNs[link] + random.nextInt(jitterNs);
                    events[count++] = atNs << NUMBER_BITS | (long) link << 16 | number;
                }
            }
        }
        long[] sorted = Arrays.copyOf(events, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
