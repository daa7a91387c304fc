package net.twinpath.duppath.recovery;

import java.util.Arrays;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;

/**
 * Remembers the numbers that passed outside the window, or out of order in it, because several links brought them. Ours,
 * not the standard's. Pure state: no clock, no I/O, nothing allocated once made; for one thread.
 *
 * <p>They stand in rows, each of numbers at most {@link ResyncDetection#NEAR} apart. A number forged on all links begins a
 * row, and hardly ever goes on with one; a sender that has jumped goes on with its row in its next frame. The row that was
 * added to longest ago gives way to a new one.
 *
 * <pre>
 *  memory: for each of 8 rows 24 octets
 *  highest number, s32; ascending numbers in a row, s32; when it was added to last, counted in numbers, s64
 *  which of the highest and the 63 before it have passed, one bit each, u64
 * </pre>
 */
final class AgreedNumbers {
    private static final int ROWS = 8;

    private final int[] highest = new int[ROWS];
    private final int[] ascending = new int[ROWS];
    private final long[] addedAt = new long[ROWS];
    private final long[] passed = new long[ROWS];
    private long added;

    void save(StateOutput out) {
        out.putInts(highest);
        out.putInts(ascending);
        out.putLongs(addedAt);
        out.putLongs(passed);
        out.putLong(added);
    }

    void load(StateInput in) {
        in.getInts(highest);
        in.getInts(ascending);
        in.getLongs(addedAt);
        in.getLongs(passed);
        added = in.getLong();
    }

    /** Forgets all rows. */
    void forget() {
        added = 0;
        Arrays.fill(passed, 0);
        Arrays.fill(addedAt, 0);
    }

    /**
     * Adds a number to a row near it, or begins one.
     *
     * @return {@link ResyncDetection#KNOWN} when it has passed before, {@link ResyncDetection#GIVEN_UP} when the row
     *     confirms that the sender is there, otherwise {@link ResyncDetection#PASSES}
     */
    int add(int number) {
        int row = rowNear(number);
        int step = (short) (number - highest[row]);
        boolean isNew = passed[row] == 0 || step <= -Long.SIZE || step > ResyncDetection.NEAR;
        if (!isNew && step <= 0) {
            long bit = 1L << -step;
            boolean isKnown = (passed[row] & bit) != 0;
            passed[row] |= bit;
            return isKnown ? ResyncDetection.KNOWN : ResyncDetection.PASSES;
        }
        ascending[row] = isNew ? 1 : ascending[row] + 1;
        passed[row] = isNew || step == Long.SIZE ? 1 : passed[row] << step | 1;
        highest[row] = number;
        addedAt[row] = ++added;
        return ascending[row] >= ResyncDetection.RUN ? ResyncDetection.GIVEN_UP : ResyncDetection.PASSES;
    }

    /** The row the number belongs to; when there is none the one that gives way. */
    private int rowNear(int number) {
        int oldest = 0;
        for (int row = 0; row < ROWS; row++) {
            int step = (short) (number - highest[row]);
            if (passed[row] != 0 && step > -Long.SIZE && step <= ResyncDetection.NEAR) {
                return row;
            }
            if (addedAt[row] < addedAt[oldest]) {
                oldest = row;
            }
        }
        return oldest;
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return added == 0;
    }

    /** Which of this number, in bit 0, and the 63 before it have passed. */
    long passedUpTo(int number) {
        int row = rowNear(number);
        int step = (short) (number - highest[row]);
        return step >= 0 && step < Long.SIZE ? passed[row] << step : 0;
    }
}
