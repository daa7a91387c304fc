package net.twinpath.duppath.nodes;

import static net.twinpath.duppath.nodes.NodeTable.NODE_FORGET_TIME_NS;
import static net.twinpath.duppath.nodes.NodeTable.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.twinpath.duppath.nodes.Node.Kind;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Places for senders: found again, bounded, given up when silent, and what is known of each. */
class NodeTableTest {
    private static final long ALICE = 0x02_00_00_00_00_0AL;
    private static final long BOB = 0x02_00_00_00_00_0BL;
    private static final int CAPACITY = 8;

    private final NodeTable nodes =
            new NodeTable(new UnsafeBuffer(new byte[CAPACITY * NodeTable.BYTES_PER_PLACE]), CAPACITY, 42);

    @Test
    void senderKeepsItsPlace() {
        int alice = nodes.addSequenced(ALICE);
        int bob = nodes.addUnsequenced(BOB);

        assertThat(alice).isNotEqualTo(bob);
        assertThat(nodes.place(ALICE)).isEqualTo(alice);
        assertThat(nodes.place(BOB)).isEqualTo(bob);
        assertThat(nodes.place(0x02_00_00_00_00_0CL)).isEqualTo(NONE);
    }

    @Test
    void whatIsHeardTellsTheKind() {
        int san = nodes.addUnsequenced(ALICE);
        nodes.heard(san, 1, 5);
        assertThat(nodes.nodes()).containsExactly(node(ALICE, Kind.SAN, false, 0, 5, heard(Node.NEVER, 5)));

        nodes.markSequenced(san);
        nodes.heard(san, 0, 7);
        assertThat(nodes.isSequenced(san)).isTrue();
        assertThat(nodes.nodes()).containsExactly(node(ALICE, Kind.DAN, false, 0, 5, heard(7, 5)));
    }

    @Test
    void redBoxAndTheDevicesBehindItAreToldApart() {
        int redBox = nodes.addSequenced(ALICE);
        int device = nodes.addSequenced(BOB);
        nodes.announcedByRedBox(redBox, ALICE);
        nodes.announcedByRedBox(device, ALICE);

        assertThat(nodes.nodes())
                .containsExactlyInAnyOrder(
                        node(ALICE, Kind.RED_BOX, true, 0, Node.NEVER, heard(Node.NEVER, Node.NEVER)),
                        node(BOB, Kind.VIRTUAL_DAN, true, ALICE, Node.NEVER, heard(Node.NEVER, Node.NEVER)));
    }

    @Test
    void sendersWithoutTrailersLeaveHalfOfThePlacesToOthers() {
        int taken = 0;
        for (int sender = 0; sender < 100; sender++) {
            taken += nodes.addUnsequenced(sender) == NONE ? 0 : 1;
        }
        assertThat(taken).isEqualTo(4);
        nodes.markSequenced(nodes.place(0));
        assertThat(nodes.addUnsequenced(101))
                .as("one of them sends numbers now")
                .isNotEqualTo(NONE);
        assertThat(nodes.addUnsequenced(102)).isEqualTo(NONE);
        assertThat(nodes.addSequenced(ALICE)).isNotEqualTo(NONE);
        assertThat(nodes.addSequenced(BOB)).isNotEqualTo(NONE);
        assertThat(nodes.addSequenced(0x0C)).isNotEqualTo(NONE);
        assertThat(nodes.addSequenced(0x0D)).as("all are taken").isEqualTo(NONE);
    }

    @Test
    void silentSendersGiveTheirPlacesUp() {
        int alice = nodes.addSequenced(ALICE);
        int bob = nodes.addSequenced(BOB);
        nodes.heard(alice, 0, 0);
        nodes.heard(bob, 0, 0);
        nodes.heard(bob, 1, 10);

        nodes.expire(NODE_FORGET_TIME_NS);
        assertThat(nodes.nodes()).hasSize(2);

        nodes.expire(NODE_FORGET_TIME_NS + 1);
        assertThat(nodes.nodes()).extracting(Node::address).containsExactly(BOB);
        assertThat(nodes.place(ALICE)).isEqualTo(NONE);

        int again = nodes.addUnsequenced(ALICE);
        assertThat(again).isNotEqualTo(NONE);
        assertThat(nodes.isSequenced(again)).isFalse();
    }

