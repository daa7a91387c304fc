package net.twinpath.daemon.machine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * How it stands with the machine's settings.
 *
 * @param settings       how many the file names
 * @param absent         interfaces that are named and not there
 * @param unknownSysctls keys of sysctls that this kernel does not have
 * @param skippedSysctls keys of a profile that the kernel did not take, with its words
 * @param repairs        how often something was set again that somebody had changed
 * @param lastRepair     the last of these, in words
 * @param leftAlone      what somebody changes again and again, and is not repaired any more
 * @param problems       what cannot be repaired
 * @param foreignManagers what to tell of interfaces that other programs look after, too
 */
public record MachineReport(
        int settings,
        List<String> absent,
        SortedSet<String> unknownSysctls,
        SortedMap<String, String> skippedSysctls,
        long repairs,
        Optional<String> lastRepair,
        List<String> leftAlone,
        List<String> problems,
        List<String> foreignManagers) {}
