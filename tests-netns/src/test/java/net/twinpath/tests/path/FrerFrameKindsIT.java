package net.twinpath.tests.path;

import static net.twinpath.tests.path.TappedHost.OWN;
import static net.twinpath.tests.path.TappedHost.rTag;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.twinpath.tests.fixture.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** FRER octet by octet through a running daemon, over links without VLANs; named streams and frames of none. */
@TestInstance(Lifecycle.PER_CLASS)
class FrerFrameKindsIT {
    private static final String PEER = "02000000bb00";
    private static final String CAMERA = "0300000000c1";
    private static final String LENIENT = "0300000000c2";
    private static final String STUCK = "0300000000c3";
    private static final String ALONE = "0300000000f1";
    private static final String UNWANTED = "0300000000d0";
    private static final long STUCK_RESET_MS = 1_000;

    /** Everything that may become of a frame of a link; what is only noted beside it is not among them. */
    private static final List<String> FATES = List.of(
            "rx_first",
            "rx_duplicates",
            "rx_repeated",
            "rx_late",
            "rx_rogue",
            "rx_unsequenced",
            "rx_tagless_dropped",
            "rx_bad_tag",
            "rx_other_vlan",
            "rx_own",
            "rx_dropped",
            "rx_link_local",
            "rx_super_frames",
            "rx_too_short");

    private TappedHost host;

    @BeforeAll
    void start() {
        host = TappedHost.frer(
                List.of(0, 0),
                "mtu = 1500\n"
                        + stream("camera", CAMERA, "")
                        + stream("lenient", LENIENT, "recovery = { take-no-sequence = true }\n")
                        + stream(
                                "stuck",
                                STUCK,
                                "recovery = { individual = true, latent-error = false, reset = \"" + STUCK_RESET_MS
                                        + "ms\" }\n")
                        + stream("alone", ALONE, "action = \"first-link\"\n")
                        + stream("unwanted", UNWANTED, "action = \"drop\"\n"));
    }

    static String stream(String name, String destination, String keys) {
        String mac = destination.replaceAll("..(?!$)", "$0:");
        return "[[path.dup0.stream]]\nname = \"" + name + "\"\nmatch = { destination-mac = \"" + mac + "\" }\n" + keys;
    }

    @AfterAll
    void stop() {
        host.close();
    }

    @Test
    void tagStandsBehindTheAddressesAndIsTheSameOnBothLinks() {
        host.fromInside(PEER + OWN + "0800" + "5a".repeat(100));

        TappedHost.Sent sent = host.sent();
        String onA = only(sent.onA());
        assertThat(onA).isEqualTo(PEER + OWN + rTag(number(onA, 12)) + "0800" + "5a".repeat(100));
        assertThat(only(sent.onB())).isEqualTo(onA);
    }

    @Test
    void tagStandsBehindTheOuterVlanTag() {
        List<String> tags = List.of("81006005", "8100a000", "88a80064" + "81000005");
        for (String tag : tags) {
            host.fromInside(PEER + OWN + tag + "0800" + "11".repeat(60));
        }

        TappedHost.Sent sent = host.sent();
        assertThat(sent.onA()).hasSize(tags.size());
        for (int i = 0; i < tags.size(); i++) {
            String frame = sent.onA().get(i);
            String outer = tags.get(i).substring(0, 8);
            String inner = tags.get(i).substring(8);
            assertThat(frame)
                    .isEqualTo(PEER + OWN + outer + rTag(number(frame, 16)) + inner + "0800" + "11".repeat(60));
        }
        assertThat(sent.onB()).isEqualTo(sent.onA());
    }

