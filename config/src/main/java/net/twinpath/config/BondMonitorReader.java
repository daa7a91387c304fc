package net.twinpath.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.twinpath.config.machine.ArpAllTargets;
import net.twinpath.config.machine.ArpValidate;
import net.twinpath.config.machine.BondMonitor;
import net.twinpath.config.toml.Quoted;
import net.twinpath.config.value.IpPrefix;

/** Makes a {@link BondMonitor} of the keys about it, of which one kind excludes the other. */
final class BondMonitorReader {
    /** Without a monitor a bond would not notice a failure; the kernel has this default where it needs one. */
    private static final Duration DEFAULT_INTERVAL = Duration.ofMillis(100);

    private static final List<ConfigOption> DELAYS =
            List.of(ConfigOption.BOND_UPDELAY, ConfigOption.BOND_DOWNDELAY, ConfigOption.BOND_PEER_NOTIF_DELAY);

    private static final List<ConfigOption> ARP_OPTIONS = List.of(
            ConfigOption.BOND_ARP_IP_TARGET,
            ConfigOption.BOND_NS_IP6_TARGET,
            ConfigOption.BOND_ARP_VALIDATE,
            ConfigOption.BOND_ARP_ALL_TARGETS,
            ConfigOption.BOND_ARP_MISSED_MAX);

    private final TableReader table;
    private final Map<ConfigOption, Optional<Duration>> durations = new EnumMap<>(ConfigOption.class);

    private BondMonitorReader(TableReader table, Optional<Duration> peerNotifDelay) {
        this.table = table;
        durations.put(ConfigOption.BOND_MIIMON, table.duration(ConfigOption.BOND_MIIMON));
        durations.put(ConfigOption.BOND_UPDELAY, table.duration(ConfigOption.BOND_UPDELAY));
        durations.put(ConfigOption.BOND_DOWNDELAY, table.duration(ConfigOption.BOND_DOWNDELAY));
        durations.put(ConfigOption.BOND_PEER_NOTIF_DELAY, peerNotifDelay);
    }

    /**
     * Takes the monitor of a bond.
     *
     * @param peerNotifDelay the value of peer-notif-delay, which the kernel counts in intervals of the monitor too
     */
    static BondMonitor read(TableReader table, Optional<Duration> peerNotifDelay) {
        BondMonitorReader reader = new BondMonitorReader(table, peerNotifDelay);
        BondMonitor.Arp arp = reader.arp();
        if (table.has(ConfigOption.BOND_ARP_INTERVAL)) {
            reader.refuseCarrierOptions();
            reader.refuseWithoutTarget();
            reader.refuseAllTargetsWithoutValidate(arp);
            return arp;
        }
        reader.refuseArpOptions();
        reader.refuseUnevenDelays();
        return reader.carrier();
    }

    private BondMonitor.Carrier carrier() {
        return new BondMonitor.Carrier(
                duration(ConfigOption.BOND_MIIMON).orElse(DEFAULT_INTERVAL),
                duration(ConfigOption.BOND_UPDELAY),
                duration(ConfigOption.BOND_DOWNDELAY));
    }

    private Optional<Duration> duration(ConfigOption option) {
        return durations.getOrDefault(option, Optional.empty());
    }

    private BondMonitor.Arp arp() {
        return new BondMonitor.Arp(
                table.duration(ConfigOption.BOND_ARP_INTERVAL).orElse(Duration.ZERO),
                targets(ConfigOption.BOND_ARP_IP_TARGET, Inet4Address.class),
                targets(ConfigOption.BOND_NS_IP6_TARGET, Inet6Address.class),
                table.keyword(ConfigOption.BOND_ARP_VALIDATE, ArpValidate.values()),
                table.keyword(ConfigOption.BOND_ARP_ALL_TARGETS, ArpAllTargets.values()),
                table.integer(ConfigOption.BOND_ARP_MISSED_MAX));
    }

    private <A extends InetAddress> List<A> targets(ConfigOption option, Class<A> version) {
        Set<A> targets = new LinkedHashSet<>();
        List<TableReader.Element> elements = table.elements(option);
        for (TableReader.Element element : elements) {
            String text = (String) element.value();
            if (!targets.add(version.cast(IpPrefix.parse(text).address()))) {
                table.report(option, element.position(), Quoted.of(text) + " is given twice; remove one");
            }
        }
        if (elements.size() > BondTableReader.MAX_TARGETS) {
            table.report(
                    option,
                    elements.get(BondTableReader.MAX_TARGETS).position(),
                    elements.size() + " targets are too many; a bond has at most " + BondTableReader.MAX_TARGETS);
        }
        return List.copyOf(targets);
    }

    private void refuseCarrierOptions() {
        if (table.has(ConfigOption.BOND_MIIMON)) {
            table.report(
                    ConfigOption.BOND_ARP_INTERVAL,
                    "miimon and arp-interval exclude each other in the kernel; remove one of the two");
        }
        DELAYS.stream()
                .filter(table::has)
                .forEach(delay -> table.report(
                        delay,
                        "is counted in times of miimon, and arp-interval takes its place; remove one of the two"));
    }

    private void refuseWithoutTarget() {
        if (!table.has(ConfigOption.BOND_ARP_IP_TARGET) && !table.has(ConfigOption.BOND_NS_IP6_TARGET)) {
            table.reportLack(
                    ConfigOption.BOND_ARP_INTERVAL,
                    "needs hosts to ask, or every member counts as down; example: "
                            + ConfigOption.BOND_ARP_IP_TARGET.example());
        }
    }

    private void refuseAllTargetsWithoutValidate(BondMonitor.Arp arp) {
        boolean validates =
                table.has(ConfigOption.BOND_ARP_VALIDATE) && !arp.validate().equals(Optional.of(ArpValidate.NONE));
        if (arp.allTargets().equals(Optional.of(ArpAllTargets.ALL)) && !validates) {
            table.reportLack(
                    ConfigOption.BOND_ARP_ALL_TARGETS,
                    "needs arp-validate, without which any frame is a sign of life; example: arp-validate = \"all\"");
        }
    }

    private void refuseArpOptions() {
        ARP_OPTIONS.stream()
                .filter(table::has)
                .forEach(option -> table.reportLack(
                        option, "needs arp-interval; example: " + ConfigOption.BOND_ARP_INTERVAL.example()));
    }

    /** The kernel keeps delays as a number of intervals, and rounds others down (_bond_option_delay_set()). */
    private void refuseUnevenDelays() {
        boolean known = duration(ConfigOption.BOND_MIIMON).isPresent() || !table.has(ConfigOption.BOND_MIIMON);
        long intervalMs = carrier().interval().toMillis();
        for (ConfigOption option : known ? DELAYS : List.<ConfigOption>of()) {
            duration(option)
                    .map(Duration::toMillis)
                    .filter(delayMs -> delayMs % intervalMs != 0)
                    .ifPresent(delayMs -> table.report(option, uneven(delayMs, intervalMs)));
        }
    }

    private static String uneven(long delayMs, long intervalMs) {
        long below = delayMs - delayMs % intervalMs;
        return milliseconds(delayMs) + " is no multiple of miimon, " + milliseconds(intervalMs) + "; use "
                + milliseconds(below) + " or " + milliseconds(below + intervalMs);
    }

    private static String milliseconds(long count) {
        return Quoted.of(count + "ms");
    }
}
