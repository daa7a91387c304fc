package net.twinpath.duppath.recovery;

import static net.twinpath.duppath.recovery.SequenceRecovery.PASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.BitSet;
import java.util.SplittableRandom;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds of whole streams, polled as a receive agent polls, whose sender pauses, is cut off and starts again: no frame
 * passes twice, and no frame is lost but those the bounds allow.
 */
class ResyncPropertyTest {
    private static final long MS = 1_000_000;
    private static final int FRAMES = 400_000;

    private final CounterBlock counters = CounterBlock.ofStream();
    private final int[] numbers = new int[FRAMES];
    private final BitSet heard = new BitSet();
    private final BitSet passed = new BitSet();
    private long copies;

    private static RecoverySettings settings(int historyLength, boolean resync) {
        return new RecoverySettings(
                RecoveryAlgorithm.VECTOR, historyLength, 2_000 * MS, false, false, resync, LatentErrorSettings.off());
    }

    /** Polls all copies into the function; fails when a frame passes twice or the counters do not add up. */
    private void run(SplittableRandom random, PolledLinks links, SequenceRecovery recovery) {
        links.poll(random, 4 * MS, (link, frame, nowNs) -> {
            boolean pass = recovery.recover(link, numbers[frame], nowNs) == PASS;
            if (pass && passed.get(frame)) {
                fail("frame %d, number %d, passed twice, the second time at %d ns", frame, numbers[frame], nowNs);
            }
            passed.set(frame, pass || passed.get(frame));
            heard.set(frame);
            copies++;
        });
        assertThat(counters.value(StreamCounter.PASSED)).isEqualTo(passed.cardinality());
        assertThat(counters.value(StreamCounter.PASSED)
                        + counters.value(StreamCounter.DISCARDED)
                        + counters.value(StreamCounter.ROGUE))
                .isEqualTo(copies);
    }

    private int heardButNotPassed() {
        BitSet lost = (BitSet) heard.clone();
        lost.andNot(passed);
        return lost.cardinality();
    }

    private long resyncs() {
        return counters.value(StreamCounter.RESYNCS);
    }

