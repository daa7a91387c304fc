package net.twinpath.duppath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.linux.PacketRing;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a path leaves whose links were not all there, and which links that is of. */
class KeptPathTest {
    private static final PortSettings INSIDE = new PortSettings("dup0-in", 2, 1494, 0);
    private static final PortSettings FIRST = new PortSettings("lan0", 3, 1500, 0);
    private static final PortSettings SECOND = new PortSettings("lan1", 4, 1500, 0);
    private static final PortSettings MISSING = new PortSettings("lan1", PortSettings.ABSENT, 1500, 0);

    private static KeptPath left(PortSettings... links) {
        List<Port.Kept> ports = List.of(links).stream()
                .map(link -> new Port.Kept(link, 0, Optional.empty()))
                .toList();
        return new KeptPath(
                1, "PRP", new Port.Kept(INSIDE, -1, Optional.empty()), ports, new UnsafeBuffer(new byte[0]));
    }

    @Test
    void aLinkThatHasComeOrGoneIsTheSameLink() {
        assertThat(left(FIRST, MISSING).isOf(List.of(FIRST, SECOND))).isTrue();
        assertThat(left(FIRST, SECOND).isOf(List.of(FIRST, MISSING))).isTrue();
        assertThat(left(FIRST, MISSING).isOf(List.of(FIRST, MISSING))).isTrue();
        assertThat(left(FIRST, SECOND).isOf(List.of(FIRST, new PortSettings("lan1", 9, 1506, 0))))
                .isTrue();
    }

    @Test
    void otherLinksAreOthers() {
        assertThat(left(FIRST, SECOND).isOf(List.of(SECOND, FIRST))).isFalse();
        assertThat(left(FIRST, SECOND).isOf(List.of(FIRST))).isFalse();
        assertThat(left(FIRST, SECOND).isOf(List.of(FIRST, new PortSettings("lan2", 4, 1500, 0))))
                .isFalse();
        assertThat(left(FIRST, SECOND).isOf(List.of(FIRST, new PortSettings("lan1", 4, 1500, 66))))
                .isFalse();
    }

    @Test
    void nobodyGoesOnWithALinkThatWasMissing() {
        KeptPath kept = left(FIRST, MISSING);

        assertThat(kept.goOnWithLink(MISSING, 1)).isEmpty();
        assertThat(kept.goOnWithLink(SECOND, 1)).isEmpty();
    }

    @Test
    void aLinkThatIsMissingBringsNothingAndLeavesNoSocket() {
        Port missing = Port.link(MISSING, 1);

        assertThat(missing.carrier()).isFalse();
        assertThat(missing.fd()).as("passed over by poll(2)").isNegative();
        assertThat(missing.ring().nextArrivedNs()).isEqualTo(PacketRing.NOTHING_WAITS);
        assertThat(missing.ring().ringFullDrops()).isZero();
        assertThat(missing.leave()).isEqualTo(new Port.Kept(MISSING, 1, Optional.empty()));
    }
}
