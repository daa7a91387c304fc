package net.twinpath.daemon.apply;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import net.twinpath.config.value.InterfaceAddress;
import net.twinpath.netlink.route.Address;
import net.twinpath.netlink.route.Link;

/**
 * Why an interface cannot be a link or a gateway's inside port.
 *
 * @param isLasting whether it never can, whatever is changed about it
 * @param sentence  the reason, and what would be right; begins with the interface's name
 */
record LinkObjection(boolean isLasting, String sentence) {
    /**
     * Looks at an interface.
     *
     * @param present   all interfaces of this network namespace
     * @param addresses the interface's
     */
    static Optional<LinkObjection> to(Link link, List<Link> present, List<Address> addresses) {
        if (!link.isEthernet()) {
            return Optional.of(new LinkObjection(true, link.name() + " is no Ethernet interface; a link must be one"));
        }
        if (link.masterIndex() != 0) {
            return Optional.of(new LinkObjection(
                    false,
                    link.name() + " belongs to " + master(link, present) + "; take it out first, or name that one"));
        }
        return addresses.stream()
                .filter(address -> !isAutomatic(address.address()))
                .findFirst()
                .map(address -> new LinkObjection(false, answering(link, address)));
    }

    private static String master(Link link, List<Link> present) {
        return present.stream()
                .filter(other -> other.index() == link.masterIndex())
                .findFirst()
                .map(master -> "the " + (master.kind() == null ? "interface" : master.kind()) + " " + master.name())
                .orElse("interface number " + link.masterIndex());
    }

    private static String answering(Link link, Address address) {
        return link.name() + " has the address " + new InterfaceAddress(address.address(), address.prefixLength())
                + ", which would stop answering; give it to the path instead (ip address del ... dev " + link.name()
                + ")";
    }

    /** IPv6 gives every interface a link-local address of its own; it comes back by itself when the link is given back. */
    private static boolean isAutomatic(InetAddress address) {
        return !(address instanceof Inet4Address) && address.isLinkLocalAddress();
    }
}
