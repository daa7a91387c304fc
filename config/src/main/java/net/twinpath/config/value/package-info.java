/** Values as configuration files write them: durations, MAC and IP addresses, words of a fixed set. */
@NullMarked
package net.twinpath.config.value;

import org.jspecify.annotations.NullMarked;
