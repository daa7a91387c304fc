package net.twinpath.config.machine;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The table {@code coalesce}: how long the hardware waits before it interrupts, as ethtool(8) {@code -C} sets it; empty:
 * not touched.
 *
 * @param receive whole microseconds after a received frame
 * @param receiveFrames received frames after which it does not wait longer
 * @param transmit whole microseconds after a sent frame
 * @param transmitFrames sent frames after which it does not wait longer
 * @param adaptiveReceive whether the driver chooses for received frames by their rate
 * @param adaptiveTransmit whether it chooses for sent frames
 */
public record CoalesceSettings(
        Optional<Duration> receive,
        OptionalInt receiveFrames,
        Optional<Duration> transmit,
        OptionalInt transmitFrames,
        Optional<Boolean> adaptiveReceive,
        Optional<Boolean> adaptiveTransmit) {}
