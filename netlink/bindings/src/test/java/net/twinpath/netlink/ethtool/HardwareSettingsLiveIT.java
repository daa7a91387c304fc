package net.twinpath.netlink.ethtool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import jnr.constants.platform.Errno;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.ThrowawayNamespace;
import net.twinpath.netlink.ethtool.LinkStatus.DuplexMode;
import net.twinpath.netlink.family.ethtool.HeaderAttrs;
import net.twinpath.netlink.family.ethtool.StringAttrs;
import net.twinpath.netlink.family.ethtool.StringSet;
import net.twinpath.netlink.family.ethtool.StringsetAttrs;
import net.twinpath.netlink.family.ethtool.StringsetsAttrs;
import net.twinpath.netlink.family.ethtool.StrsetGetReply;
import net.twinpath.netlink.family.ethtool.StrsetGetRequest;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.Links;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What virtual interfaces have of the settings of hardware: channels of a veth, coalescing and speed of a tap. */
@Timeout(60)
class HardwareSettingsLiveIT {
    private static final CoalesceParameters NOTHING = new CoalesceParameters(null, null, null, null, null, null);

    private ThrowawayNamespace namespace;

    @BeforeEach
    void makeNamespace() throws Exception {
        namespace = ThrowawayNamespace.create();
        namespace.ip("link", "add", "v0", "numtxqueues", "4", "numrxqueues", "4", "type", "veth", "peer", "name", "v1");
        namespace.assumeIp("needs tap interfaces (kernel module tun)", "tuntap", "add", "tap0", "mode", "tap");
    }

