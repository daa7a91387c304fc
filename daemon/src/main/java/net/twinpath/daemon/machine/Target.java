package net.twinpath.daemon.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What shall be on the machine now: the settings of interfaces that are there or can be made, as far as they can be had
 * together. Where what the file says and what was there before exclude each other, the file is followed.
 */
final class Target {
    private final Wanted wanted;
    private final Map<Setting, String> before;
    private final Settings actual;
    private final NavigableMap<Setting, String> values;
    private final NavigableSet<String> absent = new TreeSet<>();
    private final NavigableSet<String> unknownSysctls = new TreeSet<>();

    /** Interfaces that cannot be as the file says because what they need is not there: as before then, if that can be. */
    private final Set<String> groundless = new HashSet<>();

    private Target(Wanted wanted, Map<Setting, String> before, Settings actual) {
        this.wanted = wanted;
        this.before = before;
        this.actual = actual;
        this.values = new TreeMap<>(before);
    }

    /**
     * What the file says, laid over what was there before us.
     *
     * @param needs     of running paths
     * @param leftAlone may be as it is
     */
    static Target of(
            Wanted wanted, Map<Setting, String> before, Settings actual, PathNeeds needs, Set<Setting> leftAlone) {
        Target target = new Target(wanted, before, actual);
        wanted.members().keySet().forEach(target::completeBond);
        target.values.putAll(wanted.values());
        target.values.replaceAll(needs::adjust);
        target.values.keySet().removeIf(leftAlone::contains);
        target.prune();
        target.owners().forEach(target::completeVlan);
        return target;
    }

    /** These settings as they were. */
    static Target of(Map<Setting, String> before, Settings actual) {
        Target target = new Target(Wanted.NOTHING, before, actual);
        target.prune();
        return target;
    }

    /** The members a file names are all the bond has; one that had none takes the address of its first. */
    private void completeBond(String bond) {
        if (!hadMembers(bond)) {
            values.remove(Setting.link(bond, Setting.MAC));
        }
        List<String> members = wanted.members().getOrDefault(bond, List.of());
        values.replaceAll((setting, value) ->
                isMembership(setting, value, bond) && !members.contains(setting.owner()) ? Setting.NONE : value);
        actual.members(bond).stream()
                .filter(port -> !members.contains(port))
                .forEach(port -> values.putIfAbsent(Setting.link(port, Setting.MASTER), Setting.NONE));
    }

    /** A VLAN of the file carries as much as its link when the file does not say how much. */
    private void completeVlan(String owner) {
        Setting mtu = Setting.link(owner, Setting.MTU);
        if (wanted.names(Setting.link(owner, Setting.KIND))
                && link(owner, Setting.KIND).equals(Setting.VLAN)
                && !wanted.names(mtu)
                && !masterIsBond(owner)) {
            int most = mtuOf(link(owner, Setting.LINK));
            values.remove(mtu);
            if (most > 0) {
                values.put(mtu, Integer.toString(most));
            }
        }
    }

    /** As it will be, of a bond's member that of the bond; 0 when not known. */
    private int mtuOf(String owner) {
        if (masterIsBond(owner)) {
            return mtuOf(masterOf(owner));
        }
        completeVlan(owner);
        Setting its = Setting.link(owner, Setting.MTU);
        boolean follows = link(owner, Setting.KIND).equals(Setting.VLAN) && !has(its);
        String mtu = follows ? Setting.ABSENT : valueOf(its);
        return mtu.isEmpty() ? 0 : Integer.parseInt(mtu);
    }

    private boolean masterIsBond(String owner) {
        return kindOf(masterOf(owner)).equals(Setting.BOND);
    }

    private boolean hadMembers(String bond) {
        return values.entrySet().stream().anyMatch(entry -> isMembership(entry.getKey(), entry.getValue(), bond))
                || actual.members(bond).stream().anyMatch(port -> !has(Setting.link(port, Setting.MASTER)));
    }

    private static boolean isMembership(Setting setting, String value, String bond) {
        return value.equals(bond) && setting.equals(Setting.link(setting.owner(), Setting.MASTER));
    }

    SortedMap<Setting, String> values() {
        return Collections.unmodifiableSortedMap(values);
    }

    /** Interfaces that are named but are not there and cannot be made. */
    SortedSet<String> absent() {
        return Collections.unmodifiableSortedSet(absent);
    }

    /** Keys of sysctls that are named but that this kernel does not have. */
    SortedSet<String> unknownSysctls() {
        return Collections.unmodifiableSortedSet(unknownSysctls);
    }

    /** What the file itself says of an interface. */
    List<Setting> namedOf(String owner) {
        return values.keySet().stream()
                .filter(setting -> setting.owner().equals(owner) && isNamed(setting))
                .toList();
    }

