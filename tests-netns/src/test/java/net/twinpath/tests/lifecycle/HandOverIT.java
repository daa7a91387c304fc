package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.impairment.ImpairedCable;
import net.twinpath.tests.impairment.Impairment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A daemon leaves its paths to another process of it while streams cross in both directions, as at a restart by systemd:
 * frames wait meanwhile, and none is lost or comes twice.
 */
class HandOverIT {
    private static final long SEED = 802_1_62439;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> MANAGER = List.of(
            "/usr/bin/python3",
            HandOverIT.class.getResource("/service_manager.py").getPath());

    private final TemporaryFolder folder = TemporaryFolder.create("hand-over");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Cable lanA = Cable.connect("lan-a", a, "lan0", b, "lan0");
    private final Cable lanB = Cable.connect("lan-b", a, "lan1", b, "lan1");
    private final Cable lanC = Cable.connect("lan-c", a, "lan2", b, "lan2");

    /** An interface that was never up has another queueing discipline than one that was. */
    @BeforeEach
    void plug() {
        for (String link : List.of("lan0", "lan1", "lan2")) {
            a.up(link);
            b.up(link);
        }
    }

    @AfterEach
    void remove() {
        lanC.close();
        lanB.close();
        lanA.close();
        b.close();
        a.close();
        folder.close();
    }

    private static String path(String address, String more) {
        return """
                [path.dup0]
                address = ["%s/24"]
                links = ["lan0", "lan1"]
                %s
                """.formatted(address, more);
    }

