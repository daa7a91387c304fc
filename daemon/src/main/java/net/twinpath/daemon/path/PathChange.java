package net.twinpath.daemon.path;

import java.util.List;
import net.twinpath.config.CoreSettings;
import net.twinpath.config.LinkSettings;
import net.twinpath.config.PathSettings;
import net.twinpath.config.StreamSettings;

/** How far two settings of one path differ; where they stand in the file is no difference. */
public enum PathChange {
    /** Not at all. */
    NONE,

    /** In the links only, which can be changed while the path runs. */
    LINKS,

    /** In something that takes the path's interface down and up again. */
    RESTART;

    /** How {@code now} differs from {@code before}. */
    public static PathChange between(PathSettings before, PathSettings now) {
        if (!rest(before).equals(rest(now))) {
            return RESTART;
        }
        return links(before).equals(links(now)) ? NONE : LINKS;
    }

    private static List<Object> rest(PathSettings path) {
        return List.of(
                path.inside().text(),
                path.addresses(),
                path.format(),
                path.superFrames(),
                path.cores().map(PathChange::cores),
                path.busyPolling(),
                path.mtu(),
                path.supervision(),
                path.continuityInterval(),
                path.selection().unmatched(),
                path.selection().streams().stream().map(PathChange::stream).toList(),
                path.recovery(),
                path.orderingMaxDelay());
    }

    private static List<Object> cores(CoreSettings cores) {
        return List.of(cores.send(), cores.receive());
    }

    private static List<Object> stream(StreamSettings stream) {
        return List.of(stream.name(), stream.match(), stream.action(), stream.recovery());
    }

    private static List<Object> links(PathSettings path) {
        return path.links().stream().map(PathChange::link).toList();
    }

    private static Object link(LinkSettings link) {
        return List.of(link.interfaceName(), link.vlan());
    }
}
