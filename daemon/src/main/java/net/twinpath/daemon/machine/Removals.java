package net.twinpath.daemon.machine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Interfaces that somebody removed.
 *
 * @param interfaces by name
 * @param members    that bonds among these had
 */
record Removals(Set<String> interfaces, Set<String> members) {
    static Removals among(List<Difference> wrong) {
        Set<String> interfaces =
                owners(wrong.stream().filter(Difference::isOfRemoved).toList());
        return new Removals(
                interfaces,
                owners(wrong.stream()
                        .filter(difference -> difference.isOfMembership() && interfaces.contains(difference.to()))
                        .toList()));
    }

    private static Set<String> owners(List<Difference> differences) {
        return differences.stream()
                .map(difference -> difference.setting().owner())
                .collect(Collectors.toSet());
    }

    /** Whether a difference only follows from one of them being gone. */
    boolean explain(Difference difference) {
        Setting setting = difference.setting();
        boolean ofMember =
                members.contains(setting.owner()) && (setting.group() == Group.LINK || setting.group() == Group.PORT);
        boolean ofTheirs = interfaces.contains(setting.owner())
                || SysctlKey.interfaceOf(setting.name())
                        .filter(interfaces::contains)
                        .isPresent();
        return ofMember || (ofTheirs && !difference.isOfRemoved());
    }
}
