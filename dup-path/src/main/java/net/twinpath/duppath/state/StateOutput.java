package net.twinpath.duppath.state;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes down what the parts of a data path remember, one after the other, for {@link StateInput} to give back in the same
 * order: integers in the machine's order of octets, without names or gaps.
 */
public final class StateOutput {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private int length;

    public void putBoolean(boolean value) {
        putInt(value ? 1 : 0);
    }

    public void putInt(int value) {
        buffer.putInt(length, value);
        length += Integer.BYTES;
    }

    public void putLong(long value) {
        buffer.putLong(length, value);
        length += Long.BYTES;
    }

    public void putInts(int[] values) {
        for (int value : values) {
            putInt(value);
        }
    }

    public void putLongs(long[] values) {
        for (long value : values) {
            putLong(value);
        }
    }

    /** Takes down {@code count} octets of a memory from {@code offset} on. */
    public void putMemory(DirectBuffer memory, int offset, int count) {
        buffer.putBytes(length, memory, offset, count);
        length += count;
    }

    /** All that was put. */
    public DirectBuffer octets() {
        return new UnsafeBuffer(buffer, 0, length);
    }
}
