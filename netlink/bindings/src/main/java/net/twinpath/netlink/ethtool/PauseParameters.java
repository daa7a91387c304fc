package net.twinpath.netlink.ethtool;

import org.jspecify.annotations.Nullable;

/**
 * Whether an interface obeys and sends PAUSE frames (IEEE 802.3 Annex 31B); null is what the driver does not tell, or
 * what is to stay.
 *
 * @param autonegotiate both ends choose together; {@code receive} and {@code transmit} say what is offered
 * @param receive       stops sending for a while when the other end asks for it
 * @param transmit      asks the other end to stop when it cannot keep up
 */
public record PauseParameters(
        @Nullable Boolean autonegotiate,
        @Nullable Boolean receive,
        @Nullable Boolean transmit) {}
