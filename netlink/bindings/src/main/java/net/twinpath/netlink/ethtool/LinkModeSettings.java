package net.twinpath.netlink.ethtool;

import java.util.SortedSet;
import net.twinpath.netlink.ethtool.LinkStatus.DuplexMode;
import org.jspecify.annotations.Nullable;

/**
 * How an interface and the other end of its cable agree on speed and duplex: as it is, or what is to change.
 *
 * @param autonegotiate both ends choose together; null to leave it
 * @param speedMbps     Mbit/s; null when not known, or to leave it
 * @param duplex        null when not known, or to leave it
 * @param advertised    the kernel's names of the modes that are offered to the other end, for example
 *     {@code 1000baseT/Full}; null when the driver tells none, or to leave them
 */
public record LinkModeSettings(
        @Nullable Boolean autonegotiate,
        @Nullable Integer speedMbps,
        @Nullable DuplexMode duplex,
        @Nullable SortedSet<String> advertised) {}
