package net.twinpath.tests.path;

import static net.twinpath.tests.path.FrerFrameKindsIT.number;
import static net.twinpath.tests.path.FrerFrameKindsIT.only;
import static net.twinpath.tests.path.FrerFrameKindsIT.stream;
import static net.twinpath.tests.path.TappedHost.OWN;
import static net.twinpath.tests.path.TappedHost.rTag;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FRER octet by octet over links of every kind: with VLANs, with and without one, more than two, and jumbo frames. */
class FrerLinksIT {
    private static final String PEER = "02000000bb00";
    private static final String ALONE = "0300000000f1";
    private static final String FIRST_LINK = stream("alone", ALONE, "action = \"first-link\"\n");

    @Test
    void eachLinkHasItsVlanWithThePriorityOfTheFramesOwnTag() {
        try (TappedHost host = TappedHost.frer(List.of(66, 67), "mtu = 1500\n" + FIRST_LINK)) {
            outwardInVlans(host);
            inwardFromVlans(host);
            largestFrames(host, "81000042", "81000043");
            firstLinkInItsVlan(host);
        }
    }

    private static void outwardInVlans(TappedHost host) {
        host.fromInside(PEER + OWN + "0800" + "21".repeat(60));
        host.fromInside(PEER + OWN + "8100a005" + "0800" + "22".repeat(60));
        host.fromInside(PEER + OWN + "88a8e064" + "81000005" + "0800" + "23".repeat(60));
        host.fromInside(PEER + OWN + "81006005" + "0800" + "c0ffee");

        TappedHost.Sent sent = host.sent();
        int first = number(sent.onA().get(0), 16);
        assertThat(sent.onA())
                .containsExactly(
                        PEER + OWN + "81000042" + rTag(first) + "0800" + "21".repeat(60),
                        PEER + OWN + "8100a042" + rTag(first + 1) + "8100a005" + "0800" + "22".repeat(60),
                        PEER + OWN + "8100e042" + rTag(first + 2) + "88a8e064" + "81000005" + "0800" + "23".repeat(60),
                        PEER + OWN + "81006042" + rTag(first + 3) + "81006005" + "0800" + "c0ffee" + "00".repeat(33));
        assertThat(sent.onB())
                .containsExactlyElementsOf(sent.onA().stream()
                        .map(frame -> frame.substring(0, 30) + "43" + frame.substring(32))
                        .toList());
    }

    private static void inwardFromVlans(TappedHost host) {
        String own = "8100a005" + "0800" + "24".repeat(60);
        host.onLanA(OWN + PEER + "8100a042" + rTag(100) + own);
        host.onLanB(OWN + PEER + "8100a043" + rTag(100) + own);
        host.onLanB(OWN + PEER + "81000043" + rTag(101) + "0800" + "25".repeat(60));
        host.onLanA(OWN + PEER + "81000042" + rTag(101) + "0800" + "25".repeat(60));
        host.onLanA(OWN + PEER + "81000042" + "81000007" + "0800" + "26".repeat(60));
        assertThat(host.insideReceived())
                .containsExactlyInAnyOrder(
                        OWN + PEER + own,
                        OWN + PEER + "0800" + "25".repeat(60),
                        OWN + PEER + "81000007" + "0800" + "26".repeat(60));

        long otherVlan = host.counter(0, "rx_other_vlan");
        long badTag = host.counter(1, "rx_bad_tag");
        host.onLanA(OWN + PEER + "81000043" + rTag(102) + "0800" + "27".repeat(60));
        host.onLanA(OWN + PEER + rTag(103) + "0800" + "27".repeat(60));
        host.onLanA(OWN + PEER + "0800" + "27".repeat(60));
        host.onLanA(OWN + PEER + "88a80042" + rTag(104) + "0800" + "27".repeat(60));
        host.onLanA(OWN + PEER + "81000000" + rTag(105) + "0800" + "27".repeat(60));
        host.onLanB(OWN + PEER + "81000043" + "f1c1" + "0000");
        assertThat(host.insideReceived()).isEmpty();
        assertThat(host.counter(0, "rx_other_vlan")).isEqualTo(otherVlan + 5);
        assertThat(host.counter(1, "rx_bad_tag")).isEqualTo(badTag + 1);
    }

