package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames made up at the start to have the code compiled leave no trace: not in counters, nor in tables. */
class WarmUpIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String DEBUG = "-Dorg.slf4j.simpleLogger.log.twinpathd=debug";
    private static final Pattern MOVED = Pattern.compile("warm-up: [1-9][0-9]* frames");

    private final TemporaryFolder folder = TemporaryFolder.create("warm-up");
    private final Namespace a = Namespace.silent("a");
    private final Namespace b = Namespace.silent("b");
    private final Cable lanA = Cable.connect("lan-a", a, "lan0", b, "lan0");
    private final Cable lanB = Cable.connect("lan-b", a, "lan1", b, "lan1");

    @AfterEach
    void remove() {
        lanB.close();
        lanA.close();
        b.close();
        a.close();
        folder.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prp", "frer"})
    void madeUpFramesAreSeenNowhere(String format) {
        List.of("lan0", "lan1").forEach(b::up);
        String path = """
                [path.dup0]
                format = "%s"
                links = ["lan0", "lan1"]
                """.formatted(format);
        try (Twinpathd daemon = Twinpathd.startWithJavaOptions(DEBUG, a, folder, "a", path)) {
            Await.until(
                    "the code is warm", LIMIT, () -> MOVED.matcher(daemon.log()).find());
            JsonObject told = daemon.path();
            assertCounted(told.getAsJsonObject("counters"), List.of("out_frames", "out_sequenced", "in_frames"));
            for (JsonElement link : told.getAsJsonArray("links")) {
                JsonObject counters = link.getAsJsonObject().getAsJsonObject("counters");
                assertCounted(counters, List.of("rx_frames", "rx_first", "rx_duplicates"));
            }
            assertThat(told.getAsJsonArray("nodes")).isEmpty();
            assertThat(daemon.log()).doesNotContain("WARN");
        }
    }

    private static void assertCounted(JsonObject counters, List<String> keys) {
        keys.forEach(key -> assertThat(counters.get(key).getAsLong()).as(key).isZero());
    }
}
