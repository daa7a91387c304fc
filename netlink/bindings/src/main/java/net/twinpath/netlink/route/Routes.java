package net.twinpath.netlink.route;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.AttributeEncoder;
import net.twinpath.netlink.NetlinkRequest;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.family.rtroute.GetrouteDumpRequest;
import net.twinpath.netlink.family.rtroute.GetrouteReply;
import net.twinpath.netlink.family.rtroute.RouteAttrs;

/** Lists routes, and puts those back that went with the state of their interface. */
public final class Routes {
    private final NetlinkSocket socket;

    /** Works over a socket of {@code NETLINK_ROUTE} that has joined no group. */
    public Routes(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * The routes made by hand or by DHCP, IPv4 and IPv6, of all tables; those over several interfaces at once are left
     * out, and so are those of routing daemons, which see to them themselves.
     */
    public List<Route> list() {
        return socket.dump(new Operation("list routes", null), new GetrouteDumpRequest()).stream()
                .map(Route::decode)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Makes a route again that {@link #list} told.
     *
     * @param link packets leave by it from now on
     * @throws net.twinpath.netlink.NetlinkException EEXIST when there is one, ENETDOWN when the interface is off,
     *     ENETUNREACH when its gateway is in no network of the machine
     */
    public void restore(Link link, Route route) {
        Operation operation = new Operation("restore route " + route.text() + " over", link.name());
        socket.request(operation, new Restoration(link, route), Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL);
    }

    /** A route's own message, with an interface. */
    private record Restoration(Link link, Route route) implements NetlinkRequest {
        @Override
        public int messageType() {
            return GetrouteReply.TYPE;
        }

        @Override
        public void encode(AttributeEncoder out) {
            byte[] octets = HexFormat.of().parseHex(route.octets());
            out.buffer().putBytes(out.reserve(octets.length), octets);
            out.putU32(RouteAttrs.RTA_OIF, "RTA_OIF", link.index());
        }
    }
}
