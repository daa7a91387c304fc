package net.twinpath.duppath.counters;

/**
 * One thing the data path counts; a constant of an enum. In each enum the constants {@link Writer#SEND} writes stand
 * before those {@link Writer#RECEIVE} writes: {@link CounterBlock} keeps them on cache lines of their own.
 */
public interface Counter {
    /** The agent that writes a counter; nobody else does. */
    enum Writer {
        SEND,
        RECEIVE
    }

    /** The agent that counts. */
    Writer writer();

    /** Name in status and manual. */
    String key();

    /** Name of its metric, without the {@code twinpath_} before it and the {@code _total} behind it. */
    String metric();

    /** What is counted, in words. */
    String sentence();

    /** Place among the constants of its enum. */
    int ordinal();
}
