package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.recovery.SequenceRecovery.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A good stream over two links, polled as a receive agent polls, up to 50 ms apart, which lose one frame in ten or none,
 * and a forger of random numbers on one of them.
 */
class ForgedNumbersPropertyTest {
    private static final long MS = 1_000_000;

    private record Outcome(int lost, int passedTwice) {}

    /** Of 1000 good frames a forger of 1000 a second costs less than ten, and fewer forged numbers as much less. */
    @ParameterizedTest
    @CsvSource({
        "200, 20000, 4096, 10",
        "200, 20000, 4096, 100",
        "200, 20000, 4096, 1000",
        "200, 20000, 128, 1000",
        "200, 20000, 65536, 1000",
        "50, 20000, 4096, 1000",
        "100000, 400000, 16384, 10",
        "100000, 400000, 16384, 100",
        "100000, 400000, 16384, 1000",
    })
    void forgerCostsNotOneInAHundred(int framesPerSecond, int frames, int historyLength, int forgedPerSecond) {
        for (int round = 0; round < 4; round++) {
            Outcome outcome = run(round, framesPerSecond, frames, historyLength, forgedPerSecond);
            assertThat(outcome.lost)
                    .as("lost in round %d", round)
                    .isLessThanOrEqualTo(8 + frames / 100 * forgedPerSecond / 1_000);
            assertThat(outcome.passedTwice)
                    .as("passed twice in round %d", round)
                    .isLessThanOrEqualTo(frames / 1_000);
        }
    }

    /** A slow stream's next numbers are the newest's neighbours for longer, so that more of them are forged by then. */
    @ParameterizedTest
    @CsvSource({"10, 4096, 100, 3", "10, 4096, 1000, 20", "10, 128, 1000, 20"})
    void slowStreamIsHeardToo(int framesPerSecond, int historyLength, int forgedPerSecond, int lostOf1000) {
        for (int round = 0; round < 4; round++) {
            Outcome outcome = run(round, framesPerSecond, 4_000, historyLength, forgedPerSecond);
            assertThat(outcome.lost).as("lost in round %d", round).isLessThanOrEqualTo(4_000 * lostOf1000 / 1_000);
            assertThat(outcome.passedTwice)
                    .as("passed twice in round %d", round)
                    .isLessThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10, 4000, 128",
        "200, 20000, 128",
        "200, 20000, 4096",
        "200, 20000, 65536",
        "100000, 400000, 16384",
        "100000, 400000, 65536"
    })
    void withoutAForgerNothingIsLostOrPassesTwice(int framesPerSecond, int frames, int historyLength) {
        for (int round = 0; round < 4; round++) {
            assertThat(run(round, framesPerSecond, frames, historyLength, 0)).isEqualTo(new Outcome(0, 0));
        }
    }

    /** A forger who brings each number on both links, as far apart as the stream's own copies, stops no stream either. */
    @ParameterizedTest
    @CsvSource({
        "200, 20000, 4096, 10, 1",
        "200, 20000, 4096, 100, 3",
        "200, 20000, 4096, 1000, 20",
        "200, 20000, 128, 1000, 20",
        "10, 4000, 4096, 100, 10",
        "10, 4000, 4096, 1000, 250",
        "100000, 400000, 16384, 1000, 20",
    })
    void forgerOnBothLinksStopsNoStream(
            int framesPerSecond, int frames, int historyLength, int forgedPerSecond, int lostOf1000) {
        for (int round = 0; round < 4; round++) {
            Outcome outcome = run(round, framesPerSecond, frames, historyLength, forgedPerSecond, 2);
            assertThat(outcome.lost).as("lost in round %d", round).isLessThanOrEqualTo(frames / 1_000 * lostOf1000);
            assertThat(outcome.passedTwice)
                    .as("passed twice in round %d", round)
                    .isLessThanOrEqualTo(frames / 10);
        }
    }

    private static Outcome run(int round, int framesPerSecond, int frames, int historyLength, int forgedPerSecond) {
        return run(round, framesPerSecond, frames, historyLength, forgedPerSecond, 1);
    }

    private static Outcome run(
            int round, int framesPerSecond, int frames, int historyLength, int forgedPerSecond, int forgedLinks) {
        SplittableRandom random = new SplittableRandom(0xF0E6ED2L * (round + 1) + framesPerSecond + forgedPerSecond);
        long frameTimeNs = 1_000 * MS / framesPerSecond;
        int forged = (int) (frames * frameTimeNs / 1_000 * forgedPerSecond / MS);
        int lossIn100 = round % 2 * 10;
        long[] skewNs = {random.nextLong(50 * MS), random.nextLong(50 * MS)};
        PolledLinks links = new PolledLinks(2);
        int[] numbers = new int[frames + forged];
        for (int frame = 0; frame < frames; frame++) {
            numbers[frame] = frame + 60_000 & 0xFFFF;
            for (int link = 0; link < 2; link++) {
                if (random.nextInt(100) >= lossIn100) {
                    links.add(link, frame, frame * frameTimeNs + skewNs[link] + random.nextInt(50_000));
                }
            }
        }
        for (int frame = frames; frame < frames + forged; frame++) {
            numbers[frame] = random.nextInt(65_536);
            long atNs = 50 * MS + random.nextLong(frames * frameTimeNs); // the stream is there before
            for (int link = 0; link < forgedLinks; link++) {
                links.add(link, frame, atNs + skewNs[link]);
            }
        }
        return poll(random, links, numbers, frames, historyLength);
    }

    private static Outcome poll(
            SplittableRandom random, PolledLinks links, int[] numbers, int goodFrames, int historyLength) {
        CounterBlock counters = CounterBlock.ofStream();
        RecoverySettings settings = new RecoverySettings(
                RecoveryAlgorithm.VECTOR, historyLength, 2_000 * MS, false, false, true, LatentErrorSettings.off());
        SequenceRecovery recovery = SequenceRecovery.of(settings, 2, counters);
        BitSet lost = new BitSet();
        BitSet passed = new BitSet();
        int[] passedTwice = new int[1];
        int[] copies = new int[1];
        links.poll(random, 4 * MS, (link, frame, nowNs) -> {
            boolean pass = recovery.recover(link, numbers[frame], nowNs) == PASS;
            copies[0]++;
            if (frame < goodFrames) {
                passedTwice[0] += pass && passed.get(frame) ? 1 : 0;
                passed.set(frame, pass || passed.get(frame));
                lost.set(frame, !passed.get(frame));
            }
        });
        assertThat(counters.value(StreamCounter.PASSED)
                        + counters.value(StreamCounter.DISCARDED)
                        + counters.value(StreamCounter.ROGUE))
                .isEqualTo(copies[0]);
        return new Outcome(lost.cardinality(), passedTwice[0]);
    }
}
