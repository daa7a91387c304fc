package net.twinpath.duppath.recovery;

import org.agrona.MutableDirectBuffer;

/**
 * Remembers which 16-bit sequence numbers each sender was heard with on each link, one by one, and tells first copies
 * from later ones (IEC 62439-3 duplicate discard). Pure state: no clock, no I/O, nothing allocated; for one thread.
 *
 * <p>The rule it keeps: when unsure, accept. An occasional duplicate is tolerable, a dropped original is not.
 *
 * <ul>
 *   <li>Every number has a bit of its own on each link, so loss, reordering and gaps (one counter serves all of a sender's
 *       destinations) never hide a number that was not heard.
 *   <li>When the newest number moves on, the bits it passes are cleared: the counter's wrap does not meet old bits,
 *       whatever the rate. A number up to half the range behind the newest is late, not new.
 *   <li>128 neighbouring numbers form a block; a block in which nothing was accepted for longer than the forget time is
 *       empty. The forget time is 400 ms, or what the sender takes for half the range of numbers when that is less, at the
 *       rate of its last {@link #RATE_OVER} numbers or more: a burst does not shorten it. So a second copy is recognised
 *       up to one forget time behind the first, and a number that comes round again never meets its own mark.
 *   <li>A link does not bring a number twice unless the network repeats frames or the sender has started again at a lower
 *       number: after {@link #RESTART_RUN} different numbers in a row that the same link had brought before, all is
 *       forgotten and the sender is heard again. Those frames, on the link that is first, are what a restart costs at most.
 *       When both links end in one network by mistake, a link brings each burst twice; so numbers that lie less than
 *       {@link #BURST} behind the newest, and were heard while the newest was younger than {@link #BURST_TIME_NS}, are a
 *       burst's second copies and tell no restart. A sender that starts again within that time and just there is heard
 *       again after it.
 *   <li>A forged number far ahead moves the newest, but numbers behind it still have their own bits: it costs at most the
 *       one frame whose number it took. Forged numbers again and again, each far ahead of the one before, clear the bits of
 *       good ones on their way round: then second copies pass as first ones, and still nothing is lost.
 * </ul>
 *
 * <pre>
 *  memory of one sender (4 352 octets and 8 192 for each link)
 *  +0      newest number, s32, -1 when nothing was heard yet
 *  +8      when the newest last moved on, s64, ns
 *  +16     forget time, s64, ns
 *  +24     since when the rate is measured, s64, ns
 *  +32     when as many numbers were counted as it takes, s64, ns
 *  +40     numbers between these two times, s32
 *  +44     numbers since then, s32
 *  +64     8 x s32  run of repeats on each link
 *  +96     8 x s32  last repeated number on each link
 *  +256    512 x s64  when the block last accepted a number, ns
 *  +4352   for each link 1024 x 64 bits, one per number
 * </pre>
 */
public final class DuplicateDiscard {
    /** The number was not heard before: the frame is to be passed on. */
    public static final int FIRST = 0;

    /** Another link brought the number before. */
    public static final int DUPLICATE = 1;

    /** The same link brought the number before. */
    public static final int REPEAT = 2;

    /** The sender has started again; the frame is to be passed on. */
    public static final int RESTART = 3;

    /** Different numbers in a row, each brought by the same link before, that tell a restart from a repeating network. */
    public static final int RESTART_RUN = 16;

    /** Numbers behind the newest that a link may bring a second time as one burst. */
    static final int BURST = 2_048;

    /** How long after the newest number a burst's second copies may come, nanoseconds. */
    static final long BURST_TIME_NS = 5_000_000;

    /** EntryForgetTime (IEC 62439-3 table 8): how long a number is remembered at most, nanoseconds. */
    public static final long ENTRY_FORGET_TIME_NS = 400_000_000;

    /** Half the range of numbers at 14.88 million frames a second, the most that 10 Gbit/s carries. */
    static final long LEAST_FORGET_TIME_NS = 2_200_000;

