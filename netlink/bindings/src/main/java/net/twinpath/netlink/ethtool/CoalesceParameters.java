package net.twinpath.netlink.ethtool;

import org.jspecify.annotations.Nullable;

/**
 * How long an interface lets its interrupts wait so that they serve several frames; null is what the driver does not
 * tell, or what is to stay.
 *
 * @param receiveUs        microseconds after a frame came in
 * @param receiveFrames    frames that came in
 * @param transmitUs       microseconds after a frame went out
 * @param transmitFrames   frames that went out
 * @param adaptiveReceive  the driver chooses for incoming frames by the traffic
 * @param adaptiveTransmit the driver chooses for outgoing frames by the traffic
 */
public record CoalesceParameters(
        @Nullable Long receiveUs,
        @Nullable Long receiveFrames,
        @Nullable Long transmitUs,
        @Nullable Long transmitFrames,
        @Nullable Boolean adaptiveReceive,
        @Nullable Boolean adaptiveTransmit) {}
