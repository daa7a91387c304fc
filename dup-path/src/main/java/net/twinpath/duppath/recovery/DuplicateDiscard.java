package net.twinpath.duppath.recovery;

import org.agrona.MutableDirectBuffer;

/**
 * Remembers which 16-bit sequence numbers each sender was heard with on each of two LANs, one by one, and tells first
 * copies from later ones (IEC 62439-3 duplicate discard). Pure state: no clock, no I/O, nothing allocated; for one thread.
 *
 * <p>The rule it keeps: when unsure, accept. An occasional duplicate is tolerable, a dropped original is not.
 *
 * <ul>
 *   <li>Every number has a bit of its own on each LAN, so loss, reordering and gaps (one counter serves all of a sender's
 *       destinations) never hide a number that was not heard.
 *   <li>When the newest number moves on, the bits it passes are cleared: the counter's wrap does not meet old bits,
 *       whatever the rate. A number up to half the range behind the newest is late, not new.
 *   <li>128 neighbouring numbers form a block; a block in which nothing was accepted for longer than the forget time is
 *       empty. The forget time is 400 ms, or what the sender takes for half the range of numbers when that is less. So a
 *       second copy is recognised up to one forget time behind the first, and a number that comes round again never meets
 *       its own mark.
 *   <li>A LAN does not bring a number twice unless the network repeats frames or the sender has started again at a lower
 *       number: after {@link #RESTART_RUN} different numbers in a row that the same LAN had brought before, all is
 *       forgotten and the sender is heard again. Those frames, on the LAN that is first, are what a restart costs at most.
 *   <li>A forged number far ahead moves the newest, but numbers behind it still have their own bits: it costs at most the
 *       one frame whose number it took.
 * </ul>
 *
 * <pre>
 *  memory of one sender (20 544 octets)
 *  +0      newest number, s32, -1 when nothing was heard yet
 *  +4      run of repeats on LAN A, s32    +8   on LAN B
 *  +12     last repeated number, LAN A     +16  LAN B
 *  +24     when the newest last moved on, s64, ns
 *  +32     time the sender takes for one number, moving average, s64, ns
 *  +64     512 x s64  when the block last accepted a number, ns
 *  +4160   1024 x 64 bits, one per number, LAN A
 *  +12352  1024 x 64 bits, one per number, LAN B
 * </pre>
 */
public final class DuplicateDiscard {
    /** The number was not heard before: the frame is to be passed on. */
    public static final int FIRST = 0;

    /** The other LAN brought the number before. */
    public static final int DUPLICATE = 1;

    /** The same LAN brought the number before. */
    public static final int REPEAT = 2;

    /** The sender has started again; the frame is to be passed on. */
    public static final int RESTART = 3;

    /** Different numbers in a row, each brought by the same LAN before, that tell a restart from a repeating network. */
    public static final int RESTART_RUN = 16;

    /** EntryForgetTime (IEC 62439-3 table 8): how long a number is remembered at most, nanoseconds. */
    public static final long ENTRY_FORGET_TIME_NS = 400_000_000;

    /** Half the range of numbers at 14.88 million frames a second, the most that 10 Gbit/s carries. */
    static final long LEAST_FORGET_TIME_NS = 2_200_000;

    private static final int RUN_OFFSET = 4;
    private static final int LAST_REPEAT_OFFSET = 12;
    private static final int MOVED_AT_OFFSET = 24;
    private static final int NUMBER_TIME_OFFSET = 32;
    private static final int STAMPS_OFFSET = 64;
    private static final int PLANES_OFFSET = STAMPS_OFFSET + 512 * Long.BYTES;
    private static final int PLANE_BYTES = 65_536 / Byte.SIZE;

    /** Octets of memory for each sender. */
    public static final int BYTES_PER_SENDER = PLANES_OFFSET + 2 * PLANE_BYTES;

    private static final int NOTHING_HEARD = -1;
    private static final int NUMBER_MASK = 0xFFFF;
    private static final int HALF_RANGE = 0x8000;

    /** Weight of the past in the moving average: a pause counts at once, a burst only when it lasts. */
    private static final int AVERAGE_OVER = 16;

    private static final int BLOCK_SHIFT = 7;
    private static final int WORD_SHIFT = 6;

    private final MutableDirectBuffer memory;

    /** @param memory {@link #BYTES_PER_SENDER} octets for each sender; a sender is reset before its first use */
    public DuplicateDiscard(MutableDirectBuffer memory) {
        this.memory = memory;
    }

    /** Forgets all about a sender, so that its place can be another's. */
    public void reset(int sender) {
        forget(sender * BYTES_PER_SENDER);
    }

    private void forget(int base) {
        memory.setMemory(base, BYTES_PER_SENDER, (byte) 0);
        memory.putInt(base, NOTHING_HEARD);
        memory.putLong(base + NUMBER_TIME_OFFSET, ENTRY_FORGET_TIME_NS);
    }

