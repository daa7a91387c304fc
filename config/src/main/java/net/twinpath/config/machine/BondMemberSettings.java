package net.twinpath.config.machine;

import java.util.OptionalInt;
import net.twinpath.config.toml.ConfigPosition;

/**
 * One element of {@code members}.
 *
 * @param interfaceName of the interface
 * @param priority the higher, the sooner it becomes active (IFLA_BOND_SLAVE_PRIO, Linux 6.0); empty: 0
 * @param queueId transmit queue of the bond that leads to this member, 1..16 (IFLA_BOND_SLAVE_QUEUE_ID); empty: none
 * @param source where the element stands
 */
public record BondMemberSettings(
        String interfaceName, OptionalInt priority, OptionalInt queueId, ConfigPosition source) {}
