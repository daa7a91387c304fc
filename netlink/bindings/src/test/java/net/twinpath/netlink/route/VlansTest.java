package net.twinpath.netlink.route;

import static net.twinpath.netlink.FakeKernel.acknowledgement;
import static net.twinpath.netlink.FakeKernel.attribute;
import static net.twinpath.netlink.FakeKernel.join;
import static net.twinpath.netlink.FakeKernel.text;
import static net.twinpath.netlink.FakeKernel.u16;
import static net.twinpath.netlink.FakeKernel.u32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.twinpath.netlink.AnnotatedHex;
import net.twinpath.netlink.FakeKernel;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.route.VlanOptions.Flag;
import net.twinpath.netlink.route.VlanOptions.Protocol;
import org.junit.jupiter.api.Test;

/** Requests for VLAN interfaces octet by octet, and what the kernel tells of them. */
class VlansTest {
    private static final VlanOptions OPTIONS = VlanOptions.of(100)
            .with(Protocol.DOT1AD)
            .with(Set.of(Flag.GVRP))
            .withEgress(Map.of(0L, 1, 5L, 6))
            .withIngress(Map.of(3, 4L));

    private final FakeKernel kernel = new FakeKernel();
    private final Vlans vlans = new Vlans(new NetlinkSocket(kernel));

    @Test
    void createsAVlanWithEveryOption() {
        kernel.acknowledge().answer(sequence -> found(sequence, LinkMessages.link(sequence, 4, "v0.100")));
        vlans.create("v0.100", LinkMessages.link(9, "v0"), OPTIONS);
        assertThat(HexFormat.of().formatHex(kernel.requests().get(0))).isEqualTo(AnnotatedHex.littleEndian("""
                        90000000 1000 0506 01000000 00000000  # RTM_NEWLINK, REQUEST|ACK|EXCL|CREATE
                        00 00 0000 00000000 00000000 00000000 # struct ifinfomsg
                        0b00 0300 76302e31303000 00           # IFLA_IFNAME v0.100
                        0800 0500 09000000                    # IFLA_LINK 9
                        5c00 1280                             # IFLA_LINKINFO
                          0900 0100 766c616e00 000000         #   IFLA_INFO_KIND vlan
                          4c00 0280                           #   IFLA_INFO_DATA
                            0600 0100 6400 0000               #     IFLA_VLAN_ID 100
                            0c00 0200 0200000003000000        #     IFLA_VLAN_FLAGS: GVRP on, REORDER_HDR off
                            1c00 0380                         #     IFLA_VLAN_EGRESS_QOS
                              0c00 0100 0000000001000000      #       IFLA_VLAN_QOS_MAPPING packet priority 0 to PCP 1
                              0c00 0100 0500000006000000      #       IFLA_VLAN_QOS_MAPPING 5 to 6
                            1000 0480                         #     IFLA_VLAN_INGRESS_QOS
                              0c00 0100 0300000004000000      #       IFLA_VLAN_QOS_MAPPING PCP 3 to packet priority 4
                            0600 0500 88a8 0000               #     IFLA_VLAN_PROTOCOL 802.1ad, big-endian
                        """));
    }

    @Test
    void aVlanWithoutWishesIsAskedForWithIdentifierAndTagAlone() {
        kernel.acknowledge().answer(sequence -> found(sequence, LinkMessages.link(sequence, 4, "v0.100")));
        vlans.create("v0.100", LinkMessages.link(9, "v0"), VlanOptions.of(100));
        assertThat(HexFormat.of().formatHex(kernel.requests().get(0))).endsWith(AnnotatedHex.littleEndian("""
                        1400 0280           #   IFLA_INFO_DATA
                          0600 0100 6400 0000 #   IFLA_VLAN_ID 100
                          0600 0500 8100 0000 #   IFLA_VLAN_PROTOCOL 802.1Q
                        """));
    }

