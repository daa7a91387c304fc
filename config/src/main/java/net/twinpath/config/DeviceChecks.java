package net.twinpath.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.twinpath.config.MachineReader.Read;
import net.twinpath.config.machine.BondSettings;
import net.twinpath.config.machine.DeviceSettings;
import net.twinpath.config.machine.FailOverMac;
import net.twinpath.config.machine.InterfaceSettings;
import net.twinpath.config.machine.VlanSettings;
import net.twinpath.config.toml.Quoted;

/** Finds what an interface cannot have or be because of what another table does with it. */
final class DeviceChecks {
    private final InterfaceClaims claims;
    private final Map<String, BondSettings> bondOfMember = new HashMap<>();

    private DeviceChecks(InterfaceClaims claims) {
        this.claims = claims;
    }

    static void run(
            List<Read<BondSettings>> bonds,
            List<Read<VlanSettings>> vlans,
            List<Read<InterfaceSettings>> interfaces,
            InterfaceClaims claims) {
        DeviceChecks checks = new DeviceChecks(claims);
        bonds.forEach(bond -> bond.settings()
                .memberNames()
                .forEach(member -> checks.bondOfMember.putIfAbsent(member, bond.settings())));
        bonds.forEach(bond -> checks.check(
                bond.settings().name(), bond.settings().device(), bond.table(), DeviceReader.Options.OF_BOND));
        vlans.forEach(vlan -> checks.check(
                vlan.settings().name(), vlan.settings().device(), vlan.table(), DeviceReader.Options.OF_VLAN));
        interfaces.forEach(read -> checks.checkInterface(read.settings(), read.table()));
        vlans.forEach(vlan -> checks.checkLink(vlan.settings(), vlan.table()));
        checks.checkUnique(vlans);
    }

    private void checkInterface(InterfaceSettings settings, TableReader table) {
        Optional<InterfaceUse> made = claims.made(settings.name());
        made.ifPresentOrElse(
                use -> table.report("interface " + Quoted.of(settings.name()) + " is " + use
                        + ", where its keys belong; this table is for interfaces that exist without twinpath"),
                () -> check(settings.name(), settings.device(), table, DeviceReader.Options.OF_INTERFACE));
    }

    private void check(String name, DeviceSettings device, TableReader table, DeviceReader.Options options) {
        claims.taken(name).ifPresent(use -> {
            switch (use.kind()) {
                case BOND_MEMBER -> checkMember(name, use, device, table, options);
                case PATH_LINK, PATH_INSIDE -> checkPort(use, device, table, options);
                default -> {}
            }
        });
    }

    /** A bond sets its members' MTU always, and their MAC address unless fail-over-mac says otherwise. */
    private void checkMember(
            String name, InterfaceUse use, DeviceSettings device, TableReader table, DeviceReader.Options options) {
        if (!device.addresses().isEmpty()) {
            refuse(table, options.address(), use + "; give the address to the bond");
        }
        if (device.mtu().isPresent()) {
            refuse(table, options.mtu(), use + ", which gives its mtu to all its members; set that");
        }
        Optional<FailOverMac> failOverMac = Optional.ofNullable(bondOfMember.get(name))
                .flatMap(bond -> bond.failover().failOverMac());
        if (device.mac().isPresent() && failOverMac.orElse(FailOverMac.NONE) == FailOverMac.NONE) {
            refuse(table, options.mac(), use + ", which gives its MAC address to all its members; set that");
        }
    }

    /** The daemon keeps the kernel from hearing what arrives at a port, and takes every frame as it was sent. */
    private static void checkPort(
            InterfaceUse use, DeviceSettings device, TableReader table, DeviceReader.Options options) {
        if (!device.addresses().isEmpty()) {
            refuse(table, options.address(), use + ", which takes all its frames; give the address to a path");
        }
        device.offloads().entrySet().stream()
                .filter(offload -> offload.getValue() && FeatureNames.merges(offload.getKey()))
                .forEach(offload -> refuse(
                        table,
                        options.offload(),
                        use + ", where received frames must not be merged; remove " + Quoted.of(offload.getKey())));
    }

    private static void refuse(TableReader table, ConfigOption option, String reason) {
        table.report(option, "the interface is " + reason);
    }

    private void checkLink(VlanSettings vlan, TableReader table) {
        if (vlan.flags().bridgeBinding() && claims.made(vlan.link()).isPresent()) {
            table.report(
                    ConfigOption.VLAN_BRIDGE_BINDING,
                    "is for VLANs of a bridge, and " + Quoted.of(vlan.link()) + " is "
                            + claims.made(vlan.link()).get() + "; remove the key");
        }
        claims.taken(vlan.link())
                .ifPresent(use -> table.report(
                        ConfigOption.VLAN_LINK,
                        "interface " + Quoted.of(vlan.link()) + " is " + use + ", " + advice(use)));
    }

    private static String advice(InterfaceUse use) {
        return switch (use.kind()) {
            case BOND_MEMBER -> "whose frames are the bond's; put the VLAN on the bond";
            case MADE_FOR_PATH -> "and VLANs on a path are not supported by this version; use another interface";
            default -> "which takes all its frames; use another interface, or give a link of the path a vlan";
        };
    }

    /** The kernel has one VLAN interface for each identifier and protocol on a link (vlan_check_real_dev()). */
    private void checkUnique(List<Read<VlanSettings>> vlans) {
        Map<List<Object>, VlanSettings> seen = new HashMap<>();
        for (Read<VlanSettings> read : vlans) {
            VlanSettings vlan = read.settings();
            VlanSettings earlier = seen.putIfAbsent(List.of(vlan.link(), vlan.id(), vlan.protocol()), vlan);
            if (earlier != null) {
                read.table()
                        .report(
                                ConfigOption.VLAN_ID,
                                "VLAN " + vlan.id() + " (" + vlan.protocol().text() + ") of " + Quoted.of(vlan.link())
                                        + " is " + Quoted.of(earlier.name()) + " at " + earlier.source()
                                        + " already; remove one of the two");
            }
        }
    }
}
