package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.twinpath.duppath.StreamState;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.duppath.stream.StreamAction;
import org.junit.jupiter.api.Test;

/** What of the counters is loss, and how sure that is. */
class ResidualLossTest {
    private final CounterBlock path = new CounterBlock();
    private final CounterBlock camera = CounterBlock.ofStream();
    private final CounterBlock lidar = CounterBlock.ofStream();

    private ResidualLoss loss() {
        return ResidualLoss.of(path, List.of(state(camera), state(lidar)), 100, CounterBlock::sinceReset);
    }

    private static StreamState state(CounterBlock counters) {
        return new StreamState("stream", StreamAction.DUPLICATE, counters, List.of(), false);
    }

    @Test
    void whatStreamsLostIsExact() {
        camera.add(StreamCounter.LOST, 2);
        lidar.add(StreamCounter.LOST, 3);
        path.add(DupPathCounter.IN_SUPERVISION, 9);
        assertThat(loss()).isEqualTo(new ResidualLoss(5, 105, true, 0, 9, 0));
    }

    @Test
    void whatWasNotSeenOfSendersIsTheMost() {
        camera.add(StreamCounter.LOST, 2);
        path.add(DupPathCounter.IN_UNSEEN, 4);
        path.add(DupPathCounter.IN_SUPERVISION, 9);
        path.add(DupPathCounter.IN_SUPERVISION_LOST, 1);
        assertThat(loss()).isEqualTo(new ResidualLoss(6, 106, false, 1, 10, 0));
        path.reset();
        path.add(DupPathCounter.IN_SENDER_JUMPS, 1);
        assertThat(loss()).isEqualTo(new ResidualLoss(2, 102, false, 0, 0, 1));
    }
}
