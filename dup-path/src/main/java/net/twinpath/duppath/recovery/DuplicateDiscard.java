package net.twinpath.duppath.recovery;

import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
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
 *   <li>Only numbers heard lately take memory, in pages ({@link NumberPages}) that are given back when all in them is
 *       forgotten. Where so many numbers are forged that a sender finds no page, it loses the one it used longest ago, and
 *       second copies of those numbers pass.
 *   <li>128 neighbouring numbers form a block; a block in which nothing was accepted for longer than the forget time is
 *       empty. The forget time is 400 ms, or what the sender takes for half the range of numbers when that is less, at the
 *       rate of its last {@link #RATE_OVER} numbers or more: a burst does not shorten it. So a second copy is recognised
 *       up to one forget time behind the first, and a number that comes round again never meets its own mark.
 *   <li>A fast sender that is held up between one link and the next, and goes on where it was less than 400 ms later, is
 *       not forgotten meanwhile: not what lies less than {@link #BURST} from the number last accepted from some link,
 *       unless the same link brings it again. Should that be a full turn of the numbers instead, of which nothing was heard,
 *       then at most so many frames are lost, and those only that one link lost in the turn before and the other in this.
 *   <li>A link does not bring a number twice unless the network repeats frames or the sender has started again at a lower
 *       number: after {@link #RESTART_RUN} different numbers in a row that the same link had brought before, the last of
 *       them is the newest, and the sender is heard again. Those frames, on the link that is first, are what a restart costs
 *       at most. What passed shortly before, between old marks, stays known, for a receiver whose rings were full may find
 *       that the numbers have gone on by more than half their range, as if the sender had started again. So do numbers more
 *       than {@link #BURST} ahead which only other links have brought: these links are late.
 *       When both links end in one network by mistake, a link brings each burst twice; so numbers that lie less than
 *       {@link #BURST} behind the last one accepted from some link, and are heard less than {@link #BURST_TIME_NS} after it,
 *       are a burst's second copies and tell no restart. A sender that starts again within that time and just there is heard
 *       again after it.
 *   <li>A forged number far ahead moves the newest, but numbers behind it still have their own bits: it costs at most the
 *       one frame whose number it took. Forged numbers again and again, each far ahead of the one before, clear the bits of
 *       good ones on their way round: then second copies pass as first ones, and still nothing is lost.
 * </ul>
 *
 * <pre>
 *  memory of one sender (256 octets)
 *  +0      newest number, s32, -1 when nothing was heard yet
 *  +16     forget time, s64, ns
 *  +24     since when the rate is measured, s64, ns
 *  +32     when as many numbers were counted as it takes, s64, ns
 *  +40     numbers between these two times, s32
 *  +44     numbers since then, s32
 *  +64     8 x s32  run of repeats on each link
 *  +96     8 x s32  last repeated number on each link
 *  +128    8 x s32  number that began the run on each link
 *  +160    8 x s32  last number accepted from each link
 *  +192    8 x s64  when that was, ns
 *
 *  one page of its numbers, {@link NumberPages} behind all senders (64 octets and 128 for each link)
 *  +0      8 x s64  when the block last accepted a number, ns
 *  +64     for each link 16 x 64 bits, one per number
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

    /** Numbers behind the last accepted that a link may bring a second time as one burst. */
    static final int BURST = 2_048;

    /** How long after the last accepted number a burst's second copies may come, nanoseconds. */
    static final long BURST_TIME_NS = 5_000_000;

    /** EntryForgetTime (IEC 62439-3 table 8): how long a number is remembered at most, nanoseconds. */
    public static final long ENTRY_FORGET_TIME_NS = 400_000_000;

    /** Half the range of numbers at 14.88 million frames a second, the most that 10 Gbit/s carries. */
    static final long LEAST_FORGET_TIME_NS = 2_200_000;

    private static final int FORGET_TIME_OFFSET = 16;
    private static final int RATE_SINCE_OFFSET = 24;
    private static final int RATE_MIDDLE_OFFSET = 32;
    private static final int NUMBERS_BEFORE_OFFSET = 40;
    private static final int NUMBERS_AFTER_OFFSET = 44;
    private static final int RUN_OFFSET = 64;
    private static final int LAST_REPEAT_OFFSET = 96;
    private static final int RUN_BEGAN_OFFSET = 128;
    private static final int ACCEPTED_OFFSET = 160;
    private static final int ACCEPTED_AT_OFFSET = 192;
    private static final int SENDER_BYTES = 256;

    private static final int BLOCKS_PER_PAGE = 8;
    private static final int PLANES_OFFSET = BLOCKS_PER_PAGE * Long.BYTES;
    private static final int WORDS_PER_PAGE = NumberPages.PLANE_BYTES / Long.BYTES;
    private static final int NO_PAGE = 0;

    private static final int NOTHING_HEARD = -1;
    private static final int NUMBERS = 0x1_0000;
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
    private final NumberPages pages;
    private long restartsFromNs = Long.MIN_VALUE;

    /**
     * @param memory  {@link #bytes} zero octets; a sender is reset before its first use
     * @param senders how many places there are
     * @param links   2 to 8
     */
    public DuplicateDiscard(MutableDirectBuffer memory, int senders, int links) {
        this.memory = memory;
        this.links = links;
        pages = new NumberPages(memory, senders * SENDER_BYTES, senders, NUMBERS, pageBytes(links));
    }

    /** Octets of memory for so many senders that may be heard on so many links. */
    public static int bytes(int senders, int links) {
        return senders * SENDER_BYTES + NumberPages.bytes(senders, NUMBERS, pageBytes(links));
    }

    private static int pageBytes(int links) {
        return PLANES_OFFSET + links * NumberPages.PLANE_BYTES;
    }

    /** Forgets all about a sender, so that its place can be another's. */
    public void reset(int sender) {
        pages.giveAll(sender);
        int base = sender * SENDER_BYTES;
        memory.setMemory(base, SENDER_BYTES, (byte) 0);
        memory.putInt(base, NOTHING_HEARD);
        memory.putLong(base + FORGET_TIME_OFFSET, ENTRY_FORGET_TIME_NS);
    }

    /** Takes down all that is known of a sender. */
    public void save(int sender, StateOutput out) {
        out.putMemory(memory, sender * SENDER_BYTES, SENDER_BYTES);
        out.putInt(pages.held(sender));
        int left = pages.held(sender);
        // Most lie behind the newest number: with thousands of senders it matters where to look first.
        for (int number = memory.getInt(sender * SENDER_BYTES); left > 0; number -= NumberPages.NUMBERS) {
            int page = pages.find(sender, number & NUMBER_MASK);
            if (page != NO_PAGE) {
                out.putInt(number & NUMBER_MASK);
                out.putMemory(memory, page, pageBytes(links));
                left--;
            }
        }
    }

    /** Goes on from what was known of a sender, in whatever place it was. */
    public void load(int sender, StateInput in) {
        pages.giveAll(sender);
        in.getMemory(memory, sender * SENDER_BYTES, SENDER_BYTES);
        for (int left = in.getInt(); left > 0; left--) {
            int page = pages.take(sender, in.getInt());
            in.getMemory(memory, page, pageBytes(links));
        }
    }

    /** Gives the memory of forgotten numbers to others; called about once a second. */
    public void tick(long nowNs) {
        for (int page = 1; page <= pages.last(); page++) {
            if (pages.isTaken(page) && nowNs - lastAcceptedNs(pages.offset(page)) > ENTRY_FORGET_TIME_NS) {
                pages.give(page);
            }
        }
    }

    private long lastAcceptedNs(int page) {
        long lastNs = memory.getLong(page);
        for (int block = 1; block < BLOCKS_PER_PAGE; block++) {
            lastNs = Math.max(lastNs, memory.getLong(page + block * Long.BYTES));
        }
        return lastNs;
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
        int base = sender * SENDER_BYTES;
        int page = pages.find(sender, number);
        if (page == NO_PAGE) {
            page = pages.take(sender, number);
        }
        long ageNs = nowNs - memory.getLong(stampOffset(page, number));
        boolean isNewest = !isLeftAhead(base, page, link, number, ageNs) && movesOn(sender, page, number, nowNs);
        if (isForgotten(base, ageNs) && !isHeldUp(base, page, link, number, ageNs)) {
            clearBlock(page, number);
        }
        int here = wordOffset(page, link, number);
        long bit = 1L << number;
        boolean known = false;
        if (!isNewest) {
            if ((memory.getLong(here) & bit) != 0) {
                return repeated(sender, page, link, number, nowNs);
            }
            known = isKnown(page, number, bit);
        }
        memory.putInt(base + RUN_OFFSET + link * Integer.BYTES, 0);
        memory.putLong(here, memory.getLong(here) | bit);
        if (known) {
            return DUPLICATE;
        }
        accepted(base, page, link, number, nowNs);
        return FIRST;
    }

    private void accepted(int base, int page, int link, int number, long nowNs) {
        memory.putLong(stampOffset(page, number), nowNs);
        memory.putInt(base + ACCEPTED_OFFSET + link * Integer.BYTES, number);
        memory.putLong(base + ACCEPTED_AT_OFFSET + link * Long.BYTES, nowNs);
    }

    private boolean isForgotten(int base, long ageNs) {
        return ageNs > memory.getLong(base + FORGET_TIME_OFFSET);
    }

    /** Whether this is a late copy of what a sender that has started again sent before: it does not move the newest. */
    private boolean isLeftAhead(int base, int page, int link, int number, long ageNs) {
        int ahead = (short) (number - memory.getInt(base));
        return ahead > BURST && !isForgotten(base, ageNs) && isOnlyOthers(page, link, number);
    }

    /**
     * Whether the sender was held up before this frame, between one link and the next perhaps, and has sent none meanwhile:
     * then the numbers around are as fresh as they were.
     */
    private boolean isHeldUp(int base, int page, int link, int number, long ageNs) {
        return ageNs <= ENTRY_FORGET_TIME_NS
                && (memory.getLong(wordOffset(page, link, number)) & 1L << number) == 0
                && isNearLastAccepted(base, number);
    }

    private boolean isNearLastAccepted(int base, int number) {
        for (int link = 0; link < links; link++) {
            int accepted = memory.getInt(base + ACCEPTED_OFFSET + link * Integer.BYTES);
            if (Math.abs((short) (number - accepted)) < BURST) {
                return true;
            }
        }
        return false;
    }

    private boolean isOnlyOthers(int page, int link, int number) {
        long bit = 1L << number;
        return (memory.getLong(wordOffset(page, link, number)) & bit) == 0 && isKnown(page, number, bit);
    }

    private boolean isKnown(int page, int number, long bit) {
        long onAnyLink = 0;
        for (int link = 0; link < links; link++) {
            onAnyLink |= memory.getLong(wordOffset(page, link, number));
        }
        return (onAnyLink & bit) != 0;
    }

    /**
     * Makes the number the newest when it is ahead, clears its bits and what it passes, and measures how fast the numbers
     * go; false when it is not ahead.
     */
    private boolean movesOn(int sender, int page, int number, long nowNs) {
        int base = sender * SENDER_BYTES;
        int newest = memory.getInt(base);
        int ahead = (short) (number - newest);
        if (newest == NOTHING_HEARD) {
            memory.putInt(base, number);
            beginMeasuring(base, nowNs);
            return true;
        }
        if (ahead <= 0) {
            return false;
        }
        if (ahead == 1) {
            clearOne(page, number);
        } else {
            clear(sender, (newest + 1) & NUMBER_MASK, ahead);
        }
        memory.putInt(base, number);
        measure(base, ahead, nowNs);
        return true;
    }

    /** As if slow numbers had come before, so that the first burst does not count for more than a later one. */
    private void beginMeasuring(int base, long nowNs) {
        memory.putLong(base + RATE_SINCE_OFFSET, nowNs - SLOW_NS);
        memory.putLong(base + RATE_MIDDLE_OFFSET, nowNs);
        memory.putInt(base + NUMBERS_BEFORE_OFFSET, RATE_OVER);
        memory.putInt(base + NUMBERS_AFTER_OFFSET, 0);
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

    private int repeated(int sender, int page, int link, int number, long nowNs) {
        int base = sender * SENDER_BYTES;
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
        if (run == 0) {
            memory.putInt(base + RUN_BEGAN_OFFSET + link * Integer.BYTES, number);
        }
        memory.putInt(runOffset, run + 1);
        if (run + 1 < RESTART_RUN) {
            return REPEAT;
        }
        startAgain(sender, page, link, number, nowNs);
        return RESTART;
    }

    /**
     * Makes the number the newest, and forgets the repeats that told so: another link may still bring them. What is ahead is
     * forgotten as the newest moves on, and what is behind may have passed since the sender started again.
     */
    private void startAgain(int sender, int page, int link, int number, long nowNs) {
        int base = sender * SENDER_BYTES;
        int first = memory.getInt(base + RUN_BEGAN_OFFSET + link * Integer.BYTES);
        int others = (number - first) & NUMBER_MASK;
        clear(sender, first, others < BURST ? others : 1);
        clearOne(page, number);
        memory.setMemory(base + RUN_OFFSET, links * Integer.BYTES, (byte) 0);
        memory.putInt(base, number);
        memory.putLong(base + FORGET_TIME_OFFSET, ENTRY_FORGET_TIME_NS);
        beginMeasuring(base, nowNs);
        int here = wordOffset(page, link, number);
        memory.putLong(here, memory.getLong(here) | 1L << number);
        accepted(base, page, link, number, nowNs);
    }

    private boolean isOfLastBurst(int base, int number, long nowNs) {
        for (int link = 0; link < links; link++) {
            int behind = (memory.getInt(base + ACCEPTED_OFFSET + link * Integer.BYTES) - number) & NUMBER_MASK;
            long agoNs = nowNs - memory.getLong(base + ACCEPTED_AT_OFFSET + link * Long.BYTES);
            if (behind < BURST && agoNs < BURST_TIME_NS) {
                return true;
            }
        }
        return false;
    }

    /** Clears the bits of {@code count} numbers from {@code first} on, over the wrap. */
    private void clear(int sender, int first, int count) {
        int number = first;
        int left = count;
        while (left > 0) {
            int inPage = Math.min(NumberPages.NUMBERS - (number & (NumberPages.NUMBERS - 1)), left);
            int page = pages.find(sender, number);
            if (page != NO_PAGE) {
                clearInPage(page, number, inPage);
            }
            number = (number + inPage) & NUMBER_MASK;
            left -= inPage;
        }
    }

    private void clearInPage(int page, int first, int count) {
        int number = first;
        int left = count;
        while (left > 0) {
            int bitInWord = number & (Long.SIZE - 1);
            int inWord = Math.min(Long.SIZE - bitInWord, left);
            long kept = ~((-1L >>> (Long.SIZE - inWord)) << bitInWord);
            for (int link = 0; link < links; link++) {
                int word = wordOffset(page, link, number);
                memory.putLong(word, memory.getLong(word) & kept);
            }
            number += inWord;
            left -= inWord;
        }
    }

    private void clearOne(int page, int number) {
        for (int link = 0; link < links; link++) {
            int word = wordOffset(page, link, number);
            memory.putLong(word, memory.getLong(word) & ~(1L << number));
        }
    }

    private void clearBlock(int page, int number) {
        int first = (number >>> BLOCK_SHIFT) << BLOCK_SHIFT;
        for (int link = 0; link < links; link++) {
            int word = wordOffset(page, link, first);
            memory.putLong(word, 0);
            memory.putLong(word + Long.BYTES, 0);
        }
    }

    private static int stampOffset(int page, int number) {
        return page + ((number >>> BLOCK_SHIFT) & (BLOCKS_PER_PAGE - 1)) * Long.BYTES;
    }

    private static int wordOffset(int page, int link, int number) {
        int word = (number >>> WORD_SHIFT) & (WORDS_PER_PAGE - 1);
        return page + PLANES_OFFSET + link * NumberPages.PLANE_BYTES + word * Long.BYTES;
    }
}
