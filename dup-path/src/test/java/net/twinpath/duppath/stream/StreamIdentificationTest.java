package net.twinpath.duppath.stream;

import static net.twinpath.duppath.stream.Packets.DESTINATION;
import static net.twinpath.duppath.stream.Packets.SOURCE;
import static net.twinpath.duppath.stream.Packets.addresses;
import static net.twinpath.duppath.stream.Packets.extension;
import static net.twinpath.duppath.stream.Packets.fragmentHeader;
import static net.twinpath.duppath.stream.Packets.frame;
import static net.twinpath.duppath.stream.Packets.hex;
import static net.twinpath.duppath.stream.Packets.ipv4;
import static net.twinpath.duppath.stream.Packets.ipv6;
import static net.twinpath.duppath.stream.Packets.join;
import static net.twinpath.duppath.stream.Packets.match;
import static net.twinpath.duppath.stream.Packets.ports;
import static net.twinpath.duppath.stream.Packets.prefix;
import static net.twinpath.duppath.stream.Packets.shorts;
import static net.twinpath.duppath.stream.Packets.tag;
import static net.twinpath.duppath.stream.StreamIdentification.NONE;
import static net.twinpath.duppath.stream.StreamMatch.SCTP;
import static net.twinpath.duppath.stream.StreamMatch.TCP;
import static net.twinpath.duppath.stream.StreamMatch.UDP;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.twinpath.duppath.frame.Frame;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stream identification function by function, then whole lists, then frames that are not what they should be. */
class StreamIdentificationTest {
    private static final byte[] ARP = shorts(0x0806, 1, 0x0800);
    private static final byte[] UNTAGGED = join(addresses(), ARP);
    private static final byte[] PRIORITY_TAGGED = join(addresses(), tag(0x8100, 5, 0), ARP);
    private static final byte[] VLAN_66 = join(addresses(), tag(0x8100, 0, 66), ARP);
    private static final byte[] SERVICE_66_VLAN_7 = join(addresses(), tag(0x88A8, 7, 66), tag(0x8100, 0, 7), ARP);

    private static final byte[] UDP_V4 =
            join(addresses(), ipv4("10.1.2.3", "10.1.2.4", 46, UDP, ports(4000, 5004)), new byte[6]);
    private static final byte[] UDP_V6 =
            join(addresses(), ipv6("2001:db8:1::5", "2001:db8:2::5", 46, UDP, ports(4000, 5004)));

    private static boolean matches(StreamMatch.Builder match, byte[] octets) {
        return new StreamIdentification(List.of(match.build())).identify(frame(octets)) == 0;
    }

    @Test
    void nullIdentificationComparesDestinationMacAndVlan() {
        assertThat(matches(match().destinationMac(DESTINATION), UNTAGGED)).isTrue();
        assertThat(matches(match().destinationMac(SOURCE), UNTAGGED)).isFalse();
        assertThat(matches(match().destinationMac(DESTINATION ^ 1L << 47), UNTAGGED))
                .isFalse();
        assertThat(matches(match().destinationMac(DESTINATION).vlanId(66), VLAN_66))
                .isTrue();
        assertThat(matches(match().destinationMac(DESTINATION).vlanId(67), VLAN_66))
                .isFalse();
        assertThat(matches(match().destinationMac(SOURCE).vlanId(66), VLAN_66)).isFalse();
    }

    @Test
    void sourceIdentificationComparesSourceMacAndVlan() {
        assertThat(matches(match().sourceMac(SOURCE), VLAN_66)).isTrue();
        assertThat(matches(match().sourceMac(DESTINATION), VLAN_66)).isFalse();
        assertThat(matches(match().sourceMac(SOURCE).vlanId(66), VLAN_66)).isTrue();
        assertThat(matches(match().sourceMac(SOURCE).vlanId(66), UNTAGGED)).isFalse();
    }

    @Test
    void zeroAndBroadcastAreAddressesLikeOthers() {
        byte[] broadcast = join(hex("ffffffffffff" + "000000000000"), ARP);
        assertThat(matches(match().destinationMac(0xFFFFFFFFFFFFL), broadcast)).isTrue();
        assertThat(matches(match().sourceMac(0), broadcast)).isTrue();
        assertThat(matches(match().destinationMac(0), broadcast)).isFalse();
    }

