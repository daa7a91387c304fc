package net.twinpath.netlink.route;

import static net.twinpath.netlink.FakeKernel.acknowledgement;
import static net.twinpath.netlink.FakeKernel.attribute;
import static net.twinpath.netlink.FakeKernel.done;
import static net.twinpath.netlink.FakeKernel.join;
import static net.twinpath.netlink.FakeKernel.text;
import static net.twinpath.netlink.FakeKernel.u16;
import static net.twinpath.netlink.FakeKernel.u32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import jnr.constants.platform.Errno;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.AnnotatedHex;
import net.twinpath.netlink.FakeKernel;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.route.BondChoice.AdSelect;
import net.twinpath.netlink.route.BondChoice.ArpAllTargets;
import net.twinpath.netlink.route.BondChoice.ArpValidate;
import net.twinpath.netlink.route.BondChoice.FailOverMac;
import net.twinpath.netlink.route.BondChoice.LacpRate;
import net.twinpath.netlink.route.BondChoice.Mode;
import net.twinpath.netlink.route.BondChoice.PrimaryReselect;
import net.twinpath.netlink.route.BondChoice.XmitHashPolicy;
import net.twinpath.netlink.route.BondPort.MiiStatus;
import org.junit.jupiter.api.Test;

/** Requests for bonds and their members octet by octet, and what the kernel tells of them. */
class BondsTest {
    /** {@code IFLA_LINKINFO} with every option, laid out after {@code struct nlattr}. */
    private static final String EVERY_OPTION = """
            2c01 1280                                        # IFLA_LINKINFO
              0900 0100 626f6e6400 000000                    #   IFLA_INFO_KIND bond
              1c01 0280                                      #   IFLA_INFO_DATA
                0500 0100 01 000000                          #     IFLA_BOND_MODE active-backup
                0800 0200 09000000                           #     IFLA_BOND_ACTIVE_SLAVE 9
                0800 0300 64000000                           #     IFLA_BOND_MIIMON 100
                0800 0400 c8000000                           #     IFLA_BOND_UPDELAY 200
                0800 0500 2c010000                           #     IFLA_BOND_DOWNDELAY 300
                0500 0600 01 000000                          #     IFLA_BOND_USE_CARRIER
                0800 0700 e8030000                           #     IFLA_BOND_ARP_INTERVAL 1000
                1400 0880                                    #     IFLA_BOND_ARP_IP_TARGET
                  0800 0000 c0000201                         #       192.0.2.1, big-endian
                  0800 0100 c0000202                         #       192.0.2.2
                0800 0900 06000000                           #     IFLA_BOND_ARP_VALIDATE filter_backup
                0800 0a00 01000000                           #     IFLA_BOND_ARP_ALL_TARGETS all
                0800 0b00 09000000                           #     IFLA_BOND_PRIMARY 9
                0500 0c00 01 000000                          #     IFLA_BOND_PRIMARY_RESELECT better
                0500 0d00 01 000000                          #     IFLA_BOND_FAIL_OVER_MAC active
                0500 0e00 05 000000                          #     IFLA_BOND_XMIT_HASH_POLICY vlan+srcmac
                0800 0f00 05000000                           #     IFLA_BOND_RESEND_IGMP 5
                0500 1000 03 000000                          #     IFLA_BOND_NUM_PEER_NOTIF 3
                0500 1100 01 000000                          #     IFLA_BOND_ALL_SLAVES_ACTIVE
                0800 1200 02000000                           #     IFLA_BOND_MIN_LINKS 2
                0800 1300 07000000                           #     IFLA_BOND_LP_INTERVAL 7
                0800 1400 09000000                           #     IFLA_BOND_PACKETS_PER_SLAVE 9
                0500 1500 01 000000                          #     IFLA_BOND_AD_LACP_RATE fast
                0500 1600 01 000000                          #     IFLA_BOND_AD_SELECT bandwidth
                0600 1800 0201 0000                          #     IFLA_BOND_AD_ACTOR_SYS_PRIO 258
                0600 1900 0302 0000                          #     IFLA_BOND_AD_USER_PORT_KEY 515
                0a00 1a00 025450000009 0000                  #     IFLA_BOND_AD_ACTOR_SYSTEM
                0500 1b00 00 000000                          #     IFLA_BOND_TLB_DYNAMIC_LB off
                0800 1c00 90010000                           #     IFLA_BOND_PEER_NOTIF_DELAY 400
                0500 1d00 00 000000                          #     IFLA_BOND_AD_LACP_ACTIVE off
                0500 1e00 04 000000                          #     IFLA_BOND_MISSED_MAX 4
                1800 1f80                                    #     IFLA_BOND_NS_IP6_TARGET
                  1400 0000 20010db8000000000000000000000001 #       2001:db8::1
                0500 2000 01 000000                          #     IFLA_BOND_COUPLED_CONTROL
            """;