    private static final int MOVED_AT_OFFSET = 8;
    private static final int FORGET_TIME_OFFSET = 16;
    private static final int RATE_SINCE_OFFSET = 24;
    private static final int RATE_MIDDLE_OFFSET = 32;
    private static final int NUMBERS_BEFORE_OFFSET = 40;
    private static final int NUMBERS_AFTER_OFFSET = 44;
    private static final int RUN_OFFSET = 64;
    private static final int LAST_REPEAT_OFFSET = 96;
    private static final int STAMPS_OFFSET = 256;
    private static final int PLANES_OFFSET = STAMPS_OFFSET + 512 * Long.BYTES;
    private static final int PLANE_BYTES = 65_536 / Byte.SIZE;

    private static final int NOTHING_HEARD = -1;
    private static final int NUMBER_MASK = 0xFFFF;
    private static final int HALF_RANGE = 0x8000;

    /** Numbers the rate is measured over at least, and twice as many at most: a pause counts at once, a burst does not. */
    static final int RATE_OVER = 4_096;

    /** What so many numbers take where half the range of them takes the whole forget time. */
    private static final long SLOW_NS = ENTRY_FORGET_TIME_NS / (HALF_RANGE / RATE_OVER);

    /** So slow that half the range takes longer than the forget time, and no product of it is too large. */
    private static final long SLOWEST_NS = 60_000_000_000L;

    private static final int BLOCK_SHIFT = 7;
    private static final int WORD_SHIFT = 6;

    private final MutableDirectBuffer memory;
    private final int links;
    private final int bytesPerSender;
    private long restartsFromNs = Long.MIN_VALUE;

    /**
     * @param memory {@link #bytesPerSender(int)} octets for each sender; a sender is reset before its first use
     * @param links  2 to 8
     */
    public DuplicateDiscard(MutableDirectBuffer memory, int links) {
        this.memory = memory;
        this.links = links;
        this.bytesPerSender = bytesPerSender(links);
    }

    /** Octets of memory for each sender that may be heard on so many links. */
    public static int bytesPerSender(int links) {
        return PLANES_OFFSET + links * PLANE_BYTES;
    }

    /** Forgets all about a sender, so that its place can be another's. */
    public void reset(int sender) {
        forget(sender * bytesPerSender);
    }

    private void forget(int base) {
        memory.setMemory(base, bytesPerSender, (byte) 0);
        memory.putInt(base, NOTHING_HEARD);
        memory.putLong(base + FORGET_TIME_OFFSET, ENTRY_FORGET_TIME_NS);
    }

    /**
     * Takes note of a frame's number.
     *
     * @param sender place of the sender's memory
     * @param link   0 for LAN A, 1 for LAN B, and so on
     * @param number sequence number, 0 to 65535
     * @param nowNs  time of arrival; a clock that does not go back
     * @return {@link #FIRST} or {@link #RESTART}: pass the frame on; {@link #DUPLICATE} or {@link #REPEAT}: drop it
     */
    public int accept(int sender, int link, int number, long nowNs) {
        int base = sender * bytesPerSender;
        moveOn(base, number, nowNs);
        int stamp = base + STAMPS_OFFSET + (number >>> BLOCK_SHIFT) * Long.BYTES;
        if (nowNs - memory.getLong(stamp) > memory.getLong(base + FORGET_TIME_OFFSET)) {
            clearBlock(base, number);
        }
        int here = wordOffset(base, link, number);
        long bit = 1L << number;
        if ((memory.getLong(here) & bit) != 0) {
            return repeated(base, link, number, nowNs);
        }
        memory.putInt(base + RUN_OFFSET + link * Integer.BYTES, 0);
        boolean known = isKnown(base, number, bit);
        memory.putLong(here, memory.getLong(here) | bit);
        if (known) {
            return DUPLICATE;
        }
        memory.putLong(stamp, nowNs);
        return FIRST;
    }

    private boolean isKnown(int base, int number, long bit) {
        long onAnyLink = 0;
        for (int link = 0; link < links; link++) {
            onAnyLink |= memory.getLong(wordOffset(base, link, number));
        }
        return (onAnyLink & bit) != 0;
    }

    /** Makes the number the newest when it is ahead, clears what it passes, and measures how fast the numbers go. */
    private void moveOn(int base, int number, long nowNs) {
        int newest = memory.getInt(base);
        int ahead = (short) (number - newest);
        if (newest == NOTHING_HEARD) {
            memory.putInt(base, number);
            memory.putLong(base + MOVED_AT_OFFSET, nowNs);
            beginMeasuring(base, nowNs);
        } else if (ahead > 0) {
            clear(base, (newest + 1) & NUMBER_MASK, ahead);
            memory.putInt(base, number);
            memory.putLong(base + MOVED_AT_OFFSET, nowNs);
            measure(base, ahead, nowNs);
        }
    }

