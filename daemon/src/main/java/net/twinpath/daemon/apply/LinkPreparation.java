package net.twinpath.daemon.apply;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import net.twinpath.config.value.InterfaceAddress;
import net.twinpath.daemon.StartException;
import net.twinpath.netlink.route.Address;
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
        String objection = objection(link, interfaces);
        if (!objection.isEmpty()) {
            throw new StartException(context + ": " + link.name() + " " + objection);
        }
    }

    private static String objection(Link link, Interfaces interfaces) {
        if (!link.isEthernet()) {
            return "is no Ethernet interface; a link must be one";
        }
        if (link.masterIndex() != 0) {
            return "belongs to another interface (a bond or bridge); take it out first, or name that one";
        }
        for (Address address : interfaces.addresses().list(link)) {
            if (!isAutomatic(address.address())) {
                return "has the address " + new InterfaceAddress(address.address(), address.prefixLength())
                        + ", which would stop answering; give it to the path instead (ip address del ... dev "
                        + link.name() + ")";
            }
        }
        return "";
    }

    /** IPv6 gives every interface a link-local address of its own; it comes back by itself when the link is given back. */
    private static boolean isAutomatic(InetAddress address) {
        return !(address instanceof Inet4Address) && address.isLinkLocalAddress();
    }

    /**
     * Makes a link large enough and switches it on.
     *
     * @param neededMtu raised to this when it is smaller
     * @return the link as it is now
     */
    static Link bringUp(Link link, int neededMtu, Interfaces interfaces, UndoStack undo) {
        if (link.mtu() < neededMtu) {
            interfaces.links().setMtu(link, neededMtu);
            undo.push("MTU of " + link.name(), () -> interfaces.links().setMtu(link, link.mtu()));
        }
        if (!link.isUp()) {
            interfaces.links().setUp(link);
            undo.push("state of " + link.name(), () -> interfaces.links().setDown(link));
        }
        return interfaces.links().find(link.name()).orElseThrow();
    }

    /**
     * Keeps the kernel's stack from hearing frames of this interface (the packet socket is served before the filter) and
     * from sending any of its own.
     */
    static void silence(Link link, Interfaces interfaces, UndoStack undo) throws IOException {
        Installation installation = interfaces.ingressFilter().install(link);
        // A filter that is there already is a killed daemon's, whose lock we hold now: its qdisc goes too when unused.
        Installation ours = installation == Installation.ALREADY_THERE ? Installation.QDISC_AND_FILTER : installation;
        undo.push(
                "ingress filter of " + link.name(),
                () -> interfaces.ingressFilter().remove(link, ours));
        InterfaceSysctl.disableIpv6(link.name(), undo);
        if (!link.isNoArp()) {
            interfaces.links().setArp(link, false);
            undo.push("ARP of " + link.name(), () -> interfaces.links().setArp(link, true));
        }
    }
}
