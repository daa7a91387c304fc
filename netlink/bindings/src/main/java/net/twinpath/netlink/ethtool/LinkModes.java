package net.twinpath.netlink.ethtool;

import java.util.Collections;
import java.util.SortedSet;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ethtool.LinkStatus.DuplexMode;
import net.twinpath.netlink.family.ethtool.LinkmodesGetReply;
import net.twinpath.netlink.family.ethtool.LinkmodesGetRequest;
import net.twinpath.netlink.family.ethtool.LinkmodesSetRequest;
import net.twinpath.netlink.route.Link;
import org.jspecify.annotations.Nullable;

/** Reads and sets how interfaces agree on speed and duplex. */
public final class LinkModes {
    private static final long SPEED_UNKNOWN = 0xFFFF_FFFFL;

    /** The same in 16 bits, as some drivers still say it. */
    private static final long OLD_SPEED_UNKNOWN = 0xFFFF;

    private final EthtoolFamily family;

    /**
     * Works over a socket of {@code NETLINK_GENERIC} that has joined no group.
     *
     * @throws net.twinpath.netlink.NetlinkException ENOENT when the kernel has no ethtool family
     */
    public LinkModes(NetlinkSocket socket) {
        this(new EthtoolFamily(socket));
    }

    LinkModes(EthtoolFamily family) {
        this.family = family;
    }

    /**
     * How it is now.
     *
     * @throws net.twinpath.netlink.NetlinkException EOPNOTSUPP when the driver has no link modes
     */
    public LinkModeSettings get(Link link) {
        LinkmodesGetReply reply = reply(link);
        Integer autoneg = reply.autoneg();
        return new LinkModeSettings(
                autoneg == null ? null : autoneg != 0,
                speed(reply.speed()),
                duplex(reply.duplex()),
                reply.ours() == null ? null : Collections.unmodifiableSortedSet(BitsetNames.on(reply.ours())));
    }

    /** The kernel's names of the modes the interface could offer. */
    public SortedSet<String> supported(Link link) {
        return BitsetNames.listed(reply(link).ours());
    }

    /**
     * Sets what is not null. Without autonegotiation both ends must be set alike; with it, speed and duplex choose
     * which modes are offered, unless these are given.
     *
     * @throws net.twinpath.netlink.NetlinkException EOPNOTSUPP when the driver cannot, EINVAL when it has no such mode
     */
    public void set(Link link, LinkModeSettings settings) {
        LinkmodesSetRequest request = new LinkmodesSetRequest(family.id()).header(EthtoolFamily.header(link));
        if (settings.autonegotiate() != null) {
            request.autoneg(settings.autonegotiate() ? 1 : 0);
        }
        if (settings.advertised() != null) {
            request.ours(BitsetNames.exactly(settings.advertised()));
        }
        if (settings.speedMbps() != null) {
            request.speed(settings.speedMbps());
        }
        if (settings.duplex() != null) {
            request.duplex(settings.duplex().number());
        }
        family.request("set link modes of", link, request);
    }

    private LinkmodesGetReply reply(Link link) {
        LinkmodesGetRequest request = new LinkmodesGetRequest(family.id()).header(EthtoolFamily.header(link));
        return family.get("read link modes of", link, request, LinkmodesGetReply::decode);
    }

    private static @Nullable Integer speed(@Nullable Long speed) {
        return speed == null || speed == 0 || speed == OLD_SPEED_UNKNOWN || speed == SPEED_UNKNOWN
                ? null
                : speed.intValue();
    }

    private static @Nullable DuplexMode duplex(@Nullable Integer number) {
        DuplexMode mode = number == null ? DuplexMode.UNKNOWN : DuplexMode.of(number);
        return mode == DuplexMode.UNKNOWN ? null : mode;
    }
}
