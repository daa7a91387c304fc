package net.twinpath.config.machine;

import java.util.List;

/**
 * What the files say about the machine itself: kernel settings and interfaces. What they do not name is not touched.
 *
 * @param sysctl settings of the kernel
 * @param bonds in the order of the files and of the tables in each
 * @param vlans likewise
 * @param interfaces that exist outside of twinpath, likewise
 */
public record MachineSettings(
        SysctlSettings sysctl, List<BondSettings> bonds, List<VlanSettings> vlans, List<InterfaceSettings> interfaces) {
    public MachineSettings {
        bonds = List.copyOf(bonds);
        vlans = List.copyOf(vlans);
        interfaces = List.copyOf(interfaces);
    }

    /** What holds without any of these tables. */
    public static MachineSettings untouched() {
        return new MachineSettings(SysctlSettings.untouched(), List.of(), List.of(), List.of());
    }
}
