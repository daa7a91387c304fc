package net.twinpath.config;

import net.twinpath.config.toml.ConfigPosition;

/**
 * The key {@code cores} of a path.
 *
 * @param send core of the agent that sends on the links, from 0
 * @param receive core of the agent that receives from them, from 0; may be the same
 * @param source where the key stands
 */
public record CoreSettings(int send, int receive, ConfigPosition source) {}
