package net.twinpath.netlink.route;

import java.util.Optional;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.family.rtlink.BondLink;
import net.twinpath.netlink.family.rtlink.BondSlaveAttrs;
import net.twinpath.netlink.family.rtlink.BondState;
import net.twinpath.netlink.family.rtlink.GetlinkReply;
import net.twinpath.netlink.family.rtlink.LinkinfoAttrs;
import org.jspecify.annotations.Nullable;

/**
 * A member of a bond as the kernel described it at one moment.
 *
 * @param link              the interface; its master is the bond
 * @param active            in use, and not only kept ready
 * @param miiStatus         what the link monitor thinks of it
 * @param linkFailureCount  how often the monitor saw the link go
 * @param originalAddress   MAC address from before it joined; null when the kernel did not tell
 * @param queueId           transmit queue of the bond that leads to this port; 0 for none
 * @param priority          the higher, the sooner it takes over; null before Linux 6.0
 * @param aggregatorId      number of its aggregator; null in other modes than 802.3ad
 * @param actorPortState    {@code LACP_STATE_*} of ours; null in other modes than 802.3ad
 * @param partnerPortState  {@code LACP_STATE_*} of the other end; null in other modes than 802.3ad
 * @see net.twinpath.netlink.family.rtlink.LacpState
 */
public record BondPort(
        Link link,
        boolean active,
        MiiStatus miiStatus,
        long linkFailureCount,
        @Nullable MacAddress originalAddress,
        int queueId,
        @Nullable Integer priority,
        @Nullable Integer aggregatorId,
        @Nullable Integer actorPortState,
        @Nullable Integer partnerPortState) {
    /** What the link monitor of the bond thinks of a port ({@code BOND_LINK_*} of {@code linux/if_bonding.h}). */
    public enum MiiStatus {
        UP(BondLink.BOND_LINK_UP, "up"),
        /** Just gone down; the delay before it is given up runs. */
        GOING_DOWN(BondLink.BOND_LINK_FAIL, "going down"),
        DOWN(BondLink.BOND_LINK_DOWN, "down"),
        /** Just come up; the delay before it is used runs. */
        GOING_BACK(BondLink.BOND_LINK_BACK, "going back");

        private final int number;
        private final String kernelName;

        MiiStatus(int number, String kernelName) {
            this.number = number;
            this.kernelName = kernelName;
        }

        /** The kernel's name, as sysfs shows it in {@code bonding_slave/mii_status}. */
        public String kernelName() {
            return kernelName;
        }

        /** The status with this number; DOWN for one that is not in the list. */
        static MiiStatus of(int number) {
            for (MiiStatus status : values()) {
                if (status.number == number) {
                    return status;
                }
            }
            return DOWN;
        }
    }

    static Optional<BondPort> decode(NetlinkMessage message) {
        LinkinfoAttrs info = GetlinkReply.decode(message).linkinfo();
        BondSlaveAttrs attributes = info == null ? null : info.slaveDataBond();
        return attributes == null ? Optional.empty() : Link.decode(message).map(link -> of(link, attributes));
    }

    private static BondPort of(Link link, BondSlaveAttrs attributes) {
        Integer state = attributes.state();
        Integer status = attributes.miiStatus();
        Long failures = attributes.linkFailureCount();
        byte[] address = attributes.permHwaddr();
        Integer queueId = attributes.queueId();
        return new BondPort(
                link,
                state != null && state == BondState.BOND_STATE_ACTIVE,
                status == null ? MiiStatus.DOWN : MiiStatus.of(status),
                failures == null ? 0 : failures,
                address == null || address.length != MacAddress.LENGTH ? null : MacAddress.of(address),
                queueId == null ? 0 : queueId,
                attributes.prio(),
                attributes.adAggregatorId(),
                attributes.adActorOperPortState(),
                attributes.adPartnerOperPortState());
    }
}
