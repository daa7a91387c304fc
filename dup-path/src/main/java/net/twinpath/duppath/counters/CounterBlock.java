package net.twinpath.duppath.counters;

import net.twinpath.duppath.counters.DupPathCounter.Writer;
import net.twinpath.linux.NativeBuffers;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The counters of one path or one link: each is written by the one agent it belongs to and read by anyone, without
 * locks; a reader sees every counter whole and never going back.
 */
public final class CounterBlock {
    private static final int COUNT = DupPathCounter.values().length;

    /** The two writers' counters lie apart, so that neither agent's core waits for the other's cache lines. */
    private static final int WRITER_GAP_BYTES = 128;

    private final UnsafeBuffer values = NativeBuffers.allocate(COUNT * Long.BYTES + WRITER_GAP_BYTES);

    /** Adds one; called by the counter's writer only. */
    public void increment(DupPathCounter counter) {
        add(counter, 1);
    }

    /** Adds {@code amount}; called by the counter's writer only. */
    public void add(DupPathCounter counter, long amount) {
        int offset = offset(counter);
        values.putLongOrdered(offset, values.getLong(offset) + amount);
    }

    /** The value now; may be called by any thread. */
    public long value(DupPathCounter counter) {
        return values.getLongVolatile(offset(counter));
    }

    @SuppressWarnings("EnumOrdinal") // the places never leave this process, so their order binds nobody
    private static int offset(DupPathCounter counter) {
        return counter.ordinal() * Long.BYTES + (counter.writer() == Writer.RECEIVE ? WRITER_GAP_BYTES : 0);
    }
}