    @Test
    void tagIsAskedForAsTheStandardSays() {
        StreamMatch.Builder tagged = match().tagged(Tagged.TAGGED);
        StreamMatch.Builder priority = match().tagged(Tagged.PRIORITY);
        StreamMatch.Builder all = match().tagged(Tagged.ALL);

        assertThat(List.of(matches(tagged, UNTAGGED), matches(priority, UNTAGGED), matches(all, UNTAGGED)))
                .as("untagged")
                .containsExactly(false, true, true);
        assertThat(List.of(
                        matches(tagged, PRIORITY_TAGGED),
                        matches(priority, PRIORITY_TAGGED),
                        matches(all, PRIORITY_TAGGED)))
                .as("priority tag")
                .containsExactly(true, true, true);
        assertThat(List.of(matches(tagged, VLAN_66), matches(priority, VLAN_66), matches(all, VLAN_66)))
                .as("VLAN tag")
                .containsExactly(true, false, true);
    }

    @Test
    void vlanIdIsTheOuterTags() {
        assertThat(matches(match().vlanId(66), SERVICE_66_VLAN_7)).isTrue();
        assertThat(matches(match().vlanId(7), SERVICE_66_VLAN_7)).isFalse();
        assertThat(matches(match().vlanId(66), UNTAGGED)).isFalse();
        assertThat(matches(match().vlanId(66).tagged(Tagged.TAGGED), VLAN_66)).isTrue();
        assertThat(matches(match().vlanId(66), join(addresses(), tag(0x9100, 0, 66), ARP)))
                .as("not a TPID of 802.1Q")
                .isFalse();
    }

    @Test
    void ipIdentificationComparesAddressesByPrefix() {
        assertThat(matches(match().sourcePrefix(prefix("10.1.2.3/32")), UDP_V4)).isTrue();
        assertThat(matches(match().sourcePrefix(prefix("10.1.2.2/31")), UDP_V4)).isTrue();
        assertThat(matches(match().sourcePrefix(prefix("10.1.2.4/31")), UDP_V4)).isFalse();
        assertThat(matches(match().destinationPrefix(prefix("10.0.0.0/8")), UDP_V4))
                .isTrue();
        assertThat(matches(match().destinationPrefix(prefix("11.0.0.0/8")), UDP_V4))
                .isFalse();
        assertThat(matches(match().sourcePrefix(prefix("2001:db8:1::/64")), UDP_V6))
                .isTrue();
        assertThat(matches(match().sourcePrefix(prefix("2001:db8:1::4/126")), UDP_V6))
                .isTrue();
        assertThat(matches(match().sourcePrefix(prefix("2001:db8:1::6/127")), UDP_V6))
                .isFalse();
        assertThat(matches(match().destinationPrefix(prefix("2001:db8:2::5/128")), UDP_V6))
                .isTrue();
        assertThat(matches(match().destinationPrefix(prefix("2001:db8:1::5/128")), UDP_V6))
                .isFalse();
    }

    @Test
    void emptyPrefixMeansItsIpVersion() {
        assertThat(matches(match().sourcePrefix(prefix("0.0.0.0/0")), UDP_V4)).isTrue();
        assertThat(matches(match().sourcePrefix(prefix("0.0.0.0/0")), UDP_V6)).isFalse();
        assertThat(matches(match().destinationPrefix(prefix("::/0")), UDP_V6)).isTrue();
        assertThat(matches(match().destinationPrefix(prefix("::/0")), UDP_V4)).isFalse();
        assertThat(matches(match().sourcePrefix(prefix("0.0.0.0/0")), UNTAGGED)).isFalse();
        assertThat(matches(match().sourcePrefix(prefix("a01:203::/32")), UDP_V4))
                .as("the same first bits in the other version")
                .isFalse();
    }

    @Test
    void ipIdentificationComparesDscpProtocolAndPorts() {
        for (byte[] octets : List.of(UDP_V4, UDP_V6)) {
            assertThat(matches(match().dscp(46), octets)).isTrue();
            assertThat(matches(match().dscp(0), octets)).isFalse();
            assertThat(matches(match().protocol(UDP), octets)).isTrue();
            assertThat(matches(match().protocol(TCP), octets)).isFalse();
            assertThat(matches(match().protocol(UDP).sourcePort(4000), octets)).isTrue();
            assertThat(matches(match().protocol(UDP).sourcePort(5004), octets)).isFalse();
            assertThat(matches(match().protocol(UDP).destinationPort(5004), octets))
                    .isTrue();
            assertThat(matches(match().protocol(UDP).destinationPort(4000), octets))
                    .isFalse();
            assertThat(matches(match().protocol(TCP).destinationPort(5004), octets))
                    .isFalse();
        }
    }

