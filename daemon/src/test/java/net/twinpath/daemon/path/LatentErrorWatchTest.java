package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.daemon.event.Event;
import org.junit.jupiter.api.Test;

/** Of which streams latent errors are told. */
class LatentErrorWatchTest {
    @Test
    void anErrorIsToldWhenItComesAndWhenItIsOver() {
        List<Event> told = new ArrayList<>();
        LatentErrorWatch watch = new LatentErrorWatch("feed", told::add);
        watch.look(List.of("camera"));
        watch.look(List.of("camera", "lidar"));
        watch.look(List.of("lidar"));
        assertThat(told)
                .extracting(event -> event.kind().text() + " " + event.path().orElse("") + ": " + event.words())
                .containsExactly(
                        "latent-error feed: not every link brings every frame of stream camera",
                        "latent-error feed: not every link brings every frame of stream lidar",
                        "latent-error-over feed: every link brings every frame of stream camera again");
    }
}
