package net.twinpath.tests.path;

import static net.twinpath.tests.path.TappedHost.OWN;
import static net.twinpath.tests.path.TappedHost.trailer;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.twinpath.tests.fixture.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Every kind of frame, octet by octet, through a running daemon, from and to neighbours the test plays itself. */
@TestInstance(Lifecycle.PER_CLASS)
class FrameKindsIT {
    private static final String BROADCAST = "ffffffffffff";
    private static final String PEER = "02000000bb00";
    private static final int A = 0xA;
    private static final int B = 0xB;

    /** How soon after a number a second copy of its burst may come ({@code DuplicateDiscard}). */
    private static final long BURST_TIME_NS = 5_000_000;

    private TappedHost host;

    @BeforeAll
    void start() {
        host = TappedHost.prp("supervision = 0x45\n");
    }

    @AfterAll
    void stop() {
        host.close();
    }

    @Test
    void frameFromInsideGoesOutOnBothLansWithATrailerThatDiffersInTheLanOnly() {
        String body = PEER + OWN + "0800" + "5a".repeat(100);
        host.fromInside(body);

        TappedHost.Sent sent = host.sent();
        String onA = only(sent.onA());
        String onB = only(sent.onB());

        assertThat(onA).startsWith(body).hasSize(body.length() + 12).matches(".*[0-9a-f]{4}a06a88fb");
        assertThat(onB).isEqualTo(withLanB(onA));
    }

    @Test
    void shortFrameIsPaddedBeforeTheTrailer() {
        String body = PEER + OWN + "0806" + "0001";
        host.fromInside(body);

        assertThat(only(host.sent().onA()))
                .startsWith(body + "00".repeat(44))
                .matches(".*[0-9a-f]{4}a03488fb")
                .hasSize(2 * 66);
    }

    @Test
    void taggedShortFrameIsPaddedToLeaveAFullFrameWhenASwitchTakesTheTagOut() {
        String body = PEER + OWN + "81006005" + "0800" + "c0ffee";
        host.fromInside(body);

        assertThat(only(host.sent().onA()))
                .startsWith(body + "00".repeat(43))
                .matches(".*[0-9a-f]{4}a03488fb")
                .hasSize(2 * 70);
    }

