package net.twinpath.duppath.recovery;

import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * A sender and two rings on cores that other programs fight for. The sender, as a send agent, hands a batch of frames to
 * one link and then to the other, and may lose its core before, between and while it does so; the rings take no more than
 * they hold; the receiver takes what is in them in the order of arrival, is slower than the sender, and loses its core, too.
 */
final class FloodedRings {
    private static final int LINKS = 2;
    private static final int BATCH = 64;
    private static final int SLOTS = 2_048;
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long[] FRAME_NS = {700, 1_250, 2_500, 10_000, 50_000};

    private final SplittableRandom random;
    private final ArrayDeque<Copy> waiting = new ArrayDeque<>();
    private final int[] inRing = new int[LINKS];
    private final long longestPauseNs;
    private long nowNs = 1_000 * MS;
    private long takenUntilNs;
    private int frames;
    private long lost;

    /** Notes a frame's copy in the order of arrival. */
    interface Receiver {
        void take(int link, int frame, long arrivedNs);
    }

    private record Copy(int link, int frame, long arrivedNs) {}

    /** @param longestPauseNs for which the sender or the receiver is without a core at most */
    FloodedRings(SplittableRandom random, long longestPauseNs) {
        this.random = random;
        this.longestPauseNs = longestPauseNs;
    }

    /** Sends so many frames, the number of the first being 0, and takes what the rings hold. */
    void run(int count, Receiver receiver) {
        long frameNs = FRAME_NS[0];
        while (frames < count) {
            if (random.nextInt(300) == 0) {
                frameNs = FRAME_NS[random.nextInt(FRAME_NS.length)];
            }
            nowNs += BATCH * frameNs;
            pause(200);
            int batch = random.nextInt(4) == 0 ? random.nextInt(1, BATCH) : BATCH;
            for (int link = 0; link < LINKS; link++) {
                for (int i = 0; i < batch; i++) {
                    nowNs += 200;
                    pause(100_000);
                    arrive(new Copy(link, frames + i, nowNs), receiver);
                }
                pause(500);
            }
            frames += batch;
        }
        takeUntil(Long.MAX_VALUE, receiver);
    }

    /** Copies that found no place in their ring. */
    long lost() {
        return lost;
    }

    private void pause(int onceIn) {
        if (random.nextInt(onceIn) == 0) {
            nowNs += pauseNs();
        }
    }

    private long pauseNs() {
        return random.nextInt(4) == 0 ? random.nextLong(longestPauseNs) : random.nextLong(10 * MS);
    }

    private void arrive(Copy copy, Receiver receiver) {
        takeUntil(copy.arrivedNs, receiver);
        if (inRing[copy.link] == SLOTS) {
            lost++;
            return;
        }
        inRing[copy.link]++;
        waiting.add(copy);
    }

    private void takeUntil(long untilNs, Receiver receiver) {
        for (Copy next = waiting.peek(); next != null; next = waiting.peek()) {
            takenUntilNs = Math.max(takenUntilNs, next.arrivedNs);
            if (takenUntilNs > untilNs) {
                return;
            }
            waiting.remove();
            inRing[next.link]--;
            receiver.take(next.link, next.frame, next.arrivedNs);
            takenUntilNs += random.nextInt(3_000) == 0 ? pauseNs() : US;
        }
    }
}