    private static final BondOptions OPTIONS = BondOptions.NONE
            .with(BondOption.MODE, Mode.ACTIVE_BACKUP)
            .with(BondOption.ACTIVE_SLAVE, 9)
            .with(BondOption.MIIMON, 100)
            .with(BondOption.UPDELAY, 200)
            .with(BondOption.DOWNDELAY, 300)
            .with(BondOption.USE_CARRIER, true)
            .with(BondOption.ARP_INTERVAL, 1000)
            .with(BondOption.ARP_IP_TARGET, List.of(ipv4("192.0.2.1"), ipv4("192.0.2.2")))
            .with(BondOption.ARP_VALIDATE, ArpValidate.FILTER_BACKUP)
            .with(BondOption.ARP_ALL_TARGETS, ArpAllTargets.ALL)
            .with(BondOption.PRIMARY, 9)
            .with(BondOption.PRIMARY_RESELECT, PrimaryReselect.BETTER)
            .with(BondOption.FAIL_OVER_MAC, FailOverMac.ACTIVE)
            .with(BondOption.XMIT_HASH_POLICY, XmitHashPolicy.VLAN_SRCMAC)
            .with(BondOption.RESEND_IGMP, 5)
            .with(BondOption.NUM_PEER_NOTIF, 3)
            .with(BondOption.ALL_SLAVES_ACTIVE, true)
            .with(BondOption.MIN_LINKS, 2)
            .with(BondOption.LP_INTERVAL, 7)
            .with(BondOption.PACKETS_PER_SLAVE, 9)
            .with(BondOption.AD_LACP_RATE, LacpRate.FAST)
            .with(BondOption.AD_SELECT, AdSelect.BANDWIDTH)
            .with(BondOption.AD_ACTOR_SYS_PRIO, 258)
            .with(BondOption.AD_USER_PORT_KEY, 515)
            .with(BondOption.AD_ACTOR_SYSTEM, MacAddress.parse("02:54:50:00:00:09"))
            .with(BondOption.TLB_DYNAMIC_LB, false)
            .with(BondOption.PEER_NOTIF_DELAY, 400)
            .with(BondOption.AD_LACP_ACTIVE, false)
            .with(BondOption.MISSED_MAX, 4)
            .with(BondOption.NS_IP6_TARGET, List.of(ipv6("2001:db8::1")))
            .with(BondOption.COUPLED_CONTROL, true);

    private final FakeKernel kernel = new FakeKernel();
    private final Bonds bonds = new Bonds(new NetlinkSocket(kernel));

    @Test
    void createsABondWithEveryOption() {
        kernel.acknowledge().answer(sequence -> found(sequence, LinkMessages.link(sequence, 4, "bond0")));
        assertThat(bonds.create("bond0", OPTIONS).index()).isEqualTo(4);
        assertThat(OPTIONS.options()).containsExactlyInAnyOrderElementsOf(BondOption.all());
        assertThat(HexFormat.of().formatHex(kernel.requests().get(0)))
                .isEqualTo(AnnotatedHex.littleEndian("""
                        58010000 1000 0506 01000000 00000000             # RTM_NEWLINK, REQUEST|ACK|EXCL|CREATE
                        00 00 0000 00000000 00000000 00000000            # struct ifinfomsg
                        0a00 0300 626f6e643000 0000                      # IFLA_IFNAME bond0
                        """) + AnnotatedHex.littleEndian(EVERY_OPTION));
    }

