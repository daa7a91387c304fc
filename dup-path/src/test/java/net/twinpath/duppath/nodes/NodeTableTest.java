package net.twinpath.duppath.nodes;

import static net.twinpath.duppath.nodes.NodeTable.NODE_FORGET_TIME_MS;
import static net.twinpath.duppath.nodes.NodeTable.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Places for senders: found again, bounded, given up when silent. */
class NodeTableTest {
    private static final long ALICE = 0x02_00_00_00_00_0AL;
    private static final long BOB = 0x02_00_00_00_00_0BL;
    private static final long CAROL = 0x02_00_00_00_00_0CL;

    private final NodeTable nodes = new NodeTable(2);

    @Test
    void senderKeepsItsPlace() {
        int alice = nodes.add(ALICE, 0);
        int bob = nodes.add(BOB, 0);

        assertThat(alice).isNotEqualTo(bob);
        assertThat(nodes.place(ALICE, 1)).isEqualTo(alice);
        assertThat(nodes.place(BOB, 1)).isEqualTo(bob);
        assertThat(nodes.place(CAROL, 1)).isEqualTo(NONE);
    }

    @Test
    void fullTableTakesNobodyUntilSomebodyIsSilentForTheForgetTime() {
        nodes.add(ALICE, 0);
        nodes.add(BOB, 0);
        assertThat(nodes.add(CAROL, 0)).isEqualTo(NONE);

        nodes.place(BOB, 10);
        nodes.expire(NODE_FORGET_TIME_MS);
        assertThat(nodes.size()).isEqualTo(2);

        nodes.expire(NODE_FORGET_TIME_MS + 1);
        assertThat(nodes.size()).isEqualTo(1);
        assertThat(nodes.place(ALICE, NODE_FORGET_TIME_MS + 1)).isEqualTo(NONE);
        assertThat(nodes.add(CAROL, NODE_FORGET_TIME_MS + 1)).isNotEqualTo(NONE);
    }
}
