package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.twinpath.daemon.event.Event;
import org.junit.jupiter.api.Test;

/** Which nodes are told to have come and gone. */
class PeerWatchTest {
    private final List<Event> told = new ArrayList<>();
    private final PeerWatch watch = new PeerWatch("dup0", told::add);

    private List<String> look(Long... now) {
        told.clear();
        watch.look(List.of(now));
        return told.stream()
                .map(event -> event.kind().text() + ": " + event.words())
                .toList();
    }

    @Test
    void aNodeIsToldWhenItComesGoesAndComesBack() {
        assertThat(look(0x02_00_00_00_00_0AL)).containsExactly("peer-heard: 02:00:00:00:00:0a is heard");
        assertThat(look(0x02_00_00_00_00_0AL)).isEmpty();
        assertThat(look()).containsExactly("peer-gone: 02:00:00:00:00:0a is not heard on any link any more");
        assertThat(look(0x02_00_00_00_00_0AL)).containsExactly("peer-heard: 02:00:00:00:00:0a is heard");
    }

    @Test
    void manyAtOnceAreToldInOneEvent() {
        Long[] forged = LongStream.range(0, 500).boxed().toArray(Long[]::new);
        assertThat(look(forged)).singleElement().asString().startsWith("peer-heard: 500 nodes are heard, among them ");
        assertThat(look())
                .singleElement()
                .asString()
                .startsWith("peer-gone: 500 nodes are not heard on any link any more");
    }

    @Test
    void whoIsNotHeardAfterTheDataPathBeganAnewHasNotGone() {
        look(1L);
        watch.forget();
        assertThat(look()).isEmpty();
    }
}
