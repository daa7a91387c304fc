package net.twinpath.duppath.recovery;

import net.twinpath.duppath.counters.Counter;
import net.twinpath.duppath.counters.CounterBlock;
import org.agrona.MutableDirectBuffer;

/**
 * Counts the 16-bit sequence numbers of each sender that no link brought. Pure state: no clock, no I/O, nothing allocated;
 * for one thread.
 *
 * <p>Where a counter serves all of a sender's destinations (PRP) such a number is a frame lost on all links, or one that the
 * network delivered to other nodes only: the count is the most that can have been lost. Where every number is for all, as
 * SupSequenceNumber of supervision frames, it is what was lost.
 *
 * <p>When unsure whether a sender has gone on or begun anew, nothing is counted and the caller is told so:
 *
 * <ul>
 *   <li>A number is judged {@link #SETTLE_NS} to twice as long after a higher one came, or half a window of numbers behind
 *       the newest. What comes out of order, or late on a slower link, before that is not lost.
 *   <li>A number more than {@link #FAR} ahead counts only with a second one near or ahead of it, so that a forged or broken
 *       one moves nothing. After a silence of {@link #SILENCE_NS}, in which a node may have started again (IEC 62439-3
 *       NodeRebootInterval), it counts only when the sender can have sent so many meanwhile: at most twice as many as at
 *       its rate before, and less than half the range.
 *   <li>Numbers behind those judged are too late to count. A row of them, {@link #ROW_AFTER_SILENCE} after a silence and
 *       {@link #ROW} otherwise, is a sender that has begun anew.
 * </ul>
 *
 * <p>A number far ahead is marked at once; the mark of a forged one hides the number it took, once, if that comes within a
 * second. Only numbers that are still to be judged take memory, in pages ({@link NumberPages}). Where so many numbers are
 * forged that a sender finds no page, numbers heard long ago, and not judged yet, count as if no link had brought them.
 *
 * <pre>
 *  memory: 64 octets for each sender, then {@link NumberPages}, of one bit for each number
 *  +0   newest number, s32, -1 when nothing was heard yet       +4   number up to which all are judged, s32
 *  +8   newest number when a settling time began, s32           +12  a number far ahead, s32, -1 for none
 *  +16  last of a row of numbers behind, s32                    +20  how many, s32; negative: after a silence
 *  +24  when a number was last heard, s64, ns                   +32  when the settling time began, s64, ns
 *  +40  since when the rate is measured, s64, ns                +48  number then, s32
 *  +52  numbers a second before, s32                            +56  and before that, s32
 * </pre>
 */
public final class UnseenNumbers {
    /** The number was noted before, or is too late to matter. */
    public static final int KNOWN = 0;

    /** The number was not noted before. */
    public static final int NEW = 1;

    /** The sender goes on at a number that tells nothing of what was lost before it. */
    public static final int ELSEWHERE = 2;

    /** How long after a higher number one may come, nanoseconds. */
    public static final long SETTLE_NS = 1_000_000_000;

    /** A sender silent for so long may have started again, nanoseconds. */
    public static final long SILENCE_NS = DuplicateDiscard.ENTRY_FORGET_TIME_NS;

    /** A number at most so far ahead needs no second one. */
    public static final int FAR = 64;

    /** Numbers behind, each a little higher than the last, that tell a new start. */
    static final int ROW = 64;

    /** The same when the sender was silent before them. */
    static final int ROW_AFTER_SILENCE = 2;

    /** Window for senders of any rate, numbers. */
    public static final int WHOLE_RANGE = 65_536;

    private static final int SETTLED_OFFSET = 4;
    private static final int MARK_OFFSET = 8;
    private static final int STRAY_OFFSET = 12;
    private static final int ROW_LAST_OFFSET = 16;
    private static final int ROW_COUNT_OFFSET = 20;
    private static final int HEARD_OFFSET = 24;
    private static final int MARKED_OFFSET = 32;
    private static final int RATE_SINCE_OFFSET = 40;
    private static final int RATE_FROM_OFFSET = 48;
    private static final int RATE_OFFSET = 52;
    private static final int RATE_BEFORE_OFFSET = 56;
    private static final int STATE_BYTES = 64;

