package net.twinpath.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.linux.Netlink;
import net.twinpath.linux.PollSet;
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

    @Test
    void whatIsRestoredIsJustAsItWas() throws Exception {
        try (ThrowawayNamespace namespace = ThrowawayNamespace.create()) {
            namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
            namespace.ip("link", "set", "v0", "addrgenmode", "none", "up");
            namespace.ip("link", "set", "v1", "up");
            addressesOfEveryKind(namespace);
            namespace.run(() -> {
                try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE)) {
                    Link link = new Links(socket).find("v0").orElseThrow();
                    Addresses addresses = new Addresses(socket);
                    List<Address> before = addresses.list(link);
                    String text = namespace.ip("-d", "address", "show", "dev", "v0");
                    String routes = namespace.ip("route") + namespace.ip("-6", "route");
                    assertThat(before).hasSize(10);

                    for (int last = before.size() - 1; last >= 0; last--) {
                        addresses.delete(link, before.get(last));
                    }
                    assertThat(addresses.list(link)).isEmpty();
                    addresses.restore(link, before);

                    assertThat(withoutLifetimes(addresses.list(link))).isEqualTo(withoutLifetimes(before));
                    assertThat(withoutSeconds(namespace.ip("-d", "address", "show", "dev", "v0")))
                            .isEqualTo(withoutSeconds(text));
                    assertThat(withoutSeconds(namespace.ip("route") + namespace.ip("-6", "route")))
                            .isEqualTo(withoutSeconds(routes));
                }
            });
        }
    }

    @Test
    void hearsOfAddressesThatComeChangeAndGo() throws Exception {
        InetAddress ipv4 = InetAddress.getByName("192.0.2.17");
        InetAddress ipv6 = InetAddress.getByName("2001:db8::17");
        try (ThrowawayNamespace namespace = ThrowawayNamespace.create()) {
            namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
            namespace.run(() -> {
                try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE);
                        AddressEvents events = AddressEvents.open()) {
                    Link link = new Links(socket).find("v0").orElseThrow();
                    Addresses addresses = new Addresses(socket);
                    addresses.add(link, ipv4, 24);
                    addresses.add(link, ipv6, 64);
                    namespace.ip(
                            "address",
                            "change",
                            "192.0.2.17/24",
                            "dev",
                            "v0",
                            "valid_lft",
                            "900",
                            "preferred_lft",
                            "0");
                    Address ours = addresses.list(link).get(0);
                    addresses.delete(link, ipv4, 24);
                    addresses.delete(link, ipv6, 64);

                    List<AddressEvent> heard = new ArrayList<>();
                    PollSet readable = new PollSet(events.fd());
                    assertThat(readable.await(5_000)).isPositive();
                    events.poll(heard::add);
                    assertThat(heard)
                            .extracting(AddressesLiveIT::told)
                            .containsSubsequence("192.0.2.17/24", "192.0.2.17/24", "192.0.2.17/24 gone")
                            .containsSubsequence("2001:db8:0:0:0:0:0:17/64", "2001:db8:0:0:0:0:0:17/64 gone");
                    assertThat(ours.validS()).isBetween(1L, 900L);
                    assertThat(ours.preferredS()).isZero();
                }
            });
        }
    }

    /** Two networks with two addresses each, peers, alias, metric, scope, lifetimes, no route, and IPv6. */
    private static void addressesOfEveryKind(ThrowawayNamespace namespace) {
        for (String words : List.of(
                "192.0.2.1/24 brd +",
                "192.0.2.2/24 brd + label v0:second",
                "198.51.100.9/28 metric 77",
                "198.51.100.8/28 valid_lft 9000 preferred_lft 5000",
                "203.0.113.1 peer 203.0.113.2/32 scope link",
                "203.0.113.129/25 noprefixroute",
                "2001:db8:1::1/64 nodad",
                "2001:db8:1::2/64 nodad noprefixroute metric 512",
                "2001:db8:2::1/64 nodad valid_lft 9000 preferred_lft 0",
                "2001:db8:3::1 peer 2001:db8:3::2/128 nodad")) {
            List<String> arguments = new ArrayList<>(List.of("address", "add"));
            arguments.addAll(List.of(words.split(" ")));
            arguments.addAll(List.of("dev", "v0"));
            namespace.ip(arguments.toArray(String[]::new));
        }
    }

    private static List<String> withoutLifetimes(List<Address> addresses) {
        return addresses.stream()
                .map(address -> address + " " + address.peer() + " " + address.broadcast() + " " + address.label() + " "
                        + address.scope() + " " + Long.toHexString(address.flags()) + " " + address.metric() + " "
                        + address.protocol())
                .toList();
    }

    /** Lifetimes run on. */
    private static String withoutSeconds(String text) {
        return text.replaceAll("\\b[0-9]+sec\\b", "");
    }

    private static String told(AddressEvent event) {
        if (event instanceof AddressEvent.Changed changed) {
            return changed.address().toString();
        }
        return event instanceof AddressEvent.Removed removed ? removed.address() + " gone" : event.toString();
    }
}
