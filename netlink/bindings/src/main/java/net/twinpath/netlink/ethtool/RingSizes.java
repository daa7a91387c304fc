package net.twinpath.netlink.ethtool;

import org.jspecify.annotations.Nullable;

/**
 * How many frames the rings between an interface and its driver hold, each queue for itself.
 *
 * @param receive  null where there is none, or to leave it
 * @param transmit null where there is none, or to leave it
 */
public record RingSizes(@Nullable Long receive, @Nullable Long transmit) {}
