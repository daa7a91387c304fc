package net.twinpath.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.twinpath.config.toml.Quoted;
import net.twinpath.config.value.InterfaceAddress;

/** Makes {@link PathSettings} of one table {@code [path.NAME]}, and checks what no single key shows. */
final class PathTableReader {
    private static final int MAX_NAME_BYTES = AllowedValues.LinkName.MAX_BYTES - PathSettings.PEER_SUFFIX.length();

    private final TableReader table;
    private final String name;
    private final InterfaceClaims claims;

    PathTableReader(TableReader table, String name, InterfaceClaims claims) {
        this.table = table;
        this.name = name;
        this.claims = claims;
    }

    PathSettings read() {
        MadeName.check(table, "path", name, MAX_NAME_BYTES);
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
                superFrames(inside),
                cores(),
                table.flag(ConfigOption.PATH_BUSY_POLLING).orElseGet(ConfigOption.PATH_BUSY_POLLING::defaultFlag),
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
        return AddressesReader.read(table, option);
    }

    private boolean superFrames(Inside inside) {
        ConfigOption option = ConfigOption.PATH_SUPER_FRAMES;
        boolean wanted = table.flag(option).orElseGet(option::defaultFlag);
        if (inside instanceof Inside.Host) {
            return wanted;
        }
        if (table.has(option)) {
            table.report(
                    option,
                    "only a path with inside = " + Quoted.of(Inside.Host.TEXT)
                            + " joins frames; remove the key, or use that inside");
        }
        return false;
    }

    private Optional<CoreSettings> cores() {
        ConfigOption option = ConfigOption.PATH_CORES;
        List<Integer> cores = table.elements(option).stream()
                .map(element -> Math.toIntExact((Long) element.value()))
                .toList();
        int given = table.arrayLength(option).orElse(1);
        if (given < 1 || given > 2) {
            table.report(
                    option,
                    given + " cores are given; use one for both agents, or two: the sending one's, then the receiving"
                            + " one's; example: " + option.example());
        }
        return cores.isEmpty()
                ? Optional.empty()
                : Optional.of(new CoreSettings(cores.get(0), cores.get(cores.size() - 1), table.positionOf(option)));
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
        AddressesReader.refuseSmallMtu(table, option, mtu, addresses);
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
            InterfaceUse inside = new InterfaceUse(InterfaceUse.Kind.PATH_INSIDE, table.header(), gateway.source());
            claim(ConfigOption.PATH_INSIDE, gateway.interfaceName(), inside);
        } else {
            InterfaceUse made = new InterfaceUse(InterfaceUse.Kind.MADE_FOR_PATH, table.header(), path.source());
            for (String own : List.of(path.name(), path.peerName())) {
                claims.claim(own, made).ifPresent(table::report);
            }
        }
        for (LinkSettings link : path.links()) {
            InterfaceUse carrier = new InterfaceUse(InterfaceUse.Kind.PATH_LINK, table.header(), link.source());
            claim(ConfigOption.PATH_LINKS, link.interfaceName(), carrier);
        }
    }

    private void claim(ConfigOption option, String interfaceName, InterfaceUse use) {
        if (table.file().isCertain(use.position())) {
            claims.claim(interfaceName, use).ifPresent(message -> table.report(option, use.position(), message));
        }
    }
}
