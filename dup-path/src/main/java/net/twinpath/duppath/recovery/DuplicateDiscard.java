package net.twinpath.duppath.recovery;

import org.agrona.MutableDirectBuffer;

/**
 * Remembers which 16-bit sequence numbers each sender was heard with, one by one, and tells first copies from later ones
 * (IEC 62439-3 duplicate discard). Pure state: no clock, no I/O, nothing allocated; for one thread.
 *
 * <p>The rule it keeps: when unsure, accept. An occasional duplicate is tolerable, a dropped original is not.
 *
 * <ul>
 *   <li>Every number has a bit of its own, so loss, reordering and gaps (one counter serves all of a sender's
 *       destinations) never hide a number that was not heard.
 *   <li>When the newest number moves on, the bits it passes are cleared: the counter's wrap does not meet old bits,
 *       whatever the rate. A number up to half the range behind the newest is late, not new.
 *   <li>128 neighbouring numbers form a block; a block in which nothing was accepted for longer than the forget time is
 *       empty. So a sender that starts again at a lower number is heard after one forget time at the latest, and a
 *       second copy up to one forget time behind the first is always recognised.
 *   <li>A forged number far ahead moves the newest, but numbers behind it still have their own bits: it costs at most
 *       the one frame whose number it took.
 * </ul>
 *
 * <pre>
 *  memory of one sender (12 352 octets)
 *  +0     newest number, s32, -1 when nothing was heard yet
 *  +64    512 x s64  when the block last accepted a number, ms
 *  +4160  1024 x 64 bits, one per number
 * </pre>
 */
public final class DuplicateDiscard {
    /** Octets of memory for each sender. */
    public static final int BYTES_PER_SENDER = 64 + 512 * Long.BYTES + 65_536 / Byte.SIZE;

    /** EntryForgetTime (IEC 62439-3 table 8): how long a number is remembered, milliseconds. */
    public static final long ENTRY_FORGET_TIME_MS = 400;

    private static final int STAMPS_OFFSET = 64;
    private static final int BITS_OFFSET = STAMPS_OFFSET + 512 * Long.BYTES;
    private static final int NOTHING_HEARD = -1;
    private static final int NUMBER_MASK = 0xFFFF;
    private static final int BLOCK_SHIFT = 7;
    private static final int WORD_SHIFT = 6;

    private final MutableDirectBuffer memory;
    private final long forgetTimeMs;

    /**
     * @param memory       {@link #BYTES_PER_SENDER} octets for each sender; a sender is reset before its first use
     * @param forgetTimeMs how long a number is remembered
     */
    public DuplicateDiscard(MutableDirectBuffer memory, long forgetTimeMs) {
        this.memory = memory;
        this.forgetTimeMs = forgetTimeMs;
    }

    /** Forgets all about a sender, so that its place can be another's. */
    public void reset(int sender) {
        int base = sender * BYTES_PER_SENDER;
        memory.setMemory(base, BYTES_PER_SENDER, (byte) 0);
        memory.putInt(base, NOTHING_HEARD);
    }

    /**
     * Takes note of a frame's number.
     *
     * @param sender place of the sender's memory
     * @param number sequence number, 0 to 65535
     * @param nowMs  time of arrival; any clock that does not go back
     * @return true for the first copy, which is to be passed on
     */
    public boolean accept(int sender, int number, long nowMs) {
        int base = sender * BYTES_PER_SENDER;
        int newest = memory.getInt(base);
        if (newest == NOTHING_HEARD) {
            memory.putInt(base, number);
        } else if ((short) (number - newest) > 0) {
            clear(base, newest + 1 & NUMBER_MASK, number);
            memory.putInt(base, number);
        }

        int stamp = base + STAMPS_OFFSET + (number >>> BLOCK_SHIFT) * Long.BYTES;
        if (nowMs - memory.getLong(stamp) > forgetTimeMs) {
            clearBlock(base, number);
        }
        int word = wordOffset(base, number);
        long bits = memory.getLong(word);
        long bit = 1L << number;
        if ((bits & bit) != 0) {
            return false;
        }
        memory.putLong(word, bits | bit);
        memory.putLong(stamp, nowMs);
        return true;
    }

    /** Clears the bits of numbers {@code first} to {@code last}, going up and over the wrap. */
    private void clear(int base, int first, int last) {
        int number = first;
        int left = (last - first & NUMBER_MASK) + 1;
        while (left > 0) {
            int bitInWord = number & Long.SIZE - 1;
            int count = Math.min(Long.SIZE - bitInWord, left);
            int word = wordOffset(base, number);
            memory.putLong(word, memory.getLong(word) & ~((-1L >>> (Long.SIZE - count)) << bitInWord));
            number = number + count & NUMBER_MASK;
            left -= count;
        }
    }

    private void clearBlock(int base, int number) {
        int firstWord = wordOffset(base, (number >>> BLOCK_SHIFT) << BLOCK_SHIFT);
        memory.putLong(firstWord, 0);
        memory.putLong(firstWord + Long.BYTES, 0);
    }

    private static int wordOffset(int base, int number) {
        return base + BITS_OFFSET + (number >>> WORD_SHIFT) * Long.BYTES;
    }
}
