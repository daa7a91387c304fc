package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Capture;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.traffic.RawFrames;
import org.junit.jupiter.api.Test;

/** What crosses each link, as tshark sees it: PRP or FRER throughout, nothing malformed, the same on both links. */
class CaptureIT {
    private static final int HEADER_OCTETS = 14;
    private static final int TAG_OCTETS = 4;
    private static final int LEAST_OCTETS = 60;
    private static final int LEAST_WITH_TRAILER_OCTETS = 66;
    private static final int TAGGED_FRAMES = 5;

    @Test
    void everyFrameDissectsAsPrpWithContiguousNumbersAndTheSameOnBothLans() {
        Captured captured = capture(TwoHosts.PRP, Trailer.FIELDS);
        captured.checkWellFormed();
        checkTrailers("10", captured.onA());
        checkTrailers("11", captured.onB());
        checkNumbers(captured.numbers(fields -> new Numbered(fields.get(0), Integer.parseInt(fields.get(7)))));
    }

    /** One frame's trailer. */
    private record Trailer(int length, boolean tagged, String version, String lan, int size, String suffix) {
        static final List<String> FIELDS = List.of(
                "eth.src",
                "frame.len",
                "vlan.id",
                "prp.trailer.version",
                "prp.trailer.prp_lan",
                "prp.trailer.prp_size",
                "prp.trailer.prp1_suffix",
                "prp.trailer.prp_sequence_nr");

        static Trailer of(List<String> fields) {
            return new Trailer(
                    Integer.parseInt(fields.get(1)),
                    !fields.get(2).isEmpty(),
                    fields.get(3),
                    fields.get(4),
                    Integer.parseInt(fields.get(5)),
                    fields.get(6));
        }

        int lsduSize() {
            return length - HEADER_OCTETS - (tagged ? TAG_OCTETS : 0);
        }
    }

    private static void checkTrailers(String lan, List<List<String>> frames) {
        List<Trailer> trailers = frames.stream().map(Trailer::of).toList();
        assertThat(trailers).filteredOn(Trailer::tagged).hasSize(TAGGED_FRAMES);
        assertThat(trailers).allSatisfy(trailer -> {
            assertThat(trailer.version()).isEqualTo("PRP-1");
            assertThat(trailer.lan()).isEqualTo(lan);
            assertThat(trailer.suffix()).isEqualTo("0x88fb");
            assertThat(trailer.size()).isEqualTo(trailer.lsduSize());
            assertThat(trailer.length())
                    .isGreaterThanOrEqualTo(LEAST_WITH_TRAILER_OCTETS + (trailer.tagged() ? TAG_OCTETS : 0));
        });
    }

    @Test
    void everyFrameDissectsWithItsRTagAndTheSameOnBothLinks() {
        Captured captured = capture(TwoHosts.FRER, RTag.FIELDS).withoutContinuityChecks();
        captured.checkWellFormed();
        checkRTags(captured.onA());
        checkRTags(captured.onB());
        assertThat(captured.onA().stream().filter(fields -> RTag.of(fields).tagged()))
                .hasSize(TAGGED_FRAMES);
        checkNumbers(captured.numbers(CaptureIT::numberOfRTag));
    }

    @Test
    void everyFrameDissectsWithItsRTagBehindItsLinksVlan() {
        // tshark 4.0 calls padding behind an R-TAG malformed when a VLAN tag stands in front: frames that have some are
        // left out.
        Captured captured = capture(TwoHosts.FRER_STREAMS, RTag.FIELDS)
                .withoutContinuityChecks()
                .withoutPadded();
        captured.checkWellFormed();
        checkRTags(captured.onA());
        checkRTags(captured.onB());
        assertThat(captured.onA())
                .allSatisfy(fields -> assertThat(fields.get(2)).startsWith("66"));
        assertThat(captured.onB())
                .allSatisfy(fields -> assertThat(fields.get(2)).startsWith("67"));
        checkSame(captured.numbers(CaptureIT::numberOfRTag));
    }

    /** One frame's R-TAG. */
    private record RTag(int length, boolean tagged, String number, String type) {
        static final List<String> FIELDS =
                List.of("eth.src", "frame.len", "vlan.id", "ieee8021cb.seq", "ieee8021cb.etype", "cfm.opcode");

        static RTag of(List<String> fields) {
            return new RTag(Integer.parseInt(fields.get(1)), !fields.get(2).isEmpty(), fields.get(3), fields.get(4));
        }
    }

    private static Numbered numberOfRTag(List<String> fields) {
        return new Numbered(fields.get(0), Integer.decode(RTag.of(fields).number()));
    }

    private static void checkRTags(List<List<String>> frames) {
        assertThat(frames.stream().map(RTag::of)).allSatisfy(tag -> {
            assertThat(tag.number()).startsWith("0x");
            assertThat(tag.type()).isIn("0x0800", "0x0806", "0x86dd", "0x8100", "0x88b5");
            assertThat(tag.length()).isGreaterThanOrEqualTo(LEAST_OCTETS);
        });
    }

    @Test
    void continuityCheckMessagesDissectInEachLinksVlan() {
        List<String> fields = List.of(
                "eth.dst",
                "vlan.id",
                "cfm.md.level",
                "cfm.opcode",
                "cfm.flags.rdi",
                "cfm.flags.interval",
                "cfm.maid.ma.name.string",
                "eth.src",
                "cfm.ccm.seq.num");
        Captured captured = capture(TwoHosts.FRER_STREAMS, fields);
        checkContinuityChecks("66", captured.onA());
        checkContinuityChecks("67", captured.onB());
    }

