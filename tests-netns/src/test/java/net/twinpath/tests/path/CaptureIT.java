package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Capture;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.traffic.RawFrames;
import org.junit.jupiter.api.Test;

/** What crosses each link, as tshark sees it: PRP throughout, nothing malformed. */
class CaptureIT {
    private static final int HEADER_OCTETS = 14;
    private static final int TAG_OCTETS = 4;

    /** One captured frame as dissected; the fields are empty where tshark found none. */
    private record Dissected(
            String source,
            int length,
            boolean tagged,
            String version,
            String lan,
            String size,
            String suffix,
            String number,
            String malformed) {
        static Dissected of(String line) {
            String[] field = line.split("\t", -1);
            return new Dissected(
                    field[0],
                    Integer.parseInt(field[1]),
                    !field[2].isEmpty(),
                    field[3],
                    field[4],
                    field[5],
                    field[6],
                    field[7],
                    field[8]);
        }

        int lsduSize() {
            return length - HEADER_OCTETS - (tagged ? TAG_OCTETS : 0);
        }
    }

    @Test
    void everyFrameDissectsAsPrpWithContiguousNumbersAndTheSameOnBothLans() {
        try (TwoHosts<Cable> hosts = TwoHosts.start()) {
            Map<String, List<Dissected>> captured = new HashMap<>();
            Capture onA = hosts.lanA().capture(hosts.folder().resolve("a.pcap"));
            Capture onB = hosts.lanB().capture(hosts.folder().resolve("b.pcap"));
            send(hosts);
            captured.put("10", dissect(onA.stop()));
            captured.put("11", dissect(onB.stop()));

            captured.forEach(CaptureIT::checkLan);
            List<String> numbersOnA = identities(captured.get("10"));
            List<String> numbersOnB = identities(captured.get("11"));
            assertThat(common(numbersOnA, numbersOnB)).hasSizeGreaterThan(300);
            assertThat(common(numbersOnA, numbersOnB))
                    .containsExactlyInAnyOrderElementsOf(common(numbersOnB, numbersOnA));
        }
    }

    /** Echoes of all sizes both ways, IPv6 as the hosts make it by themselves, and frames with tags. */
    private static void send(TwoHosts<Cable> hosts) {
        for (int size : List.of(0, 1, 17, 18, 19, 100, 999, 1466)) {
            hosts.a().run("ping", "-q", "-c", "20", "-i", "0.002", "-s", Integer.toString(size), TwoHosts.ADDRESS_B);
        }
        try (RawFrames inside = RawFrames.open(hosts.a(), "dup0")) {
            for (int payload : List.of(2, 3, 46, 800, 1494)) {
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

    private static List<Dissected> dissect(Path file) {
        List<String> words =
                new ArrayList<>(List.of("tshark", "-r", file.toString(), "--enable-protocol", "prp", "-T", "fields"));
        for (String field : List.of(
                "eth.src",
                "frame.len",
                "vlan.id",
                "prp.trailer.version",
                "prp.trailer.prp_lan",
                "prp.trailer.prp_size",
                "prp.trailer.prp1_suffix",
                "prp.trailer.prp_sequence_nr",
                "_ws.malformed")) {
            words.add("-e");
            words.add(field);
        }
        return Command.run(words.toArray(String[]::new))
                .lines()
                .map(Dissected::of)
                .toList();
    }

    private static void checkLan(String lan, List<Dissected> frames) {
        assertThat(frames).hasSizeGreaterThan(300);
        assertThat(frames).filteredOn(Dissected::tagged).hasSize(5);
        for (Dissected frame : frames) {
            assertThat(frame.malformed()).as(frame.toString()).isEmpty();
            assertThat(frame.version()).as(frame.toString()).isEqualTo("PRP-1");
            assertThat(frame.lan()).as(frame.toString()).isEqualTo(lan);
            assertThat(frame.suffix()).as(frame.toString()).isEqualTo("0x88fb");
            assertThat(Integer.parseInt(frame.size())).as(frame.toString()).isEqualTo(frame.lsduSize());
            assertThat(frame.length()).as(frame.toString()).isGreaterThanOrEqualTo(frame.tagged() ? 70 : 66);
        }
        frames.stream()
                .collect(Collectors.groupingBy(
                        Dissected::source, Collectors.mapping(Dissected::number, Collectors.toList())))
                .forEach(CaptureIT::checkContiguous);
    }

    private static void checkContiguous(String source, List<String> numbers) {
        for (int i = 1; i < numbers.size(); i++) {
            assertThat(Integer.parseInt(numbers.get(i)))
                    .as("number %d of %s", i, source)
                    .isEqualTo((Integer.parseInt(numbers.get(i - 1)) + 1) & 0xFFFF);
        }
    }

    private static List<String> identities(List<Dissected> frames) {
        return frames.stream()
                .map(frame -> frame.source() + " " + frame.number())
                .toList();
    }

    /** The frames from the first to the last that the other capture has too: they do not begin and end together. */
    private static List<String> common(List<String> frames, List<String> other) {
        Set<String> others = Set.copyOf(other);
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
