package net.twinpath.tests.impairment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one frame on an impaired line.
 *
 * @param loss         why it is dropped; null when it is delivered
 * @param deliveriesNs when it is delivered, in the nanoseconds of its arrival: none when it is dropped, two when it is
 *     duplicated
 * @param flippedBit   bit of the frame that is flipped, counted from the highest of its first octet; {@link #UNHARMED}
 *     when none is
 */
public record Fate(@Nullable Loss loss, List<Long> deliveriesNs, int flippedBit) {
    /** No bit is flipped. */
    public static final int UNHARMED = -1;

    /** Why a line drops a frame. */
    public enum Loss {
        /** By the chance of each frame. */
        RANDOM,
        /** In a burst. */
        BURST,
        /** It found no room in front of a line of limited rate. */
        QUEUE_FULL
    }

    static Fate dropped(Loss loss) {
        return new Fate(loss, List.of(), UNHARMED);
    }

    /** Whether the frame is delivered, once or twice. */
    public boolean isDelivered() {
        return loss == null;
    }

    /** Whether the frame is delivered twice. */
    public boolean isDuplicated() {
        return deliveriesNs.size() > 1;
    }

    /** Whether a bit of it is flipped. */
    public boolean isCorrupted() {
        return flippedBit != UNHARMED;
    }
}
