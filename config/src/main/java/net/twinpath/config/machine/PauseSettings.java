package net.twinpath.config.machine;

import java.util.Optional;

/**
 * The table {@code pause}: flow control, as ethtool(8) {@code -A} sets it; empty: not touched.
 *
 * @param autonegotiate whether both ends agree on it
 * @param receive whether pause frames are obeyed
 * @param transmit whether they are sent
 */
public record PauseSettings(Optional<Boolean> autonegotiate, Optional<Boolean> receive, Optional<Boolean> transmit) {}
