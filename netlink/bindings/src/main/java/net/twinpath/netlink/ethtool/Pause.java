package net.twinpath.netlink.ethtool;

import java.util.OptionalLong;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.family.ethtool.HeaderAttrs;
import net.twinpath.netlink.family.ethtool.HeaderFlags;
import net.twinpath.netlink.family.ethtool.PauseGetReply;
import net.twinpath.netlink.family.ethtool.PauseGetRequest;
import net.twinpath.netlink.family.ethtool.PauseSetRequest;
import net.twinpath.netlink.family.ethtool.PauseStatAttrs;
import net.twinpath.netlink.route.Link;
import org.jspecify.annotations.Nullable;

/** Reads and sets the flow control of interfaces by PAUSE frames. */
public final class Pause {
    private final EthtoolFamily family;

    /**
     * Works over a socket of {@code NETLINK_GENERIC} that has joined no group.
     *
     * @throws net.twinpath.netlink.NetlinkException ENOENT when the kernel has no ethtool family
     */
    public Pause(NetlinkSocket socket) {
        family = new EthtoolFamily(socket);
    }

    /**
     * How it is now.
     *
     * @throws net.twinpath.netlink.NetlinkException EOPNOTSUPP when the driver has no flow control
     */
    public PauseParameters get(Link link) {
        PauseGetReply reply = reply(link, EthtoolFamily.header(link));
        return new PauseParameters(truth(reply.autoneg()), truth(reply.rx()), truth(reply.tx()));
    }

    /**
     * How many PAUSE frames there were.
     *
     * @throws net.twinpath.netlink.NetlinkException EOPNOTSUPP when the driver has no flow control
     */
    public PauseStatistics statistics(Link link) {
        PauseGetReply reply = reply(link, EthtoolFamily.header(link, HeaderFlags.ETHTOOL_FLAG_STATS));
        PauseStatAttrs statistics = reply.stats();
        return statistics == null
                ? new PauseStatistics(OptionalLong.empty(), OptionalLong.empty())
                : new PauseStatistics(count(statistics.txFrames()), count(statistics.rxFrames()));
    }

    /**
     * Sets what is not null.
     *
     * @throws net.twinpath.netlink.NetlinkException EOPNOTSUPP when the driver has no flow control, EINVAL when it does
     *     not have it so
     */
    public void set(Link link, PauseParameters parameters) {
        PauseSetRequest request = new PauseSetRequest(family.id()).header(EthtoolFamily.header(link));
        if (parameters.autonegotiate() != null) {
            request.autoneg(parameters.autonegotiate() ? 1 : 0);
        }
        if (parameters.receive() != null) {
            request.rx(parameters.receive() ? 1 : 0);
        }
        if (parameters.transmit() != null) {
            request.tx(parameters.transmit() ? 1 : 0);
        }
        family.request("set PAUSE of", link, request);
    }

    private PauseGetReply reply(Link link, HeaderAttrs header) {
        PauseGetRequest request = new PauseGetRequest(family.id()).header(header);
        return family.get("read PAUSE of", link, request, PauseGetReply::decode);
    }

    private static @Nullable Boolean truth(@Nullable Integer number) {
        return number == null ? null : number != 0;
    }

    private static OptionalLong count(@Nullable Long frames) {
        return frames == null ? OptionalLong.empty() : OptionalLong.of(frames);
    }
}
