package net.twinpath.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import net.twinpath.netlink.AnnotatedHex;
import net.twinpath.netlink.FakeKernel;
import net.twinpath.netlink.NetlinkSocket;
import org.junit.jupiter.api.Test;

/** Every kind of route request as it goes to the kernel, octet by octet. */
class RequestOctetsTest {
    private static final Link DUP0 = LinkMessages.link(7, "dup0");

    private final FakeKernel kernel = new FakeKernel().acknowledge();

    @Test
    void createVeth() {
        kernel.answer(sequence ->
                List.of(LinkMessages.link(sequence, 7, "dup0"), FakeKernel.acknowledgement(sequence, 0, 0)));
        MacAddress address = MacAddress.parse("02:54:50:00:00:01");
        new Links(new NetlinkSocket(kernel)).createVeth("dup0", "dup0-in", 1488, address);
        assertThat(hex(kernel.requests().get(0))).isEqualTo(AnnotatedHex.littleEndian("""
                        7c000000 1000 0506 01000000 00000000  # 124 octets, RTM_NEWLINK, REQUEST|ACK|EXCL|CREATE
                        00 00 0000 00000000 00000000 00000000 # struct ifinfomsg
                        0a00 0100 025450000001 0000           # IFLA_ADDRESS
                        0900 0300 6475703000 000000           # IFLA_IFNAME dup0
                        0800 0400 d0050000                    # IFLA_MTU 1488
                        3c00 1280                             # IFLA_LINKINFO
                          0900 0100 7665746800 000000         #   IFLA_INFO_KIND veth
                          2c00 0280                           #   IFLA_INFO_DATA
                            2800 0100                         #     VETH_INFO_PEER
                              00 00 0000 00000000 00000000 00000000 # struct ifinfomsg
                              0c00 0300 647570302d696e00      #       IFLA_IFNAME dup0-in
                              0800 0400 d0050000              #       IFLA_MTU 1488
                        """));
    }

