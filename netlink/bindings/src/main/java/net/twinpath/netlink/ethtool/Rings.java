package net.twinpath.netlink.ethtool;

import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.family.ethtool.RingsGetReply;
import net.twinpath.netlink.family.ethtool.RingsGetRequest;
import net.twinpath.netlink.family.ethtool.RingsSetRequest;
import net.twinpath.netlink.route.Link;

/** Reads and sets the sizes of the rings of interfaces. */
public final class Rings {
    private final EthtoolFamily family;

    /**
     * Works over a socket of {@code NETLINK_GENERIC} that has joined no group.
     *
     * @throws net.twinpath.netlink.NetlinkException ENOENT when the kernel has no ethtool family
     */
    public Rings(NetlinkSocket socket) {
        family = new EthtoolFamily(socket);
    }

    /**
     * The sizes now.
     *
     * @throws net.twinpath.netlink.NetlinkException EOPNOTSUPP when the driver has no rings
     */
    public RingSizes get(Link link) {
        RingsGetReply reply = reply(link);
        return new RingSizes(reply.rx(), reply.tx());
    }

    /** The largest sizes the driver takes. */
    public RingSizes maximum(Link link) {
        RingsGetReply reply = reply(link);
        return new RingSizes(reply.rxMax(), reply.txMax());
    }

    /**
     * Sets what is not null; many drivers lose the link for a moment.
     *
     * @throws net.twinpath.netlink.NetlinkException EINVAL when it is more than the maximum
     */
    public void set(Link link, RingSizes sizes) {
        RingsSetRequest request = new RingsSetRequest(family.id()).header(EthtoolFamily.header(link));
        if (sizes.receive() != null) {
            request.rx(sizes.receive());
        }
        if (sizes.transmit() != null) {
            request.tx(sizes.transmit());
        }
        family.request("set ring sizes of", link, request);
    }

    private RingsGetReply reply(Link link) {
        RingsGetRequest request = new RingsGetRequest(family.id()).header(EthtoolFamily.header(link));
        return family.get("read ring sizes of", link, request, RingsGetReply::decode);
    }
}
