package net.twinpath.duppath.stream;

import static net.twinpath.duppath.stream.Packets.addresses;
import static net.twinpath.duppath.stream.Packets.extension;
import static net.twinpath.duppath.stream.Packets.fragmentHeader;
import static net.twinpath.duppath.stream.Packets.frame;
import static net.twinpath.duppath.stream.Packets.ipv4;
import static net.twinpath.duppath.stream.Packets.ipv4Fragment;
import static net.twinpath.duppath.stream.Packets.ipv6;
import static net.twinpath.duppath.stream.Packets.join;
import static net.twinpath.duppath.stream.Packets.match;
import static net.twinpath.duppath.stream.Packets.ports;
import static net.twinpath.duppath.stream.Packets.tag;
import static net.twinpath.duppath.stream.StreamMatch.TCP;
import static net.twinpath.duppath.stream.StreamMatch.UDP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The fragments of a packet, whose first one alone has ports, are one stream where that can be known. */
class FragmentIdentificationTest {
    private static final int CAMERA = 0;
    private static final int OTHER_CAMERA = 1;
    private static final int REST = 2;

    private static final int MORE = 0x2000;
    private static final byte[] OTHER_FRAME = join(addresses(), ipv4("10.9.9.9", "10.9.9.8", 0, UDP, ports(1, 2)));

    private final StreamIdentification streams = new StreamIdentification(List.of(
            match().protocol(UDP).destinationPort(5004).build(),
            match().protocol(UDP).destinationPort(5006).build(),
            StreamMatch.any()));

    private int identify(byte[] octets) {
        return streams.identify(frame(octets));
    }

    private static byte[] firstV4(int id, int port) {
        return join(addresses(), ipv4Fragment("10.0.0.1", "10.0.0.2", 0, UDP, id, MORE, ports(4000, port)));
    }

    /** Its payload looks like the ports of the other camera's stream. */
    private static byte[] laterV4(int id, int offset, int more) {
        return join(addresses(), ipv4Fragment("10.0.0.1", "10.0.0.2", 0, UDP, id, more | offset, ports(4000, 5006)));
    }

    private static byte[] firstV6(int id, int port) {
        byte[] payload = join(fragmentHeader(60, 0, true, id), extension(UDP, 8), ports(4000, port));
        return join(addresses(), ipv6("2001:db8::1", "2001:db8::2", 0, 44, payload));
    }

    private static byte[] laterV6(int id, int offset, boolean more) {
        byte[] payload = join(fragmentHeader(60, offset, more, id), ports(4000, 5006));
        return join(addresses(), ipv6("2001:db8::1", "2001:db8::2", 0, 44, payload));
    }

    @Test
    void laterFragmentsFollowTheFirst() {
        assertThat(identify(firstV4(7, 5004))).isEqualTo(CAMERA);
        assertThat(identify(laterV4(7, 185, MORE))).isEqualTo(CAMERA);
        assertThat(identify(laterV4(7, 370, 0))).isEqualTo(CAMERA);
        assertThat(identify(firstV6(0x80000007, 5004))).isEqualTo(CAMERA);
        assertThat(identify(laterV6(0x80000007, 1448, true))).isEqualTo(CAMERA);
        assertThat(identify(laterV6(0x80000007, 2896, false))).isEqualTo(CAMERA);
    }

    @Test
    void laterFragmentsFollowInAnyOrderAndMoreThanOnce() {
        assertThat(identify(firstV4(7, 5004))).isEqualTo(CAMERA);
        assertThat(identify(laterV4(7, 370, 0))).isEqualTo(CAMERA);
        assertThat(identify(laterV4(7, 185, MORE))).isEqualTo(CAMERA);
        assertThat(identify(firstV4(7, 5004))).isEqualTo(CAMERA);
        assertThat(identify(laterV4(7, 370, 0))).isEqualTo(CAMERA);
    }

    @Test
    void packetsUnderWayAtOnceAreKeptApart() {
        assertThat(identify(firstV4(7, 5004))).isEqualTo(CAMERA);
        assertThat(identify(firstV4(8, 5006))).isEqualTo(OTHER_CAMERA);
        assertThat(identify(firstV6(7, 5006))).isEqualTo(OTHER_CAMERA);
        assertThat(identify(laterV4(7, 185, 0))).isEqualTo(CAMERA);
        assertThat(identify(laterV4(8, 185, 0))).isEqualTo(OTHER_CAMERA);
        assertThat(identify(laterV6(7, 1448, false))).isEqualTo(OTHER_CAMERA);
    }

    @Test
    void fragmentBeforeItsFirstHasNoPorts() {
        assertThat(identify(laterV4(7, 185, 0))).isEqualTo(REST);
        assertThat(identify(laterV6(7, 1448, false))).isEqualTo(REST);
        assertThat(identify(firstV4(7, 5004))).isEqualTo(CAMERA);
        assertThat(identify(laterV4(7, 185, 0))).isEqualTo(CAMERA);
    }

