package net.twinpath.daemon.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the steps from the actual state to a target, in the order the kernel wants: what goes away from the top down, MTUs
 * made smaller from the top down, and then from the bottom up what is made, changed, made larger, joined and switched on.
 */
final class Planner {
    private final Target target;
    private final Draft draft;
    private final Settings now;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> objections = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Planner(Settings actual, Target target) {
        this.target = target;
        this.draft = new Draft(actual, port -> target.before(Setting.link(port, Setting.MTU)));
        this.now = draft.now();
    }

    static Plan between(Settings actual, Target target) {
        return new Planner(actual, target).plan();
    }

    private Plan plan() {
        List<String> bottomUp = bottomUp();
        List<String> topDown = new ArrayList<>(bottomUp);
        Collections.reverse(topDown);
        sysctls();
        topDown.forEach(this::takeAddresses);
        topDown.forEach(this::tearDown);
        topDown.forEach(this::lowerMtu);
        bottomUp.forEach(this::build);
        bottomUp.forEach(this::giveAddresses);
        bottomUp.forEach(this::giveRoutes);
        topDown.forEach(this::switchOff);
        sysctls();
        bottomUp.forEach(this::objectToMemberSettings);
        return new Plan(steps, objections, warnings, draft.before());
    }

    /** An interface stands after those it needs. */
    private List<String> bottomUp() {
        Set<String> owners = new TreeSet<>(target.owners());
        owners.addAll(now.interfaces());
        Map<String, Integer> heights = new HashMap<>();
        owners.forEach(owner -> heights.put(owner, height(owner, Set.of())));
        return owners.stream()
                .sorted(Comparator.comparing((String owner) -> heights.getOrDefault(owner, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Over what it stands on now and over what it shall stand on; {@code passed} ends what goes round in circles. */
    private int height(String owner, Set<String> passed) {
        if (owner.isEmpty() || passed.contains(owner)) {
            return 0;
        }
        Set<String> way = new HashSet<>(passed);
        way.add(owner);
        Set<String> below = new TreeSet<>(now.members(owner));
        below.addAll(target.members(owner));
        below.add(now.link(owner, Setting.LINK));
        below.add(target.link(owner, Setting.LINK));
        return 1 + below.stream().mapToInt(lower -> height(lower, way)).max().orElse(0);
    }

    private boolean differs(Setting setting) {
        return target.differs(setting, now);
    }

    private void emit(Change change, String interrupts) {
        List<Difference> differences = new ArrayList<>();
        if (change instanceof Change.Put put) {
            put.values()
                    .forEach((name, value) ->
                            differences.add(new Difference(put.setting(name), now.get(put.setting(name)), value)));
        } else {
            Setting kind = Setting.link(change.owner(), Setting.KIND);
            String to = change instanceof Change.Make make ? make.kind() : Setting.ABSENT;
            differences.add(new Difference(kind, now.get(kind), to));
        }
        steps.add(new Step(change, differences, interrupts));
        draft.apply(change);
    }

    private void put(Setting setting, String value, String interrupts) {
        emit(Change.Put.one(setting, value), interrupts);
    }

    private void putWanted(Setting setting) {
        if (differs(setting)) {
            put(setting, target.get(setting), "");
        }
    }

    /** Those that are there; the ones that come with an interface are there the second time. */
    private void sysctls() {
        target.of(Setting.NO_OWNER, Group.SYSCTL).forEach((setting, value) -> {
            boolean there = SysctlKey.interfaceOf(setting.name()).map(now::has).orElse(true);
            if (there) {
                putWanted(setting);
            }
        });
    }

    /** Before it is switched on and listens to routers, say. */
    private void sysctls(String owner) {
        target.of(Setting.NO_OWNER, Group.SYSCTL).keySet().stream()
                .filter(setting -> SysctlKey.interfaceOf(setting.name()).equals(Optional.of(owner)))
                .forEach(this::putWanted);
    }

    private void takeAddresses(String owner) {
        target.of(owner, Group.ADDRESS).forEach((setting, value) -> {
            if (value.isEmpty()) {
                putWanted(setting);
            }
        });
    }

    private void giveAddresses(String owner) {
        if (now.has(owner)) {
            target.of(owner, Group.ADDRESS).keySet().forEach(this::putWanted);
        }
    }

    /** Once there are addresses from which gateways are reached. */
    private void giveRoutes(String owner) {
        if (now.isUp(owner)) {
            target.of(owner, Group.ROUTE).keySet().forEach(this::putWanted);
        }
    }

    /** Takes away what shall not be, and what stands in the way: a member has an address of its own outside only. */
    private void tearDown(String owner) {
        if (!now.has(owner)) {
            return;
        }
        if (target.removes(owner)) {
            remove(owner);
        } else if (isRebuilt(owner)) {
            tellOfLoss(owner);
            remove(owner);
        } else if (now.kind(owner).equals(Setting.BOND)) {
            forgetPrimary(owner);
            if (mustBeEmpty(owner)) {
                now.members(owner).forEach(this::release);
            }
        }
        boolean inBond = now.kind(now.link(owner, Setting.MASTER)).equals(Setting.BOND);
        if (inBond && (differs(Setting.link(owner, Setting.MASTER)) || differs(Setting.link(owner, Setting.MAC)))) {
            release(owner);
        }
    }

    private boolean isRebuilt(String owner) {
        return now.kind(owner).equals(Setting.VLAN)
                && target.link(owner, Setting.KIND).equals(Setting.VLAN)
                && List.of(
                                Setting.link(owner, Setting.LINK),
                                VlanSetting.of(owner, VlanSetting.ID),
                                VlanSetting.of(owner, VlanSetting.PROTOCOL))
                        .stream()
                        .anyMatch(this::differs);
    }

    private void remove(String owner) {
        for (String upper : standingOver(owner)) {
            if (!now.kind(upper).equals(Setting.VLAN)) {
                objections.add(owner + " must be removed, and " + upper + " (" + now.kind(upper)
                        + ") stands on it; remove that first");
            }
        }
        emit(new Change.Remove(owner), carrying(owner));
    }

    /** What stands on it, and on that, from the bottom up. */
    private List<String> standingOver(String owner) {
        List<String> over = new ArrayList<>();
        for (String upper : now.standingOn(owner)) {
            over.add(upper);
            over.addAll(standingOver(upper));
        }
        return over;
    }

    /** Of an interface that is made anew, and of those on it. */
    private void tellOfLoss(String owner) {
        List<String> remade = new ArrayList<>(List.of(owner));
        remade.addAll(standingOver(owner));
        remade.forEach(lost -> objectToLoss(lost, owner));
        warnings.add(String.join(" and ", remade) + (remade.size() == 1 ? " is" : " are") + " made anew, "
                + (remade.size() == 1 ? "and loses" : "and lose")
                + " what is not kept: addresses, routes, sysctls and the"
                + " alias are put back, permanent neighbours, multicast addresses and tc filters are not");
    }

    private void objectToLoss(String lost, String remade) {
        String master = now.link(lost, Setting.MASTER);
        if (!now.kind(master).equals(Setting.BOND) && !master.equals(Setting.NONE)) {
            objections.add(remade + " must be made anew, and " + lost + " belongs to " + master + " ("
                    + now.kind(master) + "), which would forget its settings; take it out first (ip link set " + lost
                    + " nomaster)");
        }
        String qdisc = now.link(lost, Setting.QDISC);
        if (!qdisc.isEmpty()) {
            objections.add(remade + " must be made anew, and " + lost + " has a queueing discipline (" + qdisc
                    + ") that would be lost; remove it first (tc qdisc delete dev " + lost + " root)");
        }
    }

    /** The kernel remembers its name when it leaves, and would prefer it again should it come back. */
    private void forgetPrimary(String bond) {
        Setting primary = BondSetting.PRIMARY.of(bond);
        boolean has = !now.get(primary).isEmpty() && !now.get(primary).equals(Setting.NONE);
        if (has && differs(primary)) {
            put(primary, Setting.NONE, "");
        }
    }

    private boolean mustBeEmpty(String bond) {
        if (keepsMac(bond) && differs(Setting.link(bond, Setting.MAC))) {
            return true;
        }
        for (BondSetting option : BondSetting.values()) {
            if (option.needsEmpty() && differs(option.of(bond))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the kernel takes another address of the bond without an error and does not change it
     * (bond_set_mac_address() of drivers/net/bonding/bond_main.c), and the bond shall not have that of its active member.
     */
    private boolean keepsMac(String bond) {
        Setting failOver = BondSetting.FAIL_OVER_MAC.of(bond);
        return now.get(BondSetting.MODE.of(bond)).equals("active-backup")
                && !now.get(failOver).equals(BondSetting.FAIL_OVER_MAC.initial())
                && !target.get(failOver).equals("active");
    }

    private void release(String port) {
        String master = now.link(port, Setting.MASTER);
        put(Setting.link(port, Setting.MASTER), Setting.NONE, now.isUp(port) ? port + " in " + master : "");
    }

    /** The interface and the VLANs on it, as far as they are switched on. */
    private String carrying(String owner) {
        return now.isUp(owner) ? uppers(owner).stream().collect(Collectors.joining(", ")) : "";
    }

    private List<String> uppers(String owner) {
        List<String> uppers = new ArrayList<>(List.of(owner));
        now.standingOn(owner).stream().filter(now::isUp).forEach(upper -> uppers.addAll(uppers(upper)));
        return uppers;
    }

    private void lowerMtu(String owner) {
        Setting mtu = Setting.link(owner, Setting.MTU);
        if (now.has(owner) && differs(mtu) && number(now.get(mtu)) > number(target.get(mtu))) {
            putMtu(owner);
        }
    }

    private static int number(String value) {
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }

    /** Many drivers start anew with another MTU. */
    private void putMtu(String owner) {
        Setting mtu = Setting.link(owner, Setting.MTU);
        boolean real = now.kind(owner).equals(Setting.DEVICE);
        put(mtu, target.get(mtu), real && now.isUp(owner) ? owner + " for a moment with some drivers" : "");
    }

    private void build(String owner) {
        if ((!now.has(owner) && !make(owner)) || !isOfWantedKind(owner)) {
            return;
        }
        if (now.kind(owner).equals(Setting.BOND)) {
            changeBond(owner);
        } else if (now.kind(owner).equals(Setting.VLAN)) {
            target.of(owner, Group.VLAN).keySet().forEach(this::putWanted);
        }
        changeMac(owner);
        raiseMtu(owner);
        if (now.kind(owner).equals(Setting.BOND)) {
            fill(owner);
        }
        changeDevice(owner);
        putWanted(Setting.link(owner, Setting.ALIAS));
        joinAgain(owner);
        if (target.link(owner, Setting.UP).equals(Setting.TRUE) && !joinsLater(owner)) {
            putWanted(Setting.link(owner, Setting.UP));
        }
    }

    /** Makes a bond or VLAN that shall be; false when there is nothing to make. */
    private boolean make(String owner) {
        String kind = target.link(owner, Setting.KIND);
        SortedMap<Setting, String> with = new TreeMap<>();
        if (kind.equals(Setting.BOND)) {
            Setting mode = BondSetting.MODE.of(owner);
            with.put(mode, target.has(mode) ? target.get(mode) : BondSetting.MODE.initial());
        } else if (kind.equals(Setting.VLAN) && now.has(target.link(owner, Setting.LINK))) {
            for (Setting setting : List.of(
                    Setting.link(owner, Setting.LINK),
                    VlanSetting.of(owner, VlanSetting.ID),
                    VlanSetting.of(owner, VlanSetting.PROTOCOL))) {
                with.put(setting, target.get(setting));
            }
            objectToSameVlan(owner, with);
        } else {
            return false;
        }
        emit(new Change.Make(owner, kind, with), "");
        sysctls(owner);
        return true;
    }

    private void objectToSameVlan(String owner, SortedMap<Setting, String> with) {
        for (String other : now.standingOn(target.link(owner, Setting.LINK))) {
            boolean same = now.kind(other).equals(Setting.VLAN)
                    && with.entrySet().stream()
                            .allMatch(entry -> now.get(new Setting(
                                            other,
                                            entry.getKey().group(),
                                            entry.getKey().name()))
                                    .equals(entry.getValue()));
            if (same) {
                objections.add(target.place(VlanSetting.of(owner, VlanSetting.ID)) + ": " + other + " is VLAN "
                        + target.get(VlanSetting.of(owner, VlanSetting.ID)) + " of "
                        + target.link(owner, Setting.LINK) + " already; remove it, or use its name");
            }
        }
    }

    private boolean isOfWantedKind(String owner) {
        Setting kind = Setting.link(owner, Setting.KIND);
        if (!differs(kind)) {
            return true;
        }
        String is = now.get(kind).equals(Setting.DEVICE) ? "no " + target.get(kind) : "a " + now.get(kind);
        objections.add(target.place(kind) + ": an interface " + owner + " exists that is " + is
                + "; remove it, or choose another name");
        return false;
    }

    /** Mode and options; members are out and the bond is off where the kernel wants that. */
    private void changeBond(String bond) {
        if (now.isUp(bond) && mustBeDown(bond)) {
            switchOffForNow(bond);
        }
        Setting mode = BondSetting.MODE.of(bond);
        if (differs(mode)) {
            for (BondSetting option : BondSetting.values()) {
                if (!option.fits(target.get(mode))) {
                    putOption(bond, option);
                }
            }
            putWanted(mode);
        }
        clearDelays(bond);
        changeMacOfBond(bond);
        for (BondSetting option : BondSetting.values()) {
            if (option != BondSetting.PRIMARY) {
                putOption(bond, option);
            }
        }
    }

    /** Before the option that would keep it. */
    private void changeMacOfBond(String bond) {
        if (differs(Setting.link(bond, Setting.MAC)) && keepsMac(bond)) {
            put(BondSetting.FAIL_OVER_MAC.of(bond), BondSetting.FAIL_OVER_MAC.initial(), "");
        }
        changeMac(bond);
    }

    private boolean mustBeDown(String bond) {
        for (BondSetting option : BondSetting.values()) {
            if (option.needsDown() && differs(option.of(bond))) {
                return true;
            }
        }
        return false;
    }

    private void switchOffForNow(String owner) {
        put(Setting.link(owner, Setting.UP), Setting.FALSE, carrying(owner));
    }

    private void putOption(String bond, BondSetting option) {
        if (option.fits(now.get(BondSetting.MODE.of(bond))) || target.isNamed(option.of(bond))) {
            putWanted(option.of(bond));
        }
    }

    /** The kernel keeps delays without the carrier monitor, and would have them again with the next one. */
    private void clearDelays(String bond) {
        if (!target.get(BondSetting.MIIMON.of(bond)).equals(BondSetting.NO_TIME)
                || now.get(BondSetting.MIIMON.of(bond)).equals(BondSetting.NO_TIME)) {
            return;
        }
        for (BondSetting delay : BondSetting.DELAYS) {
            if (BondSetting.milliseconds(now.get(delay.of(bond))) > 0) {
                put(delay.of(bond), BondSetting.NO_TIME, "");
            }
        }
    }

    /** A VLAN that shall have none of its own gets that of its link. */
    private void changeMac(String owner) {
        Setting mac = Setting.link(owner, Setting.MAC);
        if (!differs(mac)) {
            return;
        }
        String link = now.link(owner, Setting.LINK);
        boolean real = now.kind(owner).equals(Setting.DEVICE);
        put(mac, target.get(mac).isEmpty() ? now.effectiveMac(link) : target.get(mac), real ? carrying(owner) : "");
    }

    private void raiseMtu(String owner) {
        Setting mtu = Setting.link(owner, Setting.MTU);
        if (!differs(mtu)) {
            return;
        }
        String link = now.link(owner, Setting.LINK);
        int most = now.effectiveMtu(link);
        if (now.kind(owner).equals(Setting.VLAN) && most > 0 && number(target.get(mtu)) > most) {
            objections.add(target.place(mtu) + ": " + target.get(mtu) + " is more than the " + most + " of its link "
                    + link + "; give " + link + " that mtu, too");
        } else {
            putMtu(owner);
        }
    }

    private void fill(String bond) {
        for (String port : target.members(bond)) {
            if (now.has(port) && !now.link(port, Setting.MASTER).equals(bond)) {
                join(port, bond);
            }
        }
        for (String port : now.members(bond)) {
            target.of(port, Group.PORT).keySet().forEach(this::putWanted);
        }
        putOption(bond, BondSetting.PRIMARY);
    }

    private void join(String port, String bond) {
        String master = now.link(port, Setting.MASTER);
        if (!master.equals(Setting.NONE)) {
            objections.add(target.place(Setting.link(port, Setting.MASTER)) + ": " + port + " belongs to " + master
                    + " (" + now.kind(master) + "); take it out first (ip link set " + port + " nomaster)");
            return;
        }
        warnOfAddresses(port, bond);
        if (now.isUp(port)) {
            switchOffForNow(port);
        }
        put(Setting.link(port, Setting.MASTER), bond, "");
    }

    /** A bridge or the like that it belonged to until it was made anew. */
    private void joinAgain(String owner) {
        String master = target.link(owner, Setting.MASTER);
        boolean fit = now.has(master) && !now.kind(master).equals(Setting.BOND);
        boolean named = target.isNamed(Setting.link(owner, Setting.MASTER));
        if (fit && !named && now.link(owner, Setting.MASTER).equals(Setting.NONE)) {
            put(Setting.link(owner, Setting.MASTER), master, "");
        }
    }

    private void warnOfAddresses(String port, String bond) {
        List<String> addresses = now.of(port).keySet().stream()
                .filter(setting -> setting.group() == Group.ADDRESS)
                .map(Setting::name)
                .toList();
        if (!addresses.isEmpty()) {
            warnings.add(port + " has the address " + String.join(", ", addresses)
                    + ", which stops answering while it is a member of " + bond + "; give it to " + bond);
        }
    }

    private boolean joinsLater(String owner) {
        String master = target.link(owner, Setting.MASTER);
        return !master.isEmpty() && !master.equals(Setting.NONE) && differs(Setting.link(owner, Setting.MASTER));
    }

    /** What ethtool sets, each group in one request; with rings and channels drivers start anew. */
    private void changeDevice(String owner) {
        for (Group group : Group.values()) {
            SortedMap<String, String> values = new TreeMap<>();
            if (group.isOfTheDevice()) {
                target.of(owner, group).forEach((setting, value) -> {
                    if (differs(setting)) {
                        values.put(setting.name(), value);
                    }
                });
            }
            if (!values.isEmpty()) {
                boolean pauses = group != Group.COALESCE && group != Group.OFFLOAD && now.isUp(owner);
                emit(new Change.Put(owner, group, values), pauses ? owner + " for a moment with some drivers" : "");
            }
        }
    }

    private void objectToMemberSettings(String owner) {
        String master = now.link(owner, Setting.MASTER);
        if (now.kind(master).equals(Setting.BOND)) {
            for (Setting setting : target.namedOf(owner)) {
                if (Target.isDecidedByBond(setting, now)) {
                    objections.add(target.place(setting) + ": " + owner + " is a member of " + master
                            + ", which decides over this; set it there, or take " + owner + " out of it");
                }
            }
        }
    }

    private void switchOff(String owner) {
        Setting up = Setting.link(owner, Setting.UP);
        if (now.has(owner) && target.get(up).equals(Setting.FALSE) && differs(up)) {
            put(up, Setting.FALSE, carrying(owner));
        }
    }
}
