package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.recovery.UnseenNumbers.ELSEWHERE;
import static net.twinpath.duppath.recovery.UnseenNumbers.KNOWN;
import static net.twinpath.duppath.recovery.UnseenNumbers.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that no link brought are counted, each once, and no others: by examples, then against a plain count. */
class UnseenNumbersTest {
    private static final int SENDER = 1;
    private static final int SENDERS = 3;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final int RANGE = 0x1_0000;

    private final CounterBlock counters = new CounterBlock();
    private final UnseenNumbers unseen = unseen(UnseenNumbers.WHOLE_RANGE);
    private long nowNs = SECOND;

    private UnseenNumbers unseen(int window) {
        var memory = new UnsafeBuffer(new byte[UnseenNumbers.bytes(SENDERS, window)]);
        var made = new UnseenNumbers(memory, SENDERS, window, counters, DupPathCounter.IN_UNSEEN);
        for (int sender = 0; sender < SENDERS; sender++) {
            made.reset(sender);
        }
        return made;
    }

    private int heard(int number) {
        return unseen.note(SENDER, number & 0xFFFF, nowNs);
    }

    /** Numbers from {@code first} to {@code last}, one a millisecond. */
    private void row(int first, int last) {
        for (int number = first; number <= last; number++) {
            nowNs += MS;
            heard(number);
        }
    }

    private long settled() {
        nowNs += 2 * SECOND;
        unseen.tick(nowNs);
        nowNs += 2 * SECOND;
        unseen.tick(nowNs);
        return counters.value(DupPathCounter.IN_UNSEEN);
    }

    @Test
    void aGapIsCountedWhenItsTimeIsOver() {
        row(100, 110);
        row(114, 120);
        assertThat(counters.value(DupPathCounter.IN_UNSEEN)).isZero();
        assertThat(settled()).isEqualTo(3);
        row(121, 130);
        assertThat(settled()).as("once").isEqualTo(3);
    }

    @Test
    void whatComesLateOnASlowLinkIsNotLost() {
        row(0, 600);
        row(651, 1_000);
        row(601, 649);
        assertThat(settled()).isEqualTo(1);
    }

    @Test
    void everyNumberIsNewOnce() {
        assertThat(heard(7)).isEqualTo(NEW);
        assertThat(heard(7)).isEqualTo(KNOWN);
        assertThat(heard(9)).isEqualTo(NEW);
        assertThat(heard(8)).isEqualTo(NEW);
        assertThat(heard(8)).isEqualTo(KNOWN);
        assertThat(settled()).isZero();
    }

    @Test
    void sendersHaveNumbersOfTheirOwn() {
        unseen.note(0, 5, nowNs);
        unseen.note(2, 9, nowNs);
        unseen.note(0, 7, nowNs);
        unseen.note(2, 12, nowNs);
        assertThat(settled()).isEqualTo(1 + 2);
        unseen.reset(0);
        unseen.note(0, 20, nowNs);
        assertThat(settled()).isEqualTo(3);
    }

    @Test
    void theWrapLosesNothing() {
        row(RANGE - 500, RANGE + 500);
        assertThat(settled()).isZero();
        row(RANGE + 502, 3 * RANGE);
        assertThat(settled()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 30, 4_000})
    void aSenderThatPausedHasLostNothing(long pauseSeconds) {
        row(0, 2_000);
        nowNs += pauseSeconds * SECOND;
        row(2_001, 4_000);
        assertThat(settled()).isZero();
    }

    @Test
    void anOutageOfAllLinksIsCounted() {
        row(0, 3_000);
        nowNs += 2 * SECOND;
        row(5_001, 6_000);
        assertThat(settled()).isEqualTo(2_000);
    }

    @Test
    void anOutageWithoutARateThatTellsNothingIsNot() {
        row(0, 3_000);
        nowNs += 70 * SECOND;
        assertThat(heard(73_001)).isEqualTo(ELSEWHERE);
        row(73_002, 74_000);
        assertThat(settled()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-30_000, -3_000, -700, 10_000, 32_767, 32_768})
    void aSenderThatBeginsAnewAfterAPauseHasLostNothing(int jump) {
        row(40_000, 43_000);
        nowNs += 600 * MS;
        row(43_000 + jump, 46_000 + jump);
        row(46_003 + jump, 47_000 + jump);
        assertThat(settled()).as("what it lost since counts").isEqualTo(2);
    }

