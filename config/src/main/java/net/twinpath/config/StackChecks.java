package net.twinpath.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.twinpath.config.MachineReader.Read;
import net.twinpath.config.machine.BondSettings;
import net.twinpath.config.machine.VlanSettings;

/** Finds bonds and VLANs that stand on themselves, and stacks of them that are too high for the kernel. */
final class StackChecks {
    /** MAX_NEST_DEV, include/linux/netdevice.h. */
    private static final int MAX_HEIGHT = 8;

    private final Map<String, Level> levels = new LinkedHashMap<>();

    /** The height of each interface that is done: 1 for one that stands on none of ours. */
    private final Map<String, Integer> heights = new HashMap<>();

    /** The interfaces from the one that was begun with down to the one under way. */
    private final Set<String> way = new LinkedHashSet<>();

    private final Set<String> standOnThemselves = new HashSet<>();

    /** An interface that a table makes, and what it stands on. */
    private record Level(TableReader table, ConfigOption option, List<String> lower) {}

    /** An interface under way, and those below it that are still to be looked at. */
    private record Step(String name, Level level, Iterator<String> rest) {}

    private StackChecks() {}

    static void run(List<Read<BondSettings>> bonds, List<Read<VlanSettings>> vlans) {
        StackChecks checks = new StackChecks();
        bonds.forEach(bond -> checks.levels.putIfAbsent(
                bond.settings().name(),
                new Level(
                        bond.table(), ConfigOption.BOND_MEMBERS, bond.settings().memberNames())));
        vlans.forEach(vlan -> checks.levels.putIfAbsent(
                vlan.settings().name(),
                new Level(
                        vlan.table(),
                        ConfigOption.VLAN_LINK,
                        List.of(vlan.settings().link()))));
        checks.levels.keySet().forEach(checks::descend);
    }

    /** Goes down from an interface; without recursion, as a file may have a stack of any height. */
    private void descend(String top) {
        Deque<Step> steps = new ArrayDeque<>();
        enter(top, steps);
        while (!steps.isEmpty()) {
            Step step = steps.getLast();
            if (!step.rest().hasNext()) {
                steps.removeLast();
                finish(step.name(), step.level());
            } else {
                enter(step.rest().next(), steps);
            }
        }
    }

    private void enter(String name, Deque<Step> steps) {
        Level level = levels.get(name);
        if (level != null && way.contains(name)) {
            reportCycle(name, level);
        } else if (level != null && !heights.containsKey(name)) {
            way.add(name);
            steps.addLast(new Step(name, level, level.lower().iterator()));
        }
    }

    private void finish(String name, Level level) {
        way.remove(name);
        int height = 1
                + level.lower().stream()
                        .mapToInt(below -> heights.getOrDefault(below, 1))
                        .max()
                        .orElse(0);
        boolean endless = standOnThemselves.contains(name);
        heights.put(name, endless ? 1 : height);
        if (!endless && height == MAX_HEIGHT + 1) {
            level.table()
                    .report(
                            level.option(),
                            "the interface would be the " + height + "th of those on top of each other; the kernel has"
                                    + " at most " + MAX_HEIGHT);
        }
    }

    private void reportCycle(String name, Level level) {
        List<String> names = List.copyOf(way);
        List<String> cycle = names.subList(names.indexOf(name), names.size());
        standOnThemselves.addAll(cycle);
        level.table()
                .report(
                        level.option(),
                        "the interface stands on itself: " + String.join(" -> ", cycle) + " -> " + name
                                + "; put one of them on another interface");
    }
}
