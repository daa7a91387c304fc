package net.twinpath.config;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import net.twinpath.config.machine.DeviceSettings;
import net.twinpath.config.toml.NearestKey;
import net.twinpath.config.toml.Quoted;
import net.twinpath.config.value.InterfaceAddress;
import net.twinpath.config.value.MacLiteral;

/** Makes {@link DeviceSettings} of the keys that every table of an interface has. */
final class DeviceReader {
    private DeviceReader() {}

    /** These keys as options of one table. */
    record Options(ConfigOption mtu, ConfigOption mac, ConfigOption address, ConfigOption offload) {
        static final Options OF_BOND = new Options(
                ConfigOption.BOND_MTU, ConfigOption.BOND_MAC, ConfigOption.BOND_ADDRESS, ConfigOption.BOND_OFFLOAD);
        static final Options OF_VLAN = new Options(
                ConfigOption.VLAN_MTU, ConfigOption.VLAN_MAC, ConfigOption.VLAN_ADDRESS, ConfigOption.VLAN_OFFLOAD);
        static final Options OF_INTERFACE = new Options(
                ConfigOption.INTERFACE_MTU,
                ConfigOption.INTERFACE_MAC,
                ConfigOption.INTERFACE_ADDRESS,
                ConfigOption.INTERFACE_OFFLOAD);
    }

    static DeviceSettings read(TableReader table, Options options) {
        OptionalInt mtu = table.integer(options.mtu());
        List<InterfaceAddress> addresses = AddressesReader.read(table, options.address());
        AddressesReader.refuseSmallMtu(table, options.mtu(), mtu, addresses);
        OptionalLong mac = table.string(options.mac()).map(MacLiteral::parse).orElse(OptionalLong.empty());
        return new DeviceSettings(mtu, mac, addresses, offloads(table, options.offload()));
    }

    private static SortedMap<String, Boolean> offloads(TableReader table, ConfigOption option) {
        SortedMap<String, Boolean> offloads = new TreeMap<>();
        for (TableReader.Entry entry : table.entries(option)) {
            String name = entry.key().get(0);
            if (!FeatureNames.isKnown(name)) {
                table.report(entry, unknown(name));
            } else if (entry.value() instanceof Boolean on) {
                offloads.put(name, on);
            } else {
                table.report(
                        entry,
                        "expected " + ValueType.BOOLEAN.withArticle() + ", found " + ValueType.nameOf(entry.value())
                                + "; example: " + option.example());
            }
        }
        return offloads;
    }

    private static String unknown(String name) {
        return FeatureNames.ofShort(name)
                .map(features -> Quoted.of(name) + " is ethtool's short name; use "
                        + AllowedValues.alternatives(
                                features.stream().map(Quoted::of).toList()))
                .or(() -> NearestKey.to(name, FeatureNames.all())
                        .map(near -> "unknown feature; did you mean " + Quoted.of(near) + "?"))
                .orElse("unknown feature; ethtool -k shows the names of an interface's features");
    }
}
