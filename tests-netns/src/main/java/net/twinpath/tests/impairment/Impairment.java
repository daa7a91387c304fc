package net.twinpath.tests.impairment;

import java.time.Duration;

/**
 * What is wrong with one direction of a line.
 *
 * <p>As text, for example {@code delay=20ms jitter=5ms loss=20% burst=1%x8 reorder=10% duplicate=1% corrupt=0.1%
 * rate=10Mbit queue=64KiB}; what is left out is not impaired, and a line that is not impaired at all is {@code none}.
 *
 * @param delayNs             time a frame takes, in nanoseconds
 * @param jitterNs            how much shorter or longer it may take, evenly distributed; at most the delay
 * @param lossPercent         chance that a frame is lost, each for itself
 * @param burstPercent        chance that a burst of losses begins at a frame (Gilbert-Elliott model: no loss in the
 *     good state, all lost in the bad one)
 * @param burstFrames         mean length of a burst, in frames, at least 1
 * @param reorderPercent      chance that a frame overtakes: takes no time and no jitter
 * @param duplicatePercent    chance that a frame is delivered twice
 * @param corruptPercent      chance that one bit behind the Ethernet header is flipped
 * @param rateBitsPerSecond   rate of the line; 0 is without limit
 * @param queueOctets         octets that may wait for a line of limited rate, with the frame being sent; more is
 *     dropped
 */
public record Impairment(
        long delayNs,
        long jitterNs,
        double lossPercent,
        double burstPercent,
        double burstFrames,
        double reorderPercent,
        double duplicatePercent,
        double corruptPercent,
        long rateBitsPerSecond,
        long queueOctets) {
    /** A line that does no harm. */
    public static final Impairment NONE = new Impairment(0, 0, 0, 0, 1, 0, 0, 0, 0, 0);

    /** Room in front of a line whose rate is limited, when nothing else is said. */
    static final long DEFAULT_QUEUE_OCTETS = 64 * 1024;

    /** Octets times {@link ImpairedLine#BIT_NS_PER_OCTET} must fit a long. */
    private static final long MOST_QUEUE_OCTETS = 1L << 30;

    private static final double ALL_PERCENT = 100;

    /** @throws IllegalArgumentException naming the word of the text form that is wrong */
    public Impairment {
        checkPercent("loss", lossPercent);
        checkPercent("burst", burstPercent);
        checkPercent("reorder", reorderPercent);
        checkPercent("duplicate", duplicatePercent);
        checkPercent("corrupt", corruptPercent);
        check(burstFrames >= 1, "burst: a mean length of " + burstFrames + " frames is less than 1");
        check(jitterNs >= 0 && jitterNs <= delayNs, "jitter: more than the delay, or less than none");
        check(rateBitsPerSecond >= 0, "rate: " + rateBitsPerSecond + " bit/s is less than none");
        check(rateBitsPerSecond > 0 || queueOctets == 0, "queue: only a line with a rate has one");
        check(
                rateBitsPerSecond == 0 || (queueOctets > 0 && queueOctets <= MOST_QUEUE_OCTETS),
                "queue: " + queueOctets + " octets are not 1 to " + MOST_QUEUE_OCTETS);
    }

    private static void checkPercent(String word, double percent) {
        check(percent >= 0 && percent <= ALL_PERCENT, word + ": " + percent + " % is not 0 to 100 %");
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * Reads the text form. A chance is a percentage ({@code 20%}) or a probability ({@code 0.2}); a time ends in ns, us,
     * ms or s, a rate in bit, kbit, Mbit or Gbit (per second), a queue in B, KiB or MiB.
     *
     * @throws IllegalArgumentException naming the word that is wrong, and what would be right
     */
    public static Impairment parse(String text) {
        return ImpairmentText.parse(text);
    }

    /** Frames take this time. */
    public Impairment withDelay(Duration delay) {
        return withDelay(delay, Duration.ZERO);
    }

    /** Frames take this time, more or less by up to the jitter, and so may overtake each other. */
    public Impairment withDelay(Duration delay, Duration jitter) {
        return new Impairment(
                delay.toNanos(),
                jitter.toNanos(),
                lossPercent,
                burstPercent,
                burstFrames,
                reorderPercent,
                duplicatePercent,
                corruptPercent,
                rateBitsPerSecond,
                queueOctets);
    }

    /** Frames are lost with this chance, each for itself. */
    public Impairment withLoss(double percent) {
        return new Impairment(
                delayNs,
                jitterNs,
                percent,
                burstPercent,
                burstFrames,
                reorderPercent,
                duplicatePercent,
                corruptPercent,
                rateBitsPerSecond,
                queueOctets);
    }

    /** Bursts of losses begin with this chance at each frame and are of this mean length in frames. */
    public Impairment withBurst(double percent, double meanFrames) {
        return new Impairment(
                delayNs,
                jitterNs,
                lossPercent,
                percent,
                meanFrames,
                reorderPercent,
                duplicatePercent,
                corruptPercent,
                rateBitsPerSecond,
                queueOctets);
    }

    /** Frames skip the delay with this chance. */
    public Impairment withReorder(double percent) {
        return new Impairment(
                delayNs,
                jitterNs,
                lossPercent,
                burstPercent,
                burstFrames,
                percent,
                duplicatePercent,
                corruptPercent,
                rateBitsPerSecond,
                queueOctets);
    }

    /** Frames are delivered twice with this chance. */
    public Impairment withDuplicate(double percent) {
        return new Impairment(
                delayNs,
                jitterNs,
                lossPercent,
                burstPercent,
                burstFrames,
                reorderPercent,
                percent,
                corruptPercent,
                rateBitsPerSecond,
                queueOctets);
    }

    /** Frames have one bit flipped with this chance. */
    public Impairment withCorrupt(double percent) {
        return new Impairment(
                delayNs,
                jitterNs,
                lossPercent,
                burstPercent,
                burstFrames,
                reorderPercent,
                duplicatePercent,
                percent,
                rateBitsPerSecond,
                queueOctets);
    }

    /** The line carries so many bits each second, and so many octets may wait for it. */
    public Impairment withRate(long bitsPerSecond, long waitingOctets) {
        return new Impairment(
                delayNs,
                jitterNs,
                lossPercent,
                burstPercent,
                burstFrames,
                reorderPercent,
                duplicatePercent,
                corruptPercent,
                bitsPerSecond,
                waitingOctets);
    }

    /** The text form, which {@link #parse} reads back to an equal impairment. */
    @Override
    public String toString() {
        return ImpairmentText.print(this);
    }
}
