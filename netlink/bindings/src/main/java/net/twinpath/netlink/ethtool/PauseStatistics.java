package net.twinpath.netlink.ethtool;

import java.util.OptionalLong;

/**
 * PAUSE frames since the interface was made.
 *
 * @param sent     empty when the driver does not count them
 * @param received empty when the driver does not count them
 */
public record PauseStatistics(OptionalLong sent, OptionalLong received) {}
