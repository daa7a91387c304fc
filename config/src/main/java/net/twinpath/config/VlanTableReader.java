package net.twinpath.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import net.twinpath.config.machine.DeviceSettings;
import net.twinpath.config.machine.VlanFlags;
import net.twinpath.config.machine.VlanProtocol;
import net.twinpath.config.machine.VlanSettings;
import net.twinpath.config.toml.Quoted;

/** Makes {@link VlanSettings} of one table {@code [vlan.NAME]}. */
final class VlanTableReader {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final TableReader table;
    private final String name;

    private VlanTableReader(TableReader table, String name) {
        this.table = table;
        this.name = name;
    }

    /** The VLAN; empty when it lacks what every VLAN has. */
    static Optional<VlanSettings> read(TableReader table, String name) {
        return new VlanTableReader(table, name).read();
    }

    private Optional<VlanSettings> read() {
        MadeName.check(table, "VLAN", name, AllowedValues.LinkName.MAX_BYTES);
        Optional<String> link = table.string(ConfigOption.VLAN_LINK);
        OptionalInt id = table.integer(ConfigOption.VLAN_ID);
        VlanProtocol protocol = protocol();
        VlanFlags flags = flags();
        DeviceSettings device = DeviceReader.read(table, DeviceReader.Options.OF_VLAN);
        SortedMap<Integer, Long> ingress = new TreeMap<>();
        priorities(ConfigOption.VLAN_INGRESS_PRIORITY).forEach((from, to) -> ingress.put(Math.toIntExact(from), to));
        SortedMap<Long, Integer> egress = new TreeMap<>();
        priorities(ConfigOption.VLAN_EGRESS_PRIORITY).forEach((from, to) -> egress.put(from, Math.toIntExact(to)));
        return link.isEmpty() || id.isEmpty()
                ? Optional.empty()
                : Optional.of(new VlanSettings(
                        name, link.get(), id.getAsInt(), protocol, flags, ingress, egress, device, table.source()));
    }

    private VlanProtocol protocol() {
        ConfigOption option = ConfigOption.VLAN_PROTOCOL;
        Optional<VlanProtocol> protocol = table.keyword(option, VlanProtocol.values());
        if (protocol.equals(Optional.of(VlanProtocol.SERVICE))) {
            List.of(ConfigOption.VLAN_GVRP, ConfigOption.VLAN_MVRP).forEach(this::refuseForService);
        }
        return protocol.orElseGet(() -> option.defaultKeyword(VlanProtocol.values()));
    }

    /** The kernel would take the flag and send nothing (net/8021q/vlan_gvrp.c, vlan_mvrp.c). */
    private void refuseForService(ConfigOption option) {
        if (table.has(option)) {
            table.report(
                    option,
                    "only with " + Quoted.of(VlanProtocol.CUSTOMER.text()) + ", and the protocol of this VLAN is "
                            + Quoted.of(VlanProtocol.SERVICE.text()) + "; remove the key, or change the protocol");
        }
    }

    private VlanFlags flags() {
        return new VlanFlags(
                flag(ConfigOption.VLAN_REORDER_HEADER),
                flag(ConfigOption.VLAN_GVRP),
                flag(ConfigOption.VLAN_MVRP),
                flag(ConfigOption.VLAN_LOOSE_BINDING),
                flag(ConfigOption.VLAN_BRIDGE_BINDING));
    }

    private boolean flag(ConfigOption option) {
        return table.flag(option).orElseGet(option::defaultFlag);
    }

    private SortedMap<Long, Long> priorities(ConfigOption option) {
        AllowedValues.NumberMap allowed = (AllowedValues.NumberMap) option.allowed();
        SortedMap<Long, Long> priorities = new TreeMap<>();
        for (TableReader.Entry entry : table.entries(option)) {
            OptionalLong from = key(entry, allowed);
            OptionalLong to = value(entry, allowed, option);
            if (from.isPresent() && to.isPresent()) {
                priorities.put(from.getAsLong(), to.getAsLong());
            }
        }
        return priorities;
    }

    private OptionalLong key(TableReader.Entry entry, AllowedValues.NumberMap allowed) {
        String key = entry.key().get(0);
        boolean good = NUMBER.matcher(key).matches() && Long.parseLong(key) <= allowed.maxKey();
        if (!good) {
            table.report(entry, Quoted.of(key) + " is no priority here; allowed: " + allowed.text());
        }
        return good ? OptionalLong.of(Long.parseLong(key)) : OptionalLong.empty();
    }

    private OptionalLong value(TableReader.Entry entry, AllowedValues.NumberMap allowed, ConfigOption option) {
        if (!(entry.value() instanceof Long value)) {
            table.report(
                    entry,
                    "expected " + ValueType.INTEGER.withArticle() + ", found " + ValueType.nameOf(entry.value())
                            + "; example: " + option.example());
            return OptionalLong.empty();
        }
        boolean good = value >= 0 && value <= allowed.maxValue();
        if (!good) {
            table.report(entry, value + " is out of range; allowed: " + allowed.text());
        }
        return good ? OptionalLong.of(value) : OptionalLong.empty();
    }
}