    /** As if slow numbers had come before, so that the first burst does not count for more than a later one. */
    private void beginMeasuring(int base, long nowNs) {
        memory.putLong(base + RATE_SINCE_OFFSET, nowNs - SLOW_NS);
        memory.putLong(base + RATE_MIDDLE_OFFSET, nowNs);
        memory.putInt(base + NUMBERS_BEFORE_OFFSET, RATE_OVER);
    }

    private void measure(int base, int numbers, long nowNs) {
        long sinceNs = memory.getLong(base + RATE_SINCE_OFFSET);
        int before = memory.getInt(base + NUMBERS_BEFORE_OFFSET);
        int after = memory.getInt(base + NUMBERS_AFTER_OFFSET) + numbers;
        long halfRangeNs = HALF_RANGE * Math.min(nowNs - sinceNs, SLOWEST_NS) / (before + after);
        memory.putLong(
                base + FORGET_TIME_OFFSET, Math.max(LEAST_FORGET_TIME_NS, Math.min(ENTRY_FORGET_TIME_NS, halfRangeNs)));
        if (after >= RATE_OVER) {
            memory.putLong(base + RATE_SINCE_OFFSET, memory.getLong(base + RATE_MIDDLE_OFFSET));
            memory.putLong(base + RATE_MIDDLE_OFFSET, nowNs);
            memory.putInt(base + NUMBERS_BEFORE_OFFSET, after);
            after = 0;
        }
        memory.putInt(base + NUMBERS_AFTER_OFFSET, after);
    }

    /**
     * Tells that a place belongs to another link from now on. Numbers the former one brought come again by the new one,
     * and for a forget time that means no restart.
     */
    public void linksChanged(long nowNs) {
        restartsFromNs = nowNs + ENTRY_FORGET_TIME_NS;
    }

    private int repeated(int base, int link, int number, long nowNs) {
        if (nowNs < restartsFromNs || isOfLastBurst(base, number, nowNs)) {
            return REPEAT;
        }
        int runOffset = base + RUN_OFFSET + link * Integer.BYTES;
        int lastOffset = base + LAST_REPEAT_OFFSET + link * Integer.BYTES;
        int run = memory.getInt(runOffset);
        if (run > 0 && memory.getInt(lastOffset) == number) {
            return REPEAT;
        }
        memory.putInt(lastOffset, number);
        memory.putInt(runOffset, run + 1);
        if (run + 1 < RESTART_RUN) {
            return REPEAT;
        }
        int sender = base / bytesPerSender;
        forget(base);
        accept(sender, link, number, nowNs);
        return RESTART;
    }

    private boolean isOfLastBurst(int base, int number, long nowNs) {
        int behind = (memory.getInt(base) - number) & NUMBER_MASK;
        return behind < BURST && nowNs - memory.getLong(base + MOVED_AT_OFFSET) < BURST_TIME_NS;
    }

    /** Clears the bits of {@code count} numbers from {@code first} on, over the wrap. */
    private void clear(int base, int first, int count) {
        int number = first;
        int left = count;
        while (left > 0) {
            int bitInWord = number & (Long.SIZE - 1);
            int inWord = Math.min(Long.SIZE - bitInWord, left);
            long kept = ~((-1L >>> (Long.SIZE - inWord)) << bitInWord);
            for (int link = 0; link < links; link++) {
                int word = wordOffset(base, link, number);
                memory.putLong(word, memory.getLong(word) & kept);
            }
            number = (number + inWord) & NUMBER_MASK;
            left -= inWord;
        }
    }

    private void clearBlock(int base, int number) {
        int first = (number >>> BLOCK_SHIFT) << BLOCK_SHIFT;
        for (int link = 0; link < links; link++) {
            int word = wordOffset(base, link, first);
            memory.putLong(word, 0);
            memory.putLong(word + Long.BYTES, 0);
        }
    }

    private static int wordOffset(int base, int link, int number) {
        return base + PLANES_OFFSET + link * PLANE_BYTES + (number >>> WORD_SHIFT) * Long.BYTES;
    }
}
