package net.twinpath.daemon.apply;

import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ethtool.Features;
import net.twinpath.netlink.ethtool.LinkStatus;
import net.twinpath.netlink.route.Addresses;
import net.twinpath.netlink.route.IngressFilter;
import net.twinpath.netlink.route.Links;

/** The kernel's interfaces in this network namespace, and what is done to them; used by the control thread only. */
public final class Interfaces implements AutoCloseable {
    private static final int NETLINK_ROUTE = 0;
    private static final int NETLINK_GENERIC = 16;

    private final NetlinkSocket route;
    private final NetlinkSocket generic;
    private final Links links;
    private final Addresses addresses;
    private final IngressFilter ingressFilter;
    private final Features features;
    private final LinkStatus.Reader linkStatus;

    public Interfaces() {
        route = NetlinkSocket.open(NETLINK_ROUTE);
        generic = NetlinkSocket.open(NETLINK_GENERIC);
        links = new Links(route);
        addresses = new Addresses(route);
        ingressFilter = new IngressFilter(route);
        features = new Features(generic);
        linkStatus = new LinkStatus.Reader(generic);
    }

    Links links() {
        return links;
    }

    Addresses addresses() {
        return addresses;
    }

    IngressFilter ingressFilter() {
        return ingressFilter;
    }

    Features features() {
        return features;
    }

    LinkStatus.Reader linkStatus() {
        return linkStatus;
    }

    @Override
    public void close() {
        route.close();
        generic.close();
    }
}
