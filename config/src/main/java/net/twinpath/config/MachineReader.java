package net.twinpath.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.twinpath.config.machine.BondMemberSettings;
import net.twinpath.config.machine.BondSettings;
import net.twinpath.config.machine.InterfaceSettings;
import net.twinpath.config.machine.MachineSettings;
import net.twinpath.config.machine.SysctlSettings;
import net.twinpath.config.machine.VlanSettings;
import net.twinpath.config.toml.ConfigPosition;

/** Collects the tables that describe the machine, and checks at the end what only all of them show. */
final class MachineReader {
    private final InterfaceClaims claims;
    private final List<Read<BondSettings>> bonds = new ArrayList<>();
    private final List<Read<VlanSettings>> vlans = new ArrayList<>();
    private final List<Read<InterfaceSettings>> interfaces = new ArrayList<>();
    private SysctlSettings sysctl = SysctlSettings.untouched();

    /** What was made of a table, and the table, where problems of it are reported. */
    record Read<T>(T settings, TableReader table) {}

    MachineReader(InterfaceClaims claims) {
        this.claims = claims;
    }

    /** Takes {@code [sysctl]}; {@code first} tells whether it has not stood in a file before. */
    void readSysctl(TableReader table, boolean first) {
        SysctlSettings read = SysctlTableReader.read(table);
        if (first) {
            sysctl = read;
        }
    }

    /** Takes one table {@code [bond.NAME]}. */
    void readBond(TableReader table, String name, boolean first) {
        BondSettings bond = BondTableReader.read(table, name);
        if (first && isCertain(table)) {
            bonds.add(new Read<>(bond, table));
            claimMade(table, name);
            bond.members().forEach(member -> claimMember(table, member));
        }
    }

    private void claimMember(TableReader table, BondMemberSettings member) {
        ConfigPosition position = member.source();
        if (table.file().isCertain(position)) {
            InterfaceUse use = new InterfaceUse(InterfaceUse.Kind.BOND_MEMBER, table.header(), position);
            claims.claim(member.interfaceName(), use)
                    .ifPresent(message -> table.report(ConfigOption.BOND_MEMBERS, position, message));
        }
    }

    /** Takes one table {@code [vlan.NAME]}. */
    void readVlan(TableReader table, String name, boolean first) {
        VlanTableReader.read(table, name)
                .filter(vlan -> first && isCertain(table))
                .ifPresent(vlan -> {
                    vlans.add(new Read<>(vlan, table));
                    claimMade(table, name);
                });
    }

    private void claimMade(TableReader table, String name) {
        InterfaceUse made = new InterfaceUse(InterfaceUse.Kind.MADE, table.header(), table.position());
        claims.claim(name, made).ifPresent(table::report);
    }

    /** Takes one table {@code [interface.NAME]}. */
    void readInterface(TableReader table, String name, boolean first) {
        InterfaceSettings read = InterfaceTableReader.read(table, name);
        if (first && isCertain(table)) {
            interfaces.add(new Read<>(read, table));
        }
    }

    private static boolean isCertain(TableReader table) {
        return table.file().isCertain(table.position());
    }

    /** Everything that was read; to be called when all files have been, with their paths. */
    MachineSettings finish(List<Read<PathSettings>> paths) {
        DeviceChecks.run(bonds, vlans, interfaces, claims);
        StackChecks.run(bonds, vlans);
        MtuChecks.run(bonds, vlans, interfaces, paths);
        return new MachineSettings(sysctl, settings(bonds), settings(vlans), settings(interfaces));
    }

    private static <T> List<T> settings(List<Read<T>> read) {
        Function<Read<T>, T> settings = Read::settings;
        return read.stream().map(settings).toList();
    }
}
