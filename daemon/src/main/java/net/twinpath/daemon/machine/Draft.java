package net.twinpath.daemon.machine;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The machine as it will be after the steps planned so far. It knows what else the kernel changes by itself with each
 * (drivers/net/bonding/bond_main.c, net/8021q/vlan.c, net/ipv6/addrconf.c); what it gets wrong shows when the machine is
 * read back.
 */
final class Draft {
    private final Settings now;
    private final SortedMap<Setting, String> before = new TreeMap<>();

    /** Bonds whose address was set by hand, which the first member does not replace. */
    private final Set<String> ownMac = new HashSet<>();

    private final UnaryOperator<String> mtuWhenReleased;

    /** @param mtuWhenReleased what a bond's member had before, which the bond remembers and does not tell; may be empty */
    Draft(Settings actual, UnaryOperator<String> mtuWhenReleased) {
        now = new Settings(actual.all());
        this.mtuWhenReleased = mtuWhenReleased;
    }

    Settings now() {
        return now;
    }

    /** Everything that has changed, with the value it had at first. */
    SortedMap<Setting, String> before() {
        return Collections.unmodifiableSortedMap(before);
    }

    void apply(Change change) {
        if (change instanceof Change.Make make) {
            make(make);
        } else if (change instanceof Change.Put put) {
            put.values().forEach((name, value) -> put(put.setting(name), value));
        } else {
            remove(change.owner());
        }
    }

    private void set(Setting setting, String value) {
        String is = now.get(setting);
        if (!is.equals(value)) {
            before.putIfAbsent(setting, is);
            now.put(setting, value);
        }
    }

    private void setLink(String owner, String name, String value) {
        set(Setting.link(owner, name), value);
    }

    private void make(Change.Make make) {
        String owner = make.owner();
        setLink(owner, Setting.KIND, make.kind());
        setLink(owner, Setting.MASTER, Setting.NONE);
        setLink(owner, Setting.UP, Setting.FALSE);
        make.with().forEach(this::set);
        if (make.kind().equals(Setting.BOND)) {
            makeBond(owner, make.value(Group.BOND, BondSetting.MODE.key()));
        } else {
            int most = now.effectiveMtu(now.link(owner, Setting.LINK));
            setLink(owner, Setting.MTU, most == 0 ? Setting.ABSENT : Integer.toString(most));
            VlanSetting.initial().forEach((name, value) -> set(new Setting(owner, Group.VLAN, name), value));
        }
        rememberAsMade(owner);
    }

    /** What was not there before can at most become as the kernel makes it; a VLAN's MTU is its link's. */
    private void rememberAsMade(String owner) {
        Setting kind = Setting.link(owner, Setting.KIND);
        if (Setting.ABSENT.equals(before.get(kind))) {
            before.putAll(now.of(owner));
            before.put(kind, Setting.ABSENT);
            if (now.kind(owner).equals(Setting.VLAN)) {
                before.put(Setting.link(owner, Setting.MTU), Setting.ABSENT);
            }
        }
    }

    private void makeBond(String owner, String mode) {
        setLink(owner, Setting.MTU, "1500");
        for (BondSetting option : BondSetting.values()) {
            if (option != BondSetting.MODE
                    && !BondSetting.TOLD_WITH_LACP.contains(option)
                    && !BondSetting.NOT_OF_EVERY_KERNEL.contains(option)) {
                set(option.of(owner), option.initial());
            }
        }
        setMode(owner, mode);
    }

    private void remove(String owner) {
        now.standingOn(owner).forEach(this::remove);
        now.members(owner).forEach(this::leave);
        if (isMember(owner)) {
            leave(owner);
        }
        Map.copyOf(now.of(owner)).keySet().forEach(setting -> set(setting, Setting.ABSENT));
        Map.copyOf(now.of(Setting.NO_OWNER)).keySet().stream()
                .filter(setting -> SysctlKey.interfaceOf(setting.name()).equals(Optional.of(owner)))
                .forEach(setting -> set(setting, Setting.ABSENT));
    }

    private boolean isMember(String owner) {
        return !now.link(owner, Setting.MASTER).equals(Setting.NONE);
    }

    private void put(Setting setting, String value) {
        switch (setting.group()) {
            case LINK -> putLink(setting, value);
            case BOND -> putBond(setting, value);
            default -> set(setting, value);
        }
    }

    private void putLink(Setting setting, String value) {
        String owner = setting.owner();
        switch (setting.name()) {
            case Setting.UP -> switchTo(owner, value);
            case Setting.MASTER -> changeMaster(owner, value);
            case Setting.MTU -> changeMtu(owner, value);
            case Setting.MAC -> changeMac(owner, value);
            default -> set(setting, value);
        }
    }

    /** VLANs follow, both ways; routes and IPv6 addresses are gone when an interface is switched off. */
    private void switchTo(String owner, String up) {
        setLink(owner, Setting.UP, up);
        if (up.equals(Setting.FALSE)) {
            forgetIpv6AndRoutes(owner);
        }
        for (String upper : now.standingOn(owner)) {
            if (VlanSetting.isBound(now, upper) && !now.link(upper, Setting.UP).equals(up)) {
                switchTo(upper, up);
            }
        }
    }

    private void forgetIpv6AndRoutes(String owner) {
        Map.copyOf(now.of(owner)).keySet().stream()
                .filter(setting -> setting.group() == Group.ROUTE
                        || (setting.group() == Group.ADDRESS && setting.name().contains(":")))
                .forEach(setting -> set(setting, Setting.ABSENT));
    }