    private static void firstLinkInItsVlan(TappedHost host) {
        String tagged = ALONE + OWN + "81006005" + "0800" + "28".repeat(60);
        String plain = ALONE + OWN + "0800" + "29".repeat(60);
        host.fromInside(tagged);
        host.fromInside(plain);
        TappedHost.Sent sent = host.sent();
        assertThat(sent.onA())
                .containsExactly(
                        ALONE + OWN + "81006042" + tagged.substring(24),
                        ALONE + OWN + "81000042" + plain.substring(24));
        assertThat(sent.onB()).isEmpty();
        host.onLanB(ALONE + PEER + "81006043" + tagged.substring(24));
        assertThat(host.insideReceived()).containsExactly(ALONE + PEER + tagged.substring(24));
    }

    @Test
    void linksWithAndWithoutVlanStandSideBySide() {
        for (List<Integer> vlans : List.of(List.of(66, 0), List.of(0, 66))) {
            try (TappedHost host = TappedHost.frer(vlans, "mtu = 1500\n")) {
                String tag = "8100a005";
                String payload = "0800" + "31".repeat(60);
                String own = tag + payload;
                // Several in one go, so that copies for one link are made from those for another.
                Collections.nCopies(20, PEER + OWN + own).forEach(host::fromInside);

                TappedHost.Sent sent = host.sent();
                int with = vlans.indexOf(66);
                assertThat(sent.links().get(with)).hasSize(20);
                int first = number(sent.links().get(with).get(0), 16);
                for (int i = 0; i < 20; i++) {
                    assertThat(sent.links().get(with).get(i))
                            .isEqualTo(PEER + OWN + "8100a042" + rTag(first + i) + own);
                    assertThat(sent.links().get(1 - with).get(i))
                            .isEqualTo(PEER + OWN + tag + rTag(first + i) + payload);
                }

                host.onLink(with, OWN + PEER + "8100a042" + rTag(1) + own);
                host.onLink(1 - with, OWN + PEER + tag + rTag(1) + payload);
                assertThat(host.insideReceived()).containsExactly(OWN + PEER + own);
                largestFrames(host, vlans.get(0) == 0 ? "" : "81000042", vlans.get(1) == 0 ? "" : "81000042");
            }
        }
    }

    /** With and without a tag of their own; {@code vlanA} and {@code vlanB} are the links' tags. */
    private static void largestFrames(TappedHost host, String vlanA, String vlanB) {
        List<String> tags = List.of("", "81000002");
        List<String> payloads = List.of("0800" + "77".repeat(1500), "0800" + "88".repeat(1500));
        List<String> largest = List.of(tags.get(0) + payloads.get(0), tags.get(1) + payloads.get(1));
        largest.forEach(frame -> host.fromInside(PEER + OWN + frame));
        TappedHost.Sent sent = host.sent();
        assertThat(sent.onA()).hasSize(2);
        assertThat(sent.onB()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            String tag = tags.get(i);
            String payload = payloads.get(i);
            int number = number(sent.onA().get(i), 12 + (vlanA.isEmpty() ? tag : vlanA).length() / 2);
            assertThat(sent.onA().get(i)).isEqualTo(PEER + OWN + marked(vlanA, rTag(number), tag, payload));
            assertThat(sent.onB().get(i)).isEqualTo(PEER + OWN + marked(vlanB, rTag(number), tag, payload));
            host.onLanA(OWN + PEER + marked(vlanA, rTag(0x7000 + i), tag, payload));
            host.onLanB(OWN + PEER + marked(vlanB, rTag(0x7000 + i), tag, payload));
        }
        assertThat(host.insideReceived())
                .containsExactlyElementsOf(
                        largest.stream().map(frame -> OWN + PEER + frame).toList());
    }

