package net.twinpath.duppath.receive;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How long before another link's copy of a frame its first one came, for each link that brought first ones. The receiving
 * agent writes, allocates nothing and never waits; one other thread reads.
 *
 * <p>When a first copy came is remembered until another number takes its place: of the last 65 536 of a flow for certain,
 * of fewer where many flows share the places. A lead not found any more is not recorded.
 *
 * <pre>
 *  memory: for each number, modulo 65 536 and scattered by flow, 16 octets
 *  +0   flow plus 1 in bits 47 to 16, number in bits 15 to 0, u64; 0 for none
 *  +8   when the first copy came, ns, times 8, plus the place of its link, s64
 * </pre>
 */
public final class LeadTimes {
    /** Octets of memory. */
    public static final int BYTES = 65_536 * 16;

    /** Leads longer than that count as so long, microseconds. */
    static final long LONGEST_US = 10_000_000;

    private static final int SIGNIFICANT_DIGITS = 2;
    private static final int LINKS = 8;
    private static final int LINK_BITS = 3;
    private static final int SCATTER = 0x9E37;
    private static final long NANOS_PER_US = 1_000;

    private final MutableDirectBuffer memory;
    private final SingleWriterRecorder[] leads = new SingleWriterRecorder[LINKS];

    /** @param memory {@link #BYTES} octets, zero */
    public LeadTimes(MutableDirectBuffer memory) {
        this.memory = memory;
        for (int link = 0; link < LINKS; link++) {
            leads[link] = new SingleWriterRecorder(1, LONGEST_US, SIGNIFICANT_DIGITS);
        }
    }

    /**
     * Takes note of a first copy.
     *
     * @param flow      whose number it is, from 0
     * @param number    sequence number, 0 to 65535
     * @param link      place of the link that brought it, 0 to 7
     * @param arrivedNs when it came
     */
    void first(int flow, int number, int link, long arrivedNs) {
        int entry = entry(flow, number);
        memory.putLong(entry, key(flow, number));
        memory.putLong(entry + Long.BYTES, (arrivedNs << LINK_BITS) | link);
    }

    /** Takes note of another link's copy. */
    void later(int flow, int number, long arrivedNs) {
        int entry = entry(flow, number);
        if (memory.getLong(entry) == key(flow, number)) {
            long first = memory.getLong(entry + Long.BYTES);
            long leadUs = (arrivedNs - (first >> LINK_BITS)) / NANOS_PER_US;
            leads[(int) first & (LINKS - 1)].recordValue(Math.min(leadUs, LONGEST_US));
        }
    }

    private static int entry(int flow, int number) {
        return ((number + flow * SCATTER) & 0xFFFF) * 2 * Long.BYTES;
    }

    private static long key(int flow, int number) {
        return ((flow + 1L) << 16) | number;
    }

    /**
     * The leads of a link recorded since the last call.
     *
     * @param link     its place, 0 to 7
     * @param recycled what an earlier call has returned and nobody needs any more; null for none
     * @return in microseconds
     */
    public Histogram take(int link, @Nullable Histogram recycled) {
        return leads[link].getIntervalHistogram(recycled);
    }
}