    private static final int NONE = -1;
    private static final int NO_PAGE = 0;
    private static final int NUMBER_MASK = 0xFFFF;
    private static final int HALF_RANGE = 0x8000;
    private static final int WORD_SHIFT = 6;
    private static final int WORDS_PER_PAGE = NumberPages.PLANE_BYTES / Long.BYTES;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Less than that says nothing of a rate, nanoseconds. */
    private static final long LEAST_RATE_NS = 10_000_000;

    /** So many tell a rate at once, so that none is measured over the wrap. */
    private static final int RATE_OVER = 16_384;

    /** So long that no product of it is too large, nanoseconds. */
    private static final long LONGEST_NS = 3_600 * NANOS_PER_SECOND;

    private final MutableDirectBuffer memory;
    private final int window;
    private final NumberPages pages;
    private final CounterBlock counters;
    private final Counter unseen;
    private int sendersEnd;

    /**
     * @param memory   {@link #bytes} zero octets; a sender is reset before its first use
     * @param senders  how many places there are
     * @param window   numbers remembered of each: a power of two, 256 to {@link #WHOLE_RANGE}
     * @param counters the path's
     * @param unseen   counts the numbers that no link brought
     */
    public UnseenNumbers(MutableDirectBuffer memory, int senders, int window, CounterBlock counters, Counter unseen) {
        this.memory = memory;
        this.window = window;
        this.pages = new NumberPages(memory, senders * STATE_BYTES, senders, window, NumberPages.PLANE_BYTES);
        this.counters = counters;
        this.unseen = unseen;
    }

    /** Octets of memory for so many senders. */
    public static int bytes(int senders, int window) {
        return senders * STATE_BYTES + NumberPages.bytes(senders, window, NumberPages.PLANE_BYTES);
    }

    /** Forgets all about a sender, so that its place can be another's. */
    public void reset(int sender) {
        pages.giveAll(sender);
        sendersEnd = Math.max(sendersEnd, sender + 1);
        memory.setMemory(sender * STATE_BYTES, STATE_BYTES, (byte) 0);
        memory.putInt(sender * STATE_BYTES, NONE);
    }

    /**
     * Takes note of a number, whichever link brought it and however often.
     *
     * @param sender place of the sender's memory
     * @param number sequence number, 0 to 65535
     * @param nowNs  time of arrival; a clock that does not go back
     * @return {@link #NEW}, {@link #KNOWN} or {@link #ELSEWHERE}
     */
    public int note(int sender, int number, long nowNs) {
        int base = sender * STATE_BYTES;
        int newest = memory.getInt(base);
        if (newest == NONE) {
            begin(base, number, nowNs);
            return NEW;
        }
        long silenceNs = nowNs - memory.getLong(base + HEARD_OFFSET);
        memory.putLong(base + HEARD_OFFSET, nowNs);
        int ahead = (short) (number - newest);
        if (ahead <= 0) {
            return -ahead < pending(base, newest) ? mark(sender, number) : tooLate(sender, number, silenceNs, nowNs);
        }
        if (ahead <= FAR) {
            moveOn(sender, number, nowNs);
            return mark(sender, number);
        }
        return farAhead(sender, number, silenceNs, nowNs);
    }

    /** Judges what is due of senders that have fallen silent, and gives memory back; called about once a second. */
    public void tick(long nowNs) {
        for (int sender = 0; sender < sendersEnd; sender++) {
            int base = sender * STATE_BYTES;
            int newest = memory.getInt(base);
            if (newest != NONE && pending(base, newest) > 0) {
                settleDue(sender, newest, nowNs);
            }
        }
        for (int page = 1; page <= pages.last(); page++) {
            if (pages.isTaken(page) && !isPending(pages.sender(page), pages.firstNumber(page))) {
                pages.give(page);
            }
        }
    }

    /** Whether a page that begins with this number has one that is not judged yet. */
    private boolean isPending(int sender, int first) {
        int base = sender * STATE_BYTES;
        int pending = pending(base, memory.getInt(base));
        int oldest = memory.getInt(base + SETTLED_OFFSET) + 1;
        return pending > 0
                && (((first - oldest) & (window - 1)) < pending
                        || ((oldest - first) & (window - 1)) < NumberPages.NUMBERS);
    }