    private static String marked(String vlan, String rTag, String tag, String payload) {
        return vlan.isEmpty() ? tag + rTag + payload : vlan + rTag + tag + payload;
    }

    @Test
    void jumboFramesPassOverLinksOfTheirSize() {
        for (int vlan : List.of(0, 66)) {
            try (TappedHost host = TappedHost.frer(List.of(vlan, vlan), 9010, "mtu = 9000\n")) {
                String frame = "0800" + "41".repeat(9_000);
                String tag = vlan == 0 ? "" : "81000042";
                host.fromInside(PEER + OWN + frame);
                TappedHost.Sent sent = host.sent();
                String onA = only(sent.onA());
                assertThat(onA).isEqualTo(PEER + OWN + tag + rTag(number(onA, 12 + tag.length() / 2)) + frame);
                assertThat(sent.onB()).isEqualTo(sent.onA());

                host.onLanB(OWN + PEER + tag + rTag(5) + frame);
                host.onLanA(OWN + PEER + tag + rTag(5) + frame);
                assertThat(host.insideReceived()).containsExactly(OWN + PEER + frame);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 8})
    void firstCopyPassesAndAllLaterOnesAreRemoved(int links) {
        String camera = "0300000000c1";
        try (TappedHost host = TappedHost.frer(Collections.nCopies(links, 0), stream("camera", camera, ""))) {
            host.fromInside(camera + OWN + "0800" + "51".repeat(46));
            TappedHost.Sent sent = host.sent();
            int number = number(only(sent.onA()), 12);
            assertThat(sent.links())
                    .hasSize(links)
                    .containsOnly(List.of(camera + OWN + rTag(number) + "0800" + "51".repeat(46)));

            for (String destination : List.of(camera, OWN)) {
                for (int first = 0; first < links; first++) {
                    String payload = "0800" + "5%x".formatted(first).repeat(46);
                    for (int i = 0; i < links; i++) {
                        host.onLink((first + i) % links, destination + PEER + rTag(first) + payload);
                    }
                    assertThat(host.insideReceived()).containsExactly(destination + PEER + payload);
                }
            }
            assertThat(host.linkSum("rx_duplicates")).isEqualTo(2L * links * (links - 1));
        }
    }

    @Test
    void framesThatNoStreamMatchesMayBeSentOnOneLinkOrNone() {
        String camera = "0300000000c1";
        String payload = "0800" + "61".repeat(46);
        try (TappedHost host =
                TappedHost.frer(List.of(0, 0), "unmatched = \"first-link\"\n" + stream("camera", camera, ""))) {
            host.fromInside(PEER + OWN + payload);
            host.fromInside(camera + OWN + payload);
            TappedHost.Sent sent = host.sent();
            assertThat(sent.onA()).hasSize(2).contains(PEER + OWN + payload);
            assertThat(only(sent.onB()))
                    .isEqualTo(camera + OWN + rTag(number(sent.onB().get(0), 12)) + payload);
            host.onLanB(OWN + PEER + payload);
            assertThat(host.insideReceived()).containsExactly(OWN + PEER + payload);
        }
        try (TappedHost host =
                TappedHost.frer(List.of(0, 0), "unmatched = \"drop\"\n" + stream("camera", camera, ""))) {
            host.fromInside(PEER + OWN + payload);
            host.fromInside(camera + OWN + payload);
            TappedHost.Sent sent = host.sent();
            assertThat(only(sent.onA())).startsWith(camera);
            assertThat(sent.onB()).isEqualTo(sent.onA());
            host.onLanA(OWN + PEER + rTag(1) + payload);
            host.onLanB(OWN + PEER + payload);
            host.onLanB(camera + PEER + rTag(1) + payload);
            assertThat(host.insideReceived()).containsExactly(camera + PEER + payload);
        }
    }
}
