package net.twinpath.config;

import java.util.Optional;
import java.util.OptionalInt;
import net.twinpath.config.value.IpPrefix;

/**
 * What a match asks of an IPv4 or IPv6 packet; at least one of it is given.
 *
 * @param source empty: any
 * @param destination of the same IP version as {@code source}; empty: any
 * @param dscp differentiated services code point, 0..63 (RFC 2474); empty: any
 * @param protocol IANA protocol number of what the IP headers carry, 0..255; empty: any
 * @param sourcePort 1..65535, only with TCP, UDP or SCTP as {@code protocol}; empty: any
 * @param destinationPort 1..65535, only with TCP, UDP or SCTP as {@code protocol}; empty: any
 */
public record IpMatch(
        Optional<IpPrefix> source,
        Optional<IpPrefix> destination,
        OptionalInt dscp,
        OptionalInt protocol,
        OptionalInt sourcePort,
        OptionalInt destinationPort) {
    private static final IpMatch ANY = new IpMatch(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());

    /** Whether nothing is asked, so that frames without IP fit too. */
    boolean isEmpty() {
        return equals(ANY);
    }
}
