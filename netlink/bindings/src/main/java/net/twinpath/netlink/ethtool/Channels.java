package net.twinpath.netlink.ethtool;

import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.family.ethtool.ChannelsGetReply;
import net.twinpath.netlink.family.ethtool.ChannelsGetRequest;
import net.twinpath.netlink.family.ethtool.ChannelsSetRequest;
import net.twinpath.netlink.route.Link;

/** Reads and sets the numbers of queues of interfaces. */
public final class Channels {
    private final EthtoolFamily family;

    /**
     * Works over a socket of {@code NETLINK_GENERIC} that has joined no group.
     *
     * @throws net.twinpath.netlink.NetlinkException ENOENT when the kernel has no ethtool family
     */
    public Channels(NetlinkSocket socket) {
        family = new EthtoolFamily(socket);
    }

    /**
     * The numbers now.
     *
     * @throws net.twinpath.netlink.NetlinkException EOPNOTSUPP when the driver has no say in it
     */
    public ChannelCounts get(Link link) {
        ChannelsGetReply reply = reply(link);
        return new ChannelCounts(reply.rxCount(), reply.txCount(), reply.combinedCount());
    }

    /** The largest numbers the driver takes. */
    public ChannelCounts maximum(Link link) {
        ChannelsGetReply reply = reply(link);
        return new ChannelCounts(reply.rxMax(), reply.txMax(), reply.combinedMax());
    }

    /**
     * Sets what is not null; many drivers lose the link for a moment.
     *
     * @throws net.twinpath.netlink.NetlinkException EINVAL when it is more than the maximum, or none would be left
     */
    public void set(Link link, ChannelCounts counts) {
        ChannelsSetRequest request = new ChannelsSetRequest(family.id()).header(EthtoolFamily.header(link));
        if (counts.receive() != null) {
            request.rxCount(counts.receive());
        }
        if (counts.transmit() != null) {
            request.txCount(counts.transmit());
        }
        if (counts.combined() != null) {
            request.combinedCount(counts.combined());
        }
        family.request("set channels of", link, request);
    }

    private ChannelsGetReply reply(Link link) {
        ChannelsGetRequest request = new ChannelsGetRequest(family.id()).header(EthtoolFamily.header(link));
        return family.get("read channels of", link, request, ChannelsGetReply::decode);
    }
}
