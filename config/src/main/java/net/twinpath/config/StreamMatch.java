package net.twinpath.config;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The table {@code match} of a stream: a frame belongs to it when all that is given fits (IEEE 802.1CB clause 6, null,
 * source MAC and IP stream identification in one).
 *
 * @param destinationMac the first byte in bits 47 to 40; empty: any
 * @param sourceMac the first byte in bits 47 to 40; empty: any
 * @param vlan of the frame's outermost tag, 1..4094; empty: any or none
 * @param tagged never {@link Tagged#PRIORITY} with a {@code vlan}
 * @param ip what the packet in the frame must be; empty: anything, IP or not
 */
public record StreamMatch(
        OptionalLong destinationMac, OptionalLong sourceMac, OptionalInt vlan, Tagged tagged, Optional<IpMatch> ip) {}
