package net.twinpath.daemon.machine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.twinpath.config.toml.TableSource;

/**
 * What the configuration says of the machine.
 *
 * @param values   every setting that is named, directly or by what it means: a bond is switched on, say
 * @param members  of each bond, in the order they shall join
 * @param places   where the file says so, by owner; of a sysctl by its key
 * @param optional settings that are passed over where the kernel does not have them or does not take them
 */
public record Wanted(
        SortedMap<Setting, String> values,
        Map<String, List<String>> members,
        Map<String, Place> places,
        Set<Setting> optional) {
    private static final String ADDRESS_KEY = "address";

    /** Nothing is named. */
    public static final Wanted NOTHING = new Wanted(new TreeMap<>(), Map.of(), Map.of(), Set.of());

    /**
     * What of the file is about an interface, or about a sysctl.
     *
     * @param source where that and its keys stand
     * @param name   of it, for example {@code interface.eth0}
     */
    public record Place(TableSource source, String name) {
        String of(Setting setting) {
            return setting.group() == Group.SYSCTL
                    ? source + ": " + name
                    : source.of(keyOf(setting)) + ": " + name + "." + setting.key();
        }

        private static String keyOf(Setting setting) {
            return setting.group() == Group.ADDRESS ? ADDRESS_KEY : setting.key();
        }
    }

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
        Place place = places.get(setting.group() == Group.SYSCTL ? setting.name() : setting.owner());
        return place == null ? setting.toString() : place.of(setting);
    }
}
