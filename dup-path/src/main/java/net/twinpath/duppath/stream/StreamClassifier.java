package net.twinpath.duppath.stream;

import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.duppath.frame.Frame;

/**
 * Tells one agent which stream a frame belongs to and what becomes of it. Behind the configured streams stands one more,
 * of the frames that none of them matches.
 */
public final class StreamClassifier {
    private final StreamIdentification identification;
    private final StreamAction[] actions;
    private final CounterBlock[] counters;
    private final int unmatched;

    /**
     * @param streams   in order; the first match wins
     * @param unmatched what becomes of frames that none matches
     * @param counters  one for each stream, and one for those frames
     */
    public StreamClassifier(List<StreamSettings> streams, StreamAction unmatched, List<CounterBlock> counters) {
        this.identification = new StreamIdentification(
                streams.stream().map(StreamSettings::match).toList());
        this.actions = new StreamAction[streams.size() + 1];
        for (int i = 0; i < streams.size(); i++) {
            actions[i] = streams.get(i).action();
        }
        actions[streams.size()] = unmatched;
        this.counters = counters.toArray(new CounterBlock[0]);
        this.unmatched = streams.size();
    }

    /** Place of the frame's stream; as many as there are streams when none matches. */
    public int classify(Frame frame) {
        if (unmatched == 0) {
            return 0;
        }
        int stream = identification.identify(frame);
        return stream == StreamIdentification.NONE ? unmatched : stream;
    }

    public StreamAction action(int stream) {
        return actions[stream];
    }

    /** Counts something of a stream. */
    public void count(int stream, StreamCounter counter) {
        counters[stream].increment(counter);
    }
}
