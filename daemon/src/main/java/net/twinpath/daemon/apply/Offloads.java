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

    /** Of these the ones that leave to us what {@code Segmentation} and {@code TransportChecksum} can do. */
    private static final Predicate<String> LEFT_TO_US = Pattern.compile("tx-checksum-ip-generic|tx-generic-segmentation"
                    + "|tx-tcp6?-segmentation|tx-tcp-ecn-segmentation"
                    + (takesMergedDatagrams() ? "|tx-udp-segmentation" : ""))
            .asMatchPredicate();

    private Offloads() {}

    /** Linux before 6.2 drops merged datagrams at packet sockets that have super-frames handed over. */
    private static boolean takesMergedDatagrams() {
        String[] version = System.getProperty("os.version").split("[^0-9]+", 3);
        int major = Integer.parseInt(version[0]);
        return major > 6 || (major == 6 && Integer.parseInt(version[1]) >= 2);
    }

    /** Whether a feature is off on an interface that a path uses. */
    static boolean merges(String feature) {
        return MERGING.test(feature);
    }

    /** Those of a link's features that merge received frames, are on and can be switched. */
    static List<String> merging(Link link, Features features) {
        return wanted(link, MERGING, features);
    }

    /**
     * Makes a link receive frames as they were on the wire.
     *
     * @param before what {@link #merging} told before the link was taken over
     */
    static void receiveAsSent(Link link, List<String> before, Features features, UndoStack undo) {
        switchOff(link, MERGING, features);
        if (!before.isEmpty()) {
            undo.push("offloads of " + link.name(), () -> features.set(link, all(before, true)));
        }
    }

    /**
     * Makes a link receive frames as they were on the wire again.
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
     * Makes the applications' end of a veth pair send only frames that are complete, or such that we can complete; the
     * pair goes with the path.
     *
     * @param superFrames whether we do complete any
     * @return whether anything had to be switched off
     */
    static boolean finishFrames(Link host, boolean superFrames, Features features) {
        Predicate<String> notOurs = superFrames ? UNFINISHED.and(LEFT_TO_US.negate()) : UNFINISHED;
        return !switchOff(host, notOurs, features).isEmpty();
    }

    /** Makes the applications' end of a veth pair leave us what we can do; it does so when it is new. */
    static void sendSuperFrames(Link host, Features features) {
        List<String> off = features.get(host).values().stream()
                .filter(feature -> !feature.wanted() && feature.changeable())
                .map(Feature::name)
                .filter(LEFT_TO_US)
                .toList();
        if (!off.isEmpty()) {
            features.set(host, all(off, true));
        }
    }

    private static List<String> switchOff(Link link, Predicate<String> names, Features features) {
        List<String> wanted = wanted(link, names, features);
        if (!wanted.isEmpty()) {
            features.set(link, all(wanted, false));
        }
        return wanted;
    }

    private static List<String> wanted(Link link, Predicate<String> names, Features features) {
        return features.get(link).values().stream()
                .filter(feature -> feature.wanted() && feature.changeable())
                .map(Feature::name)
                .filter(names)
                .toList();
    }

    private static Map<String, Boolean> all(List<String> names, boolean on) {
        return names.stream().collect(Collectors.toMap(name -> name, name -> on));
    }
}
