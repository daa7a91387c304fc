package net.twinpath.daemon.apply;

import java.io.IOException;
import java.util.Optional;
import net.twinpath.daemon.StartException;
import net.twinpath.netlink.route.IngressFilter.Installation;
import net.twinpath.netlink.route.Link;

/** Takes a link over: the kernel's own stack hears and says nothing on it, and frames come as they were on the wire. */
final class LinkPreparation {
    private LinkPreparation() {}

    /**
     * Checks that a link may be taken over.
     *
     * @param context file, line, column and key, for the message
     * @throws StartException when it may not, with the reason
     */
    static void requireUsable(Link link, Interfaces interfaces, String context) throws StartException {
        Optional<LinkObjection> objection = LinkObjection.to(
                link, interfaces.links().list(), interfaces.addresses().list(link));
        if (objection.isPresent()) {
            throw new StartException(context + ": " + objection.get().sentence());
        }
    }

    /**
     * Makes a link large enough and switches it on.
     *
     * @param neededMtu raised to this when it is smaller
     * @param before    how the link was before it was taken over
     * @return the link as it is now
     */
    static Link bringUp(Link link, int neededMtu, PortBaseline before, Interfaces interfaces, UndoStack undo) {
        if (link.mtu() < neededMtu) {
            interfaces.links().setMtu(link, neededMtu);
        }
        if (before.mtu() < Math.max(neededMtu, link.mtu())) {
            undo.push("MTU of " + link.name(), () -> interfaces.links().setMtu(link, before.mtu()));
        }
        if (!link.isUp()) {
            interfaces.links().setUp(link);
        }
        if (!before.isUp()) {
            undo.push("state of " + link.name(), () -> interfaces.links().setDown(link));
        }
        return interfaces.links().find(link.name()).orElseThrow();
    }

    /**
     * Keeps the kernel's stack from hearing frames of this interface (the packet socket is served before the filter) and
     * from sending any of its own.
     *
     * @param before how the link was before it was taken over
     */
    static void silence(Link link, PortBaseline before, Interfaces interfaces, UndoStack undo) throws IOException {
        Installation installation = interfaces.ingressFilter().install(link);
        // A filter that is there already is a killed daemon's, whose lock we hold now: its qdisc goes too when unused.
        Installation ours = installation == Installation.ALREADY_THERE ? Installation.QDISC_AND_FILTER : installation;
        undo.push(
                "ingress filter of " + link.name(),
                () -> interfaces.ingressFilter().remove(link, ours));
        InterfaceSysctl.disableIpv6(link, before.disableIpv6(), interfaces.links(), undo);
        if (!link.isNoArp()) {
            interfaces.links().setArp(link, false);
        }
        if (before.hasArp()) {
            undo.push("ARP of " + link.name(), () -> interfaces.links().setArp(link, true));
        }
    }
}