    /**
     * Takes note of a frame's number.
     *
     * @param sender place of the sender's memory
     * @param lan    0 for LAN A, 1 for LAN B
     * @param number sequence number, 0 to 65535
     * @param nowNs  time of arrival; any clock that does not go back
     * @return {@link #FIRST} or {@link #RESTART}: pass the frame on; {@link #DUPLICATE} or {@link #REPEAT}: drop it
     */
    public int accept(int sender, int lan, int number, long nowNs) {
        int base = sender * BYTES_PER_SENDER;
        moveOn(base, number, nowNs);
        int stamp = base + STAMPS_OFFSET + (number >>> BLOCK_SHIFT) * Long.BYTES;
        if (nowNs - memory.getLong(stamp) > forgetTimeNs(base)) {
            clearBlock(base, number);
        }
        int here = wordOffset(base, lan, number);
        int there = wordOffset(base, 1 - lan, number);
        long bit = 1L << number;
        if ((memory.getLong(here) & bit) != 0) {
            return repeated(base, lan, number, nowNs);
        }
        memory.putInt(base + RUN_OFFSET + lan * Integer.BYTES, 0);
        memory.putLong(here, memory.getLong(here) | bit);
        if ((memory.getLong(there) & bit) != 0) {
            return DUPLICATE;
        }
        memory.putLong(stamp, nowNs);
        return FIRST;
    }

    /** Makes the number the newest when it is ahead, clears what it passes, and measures how fast the numbers go. */
    private void moveOn(int base, int number, long nowNs) {
        int newest = memory.getInt(base);
        int ahead = (short) (number - newest);
        if (newest == NOTHING_HEARD) {
            memory.putInt(base, number);
            memory.putLong(base + MOVED_AT_OFFSET, nowNs);
        } else if (ahead > 0) {
            clear(base, (newest + 1) & NUMBER_MASK, ahead);
            memory.putInt(base, number);
            measure(base, ahead, nowNs);
        }
    }

    private void measure(int base, int ahead, long nowNs) {
        long elapsedNs = nowNs - memory.getLong(base + MOVED_AT_OFFSET);
        long sampleNs = Math.min(ENTRY_FORGET_TIME_NS, elapsedNs / ahead);
        long averageNs = memory.getLong(base + NUMBER_TIME_OFFSET);
        memory.putLong(base + NUMBER_TIME_OFFSET, averageNs + (sampleNs - averageNs) / AVERAGE_OVER);
        memory.putLong(base + MOVED_AT_OFFSET, nowNs);
    }

    /** The time for half the range of numbers, within bounds. */
    private long forgetTimeNs(int base) {
        long halfRangeNs = HALF_RANGE * memory.getLong(base + NUMBER_TIME_OFFSET);
        return Math.max(LEAST_FORGET_TIME_NS, Math.min(ENTRY_FORGET_TIME_NS, halfRangeNs));
    }

    private int repeated(int base, int lan, int number, long nowNs) {
        int runOffset = base + RUN_OFFSET + lan * Integer.BYTES;
        int lastOffset = base + LAST_REPEAT_OFFSET + lan * Integer.BYTES;
        int run = memory.getInt(runOffset);
        if (run > 0 && memory.getInt(lastOffset) == number) {
            return REPEAT;
        }
        memory.putInt(lastOffset, number);
        memory.putInt(runOffset, run + 1);
        if (run + 1 < RESTART_RUN) {
            return REPEAT;
        }
        int sender = base / BYTES_PER_SENDER;
        forget(base);
        accept(sender, lan, number, nowNs);
        return RESTART;
    }

    /** Clears the bits of {@code count} numbers from {@code first} on, over the wrap. */
    private void clear(int base, int first, int count) {
        int number = first;
        int left = count;
        while (left > 0) {
            int bitInWord = number & (Long.SIZE - 1);
            int inWord = Math.min(Long.SIZE - bitInWord, left);
            long kept = ~((-1L >>> (Long.SIZE - inWord)) << bitInWord);
            int wordA = wordOffset(base, 0, number);
            int wordB = wordOffset(base, 1, number);
            memory.putLong(wordA, memory.getLong(wordA) & kept);
            memory.putLong(wordB, memory.getLong(wordB) & kept);
            number = (number + inWord) & NUMBER_MASK;
            left -= inWord;
        }
    }

    private void clearBlock(int base, int number) {
        int first = (number >>> BLOCK_SHIFT) << BLOCK_SHIFT;
        for (int lan = 0; lan < 2; lan++) {
            int word = wordOffset(base, lan, first);
            memory.putLong(word, 0);
            memory.putLong(word + Long.BYTES, 0);
        }
    }

    private static int wordOffset(int base, int lan, int number) {
        return base + PLANES_OFFSET + lan * PLANE_BYTES + (number >>> WORD_SHIFT) * Long.BYTES;
    }
}
