package net.twinpath.daemon.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.OperationalState;
import org.jspecify.annotations.Nullable;

/** Interfaces as a kernel would list them; each gets the next index, from 1. */
final class FakeLinks {
    private final List<Link> links = new ArrayList<>();

    List<Link> list() {
        return links;
    }

    FakeLinks physical(String... names) {
        for (String name : names) {
            add(name, null, 0, OptionalInt.empty());
        }
        return this;
    }

    /** An interface of another {@code ARPHRD_*} than Ethernet, as {@code lo}. */
    FakeLinks ofType(int hardwareType, String name) {
        physical(name);
        int place = links.size() - 1;
        Link link = links.get(place);
        links.set(
                place,
                new Link(
                        link.index(),
                        name,
                        hardwareType,
                        link.flags(),
                        link.mtu(),
                        link.minMtu(),
                        link.maxMtu(),
                        null,
                        null,
                        null,
                        0,
                        0,
                        OptionalInt.empty(),
                        null,
                        link.operationalState(),
                        0));
        return this;
    }

    /** An interface without anything below it: a bond, a bridge. */
    FakeLinks virtual(String name, String kind) {
        return add(name, kind, 0, OptionalInt.empty());
    }

    /** An interface on top of another one. */
    FakeLinks upon(String below, String kind, String... names) {
        for (String name : names) {
            add(name, kind, index(below), OptionalInt.empty());
        }
        return this;
    }

    /** An interface on top of one in another namespace, or connected to it. */
    FakeLinks uponForeign(int namespace, int below, String kind, String name) {
        return add(name, kind, below, OptionalInt.of(namespace));
    }

    FakeLinks veth(String name, String peer) {
        int first = links.size() + 1;
        add(name, "veth", first + 1, OptionalInt.empty());
        return add(peer, "veth", first, OptionalInt.empty());
    }

    /** Makes interfaces members of a bond, bridge or the like. */
    FakeLinks join(String master, String... members) {
        for (String member : members) {
            int index = index(member);
            Link link = links.get(index - 1);
            links.set(
                    index - 1,
                    link(index, member, link.kind(), index(master), link.linkedIndex(), link.linkedNamespace()));
        }
        return this;
    }

    int index(String name) {
        return links.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow()
                .index();
    }

    private FakeLinks add(String name, @Nullable String kind, int linkedIndex, OptionalInt linkedNamespace) {
        links.add(link(links.size() + 1, name, kind, 0, linkedIndex, linkedNamespace));
        return this;
    }

    private static Link link(
            int index,
            String name,
            @Nullable String kind,
            int masterIndex,
            int linkedIndex,
            OptionalInt linkedNamespace) {
        return new Link(
                index,
                name,
                Link.ETHERNET,
                0,
                1500,
                68,
                9000,
                null,
                null,
                kind,
                masterIndex,
                linkedIndex,
                linkedNamespace,
                null,
                OperationalState.UP,
                0);
    }
}
