package net.twinpath.config.machine;

import net.twinpath.config.toml.TableSource;

/**
 * One table {@code [interface.NAME]}: how an interface shall be that exists outside of twinpath. What is empty is not
 * touched.
 *
 * @param name of the interface
 * @param device what every interface has
 * @param pause flow control of IEEE 802.3 annex 31B
 * @param ring lengths of the rings between kernel and hardware
 * @param coalesce when the hardware interrupts
 * @param channels numbers of queues
 * @param source where the table and its keys stand
 */
public record InterfaceSettings(
        String name,
        DeviceSettings device,
        PauseSettings pause,
        RingSettings ring,
        CoalesceSettings coalesce,
        ChannelSettings channels,
        TableSource source) {}