    /** Loss, bursts and reordering within the history on two to four links, at 200 000 frames a second. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void withinTheWindowNothingIsLostNothingPassesTwiceAndNothingIsResynchronised(int linkCount) {
        SplittableRandom random = new SplittableRandom(0x1055L * linkCount);
        PolledLinks links = new PolledLinks(linkCount);
        long[] skewNs = random.longs(linkCount, 0, 8 * MS).toArray(); // and 4 ms held up: 2 400 numbers
        int blindLink = 0;
        long blindUntilNs = 0;
        int number = 60_000;
        for (int frame = 0; frame < FRAMES; frame++) {
            long sentNs = frame * 5_000L;
            number += random.nextInt(5_000) == 0 ? random.nextInt(2, 1_000) : 1; // so that all links lose bursts
            numbers[frame] = number & 0xFFFF;
            if (random.nextInt(5_000) == 0) {
                blindLink = random.nextInt(linkCount);
                blindUntilNs = sentNs + random.nextLong(50 * MS);
            }
            for (int link = 0; link < linkCount; link++) {
                if (random.nextInt(10) != 0 && (link != blindLink || sentNs >= blindUntilNs)) {
                    links.add(link, frame, sentNs + skewNs[link] + random.nextInt(200_000));
                }
            }
        }
        SequenceRecovery standardAlone = SequenceRecovery.of(settings(4096, false), linkCount, CounterBlock.ofStream());
        SequenceRecovery recovery = SequenceRecovery.of(settings(4096, true), linkCount, counters);
        long seed = random.nextLong();
        run(new SplittableRandom(seed), links, recovery);
        BitSet standardPassed = new BitSet();
        links.poll(new SplittableRandom(seed), 4 * MS, (link, frame, nowNs) -> {
            if (standardAlone.recover(link, numbers[frame], nowNs) == PASS) {
                standardPassed.set(frame);
            }
        });
        assertThat(heard.cardinality()).isGreaterThan(FRAMES * 9 / 10);
        assertThat(heardButNotPassed()).isZero();
        assertThat(resyncs()).isZero();
        assertThat(passed).isEqualTo(standardPassed);
    }

    /**
     * Two links that lose one frame in ten, at 200 000 frames a second. The sender's numbers jump anywhere after a pause of
     * 40 to 200 ms: each jump costs at most the two frames that only the leading link brings, or as many as it is behind
     * when that is too little to be told by.
     */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 4_096, 32_768, 65_536})
    void jumpAnywhereAfterAPauseCostsTwoFramesAtMost(int historyLength) {
        SplittableRandom random = new SplittableRandom(0x1A3BL + historyLength);
        PolledLinks links = new PolledLinks(2);
        long skewNs = Math.min(historyLength / 4, 2_000) * 5_000L;
        long sentNs = 0;
        int number = 0;
        int jumps = 0;
        int lossAllowed = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            sentNs += 5_000;
            number = number + 1 & 0xFFFF;
            if (random.nextInt(2_000) == 0) {
                sentNs += random.nextLong(40 * MS, 200 * MS);
                int next = random.nextInt(65_536);
                int behind = number - next & 0xFFFF;
                number = next;
                jumps++;
                lossAllowed += behind <= 65 + 20 ? 65 + 20 : 2;
            }
            numbers[frame] = number;
            for (int link = 0; link < 2; link++) {
                if (random.nextInt(10) != 0) {
                    links.add(link, frame, sentNs + link * skewNs + random.nextInt(50_000));
                }
            }
        }
        run(random, links, SequenceRecovery.of(settings(historyLength, true), 2, counters));
        assertThat(jumps).isGreaterThan(150);
        assertThat(resyncs()).isGreaterThan(jumps / 3);
        assertThat(heardButNotPassed()).isLessThanOrEqualTo(lossAllowed);
    }

    /** One link alone, which loses nothing: two frames for each jump, or 64. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 4_096, 65_536})
    void oneLinkAloneFollowsToo(int historyLength) {
        SplittableRandom random = new SplittableRandom(0x0A10L + historyLength);
        PolledLinks links = new PolledLinks(1);
        long sentNs = 0;
        int number = 0;
        int lossAllowed = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            sentNs += 5_000;
            number = number + 1 & 0xFFFF;
            if (random.nextInt(2_000) == 0) {
                sentNs += random.nextLong(40 * MS, 200 * MS);
                int next = random.nextInt(65_536);
                int behind = number - next & 0xFFFF;
                number = next;
                lossAllowed += behind <= 65 ? 65 : 2;
            }
            numbers[frame] = number;
            links.add(0, frame, sentNs);
        }
        run(random, links, SequenceRecovery.of(settings(historyLength, true), 1, counters));
        assertThat(resyncs()).isGreaterThan(40);
        assertThat(heardButNotPassed()).isLessThanOrEqualTo(lossAllowed);
    }

    /** Gaps of more than the history, as long as the frames they take, on two links that lose nothing else. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 64, 1_000, 4_096})
    void gapOnBothLinksLosesNothingMoreAtAnyHistoryLength(int historyLength) {
        SplittableRandom random = new SplittableRandom(0x6A9L + historyLength);
        PolledLinks links = new PolledLinks(2);
        int number = 0;
        int jumps = 0;
        long sentNs = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            int step = random.nextInt(3_000) == 0 ? random.nextInt(historyLength + 1, 32_000) : 1;
            jumps += step > 1 ? 1 : 0;
            number += step;
            sentNs += step * 2_000L; // 500 000 a second
            numbers[frame] = number & 0xFFFF;
            links.add(0, frame, sentNs);
            links.add(1, frame, sentNs + (historyLength < 200 ? 0 : random.nextInt(20_000) * (historyLength / 100)));
        }
        SequenceRecovery recovery = SequenceRecovery.of(settings(historyLength, true), 2, counters);
        if (historyLength < 200) { // shorter than a turn: the links are served frame by frame
            for (int frame = 0; frame < FRAMES; frame++) {
                for (int link = 0; link < 2; link++) {
                    passed.set(
                            frame, recovery.recover(link, numbers[frame], frame * 2_000L) == PASS || passed.get(frame));
                }
                heard.set(frame);
            }
        } else {
            run(random, links, recovery);
        }
        assertThat(jumps).isGreaterThan(100);
        assertThat(resyncs()).isBetween(jumps - 2L, (long) jumps); // two jumps within three frames are one
        assertThat(heardButNotPassed()).isZero();
    }

    /** A restart without any pause: nothing of it when the numbers go ahead, 20 ms and the skew when they go back. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void restartWithoutAPauseIsFollowed(boolean isAhead) {
        SplittableRandom random = new SplittableRandom(isAhead ? 0xAEADL : 0xBACCL);
        PolledLinks links = new PolledLinks(2);
        int number = 0;
        int jumps = 0;
        for (int frame = 0; frame < FRAMES; frame++) { // 200 000 a second, link 1 is 3 ms late
            number++;
            if (frame % 10_000 == 5_000) {
                number += random.nextInt(6_000, 32_000) * (isAhead ? 1 : -1);
                jumps++;
            }
            numbers[frame] = number & 0xFFFF;
            links.add(0, frame, frame * 5_000L);
            links.add(1, frame, frame * 5_000L + 3 * MS);
        }
        run(random, links, SequenceRecovery.of(settings(4_096, true), 2, counters));
        assertThat(jumps).isGreaterThan(8);
        assertThat(resyncs()).isEqualTo(jumps);
        assertThat(heardButNotPassed()).isLessThanOrEqualTo(isAhead ? 0 : jumps * 200 * (20 + 4 + 4));
    }

    /**
     * Links further behind than the history, held up, bursting and losing, beside one that is not: it keeps the window. When
     * it ends, they go on without a frame lost or passed twice.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    void lateLinksNeverTakeTheWindow(int linkCount) {
        SplittableRandom random = new SplittableRandom(0x1A7EL + linkCount);
        PolledLinks links = new PolledLinks(linkCount);
        long[] blindUntilNs = new long[linkCount];
        int leaderEnd = FRAMES / 2;
        for (int frame = 0; frame < FRAMES / 2 + 40_000; frame++) { // 200 000 a second: 4 096 are 20 ms
            long sentNs = frame * 5_000L;
            numbers[frame] = frame & 0xFFFF;
            if (frame < leaderEnd) {
                links.add(0, frame, sentNs);
            }
            for (int link = 1; link < linkCount; link++) {
                if (random.nextInt(5_000) == 0) {
                    blindUntilNs[link] = sentNs + random.nextLong(5 * MS);
                }
                if (random.nextInt(10) != 0 && (sentNs >= blindUntilNs[link] || frame > leaderEnd - 12_000)) {
                    long atNs = sentNs + (25 + link * 2L) * MS;
                    boolean isBurst = random.nextInt(4) == 0;
                    links.add(link, frame, isBurst ? atNs / (2 * MS) * (2 * MS) + 2 * MS : atNs);
                }
            }
        }
        run(random, links, SequenceRecovery.of(settings(4_096, true), linkCount, counters));
        assertThat(resyncs()).isZero();
        assertThat(counters.value(StreamCounter.ROGUE)).isGreaterThan(100_000);
        assertThat(passed.nextClearBit(0)).isGreaterThanOrEqualTo(leaderEnd);
        assertThat(heardButNotPassed()).isZero();
    }

    /** Forged numbers outside the window, one at a time, not the same on both links, change no other frame's verdict. */
    @ParameterizedTest
    @ValueSource(ints = {64, 4_096})
    void forgedNumbersChangeNoVerdict(int historyLength) {
        SplittableRandom random = new SplittableRandom(0xF0E6EDL);
        SequenceRecovery attacked = SequenceRecovery.of(settings(historyLength, true), 2, counters);
        SequenceRecovery alone = SequenceRecovery.of(settings(historyLength, true), 2, CounterBlock.ofStream());
        int forged = 0;
        int forgedOn = -1; // until this link has brought a frame of the sender again
        for (int frame = 0; frame < FRAMES; frame++) {
            long nowNs = frame * 10L * MS; // 100 a second: the window is silent between frames
            int number = frame & 0xFFFF;
            for (int link = 0; link < 2; link++) {
                if (forgedOn < 0 && random.nextInt(10) == 0) {
                    int far = random.nextInt(historyLength + 1, 65_535 - historyLength);
                    int forgedNumber = (number + far & 0xFFFE) + link;
                    assertThat(attacked.recover(link, forgedNumber, nowNs))
                            .isIn(SequenceRecovery.ROGUE, SequenceRecovery.LATE);
                    forged++;
                    forgedOn = link;
                }
                if (random.nextInt(5) != 0) {
                    assertThat(attacked.recover(link, number, nowNs)).isEqualTo(alone.recover(link, number, nowNs));
                    forgedOn = forgedOn == link ? -1 : forgedOn;
                }
            }
        }
        assertThat(forged).isGreaterThan(20_000);
        assertThat(resyncs()).isZero();
    }
}
