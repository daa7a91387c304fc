package net.twinpath.tests.impairment;

import java.util.List;
import java.util.SplittableRandom;
import net.twinpath.linux.IfEther;

/**
 * Decides the fate of each frame on one direction of a line, from a seed and the frames' times of arrival alone.
 *
 * <p>Each kind of impairment has a random stream of its own, and every frame takes the same draws from all of them,
 * whatever becomes of it: with the same seed, a longer delay loses the same frames, and a higher loss loses those of a
 * lower one and more.
 *
 * <pre>
 *   arrival --&gt; burst? loss? --&gt; queue and rate --&gt; delay +- jitter, unless it overtakes --&gt; delivery
 *                                               '-&gt; the copy of a duplicate: a jitter of its own
 * </pre>
 *
 * <p>A duplicate is made behind the queue and takes no room there; a flipped bit is flipped in both copies.
 */
public final class ImpairedLine {
    /** Nanoseconds an octet takes at 1 bit/s. */
    static final long BIT_NS_PER_OCTET = 8_000_000_000L;

    private static final double ALL_PERCENT = 100;

    private final Impairment impairment;
    private final SplittableRandom losses;
    private final SplittableRandom bursts;
    private final SplittableRandom overtakings;
    private final SplittableRandom duplicates;
    private final SplittableRandom corruptions;
    private final SplittableRandom jitters;
    private boolean inBurst;
    private long freeAtNs = Long.MIN_VALUE;

    /**
     * A line no frame has passed yet.
     *
     * @param seed decides everything that is left to chance
     */
    public ImpairedLine(long seed, Impairment impairment) {
        SplittableRandom root = new SplittableRandom(seed);
        this.impairment = impairment;
        this.losses = root.split();
        this.bursts = root.split();
        this.overtakings = root.split();
        this.duplicates = root.split();
        this.corruptions = root.split();
        this.jitters = root.split();
    }

    /**
     * Decides the next frame's fate.
     *
     * @param arrivalNs when it arrives, in nanoseconds from any beginning, not before the frame before it
     * @param octets    length of the frame, without FCS
     */
    public Fate next(long arrivalNs, int octets) {
        boolean inBurstNow = burst(bursts.nextDouble());
        boolean lost = happens(losses, impairment.lossPercent());
        boolean overtakes = happens(overtakings, impairment.reorderPercent());
        boolean twice = happens(duplicates, impairment.duplicatePercent());
        int flippedBit = flippedBit(octets);
        long firstDelayNs = delayNs(overtakes);
        long secondDelayNs = delayNs(overtakes);
        if (inBurstNow) {
            return Fate.dropped(Fate.Loss.BURST);
        }
        if (lost) {
            return Fate.dropped(Fate.Loss.RANDOM);
        }
        if (!isRoomFor(arrivalNs, octets)) {
            return Fate.dropped(Fate.Loss.QUEUE_FULL);
        }
        long sentNs = sentNs(arrivalNs, octets);
        List<Long> deliveriesNs =
                twice ? List.of(sentNs + firstDelayNs, sentNs + secondDelayNs) : List.of(sentNs + firstDelayNs);
        return new Fate(null, deliveriesNs, flippedBit);
    }

    private static boolean happens(SplittableRandom random, double percent) {
        return random.nextDouble() * ALL_PERCENT < percent;
    }

    /** Leaving with a chance of 1 / length at each frame makes the length a mean of geometrically distributed ones. */
    private boolean burst(double draw) {
        inBurst = inBurst ? draw * impairment.burstFrames() >= 1 : draw * ALL_PERCENT < impairment.burstPercent();
        return inBurst;
    }

    private int flippedBit(int octets) {
        boolean corrupted = happens(corruptions, impairment.corruptPercent());
        double place = corruptions.nextDouble();
        int bits = (octets - IfEther.ETH_HLEN) * Byte.SIZE;
        return corrupted && bits > 0 ? IfEther.ETH_HLEN * Byte.SIZE + (int) (place * bits) : Fate.UNHARMED;
    }

    private long delayNs(boolean overtakes) {
        double deviation = 2 * jitters.nextDouble() - 1;
        return overtakes ? 0 : impairment.delayNs() + Math.round(deviation * impairment.jitterNs());
    }

    private boolean isRoomFor(long arrivalNs, int octets) {
        return impairment.rateBitsPerSecond() == 0
                || startNs(arrivalNs) - arrivalNs + takesNs(octets) <= takesNs(impairment.queueOctets());
    }

    /** When the frame's last bit has left the queue. */
    private long sentNs(long arrivalNs, int octets) {
        if (impairment.rateBitsPerSecond() == 0) {
            return arrivalNs;
        }
        freeAtNs = startNs(arrivalNs) + takesNs(octets);
        return freeAtNs;
    }

    private long startNs(long arrivalNs) {
        return Math.max(arrivalNs, freeAtNs);
    }

    private long takesNs(long octets) {
        return octets * BIT_NS_PER_OCTET / impairment.rateBitsPerSecond();
    }
}
