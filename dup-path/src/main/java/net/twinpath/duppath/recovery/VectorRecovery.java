package net.twinpath.duppath.recovery;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.linux.NativeBuffers;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Remembers, for each number of a window behind the newest, whether it was heard (VectorRecoveryAlgorithm, IEEE 802.1CB
 * 7.4.3.4).
 *
 * <pre>
 *  delta = number - newest, signed 16 bits     L = history length
 *
 *  delta &lt;= -L          LATE      rogue
 *  -L &lt; delta &lt;= 0      PASS      out of order, when its bit is clear; sets it
 *                       DISCARD   when its bit is set
 *  0 &lt; delta &lt; L        PASS      out of order unless delta is 1; the window moves on by delta
 *  L &lt;= delta           ROGUE     rogue
 * </pre>
 *
 * <p>Sources differ by one: the wording of the data model (10.8.4) and a published switch model call only numbers
 * <em>more</em> than L away rogue. The history has L places, so a number L behind has none; the borders here are those of
 * the algorithm's text as xdpfrer has it. With a history longer than 32 768 no number is that far away: nothing is rogue.
 *
 * <p><b>Lost packets.</b> The standard counts every clear bit that leaves the history, and a reset clears them all: up to
 * L - 1 numbers that nobody sent are counted lost (802.1 maintenance request 376). Here a number is counted lost only when
 * it came after the first one accepted since the reset.
 *
 * <p><b>Jumps</b>, our addition (see {@link ResyncDetection}; {@link RecoverySettings#resync} turns it off). By the standard
 * alone a gap of L numbers on all links, and a sender that starts again at another number, make every frame rogue, or heard
 * before, for the reset time. Here the function resets itself onto the new number: that frame passes, and the event is
 * counted as a reset and a resync.
 *
 * <ul>
 *   <li>Numbers ahead of the window, two links: none is lost, as long as they differ by less than L numbers: the second
 *       link's copies are taken from the first one on, and those the first link had brought in vain pass late.
 *   <li>Numbers ahead, one link: two frames, from 5 ms on after the last frame the window knew.
 *   <li>Numbers behind, in the window or before it: the same, from 20 ms on. A new start at most 64 numbers behind the old
 *       ones is not told from late frames: that many are lost.
 *   <li>A link that strayed while another link still fed the window is heard 100 ms after the other has fallen silent:
 *       what is more than L numbers late and then arrives within 100 ms does not pass twice. Later it does.
 *   <li>Nothing passes twice whose number both windows, old and new, hold. A single forged number costs nothing. Three
 *       ascending ones cost something only where nothing else arrives for 5 ms.
 *   <li>At most, as without the addition, the reset time.
 * </ul>
 *
 * <pre>
 *  memory: one bit for each number, modulo L rounded up to a power of two, at least 64 (8 to 8 192 octets);
 *  bits of numbers not in the window mean nothing, and are cleared when the window takes them in
 * </pre>
 */
final class VectorRecovery extends SequenceRecovery {
    private static final int WORD_SHIFT = 6;

    private final int historyLength;
    private final boolean takeNoSequence;
    private final boolean resync;
    private final UnsafeBuffer history;
    private final int ringMask;
    private final ResyncDetection detection;

    private int newest;

    /** Numbers of the window, the newest included, from the first accepted one on. */
    private int sinceFirst;

    VectorRecovery(RecoverySettings settings, int links, CounterBlock counters) {
        super(settings, counters);
        historyLength = settings.historyLength();
        takeNoSequence = settings.takeNoSequence();
        resync = settings.resync();
        int ringBits = Math.max(Long.SIZE, 2 * Integer.highestOneBit(historyLength - 1));
        ringMask = ringBits - 1;
        history = NativeBuffers.allocate(ringBits / Byte.SIZE);
        detection = new ResyncDetection(historyLength, links);
    }

    @Override
    void forget() {
        history.setMemory(0, history.capacity(), (byte) 0);
        detection.forget();
    }

    @Override
    void begin(int link, int number, long nowNs) {
        newest = number;
        sinceFirst = 1;
        setBit(number);
        detection.speaksFor(link, number, newest, nowNs);
    }

    @Override
    int tagless(long nowNs) {
        return takeNoSequence ? pass(nowNs) : discard(nowNs);
    }

    @Override
    int compare(int link, int number, long nowNs) {
        int delta = (short) (number - newest);
        if (delta >= historyLength || delta <= -historyLength) {
            return outsideWindow(link, number, delta, nowNs);
        }
        return delta > 0 ? ahead(link, number, delta, nowNs) : behind(link, number, nowNs);
    }

    private int ahead(int link, int number, int delta, long nowNs) {
        if (delta != 1) {
            count(StreamCounter.OUT_OF_ORDER, 1);
        }
        moveOn(delta);
        newest = number;
        setBit(number);
        detection.speaksFor(link, number, number, nowNs);
        return pass(nowNs);
    }

    private int behind(int link, int number, long nowNs) {
        boolean against = resync && detection.hasGoneBack(link, number, newest);
        if (!against) {
            detection.speaksFor(link, number, newest, nowNs);
        }
        if (!isSet(number)) {
            setBit(number);
            count(StreamCounter.OUT_OF_ORDER, 1);
            return pass(nowNs);
        }
        if (against && detection.speaksAgainst(link, number, true, nowNs)) {
            return startAgain(link, number, nowNs);
        }
        return discard(nowNs);
    }

    private int outsideWindow(int link, int number, int delta, long nowNs) {
        if (resync && detection.speaksAgainst(link, number, delta < 0, nowNs)) {
            return startAgain(link, number, nowNs);
        }
        count(StreamCounter.ROGUE, 1);
        restartIfIndividual(nowNs);
        return delta < 0 ? LATE : ROGUE;
    }

    private int startAgain(int link, int number, long nowNs) {
        reset();
        count(StreamCounter.RESYNCS, 1);
        return take(link, number, nowNs);
    }

    /** Takes in {@code delta} numbers and lets as many go (ShiftSequenceHistory). */
    private void moveOn(int delta) {
        int gone = sinceFirst + delta - historyLength;
        if (gone > 0) {
            int lost = gone - countSet(newest - sinceFirst + 1, gone);
            if (lost > 0) {
                count(StreamCounter.LOST, lost);
            }
        }
        sinceFirst = Math.min(historyLength, sinceFirst + delta);
        clear(newest + 1, delta);
    }

    private int countSet(int first, int count) {
        int set = 0;
        int number = first;
        int left = count;
        while (left > 0) {
            int inWord = inWord(number, left);
            set += Long.bitCount(history.getLong(wordOffset(number)) & mask(number, inWord));
            number += inWord;
            left -= inWord;
        }
        return set;
    }

    private void clear(int first, int count) {
        int number = first;
        int left = count;
        while (left > 0) {
            int inWord = inWord(number, left);
            int offset = wordOffset(number);
            history.putLong(offset, history.getLong(offset) & ~mask(number, inWord));
            number += inWord;
            left -= inWord;
        }
    }

    /** How many of {@code left} numbers from this one on share its word. */
    private static int inWord(int number, int left) {
        return Math.min(Long.SIZE - (number & (Long.SIZE - 1)), left);
    }

    /** The bits of {@code count} numbers of one word. */
    private static long mask(int number, int count) {
        return (-1L >>> (Long.SIZE - count)) << number;
    }

    private boolean isSet(int number) {
        return (history.getLong(wordOffset(number)) & 1L << number) != 0;
    }

    private void setBit(int number) {
        int offset = wordOffset(number);
        history.putLong(offset, history.getLong(offset) | 1L << number);
    }

    private int wordOffset(int number) {
        return (number & ringMask) >>> WORD_SHIFT << 3;
    }
}