    private void begin(int base, int number, long nowNs) {
        memory.putInt(base, number);
        memory.putInt(base + SETTLED_OFFSET, number);
        memory.putInt(base + MARK_OFFSET, number);
        memory.putInt(base + STRAY_OFFSET, NONE);
        memory.putInt(base + ROW_COUNT_OFFSET, 0);
        memory.putLong(base + HEARD_OFFSET, nowNs);
        memory.putLong(base + MARKED_OFFSET, nowNs);
        memory.putLong(base + RATE_SINCE_OFFSET, nowNs);
        memory.putInt(base + RATE_FROM_OFFSET, number);
        memory.putInt(base + RATE_OFFSET, 0);
        memory.putInt(base + RATE_BEFORE_OFFSET, 0);
    }

    /** Numbers up to the newest that are not judged yet. */
    private int pending(int base, int newest) {
        return (newest - memory.getInt(base + SETTLED_OFFSET)) & NUMBER_MASK;
    }

    private int mark(int sender, int number) {
        int page = page(sender, number);
        if (page == NO_PAGE) {
            page = pages.take(sender, number & (window - 1));
        }
        int word = wordOffset(page, number);
        long before = memory.getLong(word);
        memory.putLong(word, before | 1L << number);
        return (before & 1L << number) == 0 ? NEW : KNOWN;
    }

    /** Makes a number the newest, and judges those that have no place any more and those whose time is over. */
    private void moveOn(int sender, int number, long nowNs) {
        int base = sender * STATE_BYTES;
        int newest = memory.getInt(base);
        settleDue(sender, newest, nowNs);
        int ahead = (number - newest) & NUMBER_MASK;
        int tooMany = pending(base, newest) + ahead - window / 2;
        if (tooMany > 0) {
            int marked = Math.min(tooMany, pending(base, newest));
            settle(sender, marked);
            int never = tooMany - marked;
            counters.add(unseen, never);
            memory.putInt(base + SETTLED_OFFSET, (memory.getInt(base + SETTLED_OFFSET) + never) & NUMBER_MASK);
        }
        memory.putInt(base, number);
        memory.putInt(base + STRAY_OFFSET, NONE);
        memory.putInt(base + ROW_COUNT_OFFSET, 0);
        measure(base, number, nowNs);
    }

    private void settleDue(int sender, int newest, long nowNs) {
        int base = sender * STATE_BYTES;
        if (nowNs - memory.getLong(base + MARKED_OFFSET) < SETTLE_NS) {
            return;
        }
        int due = pending(base, memory.getInt(base + MARK_OFFSET));
        if (due <= pending(base, newest)) {
            settle(sender, due);
        }
        memory.putInt(base + MARK_OFFSET, newest);
        memory.putLong(base + MARKED_OFFSET, nowNs);
    }

    /** Judges the oldest numbers, and clears their bits. */
    private void settle(int sender, int count) {
        int settledOffset = sender * STATE_BYTES + SETTLED_OFFSET;
        int number = (memory.getInt(settledOffset) + 1) & NUMBER_MASK;
        int left = count;
        int heard = 0;
        while (left > 0) {
            int bitInWord = number & (Long.SIZE - 1);
            int inWord = Math.min(Long.SIZE - bitInWord, left);
            int page = page(sender, number);
            if (page != NO_PAGE) {
                long judged = (-1L >>> (Long.SIZE - inWord)) << bitInWord;
                int word = wordOffset(page, number);
                long bits = memory.getLong(word);
                heard += Long.bitCount(bits & judged);
                memory.putLong(word, bits & ~judged);
            }
            number = (number + inWord) & NUMBER_MASK;
            left -= inWord;
        }
        memory.putInt(settledOffset, (memory.getInt(settledOffset) + count) & NUMBER_MASK);
        if (heard < count) {
            counters.add(unseen, count - heard);
        }
    }