    @Test
    void frameWithoutIpMatchesNoIpField() {
        for (byte[] octets : List.of(UNTAGGED, VLAN_66)) {
            assertThat(matches(match(), octets)).isTrue();
            assertThat(matches(match().dscp(0), octets)).isFalse();
            assertThat(matches(match().protocol(0), octets)).isFalse();
            assertThat(matches(match().protocol(UDP).sourcePort(0), octets)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TCP, UDP, SCTP})
    void protocolsOfTheStandardHavePorts(int protocol) {
        byte[] octets = join(addresses(), ipv4("10.1.2.3", "10.1.2.4", 0, protocol, ports(0, 65_535)));
        assertThat(matches(match().protocol(protocol).sourcePort(0).destinationPort(65_535), octets))
                .isTrue();
        assertThat(matches(match().protocol(protocol).sourcePort(1), octets)).isFalse();
    }

    @Test
    void ipIsFoundBehindOneTagAndTwoButNotThree() {
        byte[] ip = ipv4("10.1.2.3", "10.1.2.4", 0, UDP, ports(4000, 5004));
        byte[] service = tag(0x88A8, 0, 66);
        byte[] customer = tag(0x8100, 0, 7);
        StreamMatch.Builder port = match().protocol(UDP).destinationPort(5004);
        assertThat(matches(port, join(addresses(), customer, ip))).isTrue();
        assertThat(matches(port, join(addresses(), service, customer, ip))).isTrue();
        assertThat(matches(port, join(addresses(), service, customer, customer, ip)))
                .isFalse();
        assertThat(matches(match().tagged(Tagged.PRIORITY).dscp(0), join(addresses(), tag(0x8100, 3, 0), ip)))
                .isTrue();
    }

    @Test
    void ipv4OptionsAreSkipped() {
        byte[] octets = join(addresses(), ipv4("10.1.2.3", "10.1.2.4", 0, UDP, join(new byte[40], ports(1, 2))));
        octets[14] = 0x4F;
        assertThat(matches(match().protocol(UDP).sourcePort(1).destinationPort(2), octets))
                .isTrue();
    }

    @Test
    void ipv6ExtensionHeadersAreSkipped() {
        byte[] payload = join(
                extension(43, 8), // hop-by-hop options, then routing
                extension(44, 24), // then an atomic fragment (RFC 6946)
                fragmentHeader(60, 0, false, 9),
                extension(UDP, 16),
                ports(1, 2));
        byte[] octets = join(addresses(), ipv6("2001:db8::1", "2001:db8::2", 0, 0, payload));
        assertThat(matches(match().protocol(UDP).sourcePort(1).destinationPort(2), octets))
                .isTrue();
        assertThat(matches(match().protocol(0), octets)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 51, 59, 58})
    void whatIsNoExtensionHeaderIsTheProtocol(int protocol) {
        byte[] octets = join(
                addresses(), ipv6("::1", "::2", 0, 60, join(extension(protocol, 8), extension(UDP, 8), ports(1, 2))));
        assertThat(matches(match().protocol(protocol), octets)).isTrue();
        assertThat(matches(match().protocol(UDP), octets)).isFalse();
    }

    @Test
    void allFieldsMustBeMetAtOnce() {
        byte[] octets = join(
                addresses(), tag(0x8100, 0, 66), ipv6("2001:db8:1::5", "2001:db8:2::5", 46, UDP, ports(4000, 5004)));
        assertThat(matches(everything(), octets)).isTrue();
        assertThat(matches(everything().destinationMac(1), octets)).isFalse();
        assertThat(matches(everything().sourceMac(1), octets)).isFalse();
        assertThat(matches(everything().vlanId(65), octets)).isFalse();
        assertThat(matches(everything().sourcePrefix(prefix("2001:db8:2::/48")), octets))
                .isFalse();
        assertThat(matches(everything().destinationPrefix(prefix("2001:db8:1::/48")), octets))
                .isFalse();
        assertThat(matches(everything().dscp(45), octets)).isFalse();
        assertThat(matches(everything().protocol(TCP), octets)).isFalse();
        assertThat(matches(everything().sourcePort(4001), octets)).isFalse();
        assertThat(matches(everything().destinationPort(5005), octets)).isFalse();
    }

    private static StreamMatch.Builder everything() {
        return match().destinationMac(DESTINATION)
                .sourceMac(SOURCE)
                .tagged(Tagged.TAGGED)
                .vlanId(66)
                .sourcePrefix(prefix("2001:db8:1::/48"))
                .destinationPrefix(prefix("2001:db8:2::/48"))
                .dscp(46)
                .protocol(UDP)
                .sourcePort(4000)
                .destinationPort(5004);
    }

    @Test
    void firstMatchInTheListIsTheStream() {
        StreamIdentification streams = new StreamIdentification(List.of(
                match().vlanId(66).build(),
                match().sourcePrefix(prefix("10.1.0.0/16")).build(),
                match().protocol(UDP).destinationPort(5004).build(),
                match().sourcePrefix(prefix("10.1.2.0/24")).build(),
                match().protocol(UDP).build(),
                match().protocol(UDP).destinationPort(5004).build(),
                match().vlanId(66).build()));
        assertThat(streams.identify(frame(UDP_V4))).isEqualTo(1);
        assertThat(streams.identify(frame(UDP_V6))).isEqualTo(2);
        assertThat(streams.identify(frame(VLAN_66))).isZero();
        assertThat(streams.identify(frame(UNTAGGED))).isEqualTo(NONE);
    }

    @Test
    void noStreamsMatchNothingAndAnyMatchesEverything() {
        StreamIdentification any = new StreamIdentification(List.of(StreamMatch.any()));
        for (byte[] octets : List.of(new byte[0], UNTAGGED, UDP_V4, UDP_V6)) {
            assertThat(new StreamIdentification(List.of()).identify(frame(octets)))
                    .isEqualTo(NONE);
            assertThat(any.identify(frame(octets))).isZero();
        }
    }

    @Test
    void thousandStreamsAreToldApart() {
        List<StreamMatch> matches = new ArrayList<>();
        for (int port = 0; port < 1000; port++) {
            matches.add(match().protocol(UDP).destinationPort(port).build());
        }
        StreamIdentification streams = new StreamIdentification(matches);
        for (int port = 0; port < 1000; port++) {
            assertThat(streams.identify(frame(join(addresses(), ipv4("10.0.0.1", "10.0.0.2", 0, UDP, ports(9, port))))))
                    .isEqualTo(port);
        }
        assertThat(streams.identify(frame(UDP_V4))).isEqualTo(NONE);
    }

    /** What is asked for, in the order its octets come: at every length, those that are there whole match. */
    @Test
    void cutOffFrameMatchesByWhatIsThere() {
        byte[] octets = join(addresses(), tag(0x8100, 0, 66), ipv4("10.1.2.3", "10.1.2.4", 46, UDP, ports(4000, 5004)));
        int ip = 18;
        for (int length = 0; length <= octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);
            assertThat(matches(match().destinationMac(DESTINATION), cut)).isEqualTo(length >= 6);
            assertThat(matches(match().sourceMac(SOURCE), cut)).isEqualTo(length >= 12);
            assertThat(matches(match().vlanId(66), cut)).isEqualTo(length >= 16);
            assertThat(matches(match().tagged(Tagged.TAGGED), cut)).isEqualTo(length >= 16);
            assertThat(matches(match().tagged(Tagged.PRIORITY), cut)).isFalse();
            assertThat(matches(match().dscp(46), cut)).isEqualTo(length >= ip + 20);
            assertThat(matches(match().protocol(UDP), cut)).isEqualTo(length >= ip + 20);
            assertThat(matches(match().sourcePrefix(prefix("10.1.2.3/32")), cut))
                    .isEqualTo(length >= ip + 20);
            assertThat(matches(match().protocol(UDP).sourcePort(4000), cut)).isEqualTo(length >= ip + 24);
        }
    }