    @Test
    void changesFlagsAndMapEntriesThatDifferAndMapsTheOthersBackToZero() {
        kernel.acknowledge();
        VlanOptions wanted = VlanOptions.of(100)
                .with(Protocol.DOT1AD)
                .withEgress(Map.of(5L, 6, 6L, 7))
                .withIngress(Map.of(3, 4L));
        vlans.change(LinkMessages.link(4, "v0.100"), OPTIONS, wanted);
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        5c000000 1000 0500 01000000 00000000  # RTM_NEWLINK, REQUEST|ACK
                        00 00 0000 04000000 00000000 00000000 # struct ifinfomsg: index 4
                        3c00 1280                             # IFLA_LINKINFO
                          0900 0100 766c616e00 000000         #   IFLA_INFO_KIND vlan
                          2c00 0280                           #   IFLA_INFO_DATA
                            0c00 0200 0100000003000000        #     IFLA_VLAN_FLAGS: REORDER_HDR on, GVRP off
                            1c00 0380                         #     IFLA_VLAN_EGRESS_QOS
                              0c00 0100 0000000000000000      #       IFLA_VLAN_QOS_MAPPING no longer mapped
                              0c00 0100 0600000007000000      #       IFLA_VLAN_QOS_MAPPING 6 to 7
                        """));
    }

    @Test
    void identifierAndTagStay() {
        Link vlan = LinkMessages.link(4, "v0.100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vlans.change(vlan, OPTIONS, VlanOptions.of(100)))
                .withMessage("v0.100 has VLAN 802.1ad 100, which cannot become 802.1Q 100");
        assertThat(kernel.requests()).isEmpty();
    }

    @Test
    void readsEveryOptionBack() {
        byte[] info = attribute(
                18,
                attribute(1, text("vlan")),
                attribute(
                        2,
                        attribute(5, new byte[] {(byte) 0x88, (byte) 0xA8}),
                        attribute(1, u16(100)),
                        attribute(2, u32(2), u32(-1)),
                        attribute(4, attribute(1, u32(3), u32(4))),
                        attribute(3, attribute(1, u32(0), u32(1)), attribute(1, u32(5), u32(6)))));
        kernel.answer(sequence ->
                found(sequence, LinkMessages.link(sequence, 4, "v0.100", join(attribute(5, u32(9)), info))));
        Vlan vlan = vlans.find("v0.100").orElseThrow();
        assertThat(vlan.options()).isEqualTo(OPTIONS);
        assertThat(vlan.link().linkedIndex()).isEqualTo(9);
    }

    /** {@code vlan_fill_info} leaves out flags and maps when there are none. */
    @Test
    void aVlanWithoutFlagsAndMapsTellsNone() {
        byte[] info = attribute(18, attribute(1, text("vlan")), attribute(2, attribute(1, u16(7))));
        kernel.answer(sequence -> found(sequence, LinkMessages.link(sequence, 4, "v0.7", info)));
        assertThat(vlans.find("v0.7").orElseThrow().options())
                .isEqualTo(VlanOptions.of(7).with(Set.of()));
    }

    @Test
    void whatIsMappedToZeroIsNotMapped() {
        assertThat(VlanOptions.of(7).withEgress(Map.of(1L, 0, 2L, 3)).egress()).containsExactly(Map.entry(2L, 3));
        assertThat(VlanOptions.of(7).withIngress(Map.of(1, 0L))).isEqualTo(VlanOptions.of(7));
    }

    @Test
    void refusesNumbersThatNoTagHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VlanOptions.of(4095))
                .withMessage("VLAN identifier 4095 is not 0 to 4094");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VlanOptions.of(7).withEgress(Map.of(0L, 8)))
                .withMessage("priority code point 8 is not 0 to 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VlanOptions.of(7).withIngress(Map.of(8, 1L)))
                .withMessage("priority code point 8 is not 0 to 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VlanOptions.of(7).withIngress(Map.of(1, 1L << 32)))
                .withMessage("packet priority 4294967296 is not 0 to 4294967295");
    }

    private static List<byte[]> found(int sequence, byte[] message) {
        return List.of(message, acknowledgement(sequence, 0, 0));
    }
}
