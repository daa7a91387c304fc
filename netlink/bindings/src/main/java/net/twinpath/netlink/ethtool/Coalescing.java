package net.twinpath.netlink.ethtool;

import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.family.ethtool.CoalesceGetReply;
import net.twinpath.netlink.family.ethtool.CoalesceGetRequest;
import net.twinpath.netlink.family.ethtool.CoalesceSetRequest;
import net.twinpath.netlink.route.Link;
import org.jspecify.annotations.Nullable;

/** Reads and sets how interfaces gather frames for one interrupt. */
public final class Coalescing {
    private final EthtoolFamily family;

    /**
     * Works over a socket of {@code NETLINK_GENERIC} that has joined no group.
     *
     * @throws net.twinpath.netlink.NetlinkException ENOENT when the kernel has no ethtool family
     */
    public Coalescing(NetlinkSocket socket) {
        family = new EthtoolFamily(socket);
    }

    /**
     * How it is now.
     *
     * @throws net.twinpath.netlink.NetlinkException EOPNOTSUPP when the driver has no say in it
     */
    public CoalesceParameters get(Link link) {
        CoalesceGetRequest request = new CoalesceGetRequest(family.id()).header(EthtoolFamily.header(link));
        CoalesceGetReply reply = family.get("read coalescing of", link, request, CoalesceGetReply::decode);
        return new CoalesceParameters(
                reply.rxUsecs(),
                reply.rxMaxFrames(),
                reply.txUsecs(),
                reply.txMaxFrames(),
                truth(reply.useAdaptiveRx()),
                truth(reply.useAdaptiveTx()));
    }

    /**
     * Sets what is not null.
     *
     * @throws net.twinpath.netlink.NetlinkException EOPNOTSUPP when the driver does not have one of them, with its
     *     attribute
     */
    public void set(Link link, CoalesceParameters parameters) {
        CoalesceSetRequest request = new CoalesceSetRequest(family.id()).header(EthtoolFamily.header(link));
        if (parameters.receiveUs() != null) {
            request.rxUsecs(parameters.receiveUs());
        }
        if (parameters.receiveFrames() != null) {
            request.rxMaxFrames(parameters.receiveFrames());
        }
        if (parameters.transmitUs() != null) {
            request.txUsecs(parameters.transmitUs());
        }
        if (parameters.transmitFrames() != null) {
            request.txMaxFrames(parameters.transmitFrames());
        }
        if (parameters.adaptiveReceive() != null) {
            request.useAdaptiveRx(parameters.adaptiveReceive() ? 1 : 0);
        }
        if (parameters.adaptiveTransmit() != null) {
            request.useAdaptiveTx(parameters.adaptiveTransmit() ? 1 : 0);
        }
        family.request("set coalescing of", link, request);
    }

    private static @Nullable Boolean truth(@Nullable Integer number) {
        return number == null ? null : number != 0;
    }
}
