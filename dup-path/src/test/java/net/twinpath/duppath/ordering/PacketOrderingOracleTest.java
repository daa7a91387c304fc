package net.twinpath.duppath.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.OrderingCounter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Packet ordering in seeded bulk runs: against the naive oracle, step by step, where memory runs short, senders start again
 * and numbers are forged; and against what it promises, where it has memory enough.
 */
class PacketOrderingOracleTest {
    private static final int FRAME_LENGTH = 128;
    private static final int LEAST_LENGTH = 8;
    private static final int BATCH = 32;
    private static final long US = 1_000;
    private static final long MAX_DELAY_NS = 2_000 * US;
    private static final long TAKE_ANY_NS = 50_000 * US;

    /** A frame of a schedule; {@code place} is where it stands among its flow's. */
    private record Sent(int frame, int flow, int place, int number, long sentNs, long atNs) {
        long transitNs() {
            return atNs - sentNs;
        }
    }

    /** What a network does to the frames of some flows. */
    private record Network(int flows, int framesPerFlow, long spacingNs, long jitterNs, int strayIn, int lossIn) {
        /** Frames lost never come; strays take up to three times the longest delay a frame is held. */
        List<Sent> schedule(SplittableRandom random, boolean unruly) {
            List<Sent> sent = new ArrayList<>();
            int frame = 0;
            for (int flow = 0; flow < flows; flow++) {
                int number = random.nextInt(0x1_0000);
                long nowNs = random.nextLong(spacingNs * flows);
                for (int place = 0; place < framesPerFlow; place++) {
                    nowNs += 1 + random.nextLong(2 * spacingNs * flows);
                    number++;
                    if (unruly && random.nextInt(5_000) == 0) { // starts again
                        number = random.nextInt(0x1_0000);
                    }
                    if (unruly && random.nextInt(5_000) == 0) {
                        nowNs += random.nextLong(2 * TAKE_ANY_NS);
                    }
                    if (lossIn > 0 && random.nextInt(lossIn) == 0) {
                        continue;
                    }
                    boolean stray = strayIn > 0 && random.nextInt(strayIn) == 0;
                    long atNs = nowNs + random.nextLong(stray ? 3 * MAX_DELAY_NS : jitterNs);
                    boolean forged = unruly && random.nextInt(10_000) == 0;
                    int itsNumber = (forged ? random.nextInt() : number) & 0xFFFF;
                    sent.add(new Sent(frame++, flow, place, itsNumber, nowNs, atNs));
                }
            }
            sent.sort(Comparator.comparingLong(Sent::atNs));
            return sent;
        }
    }

    /** Called for each frame that goes. */
    private interface Gone {
        void at(int frame, long nowNs);
    }

    /** A caller that keeps to the rules: drains after each frame and when one is due, sends in batches, then recycles. */
    private static final class Caller {
        private final UnsafeBuffer memory;
        private final PacketOrdering ordering;
        private final Gone gone;
        private final UnsafeBuffer arriving = new UnsafeBuffer(new byte[FRAME_LENGTH]);
        private final List<int[]> batch = new ArrayList<>();
        private int arrivedInBatch;
        private long nowNs;

        Caller(int frames, int flows, Gone gone) {
            memory = new UnsafeBuffer(new byte[frames * FRAME_LENGTH]);
            ordering = new PacketOrdering(memory, frames, FRAME_LENGTH, BATCH, flows, MAX_DELAY_NS, TAKE_ANY_NS);
            this.gone = gone;
        }

        void arrive(Sent sent) {
            runUntil(sent.atNs);
            fill(sent.frame);
            if (ordering.arrive(sent.flow, sent.number, arriving, 0, length(sent.frame), nowNs)
                    == PacketOrdering.FORWARD_NOW) {
                gone.at(sent.frame, nowNs);
            }
            drain();
            if (++arrivedInBatch == BATCH) {
                send();
            }
        }

        void runUntil(long untilNs) {
            while (ordering.dueInNs(nowNs) <= untilNs - nowNs) {
                nowNs += ordering.dueInNs(nowNs);
                drain();
                if (ordering.dueInNs(nowNs) == 0) {
                    throw new AssertionError("a frame that is due was not released");
                }
            }
            nowNs = untilNs;
        }

        private void drain() {
            while (ordering.nextReleased(nowNs)) {
                int offset = ordering.releasedOffset();
                int frame = memory.getInt(offset);
                batch.add(new int[] {offset, ordering.releasedLength(), frame});
                gone.at(frame, nowNs);
            }
        }

