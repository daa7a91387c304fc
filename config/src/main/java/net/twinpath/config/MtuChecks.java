package net.twinpath.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.twinpath.config.MachineReader.Read;
import net.twinpath.config.machine.BondSettings;
import net.twinpath.config.machine.DeviceSettings;
import net.twinpath.config.machine.InterfaceSettings;
import net.twinpath.config.machine.VlanSettings;
import net.twinpath.config.toml.Quoted;

/** Finds MTUs that do not fit on what carries the packets. */
final class MtuChecks {
    /** What an Ethernet interface has that the kernel makes: ETH_DATA_LEN. */
    private static final int DEFAULT_MTU = 1500;

    /** Higher stacks are refused anyway. */
    private static final int MAX_STEPS = 8;

    private final Map<String, DeviceSettings> devices = new HashMap<>();
    private final Map<String, Read<BondSettings>> bonds = new HashMap<>();
    private final Map<String, VlanSettings> vlans = new HashMap<>();

    private MtuChecks() {}

    static void run(
            List<Read<BondSettings>> bonds,
            List<Read<VlanSettings>> vlans,
            List<Read<InterfaceSettings>> interfaces,
            List<Read<PathSettings>> paths) {
        MtuChecks checks = new MtuChecks();
        bonds.forEach(bond -> checks.add(bond.settings().name(), bond.settings().device()));
        bonds.forEach(bond -> checks.bonds.put(bond.settings().name(), bond));
        vlans.forEach(vlan -> checks.add(vlan.settings().name(), vlan.settings().device()));
        vlans.forEach(vlan -> checks.vlans.put(vlan.settings().name(), vlan.settings()));
        interfaces.forEach(
                read -> checks.add(read.settings().name(), read.settings().device()));
        vlans.forEach(vlan -> checks.checkVlan(vlan.settings(), vlan.table()));
        paths.forEach(path -> checks.checkPath(path.settings(), path.table()));
    }

    private void add(String name, DeviceSettings device) {
        devices.put(name, device);
    }

    /** The kernel refuses a VLAN that is larger than its link (vlan_newlink()). */
    private void checkVlan(VlanSettings vlan, TableReader table) {
        OptionalInt own = vlan.device().mtu();
        OptionalInt carried = mtuOf(vlan.link());
        if (own.isPresent() && carried.isPresent() && own.getAsInt() > carried.getAsInt()) {
            table.report(
                    ConfigOption.VLAN_MTU,
                    own.getAsInt() + " is more than the mtu of its link " + Quoted.of(vlan.link()) + ", "
                            + carried.getAsInt() + "; raise that, or lower this");
        }
    }

    private void checkPath(PathSettings path, TableReader table) {
        if (path.mtu().isEmpty()) {
            return;
        }
        if (path.inside() instanceof Inside.Gateway gateway) {
            checkPort(path, table, gateway.interfaceName(), path.mtu().getAsInt(), "an inside of ");
        }
        for (LinkSettings link : path.links()) {
            int needed = path.mtu().getAsInt() + link.overheadBytes();
            checkPort(path, table, link.interfaceName(), needed, "links of ");
        }
    }

    private void checkPort(PathSettings path, TableReader table, String port, int needed, String what) {
        OptionalInt mtu = mtuOf(port);
        if (mtu.isPresent() && mtu.getAsInt() < needed) {
            table.report(
                    ConfigOption.PATH_MTU,
                    path.mtu().orElseThrow() + " needs " + what + needed + ", and " + Quoted.of(port)
                            + " has an mtu of " + mtu.getAsInt() + "; raise that, or lower this");
        }
    }

    /** What the files make of an interface; empty when they do not say. */
    private OptionalInt mtuOf(String name) {
        String carrier = name;
        for (int step = 0; step < MAX_STEPS; step++) {
            DeviceSettings device = devices.get(carrier);
            VlanSettings vlan = vlans.get(carrier);
            if (device == null || device.mtu().isPresent()) {
                return device == null ? OptionalInt.empty() : device.mtu();
            } else if (vlan == null) {
                return hasDefault(carrier) ? OptionalInt.of(DEFAULT_MTU) : OptionalInt.empty();
            }
            carrier = vlan.link();
        }
        return OptionalInt.empty();
    }

    /** Whether it is a bond whose table surely has no mtu. */
    private boolean hasDefault(String name) {
        Read<BondSettings> bond = bonds.get(name);
        return bond != null && bond.table().file().isIntact() && !bond.table().has(ConfigOption.BOND_MTU);
    }
}
