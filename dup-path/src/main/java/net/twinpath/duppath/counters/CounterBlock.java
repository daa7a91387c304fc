package net.twinpath.duppath.counters;

import net.twinpath.duppath.counters.Counter.Writer;
import net.twinpath.linux.NativeBuffers;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The counters of one path, link, stream or ordering function: each is written by the one agent it belongs to and read by anyone,
 * without locks; a reader sees every counter whole and never going back.
 */
public final class CounterBlock {
    /** The two writers' counters lie apart, so that neither agent's core waits for the other's cache lines. */
    private static final int WRITER_GAP_BYTES = 128;

    private final UnsafeBuffer values;
    private final Counter[] counters;
    private final long[] atReset;

    /** Counters of a path or a link, all zero. */
    public CounterBlock() {
        this(DupPathCounter.values());
    }

    /** @param counters all constants of one enum, in order; the block takes no others */
    private CounterBlock(Counter[] counters) {
        this.counters = counters;
        atReset = new long[counters.length];
        values = NativeBuffers.allocate(counters.length * Long.BYTES + WRITER_GAP_BYTES);
    }

    /** Counters of a stream, all zero; the only block that takes {@link StreamCounter}. */
    public static CounterBlock ofStream() {
        return new CounterBlock(StreamCounter.values());
    }

    /** Counters of an ordering function, all zero; the only block that takes {@link OrderingCounter}. */
    public static CounterBlock ofOrdering() {
        return new CounterBlock(OrderingCounter.values());
    }

    /** Adds one; called by the counter's writer only. */
    public void increment(Counter counter) {
        add(counter, 1);
    }

    /** Adds {@code amount}; called by the counter's writer only. */
    public void add(Counter counter, long amount) {
        int offset = offset(counter);
        values.putLongOrdered(offset, values.getLong(offset) + amount);
    }

    /** The value now; may be called by any thread. */
    public long value(Counter counter) {
        return values.getLongVolatile(offset(counter));
    }

    /** How much a counter has grown since {@link #reset()}; called by the thread that resets. */
    public long sinceReset(Counter counter) {
        return value(counter) - atReset[counter.ordinal()];
    }

    /** Has {@link #sinceReset} begin at 0 again; the values themselves, which others work with, go on. */
    public void reset() {
        for (Counter counter : counters) {
            atReset[counter.ordinal()] = value(counter);
        }
    }

    private static int offset(Counter counter) {
        return counter.ordinal() * Long.BYTES + (counter.writer() == Writer.RECEIVE ? WRITER_GAP_BYTES : 0);
    }
}
