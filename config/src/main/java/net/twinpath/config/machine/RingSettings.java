package net.twinpath.config.machine;

import java.util.OptionalInt;

/**
 * The table {@code ring}, as ethtool(8) {@code -G} sets it; empty: not touched.
 *
 * @param receive frames the hardware may have received and the kernel not yet taken
 * @param transmit frames the kernel may have handed over and the hardware not yet sent
 */
public record RingSettings(OptionalInt receive, OptionalInt transmit) {}