    private static void checkContinuityChecks(String vlan, List<List<String>> frames) {
        List<List<String>> messages =
                frames.stream().filter(fields -> !fields.get(3).isEmpty()).toList();
        assertThat(messages)
                .isNotEmpty()
                .allSatisfy(fields -> assertThat(fields.subList(0, 7))
                        .containsExactly("01:80:c2:00:00:37", vlan, "7", "1", "0", "4", "twinpath"));
        assertThat(messages)
                .allSatisfy(fields -> assertThat(fields.get(fields.size() - 1)).isEmpty());
        assertThat(messages.stream().map(fields -> fields.get(7) + fields.get(8)))
                .doesNotHaveDuplicates();
    }

    private static Captured capture(String keys, List<String> fields) {
        try (TwoHosts<Cable> hosts = TwoHosts.start(Cable::connect, keys)) {
            Capture onA = hosts.lanA().capture(hosts.folder().resolve("a.pcap"));
            Capture onB = hosts.lanB().capture(hosts.folder().resolve("b.pcap"));
            send(hosts);
            return new Captured(dissect(onA.stop(), fields), dissect(onB.stop(), fields));
        }
    }

    /** Echoes of all sizes both ways, IPv6 as the hosts make it by themselves, and frames with tags. */
    private static void send(TwoHosts<Cable> hosts) {
        for (int size : List.of(0, 1, 17, 18, 19, 100, 999, 1466)) {
            hosts.a().run("ping", "-q", "-c", "20", "-i", "0.002", "-s", Integer.toString(size), TwoHosts.ADDRESS_B);
        }
        try (RawFrames inside = RawFrames.open(hosts.a(), "dup0")) {
            for (int payload : List.of(2, 3, 46, 800, 1490)) {
                inside.send(tagged(hosts, payload));
            }
        }
        hosts.b().run("ping", "-q", "-c", "1", TwoHosts.ADDRESS_A);
    }

    private static byte[] tagged(TwoHosts<Cable> hosts, int payload) {
        String source =
                hosts.a().run("cat", "/sys/class/net/dup0/address").strip().replace(":", "");
        String hex = "ffffffffffff" + source + "81006005" + "88b5" + "00".repeat(payload);
        return HexFormat.of().parseHex(hex);
    }

    /** The wanted fields of each frame, empty where there are none, and what is malformed. */
    private static List<List<String>> dissect(Path file, List<String> fields) {
        List<String> words =
                new ArrayList<>(List.of("tshark", "-r", file.toString(), "--enable-protocol", "prp", "-T", "fields"));
        fields.forEach(field -> words.addAll(List.of("-e", field)));
        words.addAll(List.of("-e", "_ws.malformed"));
        return Command.run(words.toArray(String[]::new))
                .lines()
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    /** The frames of both links as dissected. */
    private record Captured(List<List<String>> onA, List<List<String>> onB) {
        Captured withoutContinuityChecks() {
            return new Captured(withoutContinuityChecks(onA), withoutContinuityChecks(onB));
        }

        private static List<List<String>> withoutContinuityChecks(List<List<String>> frames) {
            return frames.stream().filter(fields -> fields.get(5).isEmpty()).toList();
        }

        Captured withoutPadded() {
            return new Captured(withoutPadded(onA), withoutPadded(onB));
        }

        private static List<List<String>> withoutPadded(List<List<String>> frames) {
            return frames.stream()
                    .filter(fields -> RTag.of(fields).length() > LEAST_OCTETS + TAG_OCTETS)
                    .toList();
        }

        void checkWellFormed() {
            assertThat(onA)
                    .allSatisfy(
                            fields -> assertThat(fields.get(fields.size() - 1)).isEmpty());
            assertThat(onB)
                    .allSatisfy(
                            fields -> assertThat(fields.get(fields.size() - 1)).isEmpty());
        }

        List<List<Numbered>> numbers(Function<List<String>, Numbered> number) {
            return List.of(
                    onA.stream().map(number).toList(), onB.stream().map(number).toList());
        }
    }

    /** A frame by who sent it and its sequence number. */
    private record Numbered(String source, int number) {}

    private static void checkNumbers(List<List<Numbered>> links) {
        for (List<Numbered> link : links) {
            Map<String, List<Integer>> bySource = link.stream()
                    .collect(Collectors.groupingBy(
                            Numbered::source, Collectors.mapping(Numbered::number, Collectors.toList())));
            bySource.forEach(CaptureIT::checkContiguous);
        }
        checkSame(links);
    }

    private static void checkContiguous(String source, List<Integer> numbers) {
        for (int i = 1; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).as("number %d of %s", i, source).isEqualTo((numbers.get(i - 1) + 1) & 0xFFFF);
        }
    }

    private static void checkSame(List<List<Numbered>> links) {
        List<Numbered> onA = common(links.get(0), links.get(1));
        List<Numbered> onB = common(links.get(1), links.get(0));
        assertThat(onA).hasSizeGreaterThan(200).containsExactlyInAnyOrderElementsOf(onB);
    }

    /** The frames from the first to the last that the other capture has too: they do not begin and end together. */
    private static List<Numbered> common(List<Numbered> frames, List<Numbered> other) {
        Set<Numbered> others = Set.copyOf(other);
        int first = 0;
        int last = frames.size();
        while (first < last && !others.contains(frames.get(first))) {
            first++;
        }
        while (last > first && !others.contains(frames.get(last - 1))) {
            last--;
        }
        return frames.subList(first, last);
    }
}
