package net.twinpath.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.twinpath.linux.Netlink;
import net.twinpath.linux.PollSet;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ThrowawayNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links made, changed and removed in the kernel, and what it says when it refuses. */
@Timeout(60)
class LinksLiveIT {
    private static final MacAddress ADDRESS = MacAddress.parse("02:54:50:00:00:01");

    private ThrowawayNamespace namespace;

    @BeforeEach
    void makeNamespace() throws Exception {
        namespace = ThrowawayNamespace.create();
    }

    @AfterEach
    void deleteNamespace() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @Test
    void createsAVethPairWithMtuAndAddress() throws Exception {
        withLinks(links -> {
            Link made = links.createVeth("dup0", "dup0-in", 1488, ADDRESS);

            assertThat(made.name()).isEqualTo("dup0");
            assertThat(made.kind()).isEqualTo("veth");
            assertThat(made.mtu()).isEqualTo(1488);
            assertThat(made.address()).isEqualTo(ADDRESS);
            assertThat(made.isEthernet()).isTrue();
            assertThat(made.isUp()).isFalse();
            assertThat(made.masterIndex()).isZero();
            assertThat(made.permanentAddress()).isNull();
            assertThat(made.maxMtu()).isEqualTo(65535);
            Link peer = links.find("dup0-in").orElseThrow();
            assertThat(peer.mtu()).isEqualTo(1488);
            assertThat(peer.linkedIndex()).isEqualTo(made.index());
            assertThat(made.linkedIndex()).isEqualTo(peer.index());
            assertThat(namesOf(links)).containsExactlyInAnyOrder("lo", "dup0", "dup0-in");
        });
        assertThat(namespace.ip("-d", "link", "show", "dup0")).contains("veth", "mtu 1488", ADDRESS.toString());
    }

    @Test
    void switchesOnAndOffAndTellsOfCarrier() throws Exception {
        withLinks(links -> {
            Link link = links.createVeth("dup0", "dup0-in", 1500, ADDRESS);
            links.setUp(link);
            assertThat(now(links, link).isUp()).isTrue();
            assertThat(now(links, link).hasCarrier())
                    .as("the other end is down")
                    .isFalse();
            assertThat(now(links, link).operationalState()).isEqualTo(OperationalState.LOWER_LAYER_DOWN);

            links.setUp(links.find("dup0-in").orElseThrow());
            await(() -> now(links, link).operationalState() == OperationalState.UP);
            assertThat(now(links, link).hasCarrier()).isTrue();

            links.setDown(link);
            assertThat(now(links, link).isUp()).isFalse();
            assertThat(now(links, link).operationalState()).isEqualTo(OperationalState.DOWN);
        });
    }

    @Test
    void changesMtuAddressArpAndAlias() throws Exception {
        withLinks(links -> {
            Link link = links.createVeth("dup0", "dup0-in", 1500, ADDRESS);
            MacAddress other = MacAddress.parse("02:54:50:00:00:02");

            links.setMtu(link, 9000);
            links.setAddress(link, other);
            links.setArp(link, false);
            links.setAlias(link, "twinpath inside");

            Link changed = now(links, link);
            assertThat(changed.mtu()).isEqualTo(9000);
            assertThat(changed.address()).isEqualTo(other);
            assertThat(changed.isNoArp()).isTrue();
            assertThat(changed.isUp()).as("only the ARP flag was to change").isFalse();
            assertThat(changed.alias()).isEqualTo("twinpath inside");

            links.setUp(link);
            links.setArp(link, true);
            links.setAlias(link, "");
            assertThat(now(links, link).isNoArp()).isFalse();
            assertThat(now(links, link).isUp()).isTrue();
            assertThat(now(links, link).alias()).isNull();
        });
    }

    @Test
    void deletesBothEndsOfAPair() throws Exception {
        withLinks(links -> {
            links.createVeth("dup0", "dup0-in", 1500, ADDRESS);
            links.delete("dup0");
            assertThat(links.find("dup0")).isEqualTo(Optional.empty());
            assertThat(namesOf(links)).containsExactly("lo");
        });
    }

