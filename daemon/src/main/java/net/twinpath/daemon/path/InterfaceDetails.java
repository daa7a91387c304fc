package net.twinpath.daemon.path;

import java.util.Optional;
import net.twinpath.netlink.ethtool.LinkStatus;

/**
 * What is told of a link's interface besides whether it can be used.
 *
 * @param mtu            octets of payload
 * @param carrierChanges how often the carrier came or went since the interface was made
 * @param cable          speed and duplex mode; empty when the hardware could not be asked
 */
record InterfaceDetails(int mtu, long carrierChanges, Optional<LinkStatus> cable) {}
