package net.twinpath.duppath;

import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.stream.StreamAction;

/**
 * A stream of a running path.
 *
 * @param name           the stream's name
 * @param action         what becomes of its frames
 * @param counters       its counters
 * @param individual     counters of the links' individual recovery functions by their place; empty when there are none
 * @param hasLatentError whether fewer or more copies come than links should bring
 */
public record StreamState(
        String name,
        StreamAction action,
        CounterBlock counters,
        List<CounterBlock> individual,
        boolean hasLatentError) {
    public StreamState {
        individual = List.copyOf(individual);
    }

    /** Name of what stands behind the streams: the frames that none matches. */
    public static final String UNMATCHED = "(unmatched)";
}
