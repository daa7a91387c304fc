package net.twinpath.daemon.path;

import static net.twinpath.daemon.path.LinkCondition.CARRYING;
import static net.twinpath.daemon.path.LinkCondition.GONE;
import static net.twinpath.daemon.path.LinkCondition.NO_CARRIER;
import static net.twinpath.daemon.path.LinkCondition.SILENT;
import static net.twinpath.daemon.path.LinkWatch.SILENT_AFTER_FRAMES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A link is judged by its carrier and by whether it brings what the others bring. */
class LinkWatchTest {
    private final LinkWatch watch = new LinkWatch(true);

    @Test
    void quietPathHasNoSilentLink() {
        watch.sample(0, 0);
        watch.sample(0, 0);
        assertThat(watch.condition()).isEqualTo(CARRYING);
    }

    @Test
    void linkThatBringsNothingWhileOthersDoIsSilentUntilItBringsSomething() {
        watch.sample(100, 100);
        watch.sample(100, 100 + SILENT_AFTER_FRAMES - 1);
        assertThat(watch.condition()).isEqualTo(CARRYING);

        watch.sample(100, 100 + SILENT_AFTER_FRAMES);
        assertThat(watch.condition()).isEqualTo(SILENT);

        watch.sample(101, 100 + 2 * SILENT_AFTER_FRAMES);
        assertThat(watch.condition()).isEqualTo(CARRYING);
    }

    @Test
    void linkThatLosesSomeIsNotSilent() {
        for (int frames = 0; frames < 1_000; frames += 10) {
            watch.sample(frames / 5, frames);
        }
        assertThat(watch.condition()).isEqualTo(CARRYING);
    }

    @Test
    void carrierGoesBeforeSilence() {
        watch.sample(0, 0);
        watch.interfaceState(true, false);
        watch.sample(0, 1_000);
        assertThat(watch.condition()).isEqualTo(NO_CARRIER);
    }

    @Test
    void framesMissedWithoutCarrierAreNotHeldAgainstTheLinkWhenItIsBack() {
        watch.sample(10, 10);
        watch.interfaceState(true, false);
        watch.sample(10, 1_000);
        watch.interfaceState(true, true);
        watch.sample(10, 1_000);
        assertThat(watch.condition()).isEqualTo(CARRYING);

        watch.sample(10, 1_000 + SILENT_AFTER_FRAMES);
        assertThat(watch.condition()).isEqualTo(SILENT);
    }

    @Test
    void removedInterfaceIsGoneUntilItIsBack() {
        watch.interfaceState(false, false);
        assertThat(watch.condition()).isEqualTo(GONE);
        watch.interfaceState(true, true);
        assertThat(watch.condition()).isEqualTo(CARRYING);
    }
}