    @Test
    void cutOffExtensionHeaderHidesTheProtocolButNotTheAddresses() {
        byte[] whole = join(addresses(), ipv6("2001:db8:1::5", "::2", 0, 60, join(extension(UDP, 16), ports(1, 2))));
        StreamMatch.Builder port = match().protocol(UDP).sourcePort(1);
        assertThat(matches(port, whole)).isTrue();
        assertThat(matches(port, Arrays.copyOf(whole, 54 + 16 + 3))).isFalse();
        assertThat(matches(match().protocol(UDP), Arrays.copyOf(whole, 54 + 8))).isTrue();
        assertThat(matches(match().protocol(UDP), Arrays.copyOf(whole, 54 + 7))).isFalse();
        assertThat(matches(match().sourcePrefix(prefix("2001:db8:1::/64")), Arrays.copyOf(whole, 54)))
                .isTrue();
        assertThat(matches(match().sourcePrefix(prefix("2001:db8:1::/64")), Arrays.copyOf(whole, 53)))
                .isFalse();
    }

    @Test
    void chainOfMoreThanEightExtensionHeadersIsNotFollowed() {
        byte[] eight = join(addresses(), ipv6("::1", "::2", 0, 60, join(chain(8), ports(1, 2))));
        byte[] nine = join(addresses(), ipv6("::1", "::2", 0, 60, join(chain(9), ports(1, 2))));
        assertThat(matches(match().protocol(UDP).sourcePort(1), eight)).isTrue();
        assertThat(matches(match().protocol(UDP), nine)).isFalse();
        assertThat(matches(match().sourcePrefix(prefix("::1/128")), nine)).isTrue();
    }

