package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A path is as good as the number of its links that carry. */
class PathConditionTest {
    @Test
    void everyPairOfLinksHasItsVerdict() {
        for (LinkCondition a : LinkCondition.values()) {
            for (LinkCondition b : LinkCondition.values()) {
                PathCondition expected = passes(a) || passes(b) ? PathCondition.DEGRADED : PathCondition.DOWN;
                if (a == LinkCondition.CARRYING && b == LinkCondition.CARRYING) {
                    expected = PathCondition.PROTECTED;
                }
                assertThat(PathCondition.of(List.of(a, b))).as(a + ", " + b).isEqualTo(expected);
            }
        }
    }

    private static boolean passes(LinkCondition link) {
        return List.of(
                        LinkCondition.CARRYING,
                        LinkCondition.LOOPED,
                        LinkCondition.TOO_SMALL,
                        LinkCondition.LOSSY,
                        LinkCondition.UNHEARD)
                .contains(link);
    }

    @Test
    void worstPathSpeaksForAll() {
        assertThat(PathCondition.worst(List.of())).isEqualTo(PathCondition.PROTECTED);
        assertThat(PathCondition.worst(List.of(PathCondition.PROTECTED, PathCondition.DEGRADED)))
                .isEqualTo(PathCondition.DEGRADED);
        assertThat(PathCondition.worst(List.of(PathCondition.DOWN, PathCondition.DEGRADED)))
                .isEqualTo(PathCondition.DOWN);
    }
}
