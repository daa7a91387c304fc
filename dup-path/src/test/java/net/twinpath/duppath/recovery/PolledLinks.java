package net.twinpath.duppath.recovery;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Copies of frames on several links, handed over as a receive agent takes them: each link's queue in turn, up to 64 frames,
 * one look at the clock for all of a round; and now and then the agent is held up.
 */
final class PolledLinks {
    private static final int TURN_FRAMES = 64;
    private static final int FRAME_BITS = 22;
    private static final long FRAME_TIME_NS = 300;

    private final long[][] queues;
    private final int[] lengths;

    /** Takes a copy. */
    interface Receiver {
        void onCopy(int link, int frame, long nowNs);
    }

    PolledLinks(int links) {
        queues = new long[links][1_024];
        lengths = new int[links];
    }

    /** Adds a copy of a frame, numbered below 2^22, that comes to the link's end at that time. */
    void add(int link, int frame, long atNs) {
        if (lengths[link] == queues[link].length) {
            queues[link] = Arrays.copyOf(queues[link], 2 * lengths[link]);
        }
        queues[link][lengths[link]++] = atNs << FRAME_BITS | frame;
    }

    /** Hands all copies over. */
    void poll(SplittableRandom random, long longestHoldUpNs, Receiver receiver) {
        int[] heads = new int[queues.length];
        for (int link = 0; link < queues.length; link++) {
            Arrays.sort(queues[link], 0, lengths[link]);
        }
        long nowNs = 0;
        for (long nextNs = nextNs(heads); nextNs != Long.MAX_VALUE; nextNs = nextNs(heads)) {
            nowNs = Math.max(nowNs, nextNs) + 1 + random.nextInt(10_000);
            if (random.nextInt(500) == 0) {
                nowNs += random.nextLong(longestHoldUpNs);
            }
            int taken = 0;
            for (int link = 0; link < queues.length; link++) {
                int turnEnd = Math.min(heads[link] + TURN_FRAMES, lengths[link]);
                while (heads[link] < turnEnd && queues[link][heads[link]] >>> FRAME_BITS <= nowNs) {
                    receiver.onCopy(link, (int) queues[link][heads[link]++] & (1 << FRAME_BITS) - 1, nowNs);
                    taken++;
                }
            }
            nowNs += taken * FRAME_TIME_NS;
        }
    }

    private long nextNs(int[] heads) {
        long next = Long.MAX_VALUE;
        for (int link = 0; link < queues.length; link++) {
            if (heads[link] < lengths[link]) {
                next = Math.min(next, queues[link][heads[link]] >>> FRAME_BITS);
            }
        }
        return next;
    }
}
