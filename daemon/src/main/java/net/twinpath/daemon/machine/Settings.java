package net.twinpath.daemon.machine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Settings with their values; one that is not there has the value {@link Setting#ABSENT}. */
public final class Settings {
    private final NavigableMap<Setting, String> values = new TreeMap<>();

    public Settings() {}

    public Settings(Map<Setting, String> values) {
        values.forEach(this::put);
    }

    public String get(Setting setting) {
        return values.getOrDefault(setting, Setting.ABSENT);
    }

    /** A setting that every interface has. */
    public String link(String owner, String name) {
        return get(Setting.link(owner, name));
    }

    /** Gives a setting a value, or takes it away. */
    public void put(Setting setting, String value) {
        if (value.equals(Setting.ABSENT)) {
            values.remove(setting);
        } else {
            values.put(setting, value);
        }
    }

    public SortedMap<Setting, String> all() {
        return Collections.unmodifiableSortedMap(values);
    }

    /** What an interface has; NO_OWNER for what belongs to none. */
    public SortedMap<Setting, String> of(String owner) {
        Setting first = new Setting(owner, Group.LINK, "");
        return Collections.unmodifiableSortedMap(values.subMap(first, new Setting(owner + "\0", first.group(), "")));
    }

    /** Whether there is such an interface. */
    public boolean has(String owner) {
        return !kind(owner).equals(Setting.ABSENT);
    }

    public String kind(String owner) {
        return link(owner, Setting.KIND);
    }

    public boolean isUp(String owner) {
        return link(owner, Setting.UP).equals(Setting.TRUE);
    }

    /** The interfaces there are. */
    public SortedSet<String> interfaces() {
        SortedSet<String> names = new TreeSet<>();
        values.keySet().stream()
                .filter(setting ->
                        setting.group() == Group.LINK && setting.name().equals(Setting.KIND))
                .forEach(setting -> names.add(setting.owner()));
        return names;
    }

    /** The members of a bond or bridge, by name. */
    public List<String> members(String master) {
        return withLink(Setting.MASTER, master);
    }

    /** The interfaces that stand on another one, by name. */
    public List<String> standingOn(String owner) {
        return withLink(Setting.LINK, owner);
    }

    private List<String> withLink(String name, String value) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().group() == Group.LINK
                        && entry.getKey().name().equals(name)
                        && entry.getValue().equals(value))
                .map(entry -> entry.getKey().owner())
                .toList();
    }

    /** Octets of payload the interface carries, a bond's member those of the bond; 0 when not known. */
    public int effectiveMtu(String owner) {
        String master = link(owner, Setting.MASTER);
        if (kind(master).equals(Setting.BOND)) {
            return effectiveMtu(master);
        }
        String own = link(owner, Setting.MTU);
        return own.isEmpty() ? 0 : Integer.parseInt(own);
    }

    /** The address frames have: of a bond's member the bond's, of a VLAN without one of its own that of its link. */
    public String effectiveMac(String owner) {
        String master = link(owner, Setting.MASTER);
        if (kind(master).equals(Setting.BOND)) {
            return effectiveMac(master);
        }
        String own = link(owner, Setting.MAC);
        return own.isEmpty() && kind(owner).equals(Setting.VLAN) ? effectiveMac(link(owner, Setting.LINK)) : own;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
