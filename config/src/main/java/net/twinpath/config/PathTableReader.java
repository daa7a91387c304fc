package net.twinpath.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
        Inside inside = inside();
        List<InterfaceAddress> addresses = addresses();
        Format format = format();
        List<TableReader.Element> links = links(format);
        PathSettings path = new PathSettings(
                name,
                inside,
                addresses,
                links.stream().map(TableReader.Element::text).toList(),
                format,
                mtu(addresses),
                table.integer(ConfigOption.PATH_SUPERVISION).orElseThrow(),
                table.position(),
                links.stream().map(TableReader.Element::position).toList());
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

    private Inside inside() {
        ConfigOption option = ConfigOption.PATH_INSIDE;
        String text = table.text(option).orElse(Inside.HOST.text());
        if (table.rawStrings(ConfigOption.PATH_LINKS).contains(text)) {
            table.report(
                    option,
                    Quoted.of(text) + " is a link of this path, which cannot be its own inside; use "
                            + option.allowed().text());
        } else {
            option.allowed().objectionTo(text).ifPresent(message -> table.report(option, message));
        }
        return Inside.HOST;
    }

    private List<InterfaceAddress> addresses() {
        ConfigOption option = ConfigOption.PATH_ADDRESS;
        List<InterfaceAddress> addresses = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (TableReader.Element element : table.elements(option)) {
            InterfaceAddress address = InterfaceAddress.parse(element.text());
            if (seen.add(address.address())) {
                addresses.add(address);
            } else {
                table.report(option, element.position(), Quoted.of(element.text()) + " is given twice; remove one");
            }
        }
        return addresses;
    }

    private Format format() {
        String text = table.string(ConfigOption.PATH_FORMAT);
        return Arrays.stream(Format.values())
                .filter(format -> format.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private List<TableReader.Element> links(Format format) {
        ConfigOption option = ConfigOption.PATH_LINKS;
        int count = table.arrayLength(option).orElse(format.linkCount());
        if (count != format.linkCount()) {
            table.report(
                    option,
                    "expected " + format.linkCount() + " links for " + Quoted.of(format.text()) + ", found " + count
                            + "; example: " + option.example());
        }
        List<TableReader.Element> links = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (TableReader.Element link : table.elements(option)) {
            if (seen.add(link.text())) {
                links.add(link);
            } else {
                String message = Quoted.of(link.text()) + " is given twice; links must be different interfaces";
                table.report(option, link.position(), message);
            }
        }
        return links;
    }

    private OptionalInt mtu(List<InterfaceAddress> addresses) {
        OptionalInt mtu = table.integer(ConfigOption.PATH_MTU);
        if (mtu.isPresent() && mtu.getAsInt() < MIN_IPV6_MTU) {
            addresses.stream()
                    .filter(InterfaceAddress::isIpv6)
                    .findFirst()
                    .ifPresent(address -> table.report(
                            ConfigOption.PATH_MTU,
                            mtu.getAsInt() + " is too small for the IPv6 address " + address + "; IPv6 needs at least "
                                    + MIN_IPV6_MTU));
        }
        return mtu;
    }

    private void claimInterfaces(PathSettings path) {
        if (!table.file().isCertain(path.source())) {
            return;
        }
        String made = "made for " + table.header();
        for (String own : List.of(path.name(), path.peerName())) {
            claims.claim(own, made, path.source()).ifPresent(table::report);
        }
        for (int i = 0; i < path.links().size(); i++) {
            ConfigPosition position = path.linkSources().get(i);
            if (table.file().isCertain(position)) {
                claims.claim(path.links().get(i), "a link of " + table.header(), position)
                        .ifPresent(message -> table.report(ConfigOption.PATH_LINKS, position, message));
            }
        }
    }
}
