package net.twinpath.daemon.apply;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        Link inside = interfaces.links().find(settings.peerName()).orElseThrow();
        interfaces.links().setAlias(host, alias);
        interfaces.links().setAlias(inside, alias);
        HostInterface made = new HostInterface(host, inside);
        made.prepare(settings, interfaces, undo);
        return made;
    }

    /**
     * Goes on with the pair that a daemon has left which was killed or has handed its path over: connections of
     * applications outlast it. Empty when there is none, or it is not as it shall be.
     */
    static Optional<HostInterface> goOn(
            PathSettings settings, int mtu, MacAddress mac, String alias, Interfaces interfaces, UndoStack undo)
            throws IOException {
        Optional<Link> host = interfaces.links().find(settings.name());
        Optional<Link> inside = interfaces.links().find(settings.peerName());
        if (host.isEmpty()
                || inside.isEmpty()
                || host.get().linkedIndex() != inside.get().index()) {
            return Optional.empty();
        }
        HostInterface left = new HostInterface(host.get(), inside.get());
        if (!left.isAs(settings, mtu, mac, alias, interfaces)) {
            return Optional.empty();
        }
        left.prepare(settings, interfaces, undo);
        return Optional.of(left);
    }

    private boolean isAs(PathSettings settings, int mtu, MacAddress mac, String alias, Interfaces interfaces) {
        return alias.equals(host.alias())
                && alias.equals(inside.alias())
                && host.mtu() == mtu
                && inside.mtu() == mtu
                && mac.equals(host.address())
                && host.masterIndex() == 0
                && addresses(host, interfaces).equals(Set.copyOf(settings.addresses()));
    }

    /** All but those the kernel makes by itself. */
    private static Set<InterfaceAddress> addresses(Link host, Interfaces interfaces) {
        return interfaces.addresses().list(host).stream()
                .filter(address -> !address.address().isLinkLocalAddress())
                .map(address -> new InterfaceAddress(address.address(), address.prefixLength()))
                .collect(Collectors.toSet());
    }

    private void prepare(PathSettings settings, Interfaces interfaces, UndoStack undo) throws IOException {
        undo.push("interface " + host.name(), () -> interfaces.links().delete(host.name()));
        if (settings.superFrames()) {
            Offloads.sendSuperFrames(host, interfaces.features());
        }
        Offloads.finishFrames(host, settings.superFrames(), interfaces.features());
        LinkPreparation.silence(inside, PortBaseline.of(inside, interfaces), interfaces, undo);
        interfaces.links().setUp(inside);
    }

    /** Brings the applications' end up and gives it its addresses. */
    static void admit(Link host, List<InterfaceAddress> addresses, Interfaces interfaces) {
        interfaces.links().setUp(host);
        Set<InterfaceAddress> there = addresses(host, interfaces);
        for (InterfaceAddress address : addresses) {
            if (!there.contains(address)) {
                interfaces.addresses().add(host, address.address(), address.prefixLength());
            }
        }
    }
}