    private static byte[] chain(int length) {
        byte[] octets = new byte[0];
        for (int i = 0; i < length; i++) {
            octets = join(octets, extension(i == length - 1 ? UDP : 60, 8));
        }
        return octets;
    }

    @Test
    void paddingIsNotTakenForPorts() {
        byte[] empty = join(addresses(), ipv4("10.1.2.3", "10.1.2.4", 0, UDP, new byte[0]), ports(4000, 5004));
        assertThat(matches(match().protocol(UDP), empty)).isTrue();
        assertThat(matches(match().protocol(UDP).sourcePort(4000), empty)).isFalse();
        byte[] emptyV6 = join(addresses(), ipv6("::1", "::2", 0, UDP, new byte[0]), ports(4000, 5004));
        assertThat(matches(match().protocol(UDP), emptyV6)).isTrue();
        assertThat(matches(match().protocol(UDP).sourcePort(4000), emptyV6)).isFalse();
    }

    @Test
    void headerLengthBeyondTheFrameHidesThePorts() {
        byte[] octets = UDP_V4.clone();
        octets[14] = 0x4F;
        assertThat(matches(match().protocol(UDP).sourcePort(4000), octets)).isFalse();
        assertThat(matches(match().sourcePrefix(prefix("10.1.2.3/32")).protocol(UDP), octets))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x44, 0x40, 0x65, 0x05, 0xF5})
    void ipv4HeaderThatCannotBeIsNone(int firstOctet) {
        byte[] octets = UDP_V4.clone();
        octets[14] = (byte) firstOctet;
        assertThat(matches(match().protocol(UDP), octets)).isFalse();
        assertThat(matches(match().destinationMac(DESTINATION), octets)).isTrue();
    }

    @Test
    void ipv6HeaderOfAnotherVersionIsNone() {
        byte[] octets = UDP_V6.clone();
        octets[14] = 0x45;
        assertThat(matches(match().protocol(UDP), octets)).isFalse();
        assertThat(matches(match().dscp(46), octets)).isFalse();
    }

    @Test
    void frameIsReadWhereItLies() {
        byte[] memory = join(new byte[37], UDP_V4, UDP_V6);
        UnsafeBuffer buffer = new UnsafeBuffer(memory);
        Frame frame = new Frame().wrap(buffer, 37, UDP_V4.length, UDP_V4.length);
        StreamIdentification streams = new StreamIdentification(List.of(
                match().sourcePrefix(prefix("::/0")).build(),
                match().sourcePrefix(prefix("10.1.2.3/32")).build()));
        assertThat(streams.identify(frame)).isEqualTo(1);
        assertThat(streams.identify(frame.wrap(buffer, 37 + UDP_V4.length, UDP_V6.length, UDP_V6.length)))
                .isZero();
    }

    @Test
    void nothingIsAllocatedForAFrame() {
        SplittableRandom random = new SplittableRandom(0x5E55101DL);
        StreamIdentification streams = new StreamIdentification(RandomStreams.matches(random, 200));
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            frames.add(frame(RandomFrames.frame(random)));
        }
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        identifyAll(streams, frames);
        long before = thread.getThreadAllocatedBytes(id);
        int found = 0;
        for (int round = 0; round < 100; round++) {
            found += identifyAll(streams, frames);
        }
        long allocated = thread.getThreadAllocatedBytes(id) - before;
        assertThat(found).isPositive();
        assertThat(allocated).as("octets for 50 000 frames").isLessThan(10_000);
    }

    private static int identifyAll(StreamIdentification streams, List<Frame> frames) {
        int found = 0;
        for (int i = 0; i < frames.size(); i++) {
            found += streams.identify(frames.get(i)) == NONE ? 0 : 1;
        }
        return found;
    }
}
