package net.twinpath.daemon.machine;

import java.util.List;

/**
 * One step of a plan.
 *
 * @param change      what the kernel is asked for
 * @param differences what becomes different by it, as far as it was asked for
 * @param interrupts  what carries nothing meanwhile, for people; empty when all goes on
 */
public record Step(Change change, List<Difference> differences, String interrupts) {
    public Step {
        differences = List.copyOf(differences);
    }

    /** The lines of a diff. */
    List<String> lines() {
        if (change instanceof Change.Make make) {
            return List.of("+ " + make.owner() + ": " + what(make));
        }
        return differences.stream().map(Difference::line).toList();
    }

    private static String what(Change.Make make) {
        return make.kind().equals(Setting.BOND)
                ? "new bond, mode " + make.value(Group.BOND, BondSetting.MODE.key())
                : "new VLAN " + make.value(Group.VLAN, VlanSetting.ID) + " ("
                        + make.value(Group.VLAN, VlanSetting.PROTOCOL) + ") on "
                        + make.value(Group.LINK, Setting.LINK);
    }
}
