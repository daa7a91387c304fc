package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** When an agent is taken for one that hangs. */
class AgentWatchTest {
    private final AgentWatch watch = new AgentWatch("dup0");

    private void look(long nowMs, long send, long receive) {
        watch.look(Map.of("dup0-send", send, "dup0-receive", receive), nowMs);
    }

    @Test
    void anIdleAgentThatGoesRoundTwiceASecondWorks() {
        for (int i = 0; i < 100; i++) {
            look(i * 250L, i / 2, i / 2 + 7);
            assertThat(watch.hangs()).isFalse();
        }
    }

    @Test
    void oneOfTwoThatStandsForTwoSecondsHangsAndIsFoundToWorkAgain() {
        for (int i = 0; i < 8; i++) {
            look(i * 250L, i, 7);
            assertThat(watch.hangs()).as("look %d", i).isFalse();
        }
        look(8 * 250L, 8, 7);
        assertThat(watch.hangs()).isTrue();
        look(9 * 250L, 9, 8);
        assertThat(watch.hangs()).isFalse();
    }

    @Test
    void aPauseOfTheWholeProcessIsNoAgentsFault() {
        look(0, 1, 1);
        look(250, 2, 2);
        look(60_250, 2, 2);
        assertThat(watch.hangs()).isFalse();
    }

    @Test
    void agentsThatWereStartedAnewBeginAnew() {
        for (int i = 0; i <= 8; i++) {
            look(i * 250L, i, 7);
        }
        assertThat(watch.hangs()).isTrue();
        look(9 * 250L, 0, 0);
        assertThat(watch.hangs()).isFalse();
    }
}
