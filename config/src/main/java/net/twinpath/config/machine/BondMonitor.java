package net.twinpath.config.machine;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How a bond notices that a member has failed: the kernel knows two ways, which exclude each other. */
public sealed interface BondMonitor {
    /**
     * By the member's carrier.
     *
     * @param interval between two looks, whole milliseconds (IFLA_BOND_MIIMON)
     * @param upDelay a multiple of the interval, how long carrier must be back before the member is used; empty: at once
     * @param downDelay a multiple of the interval, how long carrier must be gone before it is not; empty: at once
     */
    record Carrier(Duration interval, Optional<Duration> upDelay, Optional<Duration> downDelay)
            implements BondMonitor {}

    /**
     * By answers to ARP requests and IPv6 neighbour solicitations; there is at least one target.
     *
     * @param interval between two probes, whole milliseconds (IFLA_BOND_ARP_INTERVAL)
     * @param ipTargets at most 16, all different (IFLA_BOND_ARP_IP_TARGET)
     * @param ip6Targets at most 16, all different (IFLA_BOND_NS_IP6_TARGET, Linux 5.18)
     * @param validate empty: the kernel's default, none
     * @param allTargets empty: the kernel's default, any
     * @param missedMax probes without an answer after which a member is down, 1..255 (Linux 5.17); empty: the kernel's
     *     default, 2
     */
    record Arp(
            Duration interval,
            List<Inet4Address> ipTargets,
            List<Inet6Address> ip6Targets,
            Optional<ArpValidate> validate,
            Optional<ArpAllTargets> allTargets,
            OptionalInt missedMax)
            implements BondMonitor {
        public Arp {
            ipTargets = List.copyOf(ipTargets);
            ip6Targets = List.copyOf(ip6Targets);
        }
    }
}
