package net.twinpath.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes {@link PathSettings} of one table {@code [path.NAME]}, and checks what no single key shows. */
final class PathTableReader {
    private static final int MAX_NAME_BYTES = AllowedValues.LinkName.MAX_BYTES - PathSettings.PEER_SUFFIX.length();
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]*[A-Za-z_.-][A-Za-z0-9_.-]*");
    /** Not names (dev_valid_name()), the loopback interface, and two names that sysctl takes (net/ipv4/devinet.c). */
    private static final List<String> RESERVED_NAMES = List.of(".", "..", "lo", "all", "default");
    /** RFC 8200 section 5. */
    static final int MIN_IPV6_MTU = 1280;

    private final TableReader table;
    private final String name;
    private final InterfaceClaims claims;

    PathTableReader(TableReader table, String name, InterfaceClaims claims) {
        this.table = table;
        this.name = name;
        this.claims = claims;
    }

    PathSettings read() {
        checkName();
        Optional<Format> format = format();
        List<LinkSettings> links = LinksReader.read(table, format);
        Inside inside = inside(links);
        List<InterfaceAddress> addresses = addresses(inside);
        RecoverySettings recovery = recovery(format);
        PathSettings path = new PathSettings(
                name,
                inside,
                addresses,
                links,
                format.orElse(Format.PRP),
                mtu(format, addresses),
                supervision(format),
                continuityInterval(format),
                selection(format, recovery),
                recovery,
                orderingMaxDelay(),
                table.position());
        claimInterfaces(path);
        return path;
    }

    private void checkName() {
        boolean good = NAME.matcher(name).matches()
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES
                && !RESERVED_NAMES.contains(name);
        if (!good) {
            table.report(Quoted.of(name) + " cannot name a path; a name has 1 to " + MAX_NAME_BYTES
                    + " of A-Z a-z 0-9 _ . - and is neither a number nor one of " + String.join(" ", RESERVED_NAMES));
        }
    }

    /** Empty when it cannot be known, so that what depends on it cannot be wrong. */
    private Optional<Format> format() {
        ConfigOption option = ConfigOption.PATH_FORMAT;
        if (table.has(option)) {
            return table.keyword(option, Format.values());
        }
        return table.file().isIntact() ? Optional.of(option.defaultKeyword(Format.values())) : Optional.empty();
    }

    private Inside inside(List<LinkSettings> links) {
        ConfigOption option = ConfigOption.PATH_INSIDE;
        String text = table.string(option).orElseGet(option::defaultString);
        if (text.equals(Inside.Host.TEXT)) {
            return new Inside.Host();
        } else if (links.stream().anyMatch(link -> link.interfaceName().equals(text))) {
            table.report(
                    option,
                    Quoted.of(text) + " is a link of this path, which cannot be its own inside; use "
                            + option.allowed().text());
            return new Inside.Host();
        }
        return new Inside.Gateway(text, table.positionOf(option));
    }

    private List<InterfaceAddress> addresses(Inside inside) {
        ConfigOption option = ConfigOption.PATH_ADDRESS;
        if (table.has(option) && inside instanceof Inside.Gateway gateway) {
            table.report(
                    option,
                    "a path with inside = " + Quoted.of(gateway.interfaceName())
                            + " has no interface of its own for an address; remove the key, or use inside = "
                            + Quoted.of(Inside.Host.TEXT));
        }
        List<InterfaceAddress> addresses = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (TableReader.Element element : table.elements(option)) {
            String text = (String) element.value();
            InterfaceAddress address = InterfaceAddress.parse(text);
            if (seen.add(address.address())) {
                addresses.add(address);
            } else {
                table.report(option, element.position(), Quoted.of(text) + " is given twice; remove one");
            }
        }
        return addresses;
    }

    private RecoverySettings recovery(Optional<Format> format) {
        table.reportUnlessFor(Format.FRER, format, ConfigOption.PATH_RECOVERY);
        return RecoveryReader.read(table.table(ConfigOption.PATH_RECOVERY), RecoverySettings.defaults());
    }

    private OptionalInt mtu(Optional<Format> format, List<InterfaceAddress> addresses) {
        ConfigOption option = ConfigOption.PATH_MTU;
        AllowedValues allowed =
                format.<AllowedValues>map(AllowedValues.PathMtu::new).orElseGet(option::allowed);
        OptionalInt mtu = table.integer(option, allowed);
        if (mtu.isPresent() && mtu.getAsInt() < MIN_IPV6_MTU) {
            addresses.stream()
                    .filter(InterfaceAddress::isIpv6)
                    .findFirst()
                    .ifPresent(address -> table.report(
                            option,
                            mtu.getAsInt() + " is too small for the IPv6 address " + address + "; IPv6 needs at least "
                                    + MIN_IPV6_MTU));
        }
        return mtu;
    }

    private SupervisionSettings supervision(Optional<Format> format) {
        ConfigOption addressByte = ConfigOption.PATH_SUPERVISION;
        ConfigOption interval = ConfigOption.PATH_LIFE_CHECK_INTERVAL;
        table.reportUnlessFor(Format.PRP, format, addressByte);
        table.reportUnlessFor(Format.PRP, format, interval);
        return new SupervisionSettings(
                table.integer(addressByte).orElseGet(addressByte::defaultInteger),
                table.duration(interval).orElseGet(interval::defaultDuration));
    }

    private ContinuityInterval continuityInterval(Optional<Format> format) {
        ConfigOption option = ConfigOption.PATH_CONTINUITY_INTERVAL;
        table.reportUnlessFor(Format.FRER, format, option);
        return table.keyword(option, ContinuityInterval.values())
                .orElseGet(() -> option.defaultKeyword(ContinuityInterval.values()));
    }

    private StreamSelection selection(Optional<Format> format, RecoverySettings recovery) {
        ConfigOption unmatched = ConfigOption.PATH_UNMATCHED;
        return new StreamSelection(
                StreamsReader.read(table, format, recovery),
                table.keyword(unmatched, Action.values()).orElseGet(() -> unmatched.defaultKeyword(Action.values())));
    }

    private Optional<Duration> orderingMaxDelay() {
        return table.table(ConfigOption.PATH_ORDERING)
                .flatMap(ordering -> ordering.duration(ConfigOption.ORDERING_MAX_DELAY));
    }

    private void claimInterfaces(PathSettings path) {
        if (!table.file().isCertain(path.source())) {
            return;
        }
        if (path.inside() instanceof Inside.Gateway gateway) {
            claim(ConfigOption.PATH_INSIDE, gateway.interfaceName(), "the inside of ", gateway.source());
        } else {
            String made = "made for " + table.header();
            for (String own : List.of(path.name(), path.peerName())) {
                claims.claim(own, made, path.source()).ifPresent(table::report);
            }
        }
        for (LinkSettings link : path.links()) {
            claim(ConfigOption.PATH_LINKS, link.interfaceName(), "a link of ", link.source());
        }
    }

    private void claim(ConfigOption option, String interfaceName, String use, ConfigPosition position) {
        if (table.file().isCertain(position)) {
            claims.claim(interfaceName, use + table.header(), position)
                    .ifPresent(message -> table.report(option, position, message));
        }
    }
}
