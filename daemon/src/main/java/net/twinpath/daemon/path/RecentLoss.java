package net.twinpath.daemon.path;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * The share of the frames that other links brought lately and this one did not. Pure: no clock, no I/O.
 *
 * <p>A copy may come {@link #SKEW_MS} after the first one. While frames come evenly, as many of those before the window
 * come late into it as of its own come late out of it, and {@link #share} is right; a burst that has just come looks lost.
 * {@link #least} does not ask for frames of the last half second yet, but counts their copies that have come all the same:
 * it is never too large, and while frames come evenly too small by half a second's share of the window.
 */
final class RecentLoss {
    /** How much later than the first a copy may come. */
    static final long SKEW_MS = 500;

    /** Fewer frames say nothing. */
    static final long LEAST_FRAMES = 20;

    /** One frame lost, or two, happen on any link, and of the few of a quiet path they would be a large share. */
    static final long LEAST_LOST = 3;

    private final long windowMs;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** @param windowMs how far back frames count */
    RecentLoss(long windowMs) {
        this.windowMs = windowMs;
    }

    private record Sample(long atMs, Reception reception) {
        long heard() {
            return reception.heard();
        }

        long passed() {
            return reception.passed();
        }
    }

    /**
     * Takes a sample.
     *
     * @param nowMs time, never going back
     */
    void sample(Reception reception, long nowMs) {
        Sample last = samples.peekLast();
        if (last != null && (reception.passed() < last.passed() || reception.heard() < last.heard())) {
            samples.clear();
        }
        samples.addLast(new Sample(nowMs, reception));
        while (samples.getFirst().atMs() < nowMs - windowMs) {
            samples.removeFirst();
        }
    }

    /** Starts anew. */
    void forget() {
        samples.clear();
    }

    /** Frames wanted in the window. */
    long frames() {
        return samples.isEmpty()
                ? 0
                : samples.getLast().passed() - samples.getFirst().passed();
    }

    /** From 0 for none to 1 for all; empty when too few frames came. */
    OptionalDouble share() {
        return shareOfFramesBefore(Long.MAX_VALUE, 0);
    }

    /** The share that is lost for certain, 0 when that is next to nothing; empty when too few frames came. */
    OptionalDouble least() {
        return samples.isEmpty()
                ? OptionalDouble.empty()
                : shareOfFramesBefore(samples.getLast().atMs() - SKEW_MS, LEAST_LOST);
    }

    private OptionalDouble shareOfFramesBefore(long endMs, long leastLost) {
        if (samples.isEmpty()) {
            return OptionalDouble.empty();
        }
        Sample first = samples.getFirst();
        long end = first.passed();
        for (Sample sample : samples) {
            if (sample.atMs() <= endMs) {
                end = sample.passed();
            }
        }
        long wanted = end - first.passed();
        long lost = Math.max(0, wanted - (samples.getLast().heard() - first.heard()));
        return wanted < LEAST_FRAMES
                ? OptionalDouble.empty()
                : OptionalDouble.of(lost < leastLost ? 0 : lost / (double) wanted);
    }
}
