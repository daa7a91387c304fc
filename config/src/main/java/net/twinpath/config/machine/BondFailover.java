package net.twinpath.config.machine;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which member of a bond is used, and what is told when that changes; empty: as the kernel makes it.
 *
 * @param primary the member that is used while it is up
 * @param primaryReselect when the primary is used again
 * @param failOverMac which MAC addresses the members have
 * @param numPeerNotif gratuitous ARPs and unsolicited neighbour advertisements after a change, 0..255
 * @param peerNotifDelay between two of them, a multiple of the carrier monitor's interval
 * @param resendIgmp IGMP membership reports after a change, 0..255
 * @param allSlavesActive whether frames that arrive on members that wait are used
 */
public record BondFailover(
        Optional<String> primary,
        Optional<PrimaryReselect> primaryReselect,
        Optional<FailOverMac> failOverMac,
        OptionalInt numPeerNotif,
        Optional<Duration> peerNotifDelay,
        OptionalInt resendIgmp,
        Optional<Boolean> allSlavesActive) {}
