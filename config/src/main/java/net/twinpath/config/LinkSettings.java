package net.twinpath.config;

import java.util.OptionalInt;
import net.twinpath.config.toml.ConfigPosition;

/**
 * One element of {@code links}.
 *
 * @param interfaceName of the interface that carries the copies
 * @param vlan that frames of the path have on this link, 1..4094; empty: no tag of the link's own
 * @param source where the element stands
 */
public record LinkSettings(String interfaceName, OptionalInt vlan, ConfigPosition source) {}