    @Test
    void seesBridgesTheirPortsAndLoopback() throws Exception {
        namespace.ip("link", "add", "br7", "type", "bridge");
        namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
        namespace.ip("link", "set", "v0", "master", "br7");
        withLinks(links -> {
            Link bridge = links.find("br7").orElseThrow();
            assertThat(bridge.kind()).isEqualTo("bridge");
            assertThat(links.find("v0").orElseThrow().masterIndex()).isEqualTo(bridge.index());
            Link loopback = links.find("lo").orElseThrow();
            assertThat(loopback.isLoopback()).isTrue();
            assertThat(loopback.isEthernet()).isFalse();
            assertThat(loopback.kind()).isNull();
        });
    }

    @Test
    void aMemberJoinsAndLeavesItsMaster() throws Exception {
        namespace.ip("link", "add", "br7", "type", "bridge");
        withLinks(links -> {
            Link port = links.createVeth("dup0", "dup0-in", 1500, ADDRESS);
            Link bridge = links.find("br7").orElseThrow();

            links.setMaster(port, bridge);
            Link member = links.find(port.index()).orElseThrow();
            assertThat(links.find(member.masterIndex()).orElseThrow().name()).isEqualTo("br7");

            links.release(port);
            assertThat(now(links, port).masterIndex()).isZero();
            assertThat(links.find(4711)).isEmpty();
            assertThat(links.find(0)).isEmpty();
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> links.setMaster(port, links.find("lo").orElseThrow()))
                    .withMessageStartingWith("join lo with dup0: EOPNOTSUPP (Operation not supported)");
        });
    }

    /** All but NOT_PRESENT, which only hardware that has been taken out can have. */
    @Test
    void everyOperationalStateHasTheKernelsName() throws Exception {
        withLinks(links -> {
            Link link = links.createVeth("dup0", "dup0-in", 1500, ADDRESS);
            links.setUp(links.find("lo").orElseThrow());
            stateIs(links, "lo", OperationalState.UNKNOWN);
            stateIs(links, "dup0", OperationalState.DOWN);
            links.setUp(link);
            stateIs(links, "dup0", OperationalState.LOWER_LAYER_DOWN);
            links.setUp(links.find("dup0-in").orElseThrow());
            stateIs(links, "dup0", OperationalState.UP);
            namespace.ip("link", "set", "dup0", "state", "testing");
            stateIs(links, "dup0", OperationalState.TESTING);
            namespace.ip("link", "set", "dup0", "state", "up");
            namespace.ip("link", "set", "dup0", "state", "dormant");
            stateIs(links, "dup0", OperationalState.DORMANT);
        });
    }

    private void stateIs(Links links, String name, OperationalState state) {
        await(() -> links.find(name).orElseThrow().operationalState() == state);
        assertThat(namespace.read("/sys/class/net/" + name + "/operstate"))
                .isEqualTo(state.name().replace("_", "").toLowerCase(Locale.ROOT));
    }

    @Test
    void aPortThatLeavesItsBridgeIsNotTakenForRemoved() throws Exception {
        namespace.ip("link", "add", "br7", "type", "bridge");
        namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
        namespace.ip("link", "set", "v0", "master", "br7");
        withLinks(links -> {
            try (LinkEvents events = LinkEvents.open()) {
                Link port = links.find("v0").orElseThrow();
                namespace.ip("link", "set", "v0", "nomaster");
                List<LinkEvent> heard = new ArrayList<>();
                await(() -> {
                    events.poll(heard::add);
                    return heard.stream().anyMatch(event -> isFree(event, port));
                });
                assertThat(heard).noneMatch(LinkEvent.Removed.class::isInstance);
            }
        });
    }

    @Test
    void tellsWhatAnInterfaceStandsOn() throws Exception {
        namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
        namespace.ip("link", "add", "link", "v0", "name", "m0", "type", "macvlan");
        withLinks(links -> {
            Link below = links.find("v0").orElseThrow();
            Link macvlan = links.find("m0").orElseThrow();
            assertThat(macvlan.kind()).isEqualTo("macvlan");
            assertThat(macvlan.linkedIndex()).isEqualTo(below.index());
            assertThat(macvlan.linkedNamespace()).isEmpty();
        });
    }

    @Test
    void anInterfaceOfAnotherNamespaceIsNotTakenForOneHere() throws Exception {
        try (ThrowawayNamespace other = ThrowawayNamespace.create()) {
            namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", other.name());
            withLinks(links -> {
                Link link = links.find("v0").orElseThrow();
                assertThat(link.linkedIndex()).isPositive();
                assertThat(link.linkedNamespace()).isPresent();
            });
        }
    }

    @Test
    void countsHowOftenTheCarrierCameAndWent() throws Exception {
        withLinks(links -> {
            Link link = links.createVeth("dup0", "dup0-in", 1500, ADDRESS);
            links.setUp(link);
            Link peer = links.find("dup0-in").orElseThrow();
            long before = now(links, link).carrierChanges();
            links.setUp(peer);
            links.setDown(peer);
            links.setUp(peer);
            assertThat(now(links, link).carrierChanges()).isEqualTo(before + 3);
        });
    }

    @Test
    void tellsWhichInterfaceAndWhyWhenTheMtuIsTooLarge() throws Exception {
        withLinks(links -> {
            Link link = links.createVeth("dup0", "dup0-in", 1500, ADDRESS);
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> links.setMtu(link, 100_000))
                    .withMessage("set mtu of dup0: EINVAL (Invalid argument): mtu greater than device maximum");
        });
    }

    @Test
    void tellsThatANameIsTaken() throws Exception {
        withLinks(links -> {
            links.createVeth("dup0", "dup0-in", 1500, ADDRESS);
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> links.createVeth("dup0", "other", 1500, ADDRESS))
                    .withMessageStartingWith("create veth dup0: EEXIST (File exists)");
        });
    }

    @Test
    void tellsThatAnInterfaceIsUnknown() throws Exception {
        withLinks(links -> {
            assertThat(links.find("nosuch")).isEmpty();
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> links.delete("nosuch"))
                    .withMessage("delete interface nosuch: ENODEV (No such device)");
        });
    }

    @Test
    void namesTheAttributeTheKernelPointsAt() throws Exception {
        withLinks(links -> assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> links.find("a-name-of-more-than-15-octets"))
                .withMessageEndingWith("(attribute IFLA_IFNAME)"));
    }

    @Test
    void hearsOfLinksThatComeChangeAndGo() throws Exception {
        withLinks(links -> {
            try (LinkEvents events = LinkEvents.open()) {
                List<LinkEvent> heard = new ArrayList<>();
                PollSet readable = new PollSet(events.fd());
                assertThat(readable.await(0)).isZero();
                events.poll(heard::add);
                assertThat(heard).isEmpty();

                Link link = links.createVeth("dup0", "dup0-in", 1500, ADDRESS);
                links.setMtu(link, 1400);
                links.delete("dup0");

                await(() -> {
                    readable.await(100);
                    events.poll(heard::add);
                    return heard.stream().anyMatch(event -> isRemoval(event, link));
                });
                assertThat(heard)
                        .anyMatch(event -> event instanceof LinkEvent.Changed changed
                                && changed.link().index() == link.index()
                                && changed.link().mtu() == 1400);
            }
        });
    }

    private static boolean isFree(LinkEvent event, Link port) {
        return event instanceof LinkEvent.Changed changed
                && changed.link().index() == port.index()
                && changed.link().masterIndex() == 0;
    }

    private static boolean isRemoval(LinkEvent event, Link link) {
        return event instanceof LinkEvent.Removed removed
                && removed.link().index() == link.index()
                && removed.link().name().equals("dup0");
    }

    private void withLinks(Consumer<Links> body) throws Exception {
        namespace.run(() -> {
            try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE)) {
                body.accept(new Links(socket));
            }
        });
    }

    private static Link now(Links links, Link link) {
        return links.find(link.name()).orElseThrow();
    }

    private static List<String> namesOf(Links links) {
        return links.list().stream().map(Link::name).toList();
    }

    private static void await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 10 s in vain").isLessThan(deadlineNs);
            Thread.onSpinWait();
        }
    }
}
