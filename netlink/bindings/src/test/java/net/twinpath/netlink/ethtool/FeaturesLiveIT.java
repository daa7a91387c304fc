package net.twinpath.netlink.ethtool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.SortedMap;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ThrowawayNamespace;
import net.twinpath.netlink.ethtool.LinkStatus.DuplexMode;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.Links;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Offloads of a veth switched and read back, and what its cable is like. */
@Timeout(60)
class FeaturesLiveIT {
    private static final String TSO = "tx-tcp-segmentation";
    private static final String GSO = "tx-generic-segmentation";
    private static final String CHECKSUM = "tx-checksum-ip-generic";

    private ThrowawayNamespace namespace;

    @BeforeEach
    void makeNamespace() throws Exception {
        namespace = ThrowawayNamespace.create();
        namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
    }

    @AfterEach
    void deleteNamespace() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @Test
    void switchesOffloadsAndReadsThemBack() throws Exception {
        withVeth((link, generic) -> {
            Features features = new Features(generic);
            SortedMap<String, Feature> before = features.get(link);
            assertThat(before).containsKeys(TSO, GSO, CHECKSUM, "rx-gro", "rx-lro", "highdma");
            assertThat(before.get(TSO)).isEqualTo(new Feature(TSO, true, true, true));

            assertThat(features.set(link, Map.of(TSO, false, GSO, false, CHECKSUM, false)))
                    .isEmpty();
            SortedMap<String, Feature> off = features.get(link);
            assertThat(off.get(TSO)).isEqualTo(new Feature(TSO, false, false, true));
            assertThat(off.get(GSO)).isEqualTo(new Feature(GSO, false, false, true));
            assertThat(off.get(CHECKSUM)).isEqualTo(new Feature(CHECKSUM, false, false, true));
            assertThat(off.get("tx-scatter-gather")).isEqualTo(before.get("tx-scatter-gather"));

            assertThat(features.set(link, Map.of(TSO, true, GSO, true, CHECKSUM, true)))
                    .isEmpty();
            assertThat(features.get(link)).isEqualTo(before);
        });
    }

    @Test
    void reportsWhatDidNotBecomeAsWanted() throws Exception {
        withVeth((link, generic) -> {
            Features features = new Features(generic);
            features.set(link, Map.of(TSO, false, CHECKSUM, false));

            assertThat(features.set(link, Map.of(TSO, true)))
                    .as("segmentation needs checksums")
                    .containsExactly(TSO);
            assertThat(features.get(link).get(TSO)).isEqualTo(new Feature(TSO, false, true, true));
        });
    }

    @Test
    void tellsThatAFeatureIsUnknown() throws Exception {
        withVeth((link, generic) -> assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> new Features(generic).set(link, Map.of("tx-warp", true)))
                .withMessageStartingWith("set features of v0: E")
                .withMessageEndingWith("bit name not found (attribute ETHTOOL_A_BITSET_BIT_NAME)"));
    }

    @Test
    void readsCarrierSpeedAndDuplex() throws Exception {
        namespace.ip("link", "set", "v0", "up");
        withVeth((link, generic) -> {
            LinkStatus.Reader reader = new LinkStatus.Reader(generic);
            assertThat(reader.read(link).detected()).isFalse();
            namespace.ip("link", "set", "v1", "up");
            LinkStatus status = reader.read(link);
            assertThat(status.detected()).isTrue();
            assertThat(status.speedMbps()).hasValue(10_000);
            assertThat(status.duplex()).isEqualTo(DuplexMode.FULL);
        });
    }

    @Test
    void anInterfaceWithoutSpeedHasAnUnknownOne() throws Exception {
        namespace.run(() -> {
            try (NetlinkSocket route = NetlinkSocket.open(Netlink.NETLINK_ROUTE);
                    NetlinkSocket generic = NetlinkSocket.open(Netlink.NETLINK_GENERIC)) {
                Link loopback = new Links(route).find("lo").orElseThrow();
                LinkStatus status = new LinkStatus.Reader(generic).read(loopback);
                assertThat(status.speedMbps()).isEmpty();
                assertThat(status.duplex()).isEqualTo(DuplexMode.UNKNOWN);
            }
        });
    }

    private void withVeth(VethBody body) throws Exception {
        namespace.run(() -> {
            try (NetlinkSocket route = NetlinkSocket.open(Netlink.NETLINK_ROUTE);
                    NetlinkSocket generic = NetlinkSocket.open(Netlink.NETLINK_GENERIC)) {
                body.run(new Links(route).find("v0").orElseThrow(), generic);
            }
        });
    }

    private interface VethBody {
        void run(Link link, NetlinkSocket generic) throws Exception;
    }
}
