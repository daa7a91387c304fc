package net.twinpath.netlink.ethtool;

import org.jspecify.annotations.Nullable;

/**
 * How many queues, each with an interrupt, an interface has.
 *
 * @param receive  queues that only receive; null where there are none, or to leave them
 * @param transmit queues that only transmit; null where there are none, or to leave them
 * @param combined queues that do both; null where there are none, or to leave them
 */
public record ChannelCounts(
        @Nullable Long receive,
        @Nullable Long transmit,
        @Nullable Long combined) {}
