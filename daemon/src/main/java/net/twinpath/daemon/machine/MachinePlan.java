package net.twinpath.daemon.machine;

import java.util.List;
import java.util.SortedSet;

/**
 * What would become different on the machine.
 *
 * @param plan           the steps
 * @param foreignManagers what to tell of interfaces that other programs look after, too
 * @param absent         interfaces that are named and not there
 * @param unknownSysctls keys of sysctls that this kernel does not have
 */
public record MachinePlan(
        Plan plan, List<String> foreignManagers, SortedSet<String> absent, SortedSet<String> unknownSysctls) {
    /** The same with one more reason why it cannot be carried out, in front of the others. */
    public MachinePlan objectedTo(String objection) {
        return new MachinePlan(plan.objectedTo(objection), foreignManagers, absent, unknownSysctls);
    }
}