        /** Frames are read as the kernel would read them: when the batch is complete. */
        void send() {
            for (int[] held : batch) {
                fill(held[2]);
                assertThat(held[1]).isEqualTo(length(held[2]));
                if (!sameOctets(memory, held[0], arriving, held[1])) {
                    throw new AssertionError("frame " + held[2] + " was overwritten before it was sent");
                }
            }
            batch.clear();
            arrivedInBatch = 0;
            ordering.recycle();
        }

        private static int length(int frame) {
            return LEAST_LENGTH + frame % (FRAME_LENGTH - LEAST_LENGTH + 1);
        }

        private void fill(int frame) {
            int length = length(frame);
            arriving.setMemory(0, length, (byte) (frame * 31));
            arriving.putInt(0, frame);
        }
    }

    private static boolean sameOctets(UnsafeBuffer one, int offset, UnsafeBuffer other, int length) {
        for (int i = 0; i < length; i++) {
            if (one.getByte(offset + i) != other.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    /** A million frames a seed, of 25 flows, with memory that is often full. */
    @ParameterizedTest
    @ValueSource(longs = {0x5E55101DL, 0xC0FFEEL, 0xDECAFL, 0xFACADEL})
    void agreesWithTheOracle(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Network network = new Network(25, 42_000, 2 * US, 300 * US, 200, 40);
        int heldLimit = 400;
        List<Integer> gone = new ArrayList<>();
        Caller caller = new Caller(heldLimit + BATCH, network.flows, (frame, nowNs) -> gone.add(frame));
        NaiveOrdering oracle = new NaiveOrdering(network.flows, heldLimit, MAX_DELAY_NS, TAKE_ANY_NS);
        List<Sent> schedule = network.schedule(random, true);
        BitSet seen = new BitSet();
        for (Sent sent : schedule) {
            oracle.releaseDue(sent.atNs);
            oracle.arrive(sent.flow, sent.number, sent.frame, sent.atNs);
            caller.arrive(sent);
            if (random.nextInt(20_000) == 0) {
                oracle.reset(sent.flow);
                caller.ordering.reset(sent.flow);
                caller.drain();
            }
            expectSame(seed, sent, gone, oracle.takeGone(), seen);
        }
        caller.runUntil(Long.MAX_VALUE / 2);
        oracle.releaseDue(Long.MAX_VALUE / 2);
        expectSame(seed, schedule.get(schedule.size() - 1), gone, oracle.takeGone(), seen);
        assertThat(schedule.size()).isGreaterThan(1_000_000);
        assertThat(seen.cardinality()).as("every frame came out").isEqualTo(schedule.size());
        expectAllKindsCounted(caller.ordering.counters());
    }

    private static void expectSame(long seed, Sent sent, List<Integer> gone, List<Integer> expected, BitSet seen) {
        if (!gone.equals(expected)) {
            assertThat(gone).as("seed %x, gone with or before %s", seed, sent).isEqualTo(expected);
        }
        for (int frame : gone) {
            if (seen.get(frame)) {
                throw new AssertionError("frame " + frame + " came out twice");
            }
            seen.set(frame);
        }
        gone.clear();
    }

    private static void expectAllKindsCounted(CounterBlock counters) {
        assertThat(counters.value(OrderingCounter.HELD))
                .isEqualTo(counters.value(OrderingCounter.RELEASED_IN_ORDER)
                        + counters.value(OrderingCounter.RELEASED_BY_DELAY)
                        + counters.value(OrderingCounter.RELEASED_EARLY));
        assertThat(counters.value(OrderingCounter.RELEASED_IN_ORDER)).isGreaterThan(10_000);
        assertThat(counters.value(OrderingCounter.RELEASED_BY_DELAY)).isGreaterThan(1_000);
        assertThat(counters.value(OrderingCounter.RELEASED_EARLY)).isGreaterThan(1_000);
        assertThat(counters.value(OrderingCounter.PASSED_LATE)).isGreaterThan(1_000);
        assertThat(counters.value(OrderingCounter.PASSED_UNHELD)).isZero();
    }

    /**
     * A million frames a seed, with memory enough. None is kept longer than the delay; one is overtaken by a later one of
     * its flow only when it was itself on its way for longer than the delay, or was sent before the one that its flow's
     * numbers were taken from.
     */
    @ParameterizedTest
    @ValueSource(longs = {0xBEEFL, 0xF00DL})
    void ordersAllThatComesInTime(long seed) {
        Network network = new Network(20, 52_000, 2 * US, 1_500 * US, 100, 30);
        List<Sent> schedule = network.schedule(new SplittableRandom(seed), false);
        Sent[] byFrame = byFrame(schedule);
        int[] furthest = new int[network.flows];
        int[] taken = firstToCome(schedule, network.flows);
        int[] overtaken = new int[1];
        BitSet seen = new BitSet();
        Caller caller = new Caller(20_000, network.flows, (frame, nowNs) -> {
            Sent sent = byFrame[frame];
            expect(!seen.get(frame), "out twice", sent);
            seen.set(frame);
            expect(nowNs - sent.atNs <= MAX_DELAY_NS, "kept too long", sent);
            if (sent.place < furthest[sent.flow]) {
                expect(
                        sent.transitNs() >= MAX_DELAY_NS || sent.place < taken[sent.flow],
                        "overtaken though it came in time",
                        sent);
                overtaken[0]++;
            }
            furthest[sent.flow] = Math.max(furthest[sent.flow], sent.place);
        });
        schedule.forEach(caller::arrive);
        caller.runUntil(Long.MAX_VALUE / 2);
        caller.send();

        CounterBlock counters = caller.ordering.counters();
        assertThat(seen.cardinality()).isEqualTo(schedule.size()).isGreaterThan(1_000_000);
        assertThat(counters.value(OrderingCounter.RELEASED_EARLY) + counters.value(OrderingCounter.PASSED_UNHELD))
                .isZero();
        assertThat(counters.value(OrderingCounter.HELD)).isGreaterThan(100_000);
        assertThat(overtaken[0]).as("strays that came too late").isBetween(1_000, 10_000);
    }

    private static Sent[] byFrame(List<Sent> schedule) {
        Sent[] byFrame = new Sent[schedule.size()];
        schedule.forEach(sent -> byFrame[sent.frame] = sent);
        return byFrame;
    }

    /** Place of each flow's frame that arrives first. */
    private static int[] firstToCome(List<Sent> schedule, int flows) {
        int[] first = new int[flows];
        for (int i = schedule.size() - 1; i >= 0; i--) {
            first[schedule.get(i).flow] = schedule.get(i).place;
        }
        return first;
    }

    private static void expect(boolean holds, String otherwise, Sent sent) {
        if (!holds) {
            throw new AssertionError(otherwise + ": " + sent);
        }
    }

    @Test
    void otherFlowsDoNotDisturbAFlow() {
        Network network = new Network(30, 8_000, 2 * US, 900 * US, 50, 20);
        List<Sent> schedule = network.schedule(new SplittableRandom(0xA10E), false);
        int flow = 17;
        Sent[] byFrame = byFrame(schedule);
        List<List<Long>> runs = new ArrayList<>();
        for (boolean alone : new boolean[] {true, false}) {
            List<Long> gone = new ArrayList<>();
            Caller caller = new Caller(10_000, network.flows, (frame, nowNs) -> {
                if (byFrame[frame].flow == flow) {
                    gone.add((long) frame);
                    gone.add(nowNs);
                }
            });
            schedule.stream().filter(sent -> !alone || sent.flow == flow).forEach(caller::arrive);
            caller.runUntil(Long.MAX_VALUE / 2);
            runs.add(gone);
        }
        assertThat(runs.get(0)).hasSizeGreaterThan(15_000);
        assertThat(runs.get(1)).isEqualTo(runs.get(0));
    }

    @Test
    void anyOrderOfHeldFramesComesOutSorted() {
        SplittableRandom random = new SplittableRandom(0x5017);
        int count = 20_000;
        for (int pattern = 0; pattern < 4; pattern++) {
            List<Integer> gone = new ArrayList<>();
            Caller caller = new Caller(count + BATCH, 1, (frame, nowNs) -> gone.add(frame));
            caller.arrive(new Sent(0, 0, 0, 0, 0, 0));
            int[] numbers = numbersInPattern(pattern, count, random);
            for (int number : numbers) {
                caller.arrive(new Sent(number, 0, number, number, 0, 1));
            }
            assertThat(gone).hasSize(1);
            caller.arrive(new Sent(1, 0, 1, 1, 0, 2));
            assertThat(gone)
                    .as("pattern %d", pattern)
                    .containsExactlyElementsOf(
                            () -> IntStream.range(0, count + 2).iterator());
        }
    }

    /** The numbers from 2 on: ascending, descending, two ascending runs interleaved, shuffled. */
    private static int[] numbersInPattern(int pattern, int count, SplittableRandom random) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 2
                    + switch (pattern) {
                        case 1 -> count - 1 - i;
                        case 2 -> i / 2 + (i % 2) * (count / 2);
                        default -> i;
                    };
        }
        for (int i = count - 1; pattern == 3 && i > 0; i--) {
            int other = random.nextInt(i + 1);
            int number = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = number;
        }
        return numbers;
    }
}