    /** Whether the file itself says so. */
    boolean isNamed(Setting setting) {
        return wanted.names(setting);
    }

    /** Where the file says so, for an error. */
    String place(Setting setting) {
        return wanted.place(setting);
    }

    /** Empty also when the setting may be as it is. */
    String get(Setting setting) {
        return values.getOrDefault(setting, Setting.ABSENT);
    }

    /** As it was before us; empty also when that is not known. */
    String before(Setting setting) {
        return before.getOrDefault(setting, Setting.ABSENT);
    }

    String link(String owner, String name) {
        return get(Setting.link(owner, name));
    }

    boolean has(Setting setting) {
        return values.containsKey(setting);
    }

    /** The interfaces that anything is said of. */
    SortedSet<String> owners() {
        SortedSet<String> owners = new TreeSet<>();
        values.keySet().forEach(setting -> owners.add(setting.owner()));
        owners.remove(Setting.NO_OWNER);
        return owners;
    }

    /** What is said of an interface, in one group. */
    SortedMap<Setting, String> of(String owner, Group group) {
        return values.subMap(new Setting(owner, group, ""), true, new Setting(owner, group, "\uffff"), true);
    }

    /** Whether an interface of a kind that can be made shall be gone. */
    boolean removes(String owner) {
        Setting kind = Setting.link(owner, Setting.KIND);
        return has(kind) && get(kind).isEmpty();
    }

    /** The members a bond shall have, in the order they shall join. */
    List<String> members(String bond) {
        List<String> members = new ArrayList<>(wanted.members().getOrDefault(bond, List.of()));
        for (Map.Entry<Setting, String> entry : values.entrySet()) {
            String port = entry.getKey().owner();
            if (isMembership(entry.getKey(), entry.getValue(), bond) && !members.contains(port)) {
                members.add(port);
            }
        }
        members.removeIf(port -> !link(port, Setting.MASTER).equals(bond));
        return members;
    }

    /** Whether the interface will be there. */
    boolean willBe(String owner) {
        return !removes(owner) && (actual.has(owner) || has(Setting.link(owner, Setting.KIND)));
    }

    /** What is not as it shall be. */
    List<Difference> differences(Settings from) {
        List<Difference> differences = new ArrayList<>();
        values.forEach((setting, value) -> {
            if (differs(setting, from)) {
                differences.add(new Difference(setting, from.get(setting), value));
            }
        });
        return differences;
    }

    /** A value that is gone matters only where its being there is what is set. */
    boolean differs(Setting setting, Settings from) {
        String value = get(setting);
        boolean matters = !value.isEmpty()
                || setting.group() == Group.ADDRESS
                || setting.equals(Setting.link(setting.owner(), Setting.KIND))
                || (setting.equals(Setting.link(setting.owner(), Setting.MAC))
                        && from.kind(setting.owner()).equals(Setting.VLAN));
        return has(setting) && matters && !isDecidedByBond(setting, from) && !setting.isSame(value, from.get(setting));
    }

    /** While an interface is a member its MTU is the bond's, and it has no IP address or route to speak of. */
    static boolean isDecidedByBond(Setting setting, Settings from) {
        boolean member = from.kind(from.link(setting.owner(), Setting.MASTER)).equals(Setting.BOND);
        return member && (setting.isPresence() || setting.equals(Setting.link(setting.owner(), Setting.MTU)));
    }

    private void prune() {
        removeWithOwner();
        while (removeWithoutGround()) {
            // What stands on an interface that is not there is not there either.
        }
        removeDangling();
        actual.interfaces().forEach(this::pruneMember);
        owners().forEach(this::pruneMember);
        owners().forEach(this::pruneBond);
        owners().forEach(this::pruneVlan);
        pruneSysctls();
    }

    /** Of an interface that shall be gone nothing else is to be set. */
    private void removeWithOwner() {
        Set<String> going = new HashSet<>(owners());
        going.removeIf(owner -> !removes(owner));
        remove(setting -> going.contains(setting.owner()) && !setting.name().equals(Setting.KIND));
    }

    private void remove(Predicate<Setting> which) {
        values.keySet().removeIf(which);
    }

    private boolean removeWithoutGround() {
        Set<String> lost = new HashSet<>(owners());
        lost.removeIf(
                owner -> removes(owner) || (actual.has(owner) && !isRebuiltWithoutLink(owner)) || canBeMade(owner));
        lost.stream()
                .filter(wanted::namesAnythingOf)
                .map(this::ground)
                .filter(owner -> !actual.has(owner))
                .forEach(absent::add);
        remove(setting -> lost.contains(setting.owner()));
        before.forEach((setting, value) -> {
            if (lost.contains(setting.owner()) && !groundless.contains(setting.owner())) {
                values.put(setting, value);
            }
        });
        groundless.addAll(lost);
        return !lost.isEmpty();
    }

