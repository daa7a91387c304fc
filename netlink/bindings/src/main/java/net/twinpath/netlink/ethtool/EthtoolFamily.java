package net.twinpath.netlink.ethtool;

import java.util.List;
import java.util.function.Function;
import jnr.constants.platform.Errno;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.NetlinkRequest;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.family.ethtool.Ethtool;
import net.twinpath.netlink.family.ethtool.HeaderAttrs;
import net.twinpath.netlink.generic.GenericFamily;
import net.twinpath.netlink.route.Link;

/** The kernel's ethtool family, and how it is asked about one interface. */
final class EthtoolFamily {
    private final NetlinkSocket socket;
    private final int id;

    /**
     * Works over a socket of {@code NETLINK_GENERIC} that has joined no group.
     *
     * @throws NetlinkException ENOENT when the kernel has no ethtool family
     */
    EthtoolFamily(NetlinkSocket socket) {
        this.socket = socket;
        id = GenericFamily.resolve(socket, Ethtool.FAMILY_NAME).id();
    }

    /** Message type of the requests. */
    int id() {
        return id;
    }

    static HeaderAttrs header(Link link) {
        return HeaderAttrs.builder().devIndex(link.index()).build();
    }

    /** {@code flags} are {@code HeaderFlags}. */
    static HeaderAttrs header(Link link, int flags) {
        return HeaderAttrs.builder().devIndex(link.index()).flags(flags).build();
    }

    List<NetlinkMessage> request(String action, Link link, NetlinkRequest request) {
        return socket.request(new Operation(action, link.name()), request, 0);
    }

    /** A request that is answered by one message. */
    <T> T get(String action, Link link, NetlinkRequest request, Function<NetlinkMessage, T> decode) {
        return request(action, link, request).stream()
                .findFirst()
                .map(decode)
                .orElseThrow(() -> new NetlinkException(
                        new Operation(action, link.name()),
                        Errno.EPROTO.intValue(),
                        "the kernel acknowledged it without a reply",
                        null));
    }
}
