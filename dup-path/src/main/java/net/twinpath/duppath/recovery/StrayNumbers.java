package net.twinpath.duppath.recovery;

import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;

/**
 * Remembers the numbers that passed far ahead of the window, which does not move for them until the sender confirms that it
 * has come so far. Ours, not the standard's. Pure state: no clock, no I/O, nothing allocated once made; for one thread.
 *
 * <p>One number far ahead may be forged, or be the first after a loss on all links. It is confirmed by the frames that
 * follow on its link:
 *
 * <ul>
 *   <li>{@link ResyncDetection#RUN} ascending ones, it included, each at most {@link ResyncDetection#NEAR} from the one
 *       before: random numbers hardly ever do that;
 *   <li>or {@link #STEPS} ascending ones, however far apart: a sender that leaves out numbers with each frame, for its
 *       counter serves other streams, too.
 * </ul>
 *
 * <p>Frames of other numbers in between do not matter, unless they speak against the window (see {@link ResyncDetection}):
 * they break the row, as nearly every forged number does.
 *
 * <p>A number not confirmed is forgotten when it was not heard for {@link #FORGET_NS}, or {@link #MOST} others were since:
 * till then its copies are known, and the sender's own frame that comes to it is taken for one.
 *
 * <pre>
 *  memory: 12 octets for each of 64 numbers; for each link 12 octets
 *  last, and farthest, number of its row, s32
 *  numbers in a row near each other, s32
 *  numbers in a row near or not, s32
 * </pre>
 */
final class StrayNumbers {
    /**
     * How far ahead of the window a number is no stray. It need not be more: a natural stray costs nothing. And it must not
     * be much more: a thousand random numbers a second push the window on by half a number a second with 8, and by 31 with
     * 64, which leaves slow streams behind.
     */
    static final int AT_ONCE = 8;

    /** Numbers remembered: a second's forged ones, at a thousand a second, with the default history. */
    static final int MOST = 64;

    /** Longer than links differ in delay; as PRP's EntryForgetTime. */
    static final long FORGET_NS = DuplicateDiscard.ENTRY_FORGET_TIME_NS;

    /** So many random numbers ascend by chance once in 40 320 times. */
    static final int STEPS = 8;

    private static final int NONE = -1;

    private final int[] numbers = new int[MOST];
    private final long[] heardNs = new long[MOST];
    private int count;

    private final int[] last;
    private final int[] nearInRow;
    private final int[] inRow;

    /** Links with a row, one bit each. */
    private int rows;

    StrayNumbers(int links) {
        last = new int[links];
        nearInRow = new int[links];
        inRow = new int[links];
    }

    void save(StateOutput out) {
        out.putInts(numbers);
        out.putLongs(heardNs);
        out.putInt(count);
        out.putInts(last);
        out.putInts(nearInRow);
        out.putInts(inRow);
        out.putInt(rows);
    }

    void load(StateInput in) {
        in.getInts(numbers);
        in.getLongs(heardNs);
        count = in.getInt();
        in.getInts(last);
        in.getInts(nearInRow);
        in.getInts(inRow);
        rows = in.getInt();
    }

    void forget() {
        count = 0;
        rows = 0;
    }

    /** Whether the number is one of those remembered. */
    boolean isHeard(int number, long nowNs) {
        for (int i = 0; i < count; i++) {
            if (numbers[i] == number) {
                return !isForgotten(i, nowNs);
            }
        }
        return false;
    }

    private boolean isForgotten(int i, long nowNs) {
        return nowNs - heardNs[i] >= FORGET_NS;
    }

    /** Remembers a number from now on, in place of the oldest when there are too many. */
    void note(int number, long nowNs) {
        int place = placeOf(number);
        numbers[place] = number;
        heardNs[place] = nowNs;
        count = Math.max(count, place + 1);
    }

    private int placeOf(int number) {
        int oldest = 0;
        for (int i = 0; i < count; i++) {
            if (numbers[i] == number) {
                return i;
            }
            if (heardNs[i] < heardNs[oldest]) {
                oldest = i;
            }
        }
        return count < MOST ? count : oldest;
    }

    /** Whether the number follows, or nearly, the last of its link's row. */
    boolean isNearRow(int link, int number) {
        int step = (short) (number - last[link]);
        return hasRow(link) && step >= -ResyncDetection.NEAR && step <= ResyncDetection.NEAR;
    }

    /** Whether the number is the very next in its link's row. */
    boolean isNextInRow(int link, int number) {
        return hasRow(link) && (short) (number - last[link]) == 1;
    }

    private boolean hasRow(int link) {
        return (rows & 1 << link) != 0;
    }

    /** Adds a number, heard before or not, to its link's row; true when the row confirms it. */
    boolean isConfirmed(int link, int number) {
        if (!hasRow(link)) {
            nearInRow[link] = 0;
            inRow[link] = 0;
        }
        int step = (short) (number - last[link]);
        if (hasRow(link) && step <= 0) {
            return false;
        }
        nearInRow[link] = step <= ResyncDetection.NEAR ? nearInRow[link] + 1 : 1;
        inRow[link]++;
        last[link] = number;
        rows |= 1 << link;
        return nearInRow[link] >= ResyncDetection.RUN || inRow[link] >= STEPS;
    }

    /** Notes a frame of the link that speaks against the window. */
    void breakRow(int link) {
        rows &= ~(1 << link);
    }

    /** Ends the rows the window has reached. */
    void windowReaches(int newest) {
        for (int left = rows; left != 0; left &= left - 1) {
            int link = Integer.numberOfTrailingZeros(left);
            if ((short) (last[link] - newest) <= 0) {
                breakRow(link);
            }
        }
    }

    /** Forgets the numbers that were not confirmed in time. */
    void forgetOld(long nowNs) {
        for (int i = count - 1; i >= 0; i--) {
            if (isForgotten(i, nowNs)) {
                takeOut(i);
            }
        }
    }

    /**
     * Takes out one of the numbers that the window has reached.
     *
     * @return the number, or -1 when there is none
     */
    int takeReached(int newest) {
        for (int i = count - 1; i >= 0; i--) {
            int number = numbers[i];
            if ((short) (number - newest) <= 0) {
                takeOut(i);
                return number;
            }
        }
        return NONE;
    }

    private void takeOut(int i) {
        count--;
        numbers[i] = numbers[count];
        heardNs[i] = heardNs[count];
    }
}
