package net.twinpath.duppath.state;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Gives back what was put into a {@link StateOutput}, in the same order. */
public final class StateInput {
    private final DirectBuffer buffer;
    private int position;

    /** @param octets of {@link StateOutput#octets} */
    public StateInput(DirectBuffer octets) {
        buffer = octets;
    }

    public boolean getBoolean() {
        return getInt() != 0;
    }

    public int getInt() {
        return buffer.getInt(take(Integer.BYTES));
    }

    public long getLong() {
        return buffer.getLong(take(Long.BYTES));
    }

    /** Fills the array. */
    public void getInts(int[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = getInt();
        }
    }

    /** Fills the array. */
    public void getLongs(long[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = getLong();
        }
    }

    /** Writes {@code count} octets into a memory from {@code offset} on. */
    public void getMemory(MutableDirectBuffer memory, int offset, int count) {
        memory.putBytes(offset, buffer, take(count), count);
    }

    private int take(int count) {
        if (count < 0 || count > buffer.capacity() - position) {
            throw new IllegalStateException("the state ends after " + buffer.capacity() + " octets, wanted are " + count
                    + " more from " + position + " on");
        }
        int taken = position;
        position += count;
        return taken;
    }

    /** Whether all was given back. */
    public boolean isAtEnd() {
        return position == buffer.capacity();
    }
}