    @Test
    void aSenderThatBeginsAnewWithoutAPauseIsFollowed() {
        row(40_000, 43_000);
        row(20_000, 21_000);
        row(21_003, 22_000);
        assertThat(settled()).isEqualTo(2);
    }

    @Test
    void aForgedNumberFarAheadCountsNothing() {
        row(0, 1_000);
        heard(20_000);
        row(1_001, 2_000);
        heard(30_000);
        heard(30_000);
        row(2_001, 3_000);
        assertThat(settled()).isZero();
    }

    @Test
    void aGapThatIsLongButShortInTimeIsCounted() {
        row(0, 1_000);
        row(1_501, 2_000);
        assertThat(settled()).isEqualTo(500);
    }

    @Test
    void aWindowShorterThanTheGapCountsItWhole() {
        UnseenNumbers small = unseen(256);
        for (int number = 0; number < 1_000; number++) {
            if (number < 300 || number > 799) {
                nowNs += MS;
                small.note(SENDER, number, nowNs);
            }
        }
        nowNs += 2 * SECOND;
        small.tick(nowNs);
        small.tick(nowNs + 2 * SECOND);
        assertThat(counters.value(DupPathCounter.IN_UNSEEN)).isEqualTo(500);
    }

    private record Arrival(long atNs, int number) {}

    /** Two links, each with loss, bursts of loss, a delay and jitter of its own; what neither brings is lost. */
    @ParameterizedTest
    @CsvSource({
        "1, 1000, 10, 0",
        "2, 1000, 50, 200",
        "3, 20, 30, 100",
        "4, 20000, 20, 90",
        "5, 100000, 5, 40",
        "6, 200, 90, 300"
    })
    void countsWhatNoLinkBrings(long seed, int framesPerSecond, int lossPercent, int skewMs) {
        SplittableRandom random = new SplittableRandom(seed);
        long stepNs = SECOND / framesPerSecond;
        int frames = Math.min(150_000, framesPerSecond * 60);
        int first = random.nextInt(RANGE);
        List<Arrival> arrivals = new ArrayList<>();
        int[] dead = new int[2];
        long sentNs = nowNs;
        for (int i = 0; i < frames; i++) {
            sentNs += i % 5_000 == 4_999 ? random.nextLong(3 * SECOND) : stepNs;
            for (int link = 0; link < 2; link++) {
                dead[link] = dead[link] > 0 ? dead[link] - 1 : random.nextInt(500) == 0 ? random.nextInt(40) : 0;
                boolean isEnd = i == 0 || i == frames - 1;
                if (isEnd || (dead[link] == 0 && random.nextInt(100) >= lossPercent)) {
                    long delayNs = (long) link * skewMs * MS + random.nextLong(5 * MS);
                    arrivals.add(new Arrival(isEnd ? sentNs : sentNs + delayNs, first + i));
                }
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::atNs));
        Set<Integer> heard = new HashSet<>();
        for (Arrival arrival : arrivals) {
            while (nowNs + SECOND < arrival.atNs()) {
                nowNs += SECOND;
                unseen.tick(nowNs);
            }
            nowNs = arrival.atNs();
            heard.add(arrival.number());
            assertThat(unseen.note(SENDER, arrival.number() & 0xFFFF, nowNs)).isNotEqualTo(ELSEWHERE);
        }
        int lost = frames - heard.size();
        assertThat(lost).isPositive();
        assertThat(settled()).isEqualTo(lost);
    }

    /** Each start is a row of numbers of its own, far from the last one's; what is lost within each is known. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void startsAreNoLoss(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int number = random.nextInt(RANGE);
        int lost = 0;
        int jumps = 0;
        for (int start = 0; start < 30; start++) {
            for (int i = 0; i < 2_000; i++) {
                nowNs += MS;
                number++;
                if (i > 200 && i < 1_900 && random.nextInt(20) == 0) {
                    lost++;
                } else {
                    jumps += heard(number) == ELSEWHERE ? 1 : 0;
                }
            }
            nowNs += 500 * MS + random.nextLong(SECOND);
            number += (random.nextBoolean() ? 1 : -1) * (6_000 + random.nextInt(26_000));
        }
        assertThat(jumps).isEqualTo(29);
        assertThat(settled()).isEqualTo(lost);
    }
}