    @AfterEach
    void deleteNamespace() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @Test
    void setsChannelsAndReadsThemBack() throws Exception {
        with((links, generic) -> {
            Channels channels = new Channels(generic);
            Link v0 = links.find("v0").orElseThrow();
            assertThat(channels.maximum(v0)).isEqualTo(new ChannelCounts(4L, 4L, null));

            channels.set(v0, new ChannelCounts(3L, 2L, null));
            assertThat(channels.get(v0)).isEqualTo(new ChannelCounts(3L, 2L, null));
            channels.set(v0, new ChannelCounts(null, 1L, null));
            assertThat(channels.get(v0)).isEqualTo(new ChannelCounts(3L, 1L, null));
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> channels.set(v0, new ChannelCounts(5L, null, null)))
                    .withMessage("set channels of v0: EINVAL (Invalid argument):"
                            + " requested channel count exceeds maximum (attribute ETHTOOL_A_CHANNELS_RX_COUNT)");
        });
    }

    @Test
    void setsCoalescingAndReadsItBack() throws Exception {
        with((links, generic) -> {
            Coalescing coalescing = new Coalescing(generic);
            Link tap = links.find("tap0").orElseThrow();
            assertThat(coalescing.get(tap)).isEqualTo(new CoalesceParameters(null, 0L, null, null, null, null));
            coalescing.set(tap, new CoalesceParameters(null, 8L, null, null, null, null));
            assertThat(coalescing.get(tap)).isEqualTo(new CoalesceParameters(null, 8L, null, null, null, null));
            coalescing.set(tap, NOTHING);
            assertThat(coalescing.get(tap).receiveFrames()).isEqualTo(8);
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> coalescing.set(tap, new CoalesceParameters(null, null, 9L, null, null, null)))
                    .withMessageStartingWith("set coalescing of tap0: E")
                    .withMessageEndingWith(
                            "cannot modify an unsupported parameter" + " (attribute ETHTOOL_A_COALESCE_TX_USECS)");
        });
    }

    @Test
    void setsSpeedAndDuplexUnderTheKernelsNames() throws Exception {
        namespace.ip("link", "set", "tap0", "up");
        with((links, generic) -> {
            LinkModes modes = new LinkModes(generic);
            Link tap = links.find("tap0").orElseThrow();
            int speed = 0;
            for (DuplexMode duplex : DuplexMode.values()) {
                speed += 100;
                modes.set(tap, new LinkModeSettings(null, speed, duplex, null));
                LinkModeSettings now = modes.get(tap);
                assertThat(now.autonegotiate()).isFalse();
                assertThat(now.speedMbps()).isEqualTo(speed);
                assertThat(now.duplex()).isEqualTo(duplex == DuplexMode.UNKNOWN ? null : duplex);
                assertThat(namespace.read("/sys/class/net/tap0/duplex"))
                        .isEqualTo(duplex.name().toLowerCase(Locale.ROOT));
                assertThat(namespace.read("/sys/class/net/tap0/speed")).isEqualTo(Integer.toString(speed));
            }
            assertThat(modes.supported(tap)).isEmpty();
        });
    }

    @Test
    void whatADriverDoesNotHaveIsToldByItsErrno() throws Exception {
        with((links, generic) -> {
            Link v0 = links.find("v0").orElseThrow();
            notSupported("read PAUSE of v0", () -> new Pause(generic).get(v0));
            notSupported("read PAUSE of v0", () -> new Pause(generic).statistics(v0));
            notSupported("set PAUSE of v0", () -> new Pause(generic).set(v0, new PauseParameters(false, null, null)));
            notSupported("read coalescing of v0", () -> new Coalescing(generic).get(v0));
            Link tap = links.find("tap0").orElseThrow();
            notSupported("read ring sizes of tap0", () -> new Rings(generic).get(tap));
            Link loopback = links.find("lo").orElseThrow();
            notSupported("read channels of lo", () -> new Channels(generic).get(loopback));
            notSupported("read link modes of lo", () -> new LinkModes(generic).get(loopback));
        });
    }

    /** The names of features come with the kernel's answers; here they are compared with its lists of names. */
    @Test
    void theNamesAreThoseOfTheKernelsLists() throws Exception {
        with((links, generic) -> {
            Set<String> features = strings(generic, StringSet.ETH_SS_FEATURES);
            assertThat(features)
                    .containsAll(new Features(generic)
                            .get(links.find("v0").orElseThrow())
                            .keySet())
                    .contains(
                            "rx-gro",
                            "rx-lro",
                            "rx-gro-hw",
                            "rx-checksum",
                            "rx-vlan-hw-parse",
                            "tx-vlan-hw-insert",
                            "tx-checksum-ip-generic",
                            "tx-tcp-segmentation",
                            "tx-generic-segmentation");
            assertThat(strings(generic, StringSet.ETH_SS_LINK_MODES))
                    .contains("10baseT/Half", "100baseT/Full", "1000baseT/Full", "Autoneg", "Pause", "Asym_Pause");
        });
    }

    private static Set<String> strings(NetlinkSocket generic, int set) {
        StringsetAttrs wanted = StringsetAttrs.builder().id(set).build();
        StrsetGetRequest request = new StrsetGetRequest(new EthtoolFamily(generic).id())
                .header(HeaderAttrs.builder().build())
                .stringsets(StringsetsAttrs.builder().stringset(List.of(wanted)).build());
        Set<String> strings = new HashSet<>();
        generic.request(new Operation("read string set", null), request, 0).stream()
                .map(StrsetGetReply::decode)
                .flatMap(reply -> Objects.requireNonNull(reply.stringsets()).stringset().stream())
                .flatMap(told -> Objects.requireNonNull(told.strings()).string().stream())
                .map(StringAttrs::value)
                .forEach(name -> strings.add(Objects.requireNonNull(name)));
        return strings;
    }

    private static void notSupported(String operation, Runnable request) {
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(request::run)
                .satisfies(e -> assertThat(e.is(Errno.EOPNOTSUPP)).isTrue())
                .withMessageStartingWith(operation + ": EOPNOTSUPP (Operation not supported)");
    }

    private void with(Body body) throws Exception {
        namespace.run(() -> {
            try (NetlinkSocket route = NetlinkSocket.open(Netlink.NETLINK_ROUTE);
                    NetlinkSocket generic = NetlinkSocket.open(Netlink.NETLINK_GENERIC)) {
                body.run(new Links(route), generic);
            }
        });
    }

    private interface Body {
        void run(Links links, NetlinkSocket generic) throws Exception;
    }
}