    @Test
    void anotherPacketsFragmentDoesNotFollow() {
        assertThat(identify(firstV4(7, 5004))).isEqualTo(CAMERA);
        byte[] payload = ports(4000, 5006);
        assertThat(identify(laterV4(8, 185, 0))).as("identification").isEqualTo(REST);
        assertThat(identify(join(addresses(), ipv4Fragment("10.0.0.3", "10.0.0.2", 0, UDP, 7, 185, payload))))
                .as("source")
                .isEqualTo(REST);
        assertThat(identify(join(addresses(), ipv4Fragment("10.0.0.1", "10.0.0.3", 0, UDP, 7, 185, payload))))
                .as("destination")
                .isEqualTo(REST);
        assertThat(identify(join(addresses(), ipv4Fragment("10.0.0.1", "10.0.0.2", 0, TCP, 7, 185, payload))))
                .as("protocol")
                .isEqualTo(REST);
        assertThat(identify(join(
                        addresses(),
                        tag(0x8100, 0, 66),
                        ipv4Fragment("10.0.0.1", "10.0.0.2", 0, UDP, 7, 185, payload))))
                .as("VLAN")
                .isEqualTo(REST);
        assertThat(identify(laterV6(7, 1448, false))).as("IP version").isEqualTo(REST);
    }

    /** So many that several share the place of the first one's packet, by each half of each address. */
    @Test
    void noneOfThousandsOfOtherSendersFollows() {
        assertThat(identify(firstV6(7, 5004))).isEqualTo(CAMERA);
        byte[] later = laterV6(7, 1448, false);
        for (int half = 22; half < 54; half += Long.BYTES) { // of the source, then of the destination
            for (int number = 1; number <= 10_000; number++) {
                byte[] other = later.clone();
                other[half + 2] ^= (byte) (number >>> 8);
                other[half + 3] ^= (byte) number;
                assertThat(identify(other))
                        .as("half at %d, number %d", half, number)
                        .isEqualTo(REST);
            }
        }
        assertThat(identify(later)).isEqualTo(CAMERA);
    }

    @Test
    void newestPacketOfAnIdentificationIsTheOneMeant() {
        assertThat(identify(firstV4(7, 5004))).isEqualTo(CAMERA);
        assertThat(identify(firstV4(7, 5006))).isEqualTo(OTHER_CAMERA);
        assertThat(identify(laterV4(7, 185, 0))).isEqualTo(OTHER_CAMERA);
        byte[] cutOff = join(addresses(), ipv4Fragment("10.0.0.1", "10.0.0.2", 0, UDP, 7, MORE, new byte[0]));
        assertThat(identify(cutOff)).isEqualTo(REST);
        assertThat(identify(laterV4(7, 185, 0))).as("its first had no ports").isEqualTo(REST);
    }

    @Test
    void laterFragmentIsStillComparedByItsOwnFields() {
        StreamIdentification byDscp = new StreamIdentification(List.of(
                match().protocol(UDP).destinationPort(5004).dscp(46).build(),
                match().protocol(UDP).destinationPort(5004).build()));
        byte[] marked = join(addresses(), ipv4Fragment("10.0.0.1", "10.0.0.2", 46, UDP, 7, 185, ports(4000, 5006)));
        assertThat(byDscp.identify(frame(firstV4(7, 5004)))).isEqualTo(1);
        assertThat(byDscp.identify(frame(laterV4(7, 185, 0)))).isEqualTo(1);
        assertThat(byDscp.identify(frame(marked))).isZero();
    }

    @Test
    void protocolOfLaterIpv6FragmentIsTheFirstOnes() {
        StreamIdentification udp = new StreamIdentification(
                List.of(match().protocol(UDP).build(), match().protocol(TCP).build()));
        byte[] laterSaysTcp = join(
                addresses(),
                ipv6("2001:db8::1", "2001:db8::2", 0, 44, join(fragmentHeader(TCP, 1448, false, 7), ports(1, 2))));
        assertThat(udp.identify(frame(laterSaysTcp))).isEqualTo(1);
        assertThat(udp.identify(frame(laterV6(7, 1448, false)))).isEqualTo(StreamIdentification.NONE);
        assertThat(udp.identify(frame(firstV6(7, 5004)))).isZero();
        assertThat(udp.identify(frame(laterSaysTcp))).isZero();
        assertThat(udp.identify(frame(laterV6(7, 1448, false)))).isZero();
    }

    @Test
    void wholePacketsAreNotRemembered() {
        byte[] whole = join(addresses(), ipv4Fragment("10.0.0.1", "10.0.0.2", 0, UDP, 7, 0x4000, ports(4000, 5004)));
        assertThat(identify(whole)).isEqualTo(CAMERA);
        assertThat(identify(laterV4(7, 185, 0))).isEqualTo(REST);
        byte[] atomic = join(
                addresses(),
                ipv6("2001:db8::1", "2001:db8::2", 0, 44, join(fragmentHeader(UDP, 0, false, 7), ports(1, 5004))));
        assertThat(identify(atomic)).isEqualTo(CAMERA);
        assertThat(identify(laterV6(7, 1448, false))).isEqualTo(REST);
    }

    @Test
    void firstIsForgottenBeforeItsIdentificationIsUsedAgain() {
        assertThat(identify(firstV4(7, 5004))).isEqualTo(CAMERA);
        for (int i = 1; i < FirstFragments.FORGET_AFTER_FRAMES; i++) {
            identify(OTHER_FRAME);
        }
        assertThat(identify(laterV4(7, 185, MORE))).isEqualTo(CAMERA);
        assertThat(identify(laterV4(7, 370, 0))).isEqualTo(REST);
    }

    @Test
    void mostOfAHundredPacketsUnderWayAtOnceAreRemembered() {
        for (int id = 0; id < 100; id++) {
            identify(firstV4(id * 7919, 5004));
        }
        int followed = 0;
        for (int id = 0; id < 100; id++) {
            followed += identify(laterV4(id * 7919, 185, 0)) == CAMERA ? 1 : 0;
        }
        // A hundred in 1024 places: about five are put out of theirs by another.
        assertThat(followed).isBetween(85, 100);
    }
}
