package net.twinpath.daemon.machine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the configuration says of the machine.
 *
 * @param values   every setting that is named, directly or by what it means: a bond is switched on, say
 * @param members  of each bond, in the order they shall join
 * @param places   where the file says so, {@code FILE:LINE:COLUMN: table}, by owner; of a sysctl by its key
 * @param optional settings that are passed over where the kernel does not have them or does not take them
 */
public record Wanted(
        SortedMap<Setting, String> values,
        Map<String, List<String>> members,
        Map<String, String> places,
        Set<Setting> optional) {
    /** Nothing is named. */
    public static final Wanted NOTHING = new Wanted(new TreeMap<>(), Map.of(), Map.of(), Set.of());

    public Wanted {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        members = Map.copyOf(members);
        places = Map.copyOf(places);
        optional = Set.copyOf(optional);
    }

    /** Whether the file names it. */
    boolean names(Setting setting) {
        return values.containsKey(setting);
    }

    /** Whether the file names anything of this interface. */
    boolean namesAnythingOf(String owner) {
        return values.keySet().stream().anyMatch(setting -> setting.owner().equals(owner));
    }

    /** For an error: where the file says so, and what; without the place when the file does not say so itself. */
    String place(Setting setting) {
        boolean sysctl = setting.group() == Group.SYSCTL;
        String place = places.get(sysctl ? setting.name() : setting.owner());
        if (place == null) {
            return setting.toString();
        }
        return sysctl ? place : place + "." + setting.key();
    }
}
