package net.twinpath.netlink.route;

import java.util.Optional;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.family.rtlink.BondAdInfoAttrs;
import net.twinpath.netlink.family.rtlink.GetlinkReply;
import net.twinpath.netlink.family.rtlink.LinkinfoAttrs;
import net.twinpath.netlink.family.rtlink.LinkinfoBondAttrs;
import org.jspecify.annotations.Nullable;

/**
 * A bond as the kernel described it at one moment.
 *
 * @param link       the interface
 * @param options    every option the kernel told
 * @param aggregator what LACP agreed on; null in other modes than 802.3ad
 */
public record Bond(Link link, BondOptions options, @Nullable Aggregator aggregator) {
    /**
     * The aggregator in use ({@code IFLA_BOND_AD_INFO}).
     *
     * @param id             its number; members with this number in {@link BondPort#aggregatorId} are used
     * @param ports          members in it
     * @param actorKey       our operational key
     * @param partnerKey     the partner's operational key
     * @param partnerAddress the partner's system identifier; 00:00:00:00:00:00 when nobody speaks LACP there
     */
    public record Aggregator(int id, int ports, int actorKey, int partnerKey, MacAddress partnerAddress) {}

    static Optional<Bond> decode(NetlinkMessage message) {
        LinkinfoAttrs info = GetlinkReply.decode(message).linkinfo();
        LinkinfoBondAttrs attributes = info == null ? null : info.dataBond();
        if (attributes == null) {
            return Optional.empty();
        }
        return Link.decode(message)
                .map(link -> new Bond(link, BondOptions.decode(attributes), aggregator(attributes.adInfo())));
    }

    private static @Nullable Aggregator aggregator(@Nullable BondAdInfoAttrs info) {
        byte[] partner = info == null ? null : info.partnerMac();
        if (info == null || partner == null) {
            return null;
        }
        return new Aggregator(
                orZero(info.aggregator()),
                orZero(info.numPorts()),
                orZero(info.actorKey()),
                orZero(info.partnerKey()),
                MacAddress.of(partner));
    }

    private static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
