package net.twinpath.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ThrowawayNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Addresses added, listed and deleted in the kernel. */
@Timeout(60)
class AddressesLiveIT {
    @Test
    void addsListsAndDeletesAddresses() throws Exception {
        InetAddress ipv4 = InetAddress.getByName("192.0.2.17");
        InetAddress ipv6 = InetAddress.getByName("2001:db8::17");
        try (ThrowawayNamespace namespace = ThrowawayNamespace.create()) {
            namespace.ip("link", "add", "dup0", "type", "veth", "peer", "name", "dup0-in");
            namespace.ip("link", "add", "other", "type", "veth", "peer", "name", "other-in");
            namespace.ip("address", "add", "198.51.100.1/24", "dev", "other");
            namespace.ip("link", "set", "dup0", "addrgenmode", "none", "up");
            namespace.ip("link", "set", "dup0-in", "up");
            namespace.run(() -> {
                try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE)) {
                    Link link = new Links(socket).find("dup0").orElseThrow();
                    Addresses addresses = new Addresses(socket);

                    addresses.add(link, ipv4, 24);
                    addresses.add(link, ipv6, 64);
                    assertThat(addresses.list(link))
                            .extracting(Address::toString)
                            .containsExactlyInAnyOrder("192.0.2.17/24", "2001:db8:0:0:0:0:0:17/64");
                    assertThat(addresses.list(link)).noneMatch(Address::isTentative);
                    assertThat(namespace.ip("address", "show", "dev", "dup0"))
                            .contains("192.0.2.17/24 brd 192.0.2.255 scope global", "2001:db8::17/64 scope global");

                    assertThatExceptionOfType(NetlinkException.class)
                            .isThrownBy(() -> addresses.add(link, ipv4, 24))
                            .withMessageStartingWith("add address 192.0.2.17/24 to dup0: EEXIST (File exists)");

                    addresses.delete(link, ipv4, 24);
                    addresses.delete(link, ipv6, 64);
                    assertThat(addresses.list(link)).isEmpty();
                    assertThatExceptionOfType(NetlinkException.class)
                            .isThrownBy(() -> addresses.delete(link, ipv4, 24))
                            .withMessageStartingWith("delete address 192.0.2.17/24 of dup0: EADDRNOTAVAIL");
                }
            });
        }
    }

    @Test
    void aLoopbackAddressGetsHostScope() throws Exception {
        try (ThrowawayNamespace namespace = ThrowawayNamespace.create()) {
            namespace.run(() -> {
                try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE)) {
                    Link loopback = new Links(socket).find("lo").orElseThrow();
                    new Addresses(socket).add(loopback, InetAddress.getByName("127.0.0.9"), 32);
                }
            });
            assertThat(namespace.ip("address", "show", "dev", "lo")).contains("127.0.0.9/32 scope host");
        }
    }
}
