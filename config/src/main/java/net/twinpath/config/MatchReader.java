package net.twinpath.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import net.twinpath.config.toml.Quoted;
import net.twinpath.config.value.IpPrefix;
import net.twinpath.config.value.MacLiteral;

/** Makes a {@link StreamMatch} of a table {@code match}, and refuses what no frame can fit. */
final class MatchReader {
    private static final List<ConfigOption> PORTS =
            List.of(ConfigOption.MATCH_SOURCE_PORT, ConfigOption.MATCH_DESTINATION_PORT);

    private final TableReader table;

    private MatchReader(TableReader table) {
        this.table = table;
    }

    static StreamMatch read(TableReader table) {
        return new MatchReader(table).read();
    }

    private StreamMatch read() {
        if (table.isEmpty()) {
            table.reportLack("no key is given; give at least one of "
                    + ConfigTable.MATCH.options().stream()
                            .map(ConfigOption::key)
                            .collect(Collectors.joining(", ")));
        }
        OptionalInt vlan = table.integer(ConfigOption.MATCH_VLAN);
        IpMatch ip = ip();
        return new StreamMatch(
                mac(ConfigOption.MATCH_DESTINATION_MAC),
                mac(ConfigOption.MATCH_SOURCE_MAC),
                vlan,
                tagged(vlan),
                Optional.of(ip).filter(asked -> !asked.isEmpty()));
    }

    private OptionalLong mac(ConfigOption option) {
        return table.string(option).map(MacLiteral::parse).orElse(OptionalLong.empty());
    }

    private Tagged tagged(OptionalInt vlan) {
        Optional<Tagged> tagged = table.keyword(ConfigOption.MATCH_TAGGED, Tagged.values());
        if (vlan.isPresent() && tagged.equals(Optional.of(Tagged.PRIORITY))) {
            table.report(
                    ConfigOption.MATCH_TAGGED,
                    "\"priority\" takes frames without a VLAN, and vlan asks for VLAN " + vlan.getAsInt()
                            + "; remove one of the two");
        }
        return tagged.orElseGet(() -> ConfigOption.MATCH_TAGGED.defaultKeyword(Tagged.values()));
    }

    private IpMatch ip() {
        Optional<IpPrefix> source = table.string(ConfigOption.MATCH_SOURCE).map(IpPrefix::parse);
        Optional<IpPrefix> destination =
                table.string(ConfigOption.MATCH_DESTINATION).map(IpPrefix::parse);
        refuseTwoVersions(source, destination);
        OptionalInt protocol = protocol();
        source.or(() -> destination).ifPresent(address -> refuseProtocolOfOther(address, protocol));
        PORTS.forEach(port -> refuseWithoutPorts(port, protocol));
        return new IpMatch(
                source,
                destination,
                table.integer(ConfigOption.MATCH_DSCP),
                protocol,
                table.integer(ConfigOption.MATCH_SOURCE_PORT),
                table.integer(ConfigOption.MATCH_DESTINATION_PORT));
    }

    private void refuseTwoVersions(Optional<IpPrefix> source, Optional<IpPrefix> destination) {
        if (source.isPresent()
                && destination.isPresent()
                && source.get().isIpv6() != destination.get().isIpv6()) {
            table.report(
                    ConfigOption.MATCH_DESTINATION,
                    Quoted.of(destination.get().toString()) + " is "
                            + destination.get().version() + ", and source is "
                            + source.get().version() + "; give both of one version");
        }
    }

    private OptionalInt protocol() {
        return table.any(ConfigOption.MATCH_PROTOCOL)
                .map(value -> OptionalInt.of(numberOf(value)))
                .orElse(OptionalInt.empty());
    }

    private static int numberOf(Object protocol) {
        return protocol instanceof Long number
                ? Math.toIntExact(number)
                : IpProtocol.named((String) protocol).orElseThrow().number();
    }

    private void refuseProtocolOfOther(IpPrefix address, OptionalInt protocol) {
        IpProtocol other = address.isIpv6() ? IpProtocol.ICMP : IpProtocol.ICMPV6;
        IpProtocol right = address.isIpv6() ? IpProtocol.ICMPV6 : IpProtocol.ICMP;
        if (protocol.equals(OptionalInt.of(other.number()))) {
            table.report(
                    ConfigOption.MATCH_PROTOCOL,
                    "ICMP over " + address.version() + " is " + Quoted.of(right.text()) + ", not "
                            + Quoted.of(other.text()));
        }
    }

    private void refuseWithoutPorts(ConfigOption port, OptionalInt protocol) {
        String message = "a port needs protocol = \"tcp\", \"udp\" or \"sctp\"";
        if (table.has(port) && !table.has(ConfigOption.MATCH_PROTOCOL)) {
            table.reportLack(port, message);
        } else if (table.has(port) && protocol.isPresent() && !IpProtocol.hasPorts(protocol.getAsInt())) {
            table.report(port, message);
        }
    }
}
