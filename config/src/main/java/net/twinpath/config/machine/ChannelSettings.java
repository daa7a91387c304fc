package net.twinpath.config.machine;

import java.util.OptionalInt;

/**
 * The table {@code channels}: numbers of queues, as ethtool(8) {@code -L} sets them; empty: not touched.
 *
 * @param combined queues that both receive and send
 * @param receive queues that only receive
 * @param transmit queues that only send
 */
public record ChannelSettings(OptionalInt combined, OptionalInt receive, OptionalInt transmit) {}
