package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.daemon.event.Event;
import net.twinpath.daemon.path.ImpairmentWatch.Impairment;
import org.junit.jupiter.api.Test;

/** Of which links it is told that they are late or crossed. */
class ImpairmentWatchTest {
    private final List<Event> told = new ArrayList<>();
    private final ImpairmentWatch watch = new ImpairmentWatch("dup0", told::add);

    @Test
    void anImpairmentIsToldWhenItComesAndWhenItIsOver() {
        watch.look(List.of(Impairment.late("lan1", "lan0", 30)));
        watch.look(List.of(Impairment.late("lan1", "lan0", 31), Impairment.crossed("lan1")));
        watch.look(List.of(Impairment.crossed("lan1")));
        watch.look(List.of());
        assertThat(told)
                .extracting(event -> event.kind().text() + " " + event.link().orElse("") + ": " + event.words())
                .containsExactly(
                        "link-impaired lan1: lan1 is later than lan0 by 30 ms (half of the frames)",
                        "link-impaired lan1: lan1 brings frames of the other LAN",
                        "link-impairment-over lan1: lan1 is not late any more",
                        "link-impairment-over lan1: lan1 brings frames of its own LAN only again");
    }

    @Test
    void whatGoesOnIsKnownByItsLink() {
        watch.look(List.of(Impairment.late("lan1", "lan0", 30)));
        assertThat(watch.isTold(Impairment.late("lan1", "lan0", 8))).isTrue();
        assertThat(watch.isTold(Impairment.late("lan0", "lan1", 8))).isFalse();
        assertThat(watch.isTold(Impairment.crossed("lan1"))).isFalse();
    }
}
