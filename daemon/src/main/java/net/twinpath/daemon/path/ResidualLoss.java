package net.twinpath.daemon.path;

import java.util.List;
import java.util.function.ToLongBiFunction;
import net.twinpath.duppath.StreamState;
import net.twinpath.duppath.counters.Counter;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.counters.StreamCounter;

/**
 * What of the frames sent to a path no link brought: the loss that is left in spite of all links.
 *
 * @param lost              numbers no link brought: of streams, frames lost; of senders, frames lost or sent to other nodes
 * @param frames            frames that some link brought, and those lost
 * @param isExact           whether {@code lost} is what was lost, and not the most that can have been
 * @param supervisionLost   supervision frames, which are for all nodes, that no link brought
 * @param supervisionFrames supervision frames that some link brought, and those lost
 * @param unknownPauses     pauses of senders of which it is not known what was lost meanwhile
 */
record ResidualLoss(
        long lost, long frames, boolean isExact, long supervisionLost, long supervisionFrames, long unknownPauses) {
    /**
     * Of a path.
     *
     * @param path    its counters
     * @param streams its streams
     * @param passed  sequenced frames that some link brought, as {@code count} counts
     * @param count   takes a counter's value: in all, or since the counters were reset
     */
    static ResidualLoss of(
            CounterBlock path, List<StreamState> streams, long passed, ToLongBiFunction<CounterBlock, Counter> count) {
        long unseen = count.applyAsLong(path, DupPathCounter.IN_UNSEEN);
        long ofStreams = streams.stream()
                .mapToLong(stream -> count.applyAsLong(stream.counters(), StreamCounter.LOST))
                .sum();
        long supervisionLost = count.applyAsLong(path, DupPathCounter.IN_SUPERVISION_LOST);
        long pauses = count.applyAsLong(path, DupPathCounter.IN_SENDER_JUMPS);
        return new ResidualLoss(
                unseen + ofStreams,
                passed + unseen + ofStreams,
                unseen == 0 && pauses == 0,
                supervisionLost,
                count.applyAsLong(path, DupPathCounter.IN_SUPERVISION) + supervisionLost,
                pauses);
    }
}
