package net.twinpath.duppath.stream;

import static net.twinpath.duppath.stream.Packets.match;
import static net.twinpath.duppath.stream.Packets.prefix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which matches there are, and what is said about those that make no sense. */
class StreamMatchTest {
    @Test
    void builderGivesEveryFieldAndLeavesTheOthersOpen() {
        assertThat(match().build()).isEqualTo(StreamMatch.any());
        assertThat(match().destinationPort(8)
                        .sourcePort(7)
                        .protocol(StreamMatch.UDP)
                        .dscp(46)
                        .destinationPrefix(prefix("10.0.0.2/32"))
                        .sourcePrefix(prefix("10.0.0.0/24"))
                        .vlanId(66)
                        .tagged(Tagged.TAGGED)
                        .sourceMac(0xB)
                        .destinationMac(0xA)
                        .build())
                .isEqualTo(new StreamMatch(
                        0xA, 0xB, Tagged.TAGGED, 66, prefix("10.0.0.0/24"), prefix("10.0.0.2/32"), 46, 17, 7, 8));
    }

    @Test
    void valuesMustBeInRange() {
        refuses(() -> match().destinationMac(1L << 48).build(), "destination MAC 1000000000000: must be of 48 bits");
        refuses(() -> match().sourceMac(-2).build(), "source MAC fffffffffffffffe: must be of 48 bits");
        refuses(() -> match().vlanId(4095).build(), "VLAN ID 4095: must be 1 to 4094, or 0 for any");
        refuses(() -> match().vlanId(-1).build(), "VLAN ID -1: must be 1 to 4094, or 0 for any");
        refuses(() -> match().dscp(65).build(), "DSCP 65: must be 0 to 63, or 64 for any");
        refuses(() -> match().dscp(-1).build(), "DSCP -1: must be 0 to 63, or 64 for any");
        refuses(() -> match().protocol(256).build(), "protocol 256: must be 0 to 255, or -1 for any");
        refuses(() -> match().protocol(-2).build(), "protocol -2: must be 0 to 255, or -1 for any");
        refuses(() -> match().protocol(6).sourcePort(65_536).build(), "source port 65536: must be 0 to 65535");
        refuses(() -> match().protocol(6).destinationPort(-2).build(), "destination port -2: must be 0 to 65535");
    }

    @Test
    void portsNeedAProtocolThatHasThem() {
        refuses(
                () -> match().sourcePort(5004).build(),
                "source port 5004: needs the protocol to be TCP (6), UDP (17) or SCTP (132), and it is any");
        refuses(
                () -> match().protocol(1).destinationPort(5004).build(),
                "destination port 5004: needs the protocol to be TCP (6), UDP (17) or SCTP (132), and it is 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {StreamMatch.TCP, StreamMatch.UDP, StreamMatch.SCTP})
    void portZeroIsAPort(int protocol) {
        assertThat(match().protocol(protocol).sourcePort(0).build().sourcePort())
                .isZero();
    }

    @Test
    void vlanIdNeedsATag() {
        refuses(
                () -> match().tagged(Tagged.PRIORITY).vlanId(66).build(),
                "VLAN ID 66: no untagged or priority-tagged frame has one; give tagged or all");
    }

    @Test
    void addressesMustBeOfOneIpVersion() {
        refuses(
                () -> match().sourcePrefix(prefix("10.0.0.0/8"))
                        .destinationPrefix(prefix("2001:db8::/32"))
                        .build(),
                "source 10.0.0.0/8 and destination 2001:db8:0:0:0:0:0:0/32: must both be IPv4 or both IPv6");
    }

    @Test
    void streamNeedsAName() {
        refuses(() -> new StreamSettings(" ", StreamMatch.any(), StreamAction.DROP), "stream name: blank");
        assertThat(new StreamSettings("camera", StreamMatch.any(), StreamAction.DUPLICATE).name())
                .isEqualTo("camera");
    }

    private static void refuses(ThrowingCallable made, String message) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
    }
}
