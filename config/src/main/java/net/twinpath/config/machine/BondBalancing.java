package net.twinpath.config.machine;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a bond spreads frames over its members; empty: as the kernel makes it.
 *
 * @param xmitHashPolicy what of a frame decides the member
 * @param packetsPerSlave frames over one member before the next, 0..65535, 0 for a random member each time
 * @param tlbDynamicLb whether flows move between members by load
 * @param lpInterval between two learning packets to the switches, whole seconds
 */
public record BondBalancing(
        Optional<XmitHashPolicy> xmitHashPolicy,
        OptionalInt packetsPerSlave,
        Optional<Boolean> tlbDynamicLb,
        Optional<Duration> lpInterval) {}