    @Test
    void readsEveryOptionBack() {
        kernel.answer(sequence -> found(sequence, LinkMessages.link(sequence, 4, "bond0", octets(EVERY_OPTION))));
        Bond bond = bonds.find("bond0").orElseThrow();
        assertThat(bond.link().name()).isEqualTo("bond0");
        assertThat(bond.link().kind()).isEqualTo("bond");
        assertThat(bond.options()).isEqualTo(OPTIONS);
        assertThat(bond.aggregator()).isNull();
    }

    @Test
    void changesOnlyWhatItIsTold() {
        kernel.acknowledge();
        bonds.change(
                LinkMessages.link(4, "bond0"),
                BondOptions.NONE.with(BondOption.ARP_IP_TARGET, List.of()).with(BondOption.MIIMON, 50));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        40000000 1000 0500 01000000 00000000  # RTM_NEWLINK, REQUEST|ACK
                        00 00 0000 04000000 00000000 00000000 # struct ifinfomsg: index 4
                        2000 1280                             # IFLA_LINKINFO
                          0900 0100 626f6e6400 000000         #   IFLA_INFO_KIND bond
                          1000 0280                           #   IFLA_INFO_DATA
                            0800 0300 32000000                #     IFLA_BOND_MIIMON 50
                            0400 0880                         #     IFLA_BOND_ARP_IP_TARGET: none
                        """));
    }

    @Test
    void aRefusalNamesBondOptionsAttributeAndTheKernelsWords() {
        kernel.answer(sequence -> List.of(acknowledgement(
                sequence,
                Errno.EACCES.intValue(),
                Netlink.NLM_F_ACK_TLVS,
                attribute(Netlink.NLMSGERR_ATTR_MSG, text("option lacp_rate: mode dependency failed")),
                attribute(Netlink.NLMSGERR_ATTR_OFFS, u32(52)))));
        Link bond = LinkMessages.link(4, "bond0");
        BondOptions fast = BondOptions.NONE.with(BondOption.AD_LACP_RATE, LacpRate.FAST);
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> bonds.change(bond, fast))
                .withMessage(
                        "set lacp_rate fast of bond0: EACCES (Permission denied): option lacp_rate: mode dependency"
                                + " failed (attribute IFLA_BOND_AD_LACP_RATE)");
    }

    @Test
    void setsQueueAndPriorityOfAMember() {
        kernel.acknowledge().acknowledge();
        Link port = LinkMessages.link(9, "v0");
        bonds.setQueueId(port, 2);
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        3c000000 1000 0500 01000000 00000000  # RTM_NEWLINK, REQUEST|ACK
                        00 00 0000 09000000 00000000 00000000 # struct ifinfomsg: index 9
                        1c00 1280                             # IFLA_LINKINFO
                          0900 0400 626f6e6400 000000         #   IFLA_INFO_SLAVE_KIND bond
                          0c00 0580                           #   IFLA_INFO_SLAVE_DATA
                            0600 0500 0200 0000               #     IFLA_BOND_SLAVE_QUEUE_ID 2
                        """));
        bonds.setPriority(port, -1);
        assertThat(kernel.lastRequest()).endsWith(AnnotatedHex.littleEndian("""
                          0900 0400 626f6e6400 000000         #   IFLA_INFO_SLAVE_KIND bond
                          0c00 0580                           #   IFLA_INFO_SLAVE_DATA
                            0800 0900 ffffffff                #     IFLA_BOND_SLAVE_PRIO -1
                        """));
    }

    @Test
    void aBondThatTellsNothingHasNoTargetsAndNoPreferredPort() {
        kernel.answer(sequence -> found(sequence, bond(sequence, attribute(1, new byte[] {6}))));
        assertThat(bonds.find("bond0").orElseThrow().options())
                .isEqualTo(BondOptions.NONE
                        .with(BondOption.MODE, Mode.BALANCE_ALB)
                        .with(BondOption.ACTIVE_SLAVE, 0)
                        .with(BondOption.PRIMARY, 0)
                        .with(BondOption.ARP_IP_TARGET, List.of())
                        .with(BondOption.NS_IP6_TARGET, List.of()));
    }

    @Test
    void aChoiceThatIsNewToUsIsAsIfItWereNotTold() {
        kernel.answer(sequence -> found(sequence, bond(sequence, attribute(22, new byte[] {77}))));
        assertThat(bonds.find("bond0").orElseThrow().options().get(BondOption.AD_SELECT))
                .isEmpty();
    }

    @Test
    void tellsWhatLacpAgreedOn() {
        byte[] info = attribute(
                23,
                attribute(1, u16(3)),
                attribute(2, u16(2)),
                attribute(3, u16(9)),
                attribute(4, u16(15)),
                attribute(5, new byte[] {2, 0, 0, 0, 0, 7}));
        kernel.answer(sequence -> found(sequence, bond(sequence, attribute(1, new byte[] {4}), info)));
        assertThat(bonds.find("bond0").orElseThrow().aggregator())
                .isEqualTo(new Bond.Aggregator(3, 2, 9, 15, MacAddress.parse("02:00:00:00:00:07")));
    }

    @Test
    void listsBondsAndTheMembersOfOne() {
        kernel.answer(this::namespace).answer(this::namespace);
        assertThat(bonds.list()).extracting(bond -> bond.link().name()).containsExactly("bond0");
        assertThat(bonds.ports(LinkMessages.link(4, "bond0"))).singleElement().satisfies(port -> {
            assertThat(port.link().name()).isEqualTo("v0");
            assertThat(port.active()).isFalse();
            assertThat(port.miiStatus()).isEqualTo(MiiStatus.GOING_BACK);
            assertThat(port.linkFailureCount()).isEqualTo(5);
            assertThat(port.originalAddress()).isEqualTo(MacAddress.parse("02:00:00:00:00:08"));
            assertThat(port.queueId()).isEqualTo(2);
            assertThat(port.priority()).isEqualTo(-1);
            assertThat(port.aggregatorId()).isEqualTo(3);
            assertThat(port.actorPortState()).isEqualTo(0x3d);
            assertThat(port.partnerPortState()).isEqualTo(0x3f);
        });
    }

    @Test
    void anInterfaceOfAnotherKindIsNoBond() {
        kernel.answer(sequence -> found(sequence, LinkMessages.link(sequence, 9, "v0")))
                .answer(sequence -> List.of(acknowledgement(sequence, Errno.ENODEV.intValue(), 0)));
        assertThat(bonds.find("v0")).isEmpty();
        assertThat(bonds.find("nosuch")).isEmpty();
    }

    /** A bond, its member, and a member of somebody else's bridge. */
    private List<byte[]> namespace(int sequence) {
        byte[] memberOfBond = attribute(
                18,
                attribute(4, text("bond")),
                attribute(
                        5,
                        attribute(1, new byte[] {1}),
                        attribute(2, new byte[] {3}),
                        attribute(3, u32(5)),
                        attribute(4, new byte[] {2, 0, 0, 0, 0, 8}),
                        attribute(5, u16(2)),
                        attribute(6, u16(3)),
                        attribute(7, new byte[] {0x3d}),
                        attribute(8, u16(0x3f)),
                        attribute(9, u32(-1))));
        byte[] memberOfBridge = attribute(18, attribute(4, text("bridge")), attribute(5, attribute(1, new byte[] {1})));
        return List.of(
                join(
                        bond(sequence, attribute(1, new byte[] {1})),
                        LinkMessages.link(sequence, 9, "v0", attribute(10, u32(4)), memberOfBond),
                        LinkMessages.link(sequence, 10, "v1", attribute(10, u32(5)), memberOfBridge)),
                done(sequence, 0, 0));
    }

    private static byte[] bond(int sequence, byte[]... data) {
        byte[] info = attribute(18, attribute(1, text("bond")), attribute(2, join(data)));
        return LinkMessages.link(sequence, 4, "bond0", info);
    }

    private static List<byte[]> found(int sequence, byte[] message) {
        return List.of(message, acknowledgement(sequence, 0, 0));
    }

    private static byte[] octets(String annotated) {
        return HexFormat.of().parseHex(AnnotatedHex.littleEndian(annotated));
    }

    private static Inet4Address ipv4(String text) {
        return (Inet4Address) address(text);
    }

    private static Inet6Address ipv6(String text) {
        return (Inet6Address) address(text);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
