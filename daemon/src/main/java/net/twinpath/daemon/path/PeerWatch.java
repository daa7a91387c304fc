package net.twinpath.daemon.path;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.twinpath.daemon.event.Event;
import net.twinpath.daemon.event.EventKind;
import net.twinpath.daemon.event.Events;
import net.twinpath.netlink.route.MacAddress;

/** Tells which nodes that announce themselves have come and gone. Pure: no clock, no I/O. */
final class PeerWatch {
    /** Forged announcements come by the hundred; each look tells of so many by name. */
    private static final int MOST_NAMED = 8;

    private final String path;
    private final Events events;
    private Set<Long> present = new LinkedHashSet<>();

    /** @param path the path's name */
    PeerWatch(String path, Events events) {
        this.path = path;
        this.events = events;
    }

    /** Takes the addresses of all nodes that are heard now. */
    void look(Collection<Long> now) {
        Set<Long> heard = new LinkedHashSet<>(now);
        tell(EventKind.PEER_GONE, without(present, heard), "not heard on any link any more");
        tell(EventKind.PEER_HEARD, without(heard, present), "heard");
        present = heard;
    }

    private static List<Long> without(Set<Long> some, Set<Long> others) {
        List<Long> rest = new ArrayList<>(some);
        rest.removeAll(others);
        return rest;
    }

    private void tell(EventKind kind, List<Long> addresses, String words) {
        if (addresses.size() > MOST_NAMED) {
            String first =
                    addresses.stream().limit(MOST_NAMED).map(PeerWatch::text).collect(Collectors.joining(", "));
            events.tell(Event.ofPath(kind, path, addresses.size() + " nodes are " + words + ", among them " + first));
        } else {
            addresses.forEach(address -> events.tell(Event.ofPath(kind, path, text(address) + " is " + words)));
        }
    }

    private static String text(long address) {
        return new MacAddress(address).toString();
    }

    /** Nothing is known any more, as when the data path begins anew: who is not heard then has not gone. */
    void forget() {
        present = Set.of();
    }
}
