package net.twinpath.duppath.send;

/** PRP's one counter per sending node, for all destinations (IEC 62439-3): 0 to 65535, then 0 again. */
public final class SequenceGenerator {
    private static final int MASK = 0xFFFF;

    private int next;

    /** @param first the first number handed out */
    public SequenceGenerator(int first) {
        next = first & MASK;
    }

    /** The next frame's number. */
    public int next() {
        int number = next;
        next = number + 1 & MASK;
        return number;
    }

    /** The number {@link #next()} will hand out. */
    public int peek() {
        return next;
    }
}
