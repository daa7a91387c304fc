package net.twinpath.config.machine;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a bond says to its partner by LACP (IEEE 802.1AX); empty: as the kernel makes it.
 *
 * @param active whether it speaks without being spoken to (Linux 5.15)
 * @param rate how often the partner shall speak
 * @param adSelect which of several aggregators is used
 * @param minLinks members that must be up for the bond to have carrier, at most as many as there are
 * @param actorSystemPriority 1..65535
 * @param actorSystem a unicast MAC address, the first byte in bits 47 to 40
 * @param userPortKey the upper 10 bits of the port key, 0..1023
 * @param coupledControl whether collecting and distributing begin at once, not one after the other (Linux 6.10)
 */
public record LacpSettings(
        Optional<Boolean> active,
        Optional<LacpRate> rate,
        Optional<AdSelect> adSelect,
        OptionalInt minLinks,
        OptionalInt actorSystemPriority,
        OptionalLong actorSystem,
        OptionalInt userPortKey,
        Optional<Boolean> coupledControl) {}
