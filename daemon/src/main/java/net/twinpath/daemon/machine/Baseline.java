package net.twinpath.daemon.machine;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How everything was before this daemon, or a killed one before it, changed it for the first time. */
final class Baseline {
    private final BaselineFile file;
    private final SortedMap<Setting, String> before;

    Baseline(BaselineFile file) {
        this.file = file;
        this.before = new TreeMap<>(file.read());
    }

    SortedMap<Setting, String> values() {
        return Collections.unmodifiableSortedMap(before);
    }

    SortedMap<Setting, String> copy() {
        return new TreeMap<>(before);
    }

    /** Keeps values, also over the death of this process; those that are known are the older ones and stay. */
    void remember(Map<Setting, String> values) throws MachineException {
        SortedMap<Setting, String> more = new TreeMap<>(values);
        more.putAll(before);
        replace(more);
    }

    /** Forgets what is as it was and is not to be changed any more, so that it is nobody's business but others'. */
    void forgetRestored(Settings actual, Wanted wanted) throws MachineException {
        SortedMap<Setting, String> rest = new TreeMap<>(before);
        rest.keySet()
                .removeIf(setting -> !setting.isIdentity() && !wanted.names(setting) && isRestored(setting, actual));
        Set<String> touched = rest.keySet().stream()
                .filter(setting -> wanted.names(setting) || !isRestored(setting, actual))
                .map(Setting::owner)
                .collect(Collectors.toSet());
        rest.keySet().removeIf(setting -> setting.isIdentity() && !touched.contains(setting.owner()));
        replace(rest);
    }

    /** Of an interface of ours, how it was made is not to be forgotten while it is there. */
    private boolean isRestored(Setting setting, Settings actual) {
        boolean made = Setting.ABSENT.equals(before.get(Setting.link(setting.owner(), Setting.KIND)));
        return made
                ? !actual.has(setting.owner())
                : setting.isSame(actual.get(setting), before.getOrDefault(setting, Setting.ABSENT));
    }

    void replace(SortedMap<Setting, String> values) throws MachineException {
        if (!values.equals(before)) {
            file.write(values);
            before.clear();
            before.putAll(values);
        }
    }
}