    private boolean canBeMade(String owner) {
        return switch (link(owner, Setting.KIND)) {
            case Setting.BOND -> true;
            case Setting.VLAN -> carries(link(owner, Setting.LINK), owner);
            default -> false;
        };
    }

    /** What is missing: of a VLAN the interface at the bottom. */
    private String ground(String owner) {
        return link(owner, Setting.KIND).equals(Setting.VLAN) ? ground(link(owner, Setting.LINK)) : owner;
    }

    /** A VLAN that is there now, but whose link is not one that will be. */
    private boolean isRebuiltWithoutLink(String owner) {
        String link = link(owner, Setting.LINK);
        return link(owner, Setting.KIND).equals(Setting.VLAN) && !carries(link, owner);
    }

    /** What is as before carries what stood on it before, and not what the file puts there. */
    private boolean carries(String link, String owner) {
        return willBe(link) && (groundless.contains(owner) || !groundless.contains(link));
    }

    /** A member of a bond that will not be there stays out. */
    private void removeDangling() {
        values.entrySet()
                .removeIf(entry -> entry.getKey().group() == Group.LINK
                        && entry.getKey().name().equals(Setting.MASTER)
                        && !entry.getValue().equals(Setting.NONE)
                        && !willBe(entry.getValue()));
        values.entrySet()
                .removeIf(entry -> entry.getKey()
                                .equals(BondSetting.PRIMARY.of(entry.getKey().owner()))
                        && !entry.getValue().equals(Setting.NONE)
                        && !masterOf(entry.getValue()).equals(entry.getKey().owner()));
    }

    private String masterOf(String owner) {
        Setting master = Setting.link(owner, Setting.MASTER);
        return has(master) ? get(master) : actual.get(master);
    }

    private String kindOf(String owner) {
        Setting kind = Setting.link(owner, Setting.KIND);
        return has(kind) ? get(kind) : actual.get(kind);
    }

    /** A bond switches its members on; what is not a bond's member has no settings of one. */
    private void pruneMember(String owner) {
        if (!masterIsBond(owner)) {
            remove(setting -> setting.owner().equals(owner) && setting.group() == Group.PORT);
            return;
        }
        if (has(Setting.link(owner, Setting.UP))) {
            values.put(Setting.link(owner, Setting.UP), Setting.TRUE);
        }
    }

    /** What was set before and does not go with the mode or the way of monitoring that is wanted now. */
    private void pruneBond(String owner) {
        if (!kindOf(owner).equals(Setting.BOND)) {
            return;
        }
        String mode = valueOf(BondSetting.MODE.of(owner));
        for (BondSetting option : BondSetting.values()) {
            Setting setting = option.of(owner);
            boolean unfit = !option.fits(mode) && !option.fits(actual.get(BondSetting.MODE.of(owner)));
            if (!isNamed(setting) && (unfit || isExcludedByMonitoring(option, owner))) {
                values.remove(setting);
            }
        }
    }

    private String valueOf(Setting setting) {
        return has(setting) ? get(setting) : actual.get(setting);
    }

    private boolean isExcludedByMonitoring(BondSetting option, String owner) {
        boolean unmonitored = valueOf(BondSetting.MIIMON.of(owner)).equals(BondSetting.NO_TIME);
        return unmonitored
                && BondSetting.DELAYS.contains(option)
                && !get(option.of(owner)).equals(BondSetting.NO_TIME);
    }

    /** A VLAN was larger before than its link shall be now. */
    private void pruneVlan(String owner) {
        Setting mtu = Setting.link(owner, Setting.MTU);
        if (!kindOf(owner).equals(Setting.VLAN) || isNamed(mtu) || get(mtu).isEmpty()) {
            return;
        }
        String link =
                has(Setting.link(owner, Setting.LINK)) ? link(owner, Setting.LINK) : actual.link(owner, Setting.LINK);
        int most = mtuOf(link);
        if (most > 0 && most < Integer.parseInt(get(mtu))) {
            values.remove(mtu);
        }
    }

    /** A key that names an interface comes with it. */
    private void pruneSysctls() {
        for (Setting setting : List.copyOf(of(Setting.NO_OWNER, Group.SYSCTL).keySet())) {
            boolean comes = SysctlKey.interfaceOf(setting.name())
                    .filter(this::willBe)
                    .filter(name -> !actual.has(name))
                    .isPresent();
            if (actual.get(setting).isEmpty() && !comes) {
                values.remove(setting);
                if (isNamed(setting)) {
                    unknownSysctls.add(setting.name());
                }
            }
        }
    }
}
