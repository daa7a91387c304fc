package net.twinpath.duppath.recovery;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
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
 *  0 &lt; delta &lt; L        PASS      out of order unless delta is 1; the window moves on by delta, or stays (see Strays)
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
 * before, for the reset time. Here frames that links agree on pass, and the third of them resets the function onto the new
 * numbers, which is counted as a reset and a resync.
 *
 * <ul>
 *   <li>Numbers ahead of the window, two links less than L numbers apart: no frame is lost that the later link brings. Its
 *       copies are taken from the first one on, and those the earlier link had brought in vain pass late.
 *   <li>Numbers ahead, one link: two frames, from 5 ms on after the last frame the window knew.
 *   <li>Numbers behind the window: the same, from 20 ms on. In the window: two frames with two links as well. A new start
 *       at most 64 numbers behind the old ones within 100 ms is not told from late frames: that many are lost.
 *   <li>A link that strayed while another fed the window is heard 100 ms after the other has fallen silent: what is more
 *       than L numbers late, and arrives within these 100 ms, does not pass twice. Later it does.
 *   <li>A sender whose numbers come by two links is heard, from its third frame on, though another one, whose numbers come
 *       by one of these links, was there first, unless these are within L behind or ahead of it.
 *   <li>When the numbers have jumped, no frame passes twice. With a history of 32 768 or more, a jump by half the range
 *       with frames out of order around it is the exception.
 *   <li>Forged numbers do not move the window, also when all links bring them: they only pass then. Three ascending ones
 *       outside it do, near to each other, where nothing else arrives for 5 ms.
 *   <li>Whatever happens, the reset time is the longest outage, as without the addition.
 * </ul>
 *
 * <p><b>Strays</b>, our addition, too (with {@link RecoverySettings#resync} and a history of more than 64). By the standard
 * alone a single forged number within L ahead moves the window there, and a few of them leave the good ones behind it.
 *
 * <pre>
 *  delta &gt; 8            PASS      a stray: the window stays
 *                       DISCARD   a stray heard less than 400 ms ago
 *  0 &lt; delta &lt;= 8       DISCARD   when the number was such a stray; the window moves on all the same
 * </pre>
 *
 * <p>The window moves to a stray, and is from then on as if it had done so at once, with the third of its link's numbers in
 * a row that ascend by at most 64 each, or with the eighth that ascends by however much (see {@link StrayNumbers}). So:
 *
 * <ul>
 *   <li>What is lost on all links, and what leads on one, costs no frame and passes none twice; lost numbers are counted.
 *   <li>Forged random numbers on one of two links cost the frames whose numbers they took within the last 400 ms, and before
 *       that within 8 of the newest: at a thousand a second 7 of 1000 frames of a stream of 200 a second, 14 of one of ten.
 *       On both links they cost 10 of 1000 of the first, and of the second, once they have moved the window by chance, up
 *       to 160 where links lose one in ten.
 *   <li>A sender that leaves out more than 64 numbers with each frame is followed from every eighth on. One that leaves out
 *       more than an eighth of L is rogue after L numbers: it is followed as one that has jumped when two links bring it,
 *       and with one link it is heard after the reset time.
 *   <li>A window that forged numbers have moved all the same waits for the sender to come there, and what is forged behind
 *       it meanwhile stays marked. Histories of 32 768 and more are prone to it: a stream of ten frames a second loses most
 *       of them to a thousand random numbers a second.
 *   <li>A frame's second copy passes, too, when it comes 400 ms after the first, and that is still a stray.
 * </ul>
 *
 * <pre>
 *  memory: one bit for each number, modulo L rounded up to a power of two, at least 64 (8 to 8 192 octets);
 *  bits of numbers not in the window mean nothing, and are cleared when the window takes them in
 * </pre>
 */
final class VectorRecovery extends SequenceRecovery {
    private static final int WORD_SHIFT = 6;
    private static final int NUMBER_MASK = 0xFFFF;

    private final int historyLength;
    private final boolean takeNoSequence;
    private final boolean resync;
    private final int atOnce;
    private final UnsafeBuffer history;
    private final int ringMask;
    private final ResyncDetection detection;
    private final StrayNumbers strays;

    private int newest;

    /** Numbers of the window, the newest included, from the first accepted one on. */
    private int sinceFirst;

    /** Range of the numbers passed far out of their link's order since the first: new ones, if the sender has jumped back. */
    private boolean passedBack;

    private int lowestBack;
    private int highestBack;
    private long passedBackNs;

    VectorRecovery(RecoverySettings settings, int links, CounterBlock counters) {
        super(settings, counters);
        historyLength = settings.historyLength();
        takeNoSequence = settings.takeNoSequence();
        resync = settings.resync();
        atOnce = resync && historyLength > ResyncDetection.NEAR ? StrayNumbers.AT_ONCE : historyLength;
        int ringBits = Math.max(Long.SIZE, 2 * Integer.highestOneBit(historyLength - 1));
        ringMask = ringBits - 1;
        history = NativeBuffers.allocate(ringBits / Byte.SIZE);
        detection = new ResyncDetection(historyLength, links);
        strays = new StrayNumbers(links);
    }

    @Override
    void forget() {
        clear(0, ringMask + 1);
        detection.forget();
        strays.forget();
    }

    @Override
    void begin(int link, int number, long nowNs) {
        newest = number;
        sinceFirst = 1;
        passedBack = false;
        setBit(number);
        detection.speaksFor(link, number, newest, nowNs);
    }

    @Override
    void saveNumbers(StateOutput out) {
        out.putMemory(history, 0, history.capacity());
        out.putInt(newest);
        out.putInt(sinceFirst);
        out.putBoolean(passedBack);
        out.putInt(lowestBack);
        out.putInt(highestBack);
        out.putLong(passedBackNs);
        detection.save(out);
        strays.save(out);
    }

    @Override
    void loadNumbers(StateInput in) {
        in.getMemory(history, 0, history.capacity());
        newest = in.getInt();
        sinceFirst = in.getInt();
        passedBack = in.getBoolean();
        lowestBack = in.getInt();
        highestBack = in.getInt();
        passedBackNs = in.getLong();
        detection.load(in);
        strays.load(in);
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
        if (delta <= 0) {
            return behind(link, number, nowNs);
        }
        return delta > atOnce ? farAhead(link, number, nowNs) : ahead(link, number, delta, nowNs);
    }

    private int ahead(int link, int number, int delta, long nowNs) {
        strays.forgetOld(nowNs);
        moveOn(delta);
        detection.speaksFor(link, number, number, nowNs);
        if (isSet(number)) {
            return discard(nowNs);
        }
        setBit(number);
        return passNew(delta == 1, nowNs);
    }

    private int passNew(boolean isInOrder, long nowNs) {
        if (!isInOrder) {
            count(StreamCounter.OUT_OF_ORDER, 1);
        }
        return pass(nowNs);
    }

    /** The verdict on a number the window does not move on to before it is confirmed. */
    private int farAhead(int link, int number, long nowNs) {
        boolean isHeard = strays.isHeard(number, nowNs);
        boolean isInOrder = strays.isNextInRow(link, number);
        strays.note(number, nowNs);
        if (strays.isConfirmed(link, number)) {
            moveOn((short) (number - newest));
            detection.speaksFor(link, number, number, nowNs);
        }
        return isHeard ? discard(nowNs) : passNew(isInOrder, nowNs);
    }

    private int behind(int link, int number, long nowNs) {
        if (resync && detection.hasGoneBack(link, number, newest, nowNs)) {
            return back(link, number, nowNs);
        }
        detection.speaksFor(link, number, newest, nowNs);
        return isSet(number) ? discard(nowNs) : passLate(number, nowNs);
    }

    private int passLate(int number, long nowNs) {
        setBit(number);
        count(StreamCounter.OUT_OF_ORDER, 1);
        return pass(nowNs);
    }

    /**
     * The verdict on a number of the window that is far out of its link's order. After a jump back it may be new without a
     * mark, new with the mark of an old one, or a copy of one that was new without a mark.
     */
    private int back(int link, int number, long nowNs) {
        strays.breakRow(link);
        boolean isMarked = isSet(number);
        int word = detection.speaksAgainst(link, number, true, nowNs);
        boolean isWanted = word == ResyncDetection.PASSES || word == ResyncDetection.GIVEN_UP;
        if (isMarked && (!isWanted || isAmongPassedBack(number, nowNs))) {
            return discard(nowNs);
        }
        if (word == ResyncDetection.GIVEN_UP) {
            return jumpBack(link, number, nowNs);
        }
        notePassedBack(number, nowNs);
        return passLate(number, nowNs);
    }

    private boolean isAmongPassedBack(int number, long nowNs) {
        return hasPassedBack(nowNs) && (short) (number - lowestBack) >= 0 && (short) (highestBack - number) >= 0;
    }

    private boolean hasPassedBack(long nowNs) {
        return passedBack && nowNs - passedBackNs < ResyncDetection.DISPROVED_SILENCE_NS;
    }

    private void notePassedBack(int number, long nowNs) {
        boolean isFirst = !hasPassedBack(nowNs);
        if (isFirst || (short) (number - highestBack) > 0) {
            highestBack = number;
        }
        if (isFirst || (short) (number - lowestBack) < 0) {
            lowestBack = number;
        }
        passedBack = true;
        passedBackNs = nowNs;
    }

    private int outsideWindow(int link, int number, int delta, long nowNs) {
        if (delta > 0 && strays.isNearRow(link, number)) {
            return farAhead(link, number, nowNs);
        }
        strays.breakRow(link);
        return switch (wordAgainst(link, number, delta < 0, nowNs)) {
            case ResyncDetection.KNOWN -> discard(nowNs);
            case ResyncDetection.PASSES -> passNew(false, nowNs);
            case ResyncDetection.GIVEN_UP -> delta < 0 ? jumpBack(link, number, nowNs) : jumpAhead(link, number, nowNs);
            default -> rogue(delta, nowNs);
        };
    }

    private int wordAgainst(int link, int number, boolean isBehind, long nowNs) {
        if (!resync) {
            return ResyncDetection.STANDS;
        }
        int word = detection.speaksAgainst(link, number, isBehind, nowNs);
        return word == ResyncDetection.STANDS ? detection.outvotes(number, newest, nowNs) : word;
    }

    private int rogue(int delta, long nowNs) {
        count(StreamCounter.ROGUE, 1);
        restartIfIndividual(nowNs);
        return delta < 0 ? LATE : ROGUE;
    }

    /** Whether frames passed since the window began that it had dropped, had not several links brought them. */
    boolean isInDoubt() {
        return detection.hasAgreed();
    }

    private int jumpAhead(int link, int number, long nowNs) {
        clear(0, ringMask + 1);
        int verdict = startAgain(link, number, nowNs);
        markReached();
        return verdict;
    }

    /**
     * Starts again from this number, and forgets those ahead of it. Of the window's numbers behind it, and of those that
     * another link has brought already, the sender's new ones that had no mark were passed: their copies may still come.
     */
    private int jumpBack(int link, int number, long nowNs) {
        int lead = (short) (highestBack - number);
        int end = hasPassedBack(nowNs) && lead > 0 && lead < historyLength ? highestBack : number;
        int kept = Math.max(0, historyLength + (short) (end - newest));
        clear(end + 1, ringMask + 1 - kept);
        strays.forget();
        int verdict = startAgain(link, number, nowNs);
        newest = end;
        sinceFirst = 1;
        return verdict;
    }

    private int startAgain(int link, int number, long nowNs) {
        detection.windowGivenUp();
        count(StreamCounter.RECOVERY_RESETS, 1);
        count(StreamCounter.RESYNCS, 1);
        int verdict = take(link, number, nowNs);
        markAgreed(number);
        return verdict;
    }

    /** Takes the numbers behind that passed because links agreed on them for the window's first. */
    private void markAgreed(int number) {
        for (long left = detection.agreedUpTo(number); left != 0; left &= left - 1) {
            int behind = Long.numberOfTrailingZeros(left);
            if (behind < historyLength) {
                setBit(number - behind);
                sinceFirst = Math.max(sinceFirst, behind + 1);
            }
        }
        detection.forgetAgreed();
    }

    /** Moves the window on; to a number beyond the history's length, which only confirmed ones are, in two steps. */
    private void moveOn(int delta) {
        for (int left = delta; left > 0; left -= historyLength - 1) {
            shift(Math.min(left, historyLength - 1));
            markReached();
        }
    }

    /** Takes in {@code delta} numbers and lets as many go (ShiftSequenceHistory). */
    private void shift(int delta) {
        int gone = sinceFirst + delta - historyLength;
        if (gone > 0) {
            int lost = gone - countSet(newest - sinceFirst + 1, gone);
            if (lost > 0) {
                count(StreamCounter.LOST, lost);
            }
        }
        sinceFirst = Math.min(historyLength, sinceFirst + delta);
        clear(newest + 1, delta);
        newest = newest + delta & NUMBER_MASK;
    }

    private void markReached() {
        strays.windowReaches(newest);
        for (int number = strays.takeReached(newest); number >= 0; number = strays.takeReached(newest)) {
            if ((short) (newest - number) < historyLength) {
                setBit(number);
            }
        }
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
