package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.twinpath.duppath.nodes.Node;
import org.junit.jupiter.api.Test;

/** Which links a neighbour is missed on, told by when it was heard on the others. */
class NeighbourhoodTest {
    private static final long SECOND = 1_000_000_000;
    private static final long NOW = 1_000 * SECOND;
    private static final int A = 0;
    private static final int B = 1;

    @Test
    void neighbourHeardEverywhereIsMissedNowhere() {
        Neighbourhood all = around(node(SECOND, 0, NOW - SECOND, NOW - 2 * SECOND));
        assertThat(all.missingOn(A, 0)).isEmpty();
        assertThat(all.missingOn(B, 0)).isEmpty();
        assertThat(all.isSilent(B, 0)).isFalse();
    }

    @Test
    void neighbourIsMissedAfterThreeAndAHalfIntervals() {
        long last = NOW - SECOND;
        assertThat(around(node(SECOND, 0, last, last - 7 * SECOND / 2)).isSilent(B, 0))
                .isFalse();
        assertThat(around(node(SECOND, 0, last, last - 7 * SECOND / 2 - 1)).isSilent(B, 0))
                .isTrue();
    }

    @Test
    void neighbourThatIsGoneAltogetherSaysNothingOfALink() {
        Neighbourhood all = around(node(SECOND, 0, NOW - 10 * SECOND, NOW - 20 * SECOND));
        assertThat(all.present()).isEmpty();
        assertThat(all.isSilent(B, 0)).isFalse();
    }

    @Test
    void linkThatCarriesSinceAMomentAgoAndNeighbourJustHeardAreGivenTime() {
        Node longGone = node(SECOND, 0, NOW, NOW - 100 * SECOND);
        assertThat(around(longGone).isSilent(B, NOW - SECOND)).isFalse();
        assertThat(around(longGone).isSilent(B, NOW - 10 * SECOND)).isTrue();

        assertThat(around(node(SECOND, 0, NOW - 3 * SECOND, NOW, Node.NEVER)).isSilent(B, 0))
                .isFalse();
        assertThat(around(node(SECOND, 0, NOW - 4 * SECOND, NOW, Node.NEVER)).isSilent(B, 0))
                .isTrue();
    }

    @Test
    void nodesThatDoNotSayHowOftenHaveTheIntervalOfAll() {
        Node prp = node(0, 0, NOW, NOW - 8 * SECOND);
        assertThat(new Neighbourhood(List.of(prp), 2 * SECOND).isSilent(B, 0)).isTrue();
        assertThat(new Neighbourhood(List.of(prp), 3 * SECOND).isSilent(B, 0)).isFalse();
    }

    @Test
    void linkWithSomeNeighboursIsNotSilent() {
        Neighbourhood two =
                around(node(SECOND, 0, NOW, NOW - 100 * SECOND), node(SECOND, 0, NOW - SECOND, NOW - SECOND));
        assertThat(two.isSilent(B, 0)).isFalse();
        assertThat(two.missingOn(B, 0)).hasSize(1);
    }

    @Test
    void linkIsUnheardWhenEveryNeighbourOnItSaysSo() {
        Node deafOnB = node(SECOND, 1 << B, NOW, NOW);
        Node hearing = node(SECOND, 0, NOW, NOW);
        Node goneFromB = node(SECOND, 1 << B, NOW, NOW - 100 * SECOND);
        assertThat(around(deafOnB).isUnheard(B, 0)).isTrue();
        assertThat(around(deafOnB).isUnheard(A, 0)).isFalse();
        assertThat(around(deafOnB, hearing).isUnheard(B, 0)).isFalse();
        assertThat(around(deafOnB, hearing).deafOn(B, 0)).containsExactly(deafOnB);
        assertThat(around(goneFromB).isUnheard(B, 0)).isFalse();
    }

    @Test
    void sendersThatDoNotAnnounceThemselvesAreNoNeighbours() {
        Node san = new Node(1, Node.Kind.SAN, false, 0, 0, 0, 0, heard(NOW, Node.NEVER), 0);
        assertThat(around(san).present()).isEmpty();
    }

    private static Neighbourhood around(Node... nodes) {
        return Neighbourhood.of(List.of(nodes), 2 * SECOND, NOW);
    }

    private static Node node(long intervalNs, int defects, long onA, long onB) {
        return node(intervalNs, defects, 0, onA, onB);
    }

    private static Node node(long intervalNs, int defects, long first, long onA, long onB) {
        return new Node(1, Node.Kind.DAN, true, intervalNs, defects, 0, first, heard(onA, onB), 0);
    }

    private static List<Long> heard(long onA, long onB) {
        List<Long> heard = new ArrayList<>(Collections.nCopies(8, Node.NEVER));
        heard.set(A, onA);
        heard.set(B, onB);
        return heard;
    }
}