    @Test
    void shortFramesArePaddedWithTheirTags() {
        host.fromInside(PEER + OWN + "0806" + "0001");
        host.fromInside(PEER + OWN + "81006005" + "0800" + "c0ffee");

        List<String> sent = host.sent().onA();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).hasSize(2 * 60).endsWith("0806" + "0001" + "00".repeat(38));
        assertThat(sent.get(1)).hasSize(2 * 60).endsWith("0800" + "c0ffee" + "00".repeat(33));
    }

    @Test
    void largestFramesPassBothWays() {
        String plain = "0800" + "77".repeat(1500);
        String tagged = "81000002" + "0800" + "88".repeat(1500);
        host.fromInside(PEER + OWN + plain);
        host.fromInside(PEER + OWN + tagged);

        TappedHost.Sent sent = host.sent();
        assertThat(sent.onA()).hasSize(2);
        assertThat(sent.onA().get(0)).hasSize(2 * 1520).endsWith(plain);
        assertThat(sent.onA().get(1)).hasSize(2 * 1524).endsWith(tagged.substring(8));
        assertThat(sent.onB()).isEqualTo(sent.onA());

        host.onLanB(OWN + PEER + rTag(0x7000) + plain);
        host.onLanB(OWN + PEER + "81000002" + rTag(0x7001) + tagged.substring(8));
        assertThat(host.insideReceived()).containsExactly(OWN + PEER + plain, OWN + PEER + tagged);
    }

    @Test
    void eachStreamHasItsOwnContiguousNumbersTheSameOnBothLinks() {
        List<String> destinations = List.of(CAMERA, LENIENT, PEER);
        int frames = 300;
        for (int i = 0; i < frames; i++) {
            for (String destination : destinations) {
                host.fromInside(destination + OWN + "0800" + "33".repeat(46));
            }
        }

        TappedHost.Sent sent = host.sent();
        assertThat(sent.onA()).hasSize(3 * frames);
        assertThat(sent.onB()).isEqualTo(sent.onA());
        for (String destination : destinations) {
            List<Integer> numbers = sent.onA().stream()
                    .filter(frame -> frame.startsWith(destination))
                    .map(frame -> number(frame, 12))
                    .toList();
            assertThat(numbers)
                    .containsExactlyElementsOf(IntStream.range(0, frames)
                            .mapToObj(i -> (numbers.get(0) + i) & 0xFFFF)
                            .toList());
        }
    }

    @Test
    void firstCopyPassesWithoutItsTagWhicheverLinkBringsIt() {
        for (String destination : List.of(CAMERA, OWN)) {
            String one = "0800" + "01".repeat(46);
            String two = "81006005" + "0800" + "02".repeat(46);
            host.onLanA(destination + PEER + rTag(100) + one);
            host.onLanB(destination + PEER + rTag(100) + one);
            assertThat(host.insideReceived()).containsExactly(destination + PEER + one);

            String tagged = destination + PEER + "81006005" + rTag(101) + two.substring(8);
            host.onLanB(tagged);
            host.onLanA(tagged);
            assertThat(host.insideReceived()).containsExactly(destination + PEER + two);
        }
    }

    @Test
    void laterCopiesAreRemovedHoweverManyCome() {
        long repeated = host.counter(0, "rx_duplicates") + host.counter(0, "rx_repeated");
        String frame = PEER + rTag(500) + "0800" + "03".repeat(46);
        for (int i = 0; i < 5; i++) {
            host.onLanA(LENIENT + frame);
            host.onLanA(OWN + frame);
        }
        assertThat(host.insideReceived())
                .containsExactly(LENIENT + PEER + "0800" + "03".repeat(46), OWN + PEER + "0800" + "03".repeat(46));
        assertThat(host.counter(0, "rx_duplicates") + host.counter(0, "rx_repeated"))
                .isEqualTo(repeated + 8);
    }

    @Test
    void tagIsFoundBehindUpToTwoVlanTagsAndItsReservedFieldIgnored() {
        String payload = "0800" + "0e".repeat(46);
        host.onLanA(OWN + PEER + "88a80064" + "81000005" + rTag(2_000) + payload);
        host.onLanA(OWN + PEER + "f1c1" + "ffff" + "07d1" + payload);
        host.onLanB(OWN + PEER + "f1c1" + "1234" + "07d1" + payload);
        assertThat(host.insideReceived())
                .containsExactly(OWN + PEER + "88a80064" + "81000005" + payload, OWN + PEER + payload);
    }

    @Test
    void numbersOfFramesThatNoStreamMatchesBelongToTheirSender() {
        String other = "02000000cc00";
        String payload = "0800" + "05".repeat(46);
        host.onLanA(OWN + PEER + rTag(4_000) + payload);
        host.onLanA(OWN + other + rTag(4_000) + payload);
        host.onLanB(OWN + other + rTag(4_000) + payload);
        assertThat(host.insideReceived()).containsExactly(OWN + PEER + payload, OWN + other + payload);
    }

    @Test
    void framesWithoutATagPassUnlessTheyAreOfAStreamThatNeedsNumbers() {
        long dropped = host.counter(1, "rx_tagless_dropped");
        long tagless = streamCounter("camera", "frerCpsSeqRcvyTaglessPackets");
        String payload = "0800" + "06".repeat(46);
        host.onLanB(CAMERA + PEER + payload);
        host.onLanB(LENIENT + PEER + payload);
        host.onLanB(LENIENT + PEER + payload);
        host.onLanB(OWN + "02000000dd00" + payload);
        assertThat(host.insideReceived())
                .containsExactly(LENIENT + PEER + payload, LENIENT + PEER + payload, OWN + "02000000dd00" + payload);
        assertThat(host.counter(1, "rx_tagless_dropped")).isEqualTo(dropped + 1);
        assertThat(streamCounter("camera", "frerCpsSeqRcvyTaglessPackets")).isEqualTo(tagless + 1);
    }

    @Test
    void framesThatEndWithinTheirTagAreCounted() {
        long before = host.counter(0, "rx_bad_tag");
        List<String> cut =
                List.of("f1c1", "f1c10000", "f1c1000000", "f1c100000001", "81000005f1c10000", "f1c10000000108");
        cut.forEach(tag -> host.onLanA(OWN + PEER + tag));
        assertThat(host.insideReceived()).isEmpty();
        assertThat(host.counter(0, "rx_bad_tag")).isEqualTo(before + cut.size());
    }

    @Test
    void ownFramesAndFramesThatConcernOneCableDoNotPass() {
        long own = host.counter(0, "rx_own");
        long linkLocal = host.counter(0, "rx_link_local");
        host.onLanA(PEER + OWN + rTag(7) + "0800" + "10".repeat(46));
        host.onLanA("0180c2000000" + PEER + "0026" + "00".repeat(46));
        assertThat(host.insideReceived()).isEmpty();
        assertThat(host.counter(0, "rx_own")).isEqualTo(own + 1);
        assertThat(host.counter(0, "rx_link_local")).isEqualTo(linkLocal + 1);
    }

    @Test
    void droppedStreamPassesNeitherWay() {
        long out = host.counter(-1, "out_dropped");
        long in = host.counter(0, "rx_dropped");
        host.fromInside(UNWANTED + OWN + "0800" + "11".repeat(46));
        host.onLanA(UNWANTED + PEER + rTag(1) + "0800" + "11".repeat(46));
        host.onLanA(UNWANTED + PEER + "0800" + "11".repeat(46));
        assertThat(host.sent().onA()).isEmpty();
        assertThat(host.insideReceived()).isEmpty();
        assertThat(host.counter(-1, "out_dropped")).isEqualTo(out + 1);
        assertThat(host.counter(0, "rx_dropped")).isEqualTo(in + 2);
    }

    @Test
    void firstLinkStreamIsSentUntaggedOnTheFirstLinkThatHasCarrier() {
        String body = ALONE + OWN + "81006005" + "0800" + "12".repeat(46);
        host.fromInside(body);
        TappedHost.Sent sent = host.sent();
        assertThat(sent.onA()).containsExactly(body);
        assertThat(sent.onB()).isEmpty();

        host.cut(0);
        host.fromInside(body);
        assertThat(host.sent().onB()).containsExactly(body);

        host.heal(0);
        host.fromInside(body);
        sent = host.sent();
        assertThat(sent.onA()).containsExactly(body);
        assertThat(sent.onB()).isEmpty();
    }

    @Test
    void firstLinkStreamPassesInwardWithAndWithoutATag() {
        String payload = "0800" + "13".repeat(46);
        host.onLanA(ALONE + PEER + payload);
        host.onLanB(ALONE + PEER + rTag(30_000) + payload);
        host.onLanA(ALONE + PEER + rTag(30_000) + payload);
        assertThat(host.insideReceived()).containsExactly(ALONE + PEER + payload, ALONE + PEER + payload);
    }

    @Test
    void transmitterStuckOnOneNumberIsSilentForGoodWhileTheOtherLinkIsHeard() {
        String stuck = STUCK + PEER + rTag(9_000) + "0800" + "14".repeat(46);
        long repeated = host.counter(0, "rx_repeated");
        long endNs =
                System.nanoTime() + Duration.ofMillis(5 * STUCK_RESET_MS / 2).toNanos();
        int copies = 0;
        while (System.nanoTime() - endNs < 0) {
            host.onLanA(stuck);
            copies++;
            Await.untilTime(System.nanoTime() + Duration.ofMillis(10).toNanos());
        }
        assertThat(host.insideReceived()).hasSize(1);
        assertThat(host.counter(0, "rx_repeated")).isEqualTo(repeated + copies - 1);

        host.onLanB(STUCK + PEER + rTag(9_001) + "0800" + "15".repeat(46));
        assertThat(host.insideReceived()).containsExactly(STUCK + PEER + "0800" + "15".repeat(46));
        JsonArray individual = host.daemon().streams("dup0").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(stream -> stream.get("name").getAsString().equals("stuck"))
                .map(stream -> stream.getAsJsonArray("individual"))
                .findFirst()
                .orElseThrow();
        assertThat(individual.get(0).getAsJsonObject().get("link").getAsString())
                .isEqualTo("lan0");
        JsonObject onLan0 = individual.get(0).getAsJsonObject().getAsJsonObject("counters");
        assertThat(onLan0.get("frerCpsSeqRcvyPassedPackets").getAsLong()).isEqualTo(1);
        assertThat(onLan0.get("frerCpsSeqRcvyDiscardedPackets").getAsLong()).isEqualTo(copies - 1);
        assertThat(host.daemon().ctl("stream", "dup0").output())
                .containsPattern("on lan0 alone +1 +" + (copies - 1) + " +0 +0 +0 +1");
    }

    @Test
    void everySizeComesThroughWhole() {
        SplittableRandom random = new SplittableRandom(0x8021CB);
        List<String> expected = new ArrayList<>();
        for (int size = 46; size <= 1500; size += 23) {
            String payload =
                    "0800" + Integer.toHexString(0x10 + random.nextInt(0xE0)).repeat(size);
            expected.add(OWN + PEER + payload);
            host.onLink(random.nextInt(2), OWN + PEER + rTag(10_000 + size) + payload);
        }
        assertThat(host.insideReceived()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyFrameIsCountedOnceAndStreamsAddUp() {
        SplittableRandom random = new SplittableRandom(10);
        String payload = "0800" + "16".repeat(46);
        List<String> kinds = List.of(CAMERA, LENIENT, OWN, ALONE, UNWANTED, "0180c2000001");
        for (int i = 0; i < 500; i++) {
            String destination = kinds.get(random.nextInt(kinds.size()));
            String tag = random.nextInt(8) == 0 ? "" : rTag(50_000 + random.nextInt(200) + (i == 250 ? 9_000 : 0));
            host.onLink(random.nextInt(2), destination + PEER + tag + payload);
        }
        assertThat(host.insideReceived()).isNotEmpty();

        for (int link = 0; link < 2; link++) {
            JsonObject counters = host.linkStatus(link).getAsJsonObject("counters");
            long fates = FATES.stream()
                    .mapToLong(fate -> counters.get(fate).getAsLong())
                    .sum();
            assertThat(counters.get("rx_frames").getAsLong())
                    .as(counters.toString())
                    .isEqualTo(fates);
        }
        for (String name : List.of("camera", "lenient")) {
            JsonObject counters = host.streamCounters(name);
            long sum = List.of(
                            "frerCpsSeqRcvyPassedPackets",
                            "frerCpsSeqRcvyDiscardedPackets",
                            "frerCpsSeqRcvyRoguePackets")
                    .stream()
                    .mapToLong(key -> counters.get(key).getAsLong())
                    .sum();
            assertThat(counters.get("tsnCpsSidInputPackets").getAsLong())
                    .as(counters.toString())
                    .isEqualTo(sum);
        }
    }

    private long streamCounter(String stream, String key) {
        return host.streamCounters(stream).get(key).getAsLong();
    }

    static String only(List<String> frames) {
        assertThat(frames).hasSize(1);
        return frames.get(0);
    }

    /** The number of the R-TAG at a position in octets. */
    static int number(String frame, int position) {
        return Integer.parseInt(frame, 2 * position + 8, 2 * position + 12, 16);
    }
}
