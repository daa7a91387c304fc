package net.twinpath.tests.impairment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decisions, with fixed seeds: how many there are of each kind, and that they depend on nothing else. */
class ImpairedLineTest {
    private static final int FRAMES = 100_000;
    private static final int OCTETS = 100;
    private static final long INTERVAL_NS = 1_000;
    private static final long MS = 1_000_000;

    @Test
    void aCleanLineDeliversAtOnceOnceAndUnharmed() {
        for (Fate fate : fates(1, "none")) {
            assertThat(fate.isDelivered()).isTrue();
            assertThat(fate.deliveriesNs()).hasSize(1);
            assertThat(fate.isCorrupted()).isFalse();
        }
        assertThat(latenesses(fates(1, "none"))).containsOnly(0L);
    }

    @Test
    void theFirstFatesOfASeedAreTheSameEverywhere() {
        String fates = fates(7, "loss=30% duplicate=20% delay=1ms reorder=30% corrupt=20%").stream()
                .limit(40)
                .map(ImpairedLineTest::letter)
                .collect(Collectors.joining());
        assertThat(fates).isEqualTo("..CL.CL.TTL.C..T.LCL..T.CTT.L.LT.LT....L");
    }

    /** Lost, Two deliveries, Corrupted, or passed. */
    private static String letter(Fate fate) {
        if (!fate.isDelivered()) {
            return "L";
        }
        return fate.isDuplicated() ? "T" : fate.isCorrupted() ? "C" : ".";
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 50, 80, 100})
    void chancesAreKept(int percent) {
        assertShare(count("loss=" + percent + "%", fate -> !fate.isDelivered()), percent);
        assertShare(count("duplicate=" + percent + "%", Fate::isDuplicated), percent);
        assertShare(count("corrupt=" + percent + "%", Fate::isCorrupted), percent);
        List<Fate> overtaking = fates(3, "delay=5ms reorder=" + percent + "%");
        assertShare(latenesses(overtaking).stream().filter(late -> late == 0).count(), percent);
    }

    /** Within five standard deviations of a binomial distribution, and exactly when nothing is left to chance. */
    private static void assertShare(long count, int percent) {
        double share = percent / 100.0;
        double deviation = 5 * Math.sqrt(FRAMES * share * (1 - share));
        assertThat((double) count).isBetween(FRAMES * share - deviation, FRAMES * share + deviation);
    }

    private static long count(String impairment, Predicate<Fate> what) {
        return fates(3, impairment).stream().filter(what).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void burstsBeginAndLastAsTold(int meanFrames) {
        int bursts = 0;
        int lost = 0;
        int good = 0;
        boolean before = false;
        for (Fate fate : fates(4, "burst=2%x" + meanFrames)) {
            boolean now = fate.loss() == Fate.Loss.BURST;
            bursts += now && !before ? 1 : 0;
            lost += now ? 1 : 0;
            good += before ? 0 : 1;
            before = now;
        }
        // One of 50 frames that follow a good one begins a burst, some 1 700 to 2 000 times.
        assertThat(bursts / (double) good).isBetween(0.018, 0.022);
        assertThat(lost / (double) bursts).isBetween(0.9 * meanFrames, 1.1 * meanFrames);
    }

    @Test
    void jitterIsEvenOnBothSidesOfTheDelay() {
        List<Long> late = latenesses(fates(5, "delay=20ms jitter=5ms"));
        assertThat(late).allMatch(ns -> ns >= 15 * MS && ns <= 25 * MS);
        for (int ms = 15; ms < 25; ms++) {
            long from = ms * MS;
            assertThat(late.stream().filter(ns -> ns >= from && ns < from + MS).count())
                    .isBetween(FRAMES / 10 - 500L, FRAMES / 10 + 500L);
        }
    }

    @Test
    void theCopiesOfADuplicateTakeTheirOwnTime() {
        List<Fate> fates = fates(5, "delay=20ms jitter=5ms duplicate=100%");
        assertThat(fates).allMatch(Fate::isDuplicated);
        assertThat(fates.stream()
                        .filter(fate ->
                                fate.deliveriesNs().get(0) < fate.deliveriesNs().get(1))
                        .count())
                .isBetween(FRAMES / 2 - 800L, FRAMES / 2 + 800L);
    }

    @Test
    void everyBitBehindTheHeaderIsHitAndNoOther() {
        int header = 14 * 8;
        TreeSet<Integer> bits =
                fates(6, "corrupt=100%").stream().map(Fate::flippedBit).collect(Collectors.toCollection(TreeSet::new));
        assertThat(bits).hasSize(OCTETS * 8 - header);
        assertThat(bits.first()).isEqualTo(header);
        assertThat(bits.last()).isEqualTo(OCTETS * 8 - 1);
    }

    @Test
    void aFrameWithoutPayloadHasNothingToCorrupt() {
        assertThat(new ImpairedLine(6, Impairment.parse("corrupt=100%"))
                        .next(0, 14)
                        .isCorrupted())
                .isFalse();
    }

    @Test
    void theQueueIsThatOfAPlainSimulation() {
        Impairment impairment = Impairment.parse("rate=8Mbit queue=5000B");
        ImpairedLine line = new ImpairedLine(8, impairment);
        PlainQueue queue = new PlainQueue(1_000, 5_000);
        SplittableRandom random = new SplittableRandom(8);
        long nowNs = 0;
        int dropped = 0;
        for (int i = 0; i < FRAMES; i++) {
            // On average 787 octets each 700 microseconds, through a line that needs 787 for them.
            nowNs += 1_000L * random.nextInt(1_400);
            int octets = random.nextInt(60, 1_515);
            Fate fate = line.next(nowNs, octets);
            List<Long> expected = queue.offer(nowNs, octets);
            assertThat(fate.deliveriesNs()).isEqualTo(expected);
            assertThat(fate.loss()).isEqualTo(expected.isEmpty() ? Fate.Loss.QUEUE_FULL : null);
            dropped += expected.isEmpty() ? 1 : 0;
        }
        assertThat(dropped).isBetween(FRAMES / 20, FRAMES / 2);
    }

    /** A queue as one would draw it: frames in a row, of which the first shrinks. */
    private static final class PlainQueue {
        private record Waiting(long untilNs, int octets) {}

        private final long nsPerOctet;
        private final long room;
        private final Deque<Waiting> row = new ArrayDeque<>();

        PlainQueue(long nsPerOctet, long room) {
            this.nsPerOctet = nsPerOctet;
            this.room = room;
        }

        List<Long> offer(long nowNs, int octets) {
            row.removeIf(waiting -> waiting.untilNs() <= nowNs);
            long waitingNs = 0;
            for (Waiting waiting : row) {
                waitingNs += Math.min(waiting.octets() * nsPerOctet, waiting.untilNs() - nowNs);
            }
            if (waitingNs + octets * nsPerOctet > room * nsPerOctet) {
                return List.of();
            }
            long untilNs = nowNs + waitingNs + octets * nsPerOctet;
            row.add(new Waiting(untilNs, octets));
            return List.of(untilNs);
        }
    }

    @Test
    void theSameSeedDecidesTheSame() {
        String everything = "delay=20ms jitter=5ms loss=20% burst=1%x8 reorder=10% duplicate=1% corrupt=1% rate=1Gbit";
        assertThat(fates(9, everything)).isEqualTo(fates(9, everything));
        assertThat(fates(9, everything)).isNotEqualTo(fates(10, everything));
    }

    @Test
    void neighbouringSeedsHaveNothingInCommon() {
        Set<Integer> both = numbers(fates(11, "loss=20%"), fate -> !fate.isDelivered());
        both.retainAll(numbers(fates(12, "loss=20%"), fate -> !fate.isDelivered()));
        assertThat(both).hasSizeBetween(FRAMES / 25 - 400, FRAMES / 25 + 400);
    }

    @Test
    void otherImpairmentsDoNotChangeWhichFramesAreLost() {
        Set<Integer> lost = numbers(fates(13, "loss=20%"), fate -> fate.loss() == Fate.Loss.RANDOM);
        for (String more :
                List.of("delay=20ms", "delay=9ms jitter=9ms", "reorder=50%", "duplicate=30%", "corrupt=9%")) {
            assertThat(numbers(fates(13, "loss=20% " + more), fate -> fate.loss() == Fate.Loss.RANDOM))
                    .as(more)
                    .isEqualTo(lost);
        }
    }

    @Test
    void aHigherLossLosesTheSameFramesAndMore() {
        assertThat(numbers(fates(14, "loss=80%"), fate -> !fate.isDelivered()))
                .containsAll(numbers(fates(14, "loss=20%"), fate -> !fate.isDelivered()));
    }

    @Test
    void lossDoesNotChangeWhatHappensToTheOthers() {
        List<Fate> all = fates(15, "delay=5ms jitter=1ms reorder=10% duplicate=10% corrupt=10%");
        List<Fate> some = fates(15, "delay=5ms jitter=1ms reorder=10% duplicate=10% corrupt=10% loss=30% burst=1%x3");
        for (int number : numbers(some, Fate::isDelivered)) {
            assertThat(some.get(number)).isEqualTo(all.get(number));
        }
    }

    private static Set<Integer> numbers(List<Fate> fates, Predicate<Fate> what) {
        return IntStream.range(0, fates.size())
                .filter(number -> what.test(fates.get(number)))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Fate> fates(long seed, String impairment) {
        ImpairedLine line = new ImpairedLine(seed, Impairment.parse(impairment));
        List<Fate> fates = new ArrayList<>(FRAMES);
        for (int number = 0; number < FRAMES; number++) {
            fates.add(line.next(number * INTERVAL_NS, OCTETS));
        }
        return fates;
    }

    /** How long each frame takes; all are delivered. */
    private static List<Long> latenesses(List<Fate> fates) {
        List<Long> latenesses = new ArrayList<>(fates.size());
        for (int number = 0; number < fates.size(); number++) {
            latenesses.add(fates.get(number).deliveriesNs().get(0) - number * INTERVAL_NS);
        }
        return latenesses;
    }
}
