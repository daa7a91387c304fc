package net.twinpath.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ThrowawayNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Routes of the kernel, lost with their interface and put back. */
@Timeout(60)
class RoutesLiveIT {
    private static final List<String> ROUTES = List.of(
            "default via 192.0.2.1 dev v0 metric 5",
            "198.51.100.0/24 via 203.0.113.7 dev v0 onlink mtu 1400 advmss 1000",
            "198.51.100.0/25 dev v0 scope link table 77",
            "198.51.100.128/25 dev v0 tos 0x10 src 192.0.2.9");
    private static final List<String> ROUTES_V6 =
            List.of("default via fd00::1 dev v0 metric 9", "fd01::/64 dev v0 metric 3 pref high");

    @Test
    void routesThatWentWithTheirInterfaceComeBackAsTheyWere() throws Exception {
        try (ThrowawayNamespace namespace = ThrowawayNamespace.create()) {
            namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1");
            namespace.ip("link", "set", "v1", "up");
            namespace.ip("link", "set", "v0", "up");
            namespace.ip("address", "add", "192.0.2.9/24", "dev", "v0");
            namespace.ip("address", "add", "fd00::9/64", "dev", "v0", "nodad");
            for (String route : ROUTES) {
                namespace.ip(words("-4 route add " + route));
            }
            for (String route : ROUTES_V6) {
                namespace.ip(words("-6 route add " + route));
            }
            String before = shown(namespace);
            namespace.run(() -> {
                try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE)) {
                    Link link = new Links(socket).find("v0").orElseThrow();
                    Routes routes = new Routes(socket);
                    List<Route> made = routes.list();
                    assertThat(made)
                            .extracting(Route::text)
                            .containsExactlyInAnyOrder(
                                    "default via 192.0.2.1 metric 5",
                                    "198.51.100.0/24 via 203.0.113.7",
                                    "198.51.100.0/25 table 77",
                                    "198.51.100.128/25 tos 16",
                                    "-6 default via fd00:0:0:0:0:0:0:1 metric 9",
                                    "fd01:0:0:0:0:0:0:0/64 metric 3");
                    assertThatExceptionOfType(NetlinkException.class)
                            .isThrownBy(() -> routes.restore(link, made.get(0)))
                            .withMessageStartingWith("restore route ")
                            .withMessageContaining("EEXIST");

                    namespace.ip("link", "set", "v0", "down");
                    assertThat(routes.list()).isEmpty();
                    namespace.ip("link", "set", "v0", "up");
                    namespace.ip("address", "add", "fd00::9/64", "dev", "v0", "nodad");
                    made.forEach(route -> routes.restore(link, route));
                    assertThat(routes.list()).containsExactlyInAnyOrderElementsOf(made);
                }
            });
            assertThat(shown(namespace)).isEqualTo(before);
        }
    }

    private static String shown(ThrowawayNamespace namespace) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String family : List.of("-4", "-6")) {
            namespace
                    .ip(words("-details " + family + " route show table all"))
                    .lines()
                    .filter(line -> !line.contains("proto kernel"))
                    .forEach(lines::add);
        }
        return String.join("\n", lines.stream().sorted().toList());
    }

    private static String[] words(String command) {
        return command.split(" ", -1);
    }
}
