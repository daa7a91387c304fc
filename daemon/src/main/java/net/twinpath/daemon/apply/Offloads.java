package net.twinpath.daemon.apply;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.twinpath.netlink.ethtool.Feature;
import net.twinpath.netlink.ethtool.Features;
import net.twinpath.netlink.route.Link;

/** Offloads that merge frames or leave them unfinished, and so must be off where frames are copied octet by octet. */
final class Offloads {
    /** Received frames merged into larger ones, which no trailer fits. */
    private static final Predicate<String> MERGING = Pattern.compile(
                    "rx-(gro|lro)|rx-gro-(hw|list)|rx-udp-gro-forwarding")
            .asMatchPredicate();

    /** Frames handed over before their checksum is computed or before they are cut to the MTU. */
    private static final Predicate<String> UNFINISHED = Pattern.compile(
                    "tx-checksum-.*|tx-.*-segmentation|tx-gso-(list|partial|robust)")
            .asMatchPredicate();

    private Offloads() {}

    /** Whether a feature is off on an interface that a path uses. */
    static boolean merges(String feature) {
        return MERGING.test(feature);
    }

    /**
     * Makes a link receive frames as they were on the wire.
     *
     * @return whether anything had to be switched off
     */
    static boolean receiveAsSent(Link link, Features features, UndoStack undo) {
        List<String> changed = switchOff(link, MERGING, features);
        if (!changed.isEmpty()) {
            undo.push("offloads of " + link.name(), () -> features.set(link, all(changed, true)));
        }
        return !changed.isEmpty();
    }

    /**
     * Makes the applications' end of a veth pair send only frames that are complete; the pair goes with the path.
     *
     * @return whether anything had to be switched off
     */
    static boolean finishFrames(Link host, Features features) {
        return !switchOff(host, UNFINISHED, features).isEmpty();
    }

    private static List<String> switchOff(Link link, Predicate<String> names, Features features) {
        List<String> wanted = features.get(link).values().stream()
                .filter(feature -> feature.wanted() && feature.changeable())
                .map(Feature::name)
                .filter(names)
                .toList();
        if (!wanted.isEmpty()) {
            features.set(link, all(wanted, false));
        }
        return wanted;
    }

    private static Map<String, Boolean> all(List<String> names, boolean on) {
        return names.stream().collect(Collectors.toMap(name -> name, name -> on));
    }
}