    @Test
    void deleteInterface() {
        links(links -> links.delete("dup0"));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        2c000000 1100 0500 01000000 00000000  # RTM_DELLINK, REQUEST|ACK
                        00 00 0000 00000000 00000000 00000000 # struct ifinfomsg
                        0900 0300 6475703000 000000           # IFLA_IFNAME dup0
                        """));
    }

    @Test
    void setMtu() {
        links(links -> links.setMtu(DUP0, 1400));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        28000000 1300 0500 01000000 00000000  # RTM_SETLINK, REQUEST|ACK
                        00 00 0000 07000000 00000000 00000000 # struct ifinfomsg: index 7, no flag changes
                        0800 0400 78050000                    # IFLA_MTU 1400
                        """));
    }

    @Test
    void setMacAddressAndAlias() {
        kernel.acknowledge();
        links(links -> {
            links.setAddress(DUP0, MacAddress.parse("02:54:50:00:00:02"));
            links.setAlias(DUP0, "in");
        });
        assertThat(hex(kernel.requests().get(0)))
                .endsWith(AnnotatedHex.littleEndian("0a00 0100 025450000002 0000 # IFLA_ADDRESS"));
        assertThat(kernel.lastRequest()).endsWith(AnnotatedHex.littleEndian("0700 1400 696e00 00 # IFLA_IFALIAS in"));
    }

    @Test
    void setUpSetsOnlyThatFlag() {
        links(links -> links.setUp(DUP0));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        20000000 1300 0500 01000000 00000000  # RTM_SETLINK
                        00 00 0000 07000000 01000000 01000000 # index 7, flags IFF_UP, change IFF_UP
                        """));
    }

    @Test
    void setDownClearsOnlyThatFlag() {
        links(links -> links.setDown(DUP0));
        assertThat(kernel.lastRequest()).endsWith("07000000" + "00000000" + "01000000");
    }

    @Test
    void setMasterAndRelease() {
        kernel.acknowledge();
        links(links -> {
            links.setMaster(DUP0, LinkMessages.link(4, "bond0"));
            assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        28000000 1300 0500 01000000 00000000  # RTM_SETLINK
                        00 00 0000 07000000 00000000 00000000 # index 7
                        0800 0a00 04000000                    # IFLA_MASTER 4
                        """));
            links.release(DUP0);
            assertThat(kernel.lastRequest()).endsWith(AnnotatedHex.littleEndian("0800 0a00 00000000 # IFLA_MASTER 0"));
        });
    }

    @Test
    void findByIndex() {
        links(links -> assertThat(links.find(7)).isEmpty());
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        20000000 1200 0500 01000000 00000000  # RTM_GETLINK, REQUEST|ACK
                        00 00 0000 07000000 00000000 00000000 # index 7
                        """));
    }

    @Test
    void noArpIsAFlagThatSaysTheOpposite() {
        kernel.acknowledge();
        links(links -> {
            links.setArp(DUP0, false);
            assertThat(kernel.lastRequest()).endsWith("07000000" + "80000000" + "80000000");
            links.setArp(DUP0, true);
            assertThat(kernel.lastRequest()).endsWith("07000000" + "00000000" + "80000000");
        });
    }

    @Test
    void addIpv4Address() throws Exception {
        new Addresses(new NetlinkSocket(kernel)).add(DUP0, InetAddress.getByName("192.0.2.17"), 28);
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        30000000 1400 0506 01000000 00000000  # RTM_NEWADDR, REQUEST|ACK|EXCL|CREATE
                        02 1c 00 00 07000000                  # struct ifaddrmsg: AF_INET, /28, universe, index 7
                        0800 0100 c0000211                    # IFA_ADDRESS 192.0.2.17
                        0800 0200 c0000211                    # IFA_LOCAL 192.0.2.17
                        0800 0400 c000021f                    # IFA_BROADCAST 192.0.2.31
                        """));
    }

    @Test
    void addIpv6Address() throws Exception {
        new Addresses(new NetlinkSocket(kernel)).add(DUP0, InetAddress.getByName("2001:db8::1"), 64);
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        48000000 1400 0506 01000000 00000000  # RTM_NEWADDR
                        0a 40 00 00 07000000                  # struct ifaddrmsg: AF_INET6, /64, index 7
                        1400 0100 20010db8000000000000000000000001 # IFA_ADDRESS
                        1400 0200 20010db8000000000000000000000001 # IFA_LOCAL
                        0800 0800 02000000                    # IFA_FLAGS IFA_F_NODAD
                        """));
    }

    @Test
    void aNetworkOfTwoHasNoBroadcastAddress() throws Exception {
        new Addresses(new NetlinkSocket(kernel)).add(DUP0, InetAddress.getByName("192.0.2.0"), 31);
        assertThat(kernel.lastRequest()).endsWith("08000200c0000200");
    }

    @Test
    void restoreIpv4AddressWithAllThatBelongsToIt() throws Exception {
        Address address = new Address(
                7,
                InetAddress.getByName("192.0.2.17"),
                28,
                InetAddress.getByName("192.0.2.18"),
                InetAddress.getByName("192.0.2.31"),
                "dup0:x",
                253,
                0x281,
                77,
                5,
                3600,
                1800);
        new Addresses(new NetlinkSocket(kernel)).restore(DUP0, List.of(address));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        68000000 1400 0506 01000000 00000000       # RTM_NEWADDR, REQUEST|ACK|EXCL|CREATE
                        02 1c 00 fd 07000000                       # struct ifaddrmsg: AF_INET, /28, link, index 7
                        0800 0100 c0000212                         # IFA_ADDRESS: the peer
                        0800 0200 c0000211                         # IFA_LOCAL
                        0b00 0300 647570303a7800 00                # IFA_LABEL
                        0800 0400 c000021f                         # IFA_BROADCAST
                        1400 0600 08070000100e00000000000000000000 # IFA_CACHEINFO: preferred 1800 s, valid 3600 s
                        0800 0800 00020000                         # IFA_FLAGS IFA_F_NOPREFIXROUTE
                        0800 0900 4d000000                         # IFA_RT_PRIORITY 77
                        0500 0b00 05 000000                        # IFA_PROTO 5
                        """));
    }

    @Test
    void restoreIpv6AddressWithoutWhatTheKernelFoundOut() throws Exception {
        InetAddress ipv6 = InetAddress.getByName("2001:db8::1");
        Address address = new Address(7, ipv6, 64, null, null, null, 0, 0xc0, 0, 0, Address.FOREVER, Address.FOREVER);
        new Addresses(new NetlinkSocket(kernel)).restore(DUP0, List.of(address));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        5c000000 1400 0506 01000000 00000000       # RTM_NEWADDR
                        0a 40 00 00 07000000                       # struct ifaddrmsg: AF_INET6, /64, index 7
                        1400 0100 20010db8000000000000000000000001 # IFA_ADDRESS
                        1400 0200 20010db8000000000000000000000001 # IFA_LOCAL
                        1400 0600 ffffffffffffffff0000000000000000 # IFA_CACHEINFO: for ever
                        0800 0800 00000000                         # IFA_FLAGS
                        """));
    }

    @Test
    void deleteAddressWithAPeer() throws Exception {
        InetAddress own = InetAddress.getByName("192.0.2.17");
        InetAddress peer = InetAddress.getByName("192.0.2.18");
        Address address = new Address(7, own, 32, peer, null, "dup0", 0, 0x80, 0, 0, Address.FOREVER, Address.FOREVER);
        new Addresses(new NetlinkSocket(kernel)).delete(DUP0, address);
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        28000000 1500 0500 01000000 00000000 # RTM_DELADDR, REQUEST|ACK
                        02 20 00 00 07000000                 # struct ifaddrmsg: AF_INET, /32, universe, index 7
                        0800 0100 c0000212                   # IFA_ADDRESS: the peer
                        0800 0200 c0000211                   # IFA_LOCAL
                        """));
    }

    @Test
    void clsactQdiscAndFilterThatDropsAll() {
        kernel.acknowledge();
        new IngressFilter(new NetlinkSocket(kernel)).install(DUP0);
        assertThat(hex(kernel.requests().get(0))).isEqualTo(AnnotatedHex.littleEndian("""
                        30000000 2400 0506 01000000 00000000  # RTM_NEWQDISC, REQUEST|ACK|EXCL|CREATE
                        00 000000 07000000 0000ffff f1ffffff 00000000 # index 7, handle ffff:, parent ffff:fff1
                        0b00 0100 636c7361637400 00           # TCA_KIND clsact
                        """));
        assertThat(hex(kernel.requests().get(1))).isEqualTo(AnnotatedHex.littleEndian("""
                        4c000000 2c00 0506 02000000 00000000  # RTM_NEWTFILTER, REQUEST|ACK|EXCL|CREATE
                        00 000000 07000000 70740000 f2ffffff 00030100 # handle 0x7470, ffff:fff2, all, priority 1
                        0800 0100 62706600                    # TCA_KIND bpf
                        2000 0280                             # TCA_OPTIONS
                          0600 0400 0100 0000                 #   TCA_BPF_OPS_LEN 1
                          0c00 0500 0600 00 00 02000000       #   TCA_BPF_OPS: ret #2 (TC_ACT_SHOT)
                          0800 0800 01000000                  #   TCA_BPF_FLAGS: the result is the verdict
                        """));
    }

    private void links(Consumer<Links> body) {
        body.accept(new Links(new NetlinkSocket(kernel)));
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