    @Test
    void nodeThatAnnouncesItselfIsMissingWhereItIsNotHeardForThreeAndAHalfIntervals() {
        int alice = nodes.addSequenced(ALICE);
        nodes.heard(alice, 0, 0);
        nodes.heard(alice, 0, 1_000);
        assertThat(nodes.isAnyMissingOn(1, 1_000)).isFalse();

        nodes.announced(alice);
        nodes.announcedEvery(alice, 200, 0, false);
        assertThat(nodes.isAnyMissingOn(1, 1_000)).isTrue();
        assertThat(nodes.isAnyMissingOn(0, 1_000)).isFalse();

        nodes.heard(alice, 1, 300);
        assertThat(nodes.isAnyMissingOn(1, 1_000)).isFalse();
        nodes.heard(alice, 0, 1_001);
        assertThat(nodes.isAnyMissingOn(1, 1_001)).isTrue();
        assertThat(nodes.isAnyMissingOn(1, 1_702)).as("gone altogether").isFalse();
    }

    @Test
    void defectsAreThoseLastSaidOnEachLink() {
        int alice = nodes.addSequenced(ALICE);
        nodes.announcedEvery(alice, 200, 0, true);
        nodes.announcedEvery(alice, 200, 2, true);
        assertThat(nodes.nodes().get(0).hasDefectOn(0)).isTrue();
        assertThat(nodes.nodes().get(0).hasDefectOn(1)).isFalse();
        assertThat(nodes.nodes().get(0).hasDefectOn(2)).isTrue();

        nodes.announcedEvery(alice, 200, 0, false);
        assertThat(nodes.nodes().get(0).hasDefectOn(0)).isFalse();
        assertThat(nodes.nodes().get(0).hasDefectOn(2)).isTrue();
    }

    @Test
    void framesWithoutMarksOverTwoLinksAtOnceAreCounted() {
        int alice = nodes.addUnsequenced(ALICE);
        nodes.heardUnmarked(alice, 0, 0);
        nodes.heardUnmarked(alice, 0, 10);
        assertThat(nodes.nodes().get(0).unmarkedTwice()).isZero();

        nodes.heardUnmarked(alice, 1, 99_000_000);
        nodes.heardUnmarked(alice, 0, 99_000_001);
        assertThat(nodes.nodes().get(0).unmarkedTwice()).isEqualTo(2);

        nodes.heardUnmarked(alice, 1, 99_000_001 + 100_000_000);
        assertThat(nodes.nodes().get(0).unmarkedTwice())
                .as("another link later")
                .isEqualTo(2);
    }

    @Test
    void whatIsTakenDownIsKnownToAnotherTable() {
        int alice = nodes.addSequenced(ALICE);
        nodes.heard(alice, 1, 5);
        nodes.announcedByRedBox(alice, BOB);
        nodes.heard(nodes.addUnsequenced(BOB), 0, 7);
        StateOutput out = new StateOutput();
        nodes.placesInUse().forEach(place -> nodes.save(place, out));

        NodeTable other = new NodeTable(new UnsafeBuffer(new byte[CAPACITY * NodeTable.BYTES_PER_PLACE]), CAPACITY, 7);
        other.place(BOB);
        StateInput in = new StateInput(out.octets());
        other.load(in);
        other.load(in);
        assertThat(in.isAtEnd()).isTrue();
        assertThat(other.nodes()).containsExactlyInAnyOrderElementsOf(nodes.nodes());
        assertThat(other.isSequenced(other.place(ALICE))).isTrue();
        assertThat(other.isSequenced(other.place(BOB))).isFalse();
        assertThat(other.placesInUse()).containsExactlyInAnyOrder(other.place(ALICE), other.place(BOB));
    }

    private static Node node(
            long address, Kind kind, boolean isAnnounced, long redBox, long firstHeard, List<Long> heard) {
        return new Node(address, kind, isAnnounced, 0, 0, redBox, firstHeard, heard, 0);
    }

    private static List<Long> heard(long onA, long onB) {
        List<Long> heard = new ArrayList<>(Collections.nCopies(8, Node.NEVER));
        heard.set(0, onA);
        heard.set(1, onB);
        return heard;
    }
}