    private int farAhead(int sender, int number, long silenceNs, long nowNs) {
        int base = sender * STATE_BYTES;
        int newest = memory.getInt(base);
        int ahead = (short) (number - newest);
        long most = mostSent(base, silenceNs);
        if (most >= HALF_RANGE || (silenceNs >= SILENCE_NS && ahead > most)) {
            return beginElsewhere(sender, number, nowNs);
        }
        int verdict = ahead + pending(base, newest) < window ? mark(sender, number) : NEW;
        int stray = memory.getInt(base + STRAY_OFFSET);
        boolean isConfirmed = stray != NONE && stray != number && (short) (number - stray) > -FAR;
        if (silenceNs >= SILENCE_NS || isConfirmed) {
            moveOn(sender, number, nowNs);
            mark(sender, number);
            if (isConfirmed && ((number - stray) & NUMBER_MASK) < pending(base, number)) {
                mark(sender, stray);
            }
        } else if (stray != number) {
            memory.putInt(base + STRAY_OFFSET, number);
        }
        return verdict;
    }

    /** The verdict on a number not ahead whose place is judged. */
    private int tooLate(int sender, int number, long silenceNs, long nowNs) {
        int base = sender * STATE_BYTES;
        if (number == memory.getInt(base)) {
            return KNOWN;
        }
        int count = memory.getInt(base + ROW_COUNT_OFFSET);
        int step = (short) (number - memory.getInt(base + ROW_LAST_OFFSET));
        if (count != 0 && step <= 0 && step > -FAR) {
            return KNOWN;
        }
        boolean goesOn = count != 0 && step > 0 && step <= FAR;
        int row = goesOn ? Math.abs(count) + 1 : 1;
        boolean afterSilence = goesOn ? count < 0 : silenceNs >= SILENCE_NS;
        if (row >= (afterSilence ? ROW_AFTER_SILENCE : ROW)) {
            return beginElsewhere(sender, number, nowNs);
        }
        memory.putInt(base + ROW_LAST_OFFSET, number);
        memory.putInt(base + ROW_COUNT_OFFSET, afterSilence ? -row : row);
        return KNOWN;
    }

    private int beginElsewhere(int sender, int number, long nowNs) {
        int base = sender * STATE_BYTES;
        settle(sender, pending(base, memory.getInt(base)));
        begin(base, number, nowNs);
        return ELSEWHERE;
    }

    private void measure(int base, int number, long nowNs) {
        long sinceNs = nowNs - memory.getLong(base + RATE_SINCE_OFFSET);
        int numbers = (number - memory.getInt(base + RATE_FROM_OFFSET)) & NUMBER_MASK;
        if (sinceNs >= SETTLE_NS || numbers >= RATE_OVER) {
            memory.putInt(base + RATE_BEFORE_OFFSET, memory.getInt(base + RATE_OFFSET));
            memory.putInt(base + RATE_OFFSET, (int) rate(base, number, sinceNs));
            memory.putLong(base + RATE_SINCE_OFFSET, nowNs);
            memory.putInt(base + RATE_FROM_OFFSET, number);
        }
    }

    private long rate(int base, int number, long sinceNs) {
        int numbers = (number - memory.getInt(base + RATE_FROM_OFFSET)) & NUMBER_MASK;
        return numbers * NANOS_PER_SECOND / Math.max(LEAST_RATE_NS, sinceNs) + 1;
    }

    /** How many numbers a sender has used at most in a silence. */
    private long mostSent(int base, long silenceNs) {
        long beforeNs = memory.getLong(base + HEARD_OFFSET) - silenceNs - memory.getLong(base + RATE_SINCE_OFFSET);
        long now = rate(base, memory.getInt(base), beforeNs);
        long before = Math.max(memory.getInt(base + RATE_OFFSET), memory.getInt(base + RATE_BEFORE_OFFSET));
        return 2 * Math.max(now, before) * Math.min(silenceNs, LONGEST_NS) / NANOS_PER_SECOND;
    }

    private int page(int sender, int number) {
        return pages.find(sender, number & (window - 1));
    }

    private static int wordOffset(int page, int number) {
        return page + ((number >>> WORD_SHIFT) & (WORDS_PER_PAGE - 1)) * Long.BYTES;
    }
}
