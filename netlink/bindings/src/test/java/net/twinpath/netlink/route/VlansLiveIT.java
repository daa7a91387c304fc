package net.twinpath.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ThrowawayNamespace;
import net.twinpath.netlink.route.VlanOptions.Flag;
import net.twinpath.netlink.route.VlanOptions.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** VLAN interfaces made, changed and read back in the kernel. */
@Tag("vm")
@Timeout(60)
class VlansLiveIT {
    private ThrowawayNamespace namespace;

    @BeforeEach
    void makeNamespace() throws Exception {
        namespace = ThrowawayNamespace.create();
        namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
        namespace.assumeIp(
                "needs the kernel module 8021q", "link", "add", "link", "v0", "probe", "type", "vlan", "id", "4000");
        namespace.ip("link", "delete", "probe");
    }

    @AfterEach
    void deleteNamespace() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @Test
    void createsAVlanAndReadsItBack() throws Exception {
        with((below, vlans) -> {
            VlanOptions wanted = VlanOptions.of(100)
                    .with(Set.of(Flag.LOOSE_BINDING))
                    .withEgress(Map.of(0L, 1, 5L, 6, 0x10001L, 7))
                    .withIngress(Map.of(3, 4L, 7, 0x10001L));
            Link made = vlans.create("v0.100", below, wanted);
            assertThat(made.kind()).isEqualTo("vlan");
            assertThat(made.linkedIndex()).isEqualTo(below.index());
            assertThat(vlans.find("v0.100").orElseThrow().options()).isEqualTo(wanted);
            assertThat(vlans.list()).extracting(vlan -> vlan.link().name()).containsExactly("v0.100");
        });
        assertThat(namespace.read("/proc/net/vlan/v0.100"))
                .contains("VID: 100", "REORDER_HDR: 0", "3:4", "7:65537", "0:1", "5:6", "65537:7");
    }

    @Test
    void aVlanWithoutWishesIsAsTheKernelMakesIt() throws Exception {
        with((below, vlans) -> {
            vlans.create("v0.7", below, VlanOptions.of(7));
            assertThat(vlans.find("v0.7").orElseThrow().options()).isEqualTo(VlanOptions.of(7));
            namespace.ip("link", "add", "link", "v0", "v0.8", "type", "vlan", "id", "8");
            assertThat(vlans.find("v0.8").orElseThrow().options()).isEqualTo(VlanOptions.of(8));
        });
    }

    @Test
    void flagsAndMapsAreChangedInPlaceAndTakenBack() throws Exception {
        with((below, vlans) -> {
            VlanOptions before =
                    VlanOptions.of(100).withEgress(Map.of(0L, 1, 5L, 6)).withIngress(Map.of(3, 4L));
            Link vlan = vlans.create("v0.100", below, before);
            VlanOptions wanted = VlanOptions.of(100)
                    .with(Set.of(Flag.REORDER_HDR, Flag.LOOSE_BINDING))
                    .withEgress(Map.of(5L, 7, 6L, 2))
                    .withIngress(Map.of(1, 1L));

            vlans.change(vlan, before, wanted);
            assertThat(vlans.find("v0.100").orElseThrow().options()).isEqualTo(wanted);
            vlans.change(vlan, wanted, before);
            assertThat(vlans.find("v0.100").orElseThrow().options()).isEqualTo(before);
            assertThat(vlans.find("v0.100").orElseThrow().link().index())
                    .as("the interface is still the same one")
                    .isEqualTo(vlan.index());
        });
    }

    /** The kernel shows no names of flags to anybody; those of ip(8) are the constants of its header. */
    @Test
    void everyFlagHasItsName() throws Exception {
        with((below, vlans) -> {
            Link vlan = vlans.create("v0.100", below, VlanOptions.of(100));
            for (Flag flag : EnumSet.complementOf(EnumSet.of(Flag.BRIDGE_BINDING))) {
                VlanOptions now = vlans.find("v0.100").orElseThrow().options();
                vlans.change(vlan, now, now.with(Set.of(flag)));
                assertThat(vlans.find("v0.100").orElseThrow().options().flags()).containsExactly(flag);
                assertThat(namespace.ip("-d", "link", "show", "v0.100")).contains("<" + flag.name() + ">");
            }
        });
    }

    @Test
    void bothTagsStandOnOneInterface() throws Exception {
        with((below, vlans) -> {
            vlans.create("c100", below, VlanOptions.of(100));
            vlans.create("s100", below, VlanOptions.of(100).with(Protocol.DOT1AD));
            for (String name : Set.of("c100", "s100")) {
                Protocol protocol = vlans.find(name).orElseThrow().options().protocol();
                assertThat(namespace.ip("-d", "link", "show", name))
                        .containsIgnoringCase(
                                "vlan protocol " + protocol.toString().toLowerCase(Locale.ROOT));
            }
            assertThat(vlans.find("s100").orElseThrow().options().protocol()).isEqualTo(Protocol.DOT1AD);
        });
    }

    @Test
    void refusalsNameTheVlanAndTheInterfaceBelow() throws Exception {
        with((below, vlans) -> {
            vlans.create("v0.100", below, VlanOptions.of(100));
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> vlans.create("other", below, VlanOptions.of(100)))
                    .withMessageStartingWith("create VLAN 100 of v0 as other: EEXIST (File exists)");
        });
    }

    private void with(Body body) throws Exception {
        namespace.run(() -> {
            try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE)) {
                body.run(new Links(socket).find("v0").orElseThrow(), new Vlans(socket));
            }
        });
    }

    private interface Body {
        void run(Link below, Vlans vlans) throws Exception;
    }
}