    @Test
    void priorityTagAndDoubleTagKeepTheirPlaces() {
        String priority = PEER + OWN + "8100a000" + "0800" + "11".repeat(60);
        String doubled = PEER + OWN + "88a80064" + "81000005" + "0800" + "22".repeat(60);
        host.fromInside(priority);
        host.fromInside(doubled);

        List<String> sent = host.sent().onA();

        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).startsWith(priority).endsWith("a04288fb");
        assertThat(sent.get(1)).startsWith(doubled).endsWith("a04a88fb");
    }

    @Test
    void largestFramesPassBothWays() {
        String plain = PEER + OWN + "0800" + "77".repeat(1494);
        String tagged = PEER + OWN + "81000002" + "0800" + "88".repeat(1494);
        host.fromInside(plain);
        host.fromInside(tagged);

        TappedHost.Sent both = host.sent();
        List<String> sent = both.onA();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).hasSize(2 * 1514).endsWith("a5dc88fb");
        assertThat(sent.get(1)).hasSize(2 * 1518).endsWith("a5dc88fb");
        assertThat(both.onB())
                .containsExactlyElementsOf(
                        sent.stream().map(FrameKindsIT::withLanB).toList());

        String inwardPlain = OWN + PEER + "0800" + "77".repeat(1494);
        String inwardTagged = OWN + PEER + "81000002" + "0800" + "88".repeat(1494);
        host.onLanB(inwardPlain + trailer(0x7000, B, 0x5DC));
        host.onLanB(inwardTagged + trailer(0x7001, B, 0x5DC));
        assertThat(host.insideReceived()).containsExactly(inwardPlain, inwardTagged);
    }

    @Test
    void sequenceNumbersAreContiguousAndTheSameOnBothLans() {
        String body = PEER + OWN + "0800" + "33".repeat(46);
        int frames = 1_000;
        for (int i = 0; i < frames; i++) {
            host.fromInside(body);
        }

        TappedHost.Sent both = host.allSent();
        List<String> onA = both.onA();
        assertThat(onA).filteredOn(frame -> frame.startsWith(body)).hasSize(frames);
        int first = number(onA.get(0));
        for (int i = 0; i < onA.size(); i++) {
            assertThat(number(onA.get(i))).isEqualTo((first + i) & 0xFFFF);
        }
        assertThat(both.onB())
                .containsExactlyElementsOf(
                        onA.stream().map(FrameKindsIT::withLanB).toList());
    }

    @Test
    void framesThatConcernOneCableStayOnIt() {
        long outBefore = host.counter(-1, "out_link_local");
        long inBefore = host.counter(0, "rx_link_local");
        String lldp = "0180c200000e" + OWN + "88cc" + "00".repeat(46);
        host.fromInside(lldp);
        host.onLanA("0180c2000000" + PEER + "0026" + "00".repeat(46));

        assertThat(host.sent().onA()).isEmpty();
        assertThat(host.insideReceived()).isEmpty();
        assertThat(host.counter(-1, "out_link_local")).isEqualTo(outBefore + 1);
        assertThat(host.counter(0, "rx_link_local")).isEqualTo(inBefore + 1);
    }

    @Test
    void firstCopyPassesWithoutItsTrailerWhicheverLanBringsIt() {
        String one = OWN + PEER + "0800" + "01".repeat(46);
        String two = OWN + PEER + "0800" + "02".repeat(46);
        host.onLanA(one + trailer(100, A, 52));
        host.onLanB(one + trailer(100, B, 52));
        assertThat(host.insideReceived()).containsExactly(one);

        host.onLanB(two + trailer(101, B, 52));
        host.onLanA(two + trailer(101, A, 52));
        assertThat(host.insideReceived()).containsExactly(two);
    }

    @Test
    void thirdAndLaterCopiesAreRemovedToo() {
        long before = host.counter(0, "rx_repeated");
        String frame = OWN + PEER + "0800" + "03".repeat(46);
        for (int i = 0; i < 5; i++) {
            host.onLanA(frame + trailer(200, A, 52));
        }
        assertThat(host.insideReceived()).containsExactly(frame);
        assertThat(host.counter(0, "rx_repeated")).isEqualTo(before + 4);
    }

    @Test
    void equalContentWithItsOwnNumberIsNoDuplicate() {
        String frame = OWN + PEER + "0800" + "04".repeat(46);
        host.onLanA(frame + trailer(300, A, 52));
        host.onLanA(frame + trailer(301, A, 52));
        assertThat(host.insideReceived()).containsExactly(frame, frame);
    }

    @Test
    void numbersBelongToTheirSender() {
        String other = "02000000cc00";
        host.onLanA(OWN + PEER + "0800" + "05".repeat(46) + trailer(400, A, 52));
        host.onLanA(OWN + other + "0800" + "06".repeat(46) + trailer(400, A, 52));
        assertThat(host.insideReceived())
                .containsExactly(OWN + PEER + "0800" + "05".repeat(46), OWN + other + "0800" + "06".repeat(46));
    }

    @Test
    void framesFromASinglyAttachedNodePassUnchangedAndEachTime() {
        String san = OWN + "02000000dd00" + "0800" + "07".repeat(46);
        String broadcast = BROADCAST + "02000000dd00" + "0806" + "08".repeat(46);
        String tagged = OWN + "02000000dd00" + "81006007" + "0800" + "09".repeat(46);
        host.onLanA(san);
        host.onLanA(san);
        host.onLanA(broadcast);
        host.onLanA(tagged);
        assertThat(host.insideReceived()).containsExactly(san, san, broadcast, tagged);
    }

    @Test
    void payloadThatOnlyLooksLikeATrailerIsLeftAlone() {
        String san = "02000000da00";
        List<String> frames = List.of(
                OWN + san + "0800" + "0a".repeat(46) + "0001" + "a033" + "88fb",
                OWN + san + "0800" + "0b".repeat(46) + "0001" + "c034" + "88fb",
                OWN + san + "0800" + "0c".repeat(46) + "0001" + "a034" + "88fc");
        frames.forEach(host::onLanA);
        assertThat(host.insideReceived()).containsExactlyElementsOf(frames);
    }

    @Test
    void singlyAttachedNodeIsReachedOnItsLanOnlyAndWithoutATrailer() {
        long before = host.counter(-1, "out_single_lan");
        String san = "02000000db00";
        host.onLanB(OWN + san + "0800" + "31".repeat(46));
        assertThat(host.insideReceived()).hasSize(1);
        String answer = san + OWN + "0800" + "32".repeat(46);
        host.fromInside(answer);

        TappedHost.Sent sent = host.sent();
        assertThat(sent.onA()).isEmpty();
        assertThat(only(sent.onB())).isEqualTo(answer);
        assertThat(host.counter(-1, "out_single_lan")).isEqualTo(before + 1);

        // Once it is heard on the other LAN too, nobody knows better than to use both.
        host.onLanA(OWN + san + "0800" + "33".repeat(46));
        assertThat(host.insideReceived()).hasSize(1);
        host.fromInside(answer);
        assertThat(host.sent().onA()).hasSize(1);
    }

    @Test
    void singlyAttachedNodeIsReachedOnItsLanByFramesOfTheFirstLinkToo() {
        String san = "02000000db01";
        String answer = san + OWN + "0800" + "34".repeat(46);
        String other = PEER + OWN + "0800" + "35".repeat(46);
        String streams = """
                [[path.dup0.stream]]
                name = "alone"
                match = { destination-mac = "02:00:00:00:db:01" }
                action = "first-link"

                [[path.dup0.stream]]
                name = "other"
                match = { destination-mac = "%s" }
                action = "first-link"
                """.formatted(PEER.replaceAll("..(?!$)", "$0:"));
        try (TappedHost first = TappedHost.prp(streams)) {
            first.onLanB(OWN + san + "0800" + "31".repeat(46));
            assertThat(first.insideReceived()).hasSize(1);
            first.fromInside(answer);
            first.fromInside(other);

            TappedHost.Sent sent = first.sent();
            assertThat(only(sent.onA())).isEqualTo(other);
            assertThat(only(sent.onB())).isEqualTo(answer);
        }
    }

    @Test
    void taggedFramesAreDecodedBehindTheTagTheKernelTookOut() {
        String tagged = OWN + PEER + "81006005" + "0800" + "0d".repeat(46);
        String doubled = OWN + PEER + "88a80064" + "81000005" + "0800" + "0e".repeat(46);
        host.onLanA(tagged + trailer(500, A, 52));
        host.onLanB(tagged + trailer(500, B, 52));
        host.onLanA(doubled + trailer(501, A, 60));
        host.onLanB(doubled + trailer(501, B, 60));
        assertThat(host.insideReceived()).containsExactly(tagged, doubled);
    }

    @Test
    void crossedCableIsCountedAndItsFramesAreUsed() {
        long before = host.counter(1, "rx_wrong_lan");
        String frame = OWN + PEER + "0800" + "0f".repeat(46);
        host.onLanB(frame + trailer(600, A, 52));
        assertThat(host.insideReceived()).containsExactly(frame);
        assertThat(host.counter(1, "rx_wrong_lan")).isEqualTo(before + 1);
    }

    @Test
    void ownFramesThatComeBackAndSupervisionFramesDoNotReachTheHost() {
        long own = host.counter(0, "rx_own");
        long supervision = host.counter(0, "rx_supervision");
        host.onLanA(PEER + OWN + "0800" + "10".repeat(46) + trailer(700, A, 52));
        host.onLanA("01154e000145" + PEER + "88fb" + "0001" + "0001" + "1406" + PEER + "00".repeat(34)
                + trailer(701, A, 52));
        assertThat(host.insideReceived()).isEmpty();
        assertThat(host.counter(0, "rx_own")).isEqualTo(own + 1);
        assertThat(host.counter(0, "rx_supervision")).isEqualTo(supervision + 1);
    }

    @Test
    void hostAnnouncesItselfOnBothLans() {
        TappedHost.Sent supervision = host.awaitSupervision();

        String onA = only(supervision.onA());
        assertThat(onA)
                .matches("01154e000145" + OWN + "88fb" + "0001" + "[0-9a-f]{4}" + "1406" + OWN + "(00){34}"
                        + "[0-9a-f]{4}" + "a03488fb");
        assertThat(only(supervision.onB())).isEqualTo(withLanB(onA));
    }

    @Test
    void neighboursAreKnownByWhatTheySend() {
        String dan = "02000000ee01";
        String san = "02000000ee02";
        String redBox = "02000000ee03";
        String behind = "02000000ee04";
        host.onLanA(supervision(dan, "1406" + dan, A));
        host.onLanB(supervision(dan, "1406" + dan, B));
        host.onLanB(OWN + san + "0800" + "11".repeat(46));
        host.onLanA(supervision(redBox, "1406" + redBox + "1e06" + redBox, A));
        host.onLanA(supervision(redBox, "1406" + behind + "1e06" + redBox, A));
        assertThat(host.insideReceived()).containsExactly(OWN + san + "0800" + "11".repeat(46));

        JsonObject danNode = host.node(dan);
        assertThat(danNode.get("kind").getAsString()).isEqualTo("DAN");
        assertThat(danNode.get("heard_on_a_ms_ago").isJsonNull()).isFalse();
        assertThat(danNode.get("heard_on_b_ms_ago").isJsonNull()).isFalse();
        JsonObject sanNode = host.node(san);
        assertThat(sanNode.get("kind").getAsString()).isEqualTo("SAN");
        assertThat(sanNode.get("heard_on_a_ms_ago").isJsonNull()).isTrue();
        assertThat(host.node(redBox).get("kind").getAsString()).isEqualTo("RedBox");
        assertThat(host.node(behind).get("red_box").getAsString()).isEqualTo("02:00:00:00:ee:03");
    }

    @Test
    void nodeWhoseTrailersAreCutOffOnTheWayIsNamed() {
        String cut = "02000000ee05";
        String failedOver = "02000000ee06";
        for (String node : List.of(cut, failedOver)) {
            host.onLanA(supervision(node, "1406" + node, A));
            host.onLanB(supervision(node, "1406" + node, B));
        }
        host.onLanA(OWN + failedOver + "0800" + "12".repeat(46));
        host.onLanB(OWN + failedOver + "0800" + "12".repeat(46));
        Await.until("the node is named", Duration.ofSeconds(20), () -> {
            host.onLanA(OWN + cut + "0800" + "13".repeat(46));
            host.onLanB(OWN + cut + "0800" + "13".repeat(46));
            return host.daemon().statusText().contains("-> 02:00:00:00:ee:05: its frames come over two links without");
        });
        assertThat(host.daemon().statusText()).doesNotContain("-> 02:00:00:00:ee:06: its frames");
        host.insideReceived();
    }

    @Test
    void supervisionFrameOfAnotherVersionIsCountedAndIgnored() {
        long before = host.counter(0, "rx_supervision_bad");
        host.onLanA("01154e000145" + PEER + "88fb" + "0002" + "0001" + "1406" + PEER + "00".repeat(34)
                + trailer(702, A, 52));
        assertThat(host.insideReceived()).isEmpty();
        assertThat(host.counter(0, "rx_supervision_bad")).isEqualTo(before + 1);
    }

    @Test
    void neighbourThatStartsAgainAtNumbersJustHeardIsHeardAfterAShortRun() {
        String sender = "02000000ff00";
        long restarts = host.counter(-1, "in_sender_restarts");
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            String frame = OWN + sender + "0800" + "21".repeat(46);
            host.onLanA(frame + trailer(number, A, 52));
            expected.add(frame);
        }
        assertThat(host.insideReceived()).containsExactlyElementsOf(expected);

        // Sooner they would be the second copies of a burst, as in a network that both links end in.
        Await.untilTime(System.nanoTime() + 2 * BURST_TIME_NS);
        String afterwards = OWN + sender + "0800" + "22".repeat(46);
        for (int number = 0; number < 100; number++) {
            host.onLanA(afterwards + trailer(number, A, 52));
        }
        assertThat(host.insideReceived()).hasSize(85).containsOnly(afterwards);
        // The other LAN still brings what the first one's run cost, and nothing twice.
        for (int number = 0; number < 100; number++) {
            host.onLanB(afterwards + trailer(number, B, 52));
        }
        assertThat(host.insideReceived()).hasSize(15);
        assertThat(host.counter(-1, "in_sender_restarts")).isEqualTo(restarts + 1);
    }

    private static String supervision(String source, String tlvs, int lan) {
        String body = "01154e000145" + source + "88fb" + "0001" + "0000" + tlvs;
        return body + "00".repeat(60 - body.length() / 2) + trailer(1, lan, 52);
    }

    @Test
    void everySizeComesThroughWhole() {
        SplittableRandom random = new SplittableRandom(0x5E55101D);
        List<String> expected = new ArrayList<>();
        for (int size = 46; size <= 1494; size += 23) {
            String frame = OWN + PEER + "0800" + hexDigits(random, size);
            expected.add(frame);
            int number = 10_000 + size;
            boolean lanA = random.nextBoolean();
            if (lanA) {
                host.onLanA(frame + trailer(number, A, size + 6));
            } else {
                host.onLanB(frame + trailer(number, B, size + 6));
            }
        }
        assertThat(host.insideReceived()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String hexDigits(SplittableRandom random, int octets) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < 2 * octets; i++) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }

    private static String only(List<String> frames) {
        assertThat(frames).hasSize(1);
        return frames.get(0);
    }

    private static int number(String frame) {
        return Integer.parseInt(frame, frame.length() - 12, frame.length() - 8, 16);
    }

    private static String withLanB(String frame) {
        int lan = frame.length() - 8;
        return frame.substring(0, lan) + "b" + frame.substring(lan + 1);
    }
}