    private void changeMaster(String owner, String master) {
        if (isMember(owner)) {
            leave(owner);
        }
        if (!master.equals(Setting.NONE)) {
            join(owner, master);
        }
    }

    /** A bond switches its members on, gives them its MTU, and has the first one's address when it has none of its own. */
    private void join(String owner, String master) {
        boolean first = now.members(master).isEmpty();
        String mac = now.effectiveMac(owner);
        setLink(owner, Setting.MASTER, master);
        if (now.kind(master).equals(Setting.BOND)) {
            if (first && !ownMac.contains(master)) {
                setLink(master, Setting.MAC, mac);
            }
            switchTo(owner, Setting.TRUE);
            setLink(owner, Setting.MTU, Setting.ABSENT);
            limitVlans(owner);
            PortSetting.initial().forEach((name, value) -> set(new Setting(owner, Group.PORT, name), value));
        }
    }

    /** A bond switches off what leaves it and gives it its MTU back; without members it has a random address. */
    private void leave(String owner) {
        String master = now.link(owner, Setting.MASTER);
        setLink(owner, Setting.MASTER, Setting.NONE);
        if (now.kind(master).equals(Setting.BOND)) {
            switchTo(owner, Setting.FALSE);
            setLink(owner, Setting.MTU, mtuWhenReleased.apply(owner));
            limitVlans(owner);
            PortSetting.initial().keySet().forEach(name -> set(new Setting(owner, Group.PORT, name), Setting.ABSENT));
            if (now.get(BondSetting.PRIMARY.of(master)).equals(owner)) {
                set(BondSetting.PRIMARY.of(master), Setting.NONE);
            }
            if (now.members(master).isEmpty()) {
                ownMac.remove(master);
                setLink(master, Setting.MAC, Setting.ABSENT);
            }
        }
    }

    /** A bond's members change with it, and no VLAN carries more than what it stands on. */
    private void changeMtu(String owner, String mtu) {
        setLink(owner, Setting.MTU, mtu);
        limitVlans(owner);
        if (now.kind(owner).equals(Setting.BOND)) {
            now.members(owner).forEach(this::limitVlans);
        }
    }

    private void limitVlans(String owner) {
        int most = now.effectiveMtu(owner);
        for (String upper : now.standingOn(owner)) {
            if (now.kind(upper).equals(Setting.VLAN) && now.effectiveMtu(upper) > most && most > 0) {
                changeMtu(upper, Integer.toString(most));
            }
        }
    }

    private void changeMac(String owner, String mac) {
        boolean inherited =
                now.kind(owner).equals(Setting.VLAN) && mac.equals(now.effectiveMac(now.link(owner, Setting.LINK)));
        setLink(owner, Setting.MAC, inherited ? Setting.ABSENT : mac);
        ownMac.add(owner);
    }

    private void putBond(Setting setting, String value) {
        String owner = setting.owner();
        if (setting.name().equals(BondSetting.MODE.key())) {
            setMode(owner, value);
        } else if (setting.name().equals(BondSetting.MIIMON.key())) {
            setMiimon(owner, value);
        } else {
            set(setting, value);
            if (setting.name().equals(BondSetting.ARP_INTERVAL.key()) && !value.equals(BondSetting.NO_TIME)) {
                setMiimon(owner, BondSetting.NO_TIME);
            }
        }
    }

    private void setMode(String owner, String mode) {
        if (!BondSetting.ARP_INTERVAL.fits(mode)) {
            set(BondSetting.ARP_INTERVAL.of(owner), BondSetting.NO_TIME);
            if (now.get(BondSetting.MIIMON.of(owner)).equals(BondSetting.NO_TIME)) {
                set(BondSetting.MIIMON.of(owner), BondSetting.DEFAULT_MIIMON);
            }
        }
        if (mode.equals("balance-alb")) {
            set(BondSetting.TLB_DYNAMIC_LB.of(owner), Setting.TRUE);
        }
        set(BondSetting.ARP_VALIDATE.of(owner), BondSetting.ARP_VALIDATE.initial());
        set(BondSetting.MODE.of(owner), mode);
        for (BondSetting option : BondSetting.TOLD_WITH_LACP) {
            set(option.of(owner), option.fits(mode) ? option.initial() : Setting.ABSENT);
        }
    }

    /** Delays are kept as multiples; monitoring by ARP ends when monitoring by carrier begins. */
    private void setMiimon(String owner, String miimon) {
        int from = BondSetting.milliseconds(now.get(BondSetting.MIIMON.of(owner)));
        int to = BondSetting.milliseconds(miimon);
        set(BondSetting.MIIMON.of(owner), miimon);
        for (BondSetting delay : BondSetting.DELAYS) {
            int is = BondSetting.milliseconds(now.get(delay.of(owner)));
            set(delay.of(owner), (from == 0 ? 0 : is / from * to) + "ms");
        }
        if (to > 0 && !now.get(BondSetting.ARP_INTERVAL.of(owner)).equals(BondSetting.NO_TIME)) {
            set(BondSetting.ARP_INTERVAL.of(owner), BondSetting.NO_TIME);
            set(BondSetting.ARP_VALIDATE.of(owner), BondSetting.ARP_VALIDATE.initial());
        }
    }
}