    private Twinpathd daemon(Namespace host, String label, String paths) {
        return Twinpathd.startManaged(MANAGER, host, folder, label, paths);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "format = \"frer\"", """
                format = "frer"
                [[path.dup0.stream]]
                name = "voice"
                match = { protocol = "udp" }
                recovery = { individual = true }
                """})
    void nothingIsLostAndNothingComesTwice(String more) {
        HostSnapshot before = HostSnapshot.of(b);
        try (Twinpathd atA = daemon(a, "a", path("10.77.0.1", more));
                Twinpathd atB = daemon(b, "b", path("10.77.0.2", more))) {
            atA.awaitCondition("protected");
            atB.awaitCondition("protected");
            int index = b.interfaceIndex("dup0");
            CrossingStreams traffic = traffic();
            traffic.flowForASecond();
            for (Twinpathd daemon : List.of(atB, atA, atB)) {
                daemon.handOver();
                traffic.flowForASecond();
            }
            traffic.assertWhole();
            atB.awaitCondition("protected");
            assertThat(b.interfaceIndex("dup0")).isEqualTo(index);
            assertThat(atB.log()).contains("started with 6 descriptors");
            awaitPacketSockets(6);
            assertThat(atB.stop()).as(atB.log()).isZero();
        }
        before.assertRestored(b);
    }

    /** Frames whose first copies were passed before have their second ones in the rings while nobody looks at them. */
    @ParameterizedTest
    @ValueSource(strings = {"prp", "frer"})
    void copiesThatCameMeanwhileAreRemoved(String format) {
        try (ImpairedCable late = ImpairedCable.connect("late", SEED, a, "late0", b, "late0")) {
            late.impair(Impairment.parse("delay=30ms"));
            a.up("late0");
            b.up("late0");
            String more = "format = \"" + format + "\"";
            try (Twinpathd atA = daemon(a, "a", path("10.77.0.1", more).replace("lan1", "late0"));
                    Twinpathd atB = daemon(b, "b", path("10.77.0.2", more).replace("lan1", "late0"))) {
                atA.awaitCondition("protected");
                atB.awaitCondition("protected");
                CrossingStreams traffic = traffic();
                traffic.flowForASecond();
                for (Twinpathd daemon : List.of(atB, atA)) {
                    daemon.handOver();
                    traffic.flowForASecond();
                }
                traffic.assertWhole();
            }
        }
    }

    @Test
    void whatTheFileDoesNotNameAnyMoreIsGivenBack() {
        HostSnapshot before = HostSnapshot.of(b);
        try (Twinpathd atB = daemon(b, "b", path("10.77.0.2", ""))) {
            atB.configure("");
            atB.handOver();
            awaitPacketSockets(0);
            before.assertRestored(b);
            assertThat(atB.stop()).as(atB.log()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLinkThatWasRenamedMeanwhileIsGivenBack(boolean nameIsTaken) {
        HostSnapshot before = HostSnapshot.of(b);
        try (Twinpathd atB = daemon(b, "b", path("10.77.0.2", ""))) {
            rename("lan1", "away0");
            if (nameIsTaken) {
                rename("lan2", "lan1");
            }
            atB.handOver();
            assertThat(b.run("ip", "link", "show", "dev", "away0")).doesNotContain("NOARP");
            assertThat(atB.stop()).as(atB.log()).isZero();
        }
        if (nameIsTaken) {
            rename("lan1", "lan2");
        }
        rename("away0", "lan1");
        before.assertRestored(b);
    }

    private void rename(String name, String newName) {
        b.run("ip", "link", "set", name, "down");
        b.run("ip", "link", "set", name, "name", newName);
        b.up(newName);
    }

    /** What a successor needs to know is written again when it is to come. */
    @Test
    void linksAreGivenBackThoughWhatWasKeptOfThemIsGone() throws IOException {
        HostSnapshot before = HostSnapshot.of(b);
        try (Twinpathd atB = daemon(b, "b", path("10.77.0.2", ""))) {
            List<Path> kept;
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(""), "*.port")) {
                kept = StreamSupport.stream(files.spliterator(), false).toList();
            }
            assertThat(kept).hasSize(2);
            for (Path file : kept) {
                Files.delete(file);
            }
            atB.handOver();
            assertThat(atB.stop()).as(atB.log()).isZero();
        }
        before.assertRestored(b);
    }

    @Test
    void noScrapeIsMissed() {
        try (Twinpathd atB = daemon(b, "b", "[metrics]\nlisten = \"127.0.0.1:9477\"\n" + path("10.77.0.2", ""))) {
            Scraper scraper = new Scraper("127.0.0.1", 9477);
            AtomicBoolean isOver = new AtomicBoolean();
            ConcurrentSkipListSet<String> starts = new ConcurrentSkipListSet<>();
            Future<Integer> scrapes = b.submit("scrapes", () -> {
                int count = 0;
                for (; !isOver.get(); count++) {
                    scraper.text()
                            .lines()
                            .filter(line -> line.startsWith("twinpath_start_time_seconds "))
                            .forEach(starts::add);
                }
                return count;
            });
            for (int handedOver = 0; handedOver < 3; handedOver++) {
                atB.handOver();
                int answered = handedOver + 2;
                Await.until("it answers", LIMIT, () -> scrapes.isDone() || starts.size() == answered);
            }
            isOver.set(true);
            assertThat(Await.result("scrapes", LIMIT, scrapes)).isPositive();
        }
    }

    @Test
    void otherLinksAreTakenAndTheFormerGivenBack() {
        HostSnapshot before = HostSnapshot.of(b);
        try (Twinpathd atA = daemon(a, "a", path("10.77.0.1", ""));
                Twinpathd atB = daemon(b, "b", path("10.77.0.2", ""))) {
            atA.awaitCondition("protected");
            CrossingStreams traffic = traffic();
            traffic.flowForASecond();
            atB.configure(path("10.77.0.2", "").replace("lan1", "lan2"));
            atB.handOver();
            atA.reload(path("10.77.0.1", "").replace("lan1", "lan2"));
            atB.awaitCondition("protected");
            traffic.assertWhole();
            awaitPacketSockets(6);
            assertThat(atB.stop()).as(atB.log()).isZero();
        }
        before.assertRestored(b);
    }

    private CrossingStreams traffic() {
        return new CrossingStreams(a, "10.77.0.1", b, "10.77.0.2");
    }

    /** Two for each port of one daemon, once the manager keeps none any more. */
    private void awaitPacketSockets(int count) {
        Await.until(
                count + " packet sockets",
                LIMIT,
                () -> b.run("cat", "/proc/net/packet").lines().count() == 1 + count);
    }
}
