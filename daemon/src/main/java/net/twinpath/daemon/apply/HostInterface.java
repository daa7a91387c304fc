package net.twinpath.daemon.apply;

import java.io.IOException;
import java.util.List;
import net.twinpath.config.PathSettings;
import net.twinpath.config.value.InterfaceAddress;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.MacAddress;

/**
 * The veth pair of a path that serves this machine: applications use one end, which has the path's name and addresses,
 * and the data path has the other.
 *
 * @param host   the applications' end
 * @param inside the data path's end
 */
record HostInterface(Link host, Link inside) {
    static HostInterface make(
            PathSettings settings, int mtu, MacAddress mac, String alias, Interfaces interfaces, UndoStack undo)
            throws IOException {
        interfaces.links().createVeth(settings.name(), settings.peerName(), mtu, mac);
        Link host = interfaces.links().find(settings.name()).orElseThrow();
        undo.push("interface " + host.name(), () -> interfaces.links().delete(host.name()));
        Link inside = interfaces.links().find(settings.peerName()).orElseThrow();
        interfaces.links().setAlias(host, alias);
        interfaces.links().setAlias(inside, alias);
        Offloads.finishFrames(host, interfaces.features());
        LinkPreparation.silence(inside, interfaces, undo);
        interfaces.links().setUp(inside);
        return new HostInterface(host, inside);
    }

    /** Brings the applications' end up and gives it its addresses. */
    static void admit(Link host, List<InterfaceAddress> addresses, Interfaces interfaces) {
        interfaces.links().setUp(host);
        for (InterfaceAddress address : addresses) {
            interfaces.addresses().add(host, address.address(), address.prefixLength());
        }
    }
}
