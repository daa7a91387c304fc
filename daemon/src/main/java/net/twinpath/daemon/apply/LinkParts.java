package net.twinpath.daemon.apply;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.twinpath.daemon.apply.LinkPart.InterfaceId;
import net.twinpath.daemon.apply.LinkPart.Relation;
import net.twinpath.netlink.route.Link;
import org.jspecify.annotations.Nullable;

/** All that a link rests on, as far as the kernel tells: first itself, then what is nearest. */
final class LinkParts {
    private final List<Link> present;
    private final Map<InterfaceId, LinkPart> parts = new LinkedHashMap<>();
    private final Deque<LinkPart> unfollowed = new ArrayDeque<>();

    private LinkParts(List<Link> present) {
        this.present = present;
    }

    /** @param present all interfaces of this network namespace */
    static LinkParts of(Link link, List<Link> present) {
        LinkParts parts = new LinkParts(present);
        parts.add(LinkPart.itself(link));
        while (!parts.unfollowed.isEmpty()) {
            parts.follow(parts.unfollowed.remove());
        }
        return parts;
    }

    /** In the order of their distance from the link. */
    Collection<LinkPart> all() {
        return Collections.unmodifiableCollection(parts.values());
    }

    Optional<LinkPart> find(InterfaceId id) {
        return Optional.ofNullable(parts.get(id));
    }

    private void add(LinkPart part) {
        if (parts.putIfAbsent(part.id(), part) == null) {
            unfollowed.add(part);
        }
    }

    private void follow(LinkPart part) {
        Link link = part.link();
        // A link's own bond or bridge is known by name only: the link does not rest on the other members.
        if (link == null || isOwnMaster(part)) {
            return;
        }
        followLinked(part, link);
        followMembers(part, link);
        followMaster(part, link);
    }

    private static boolean isOwnMaster(LinkPart part) {
        return part.relation() == Relation.MASTER && part.distance() == 1;
    }

    private void followLinked(LinkPart part, Link link) {
        // What is at the far ends of a bridge's ports are its other users.
        boolean leadsAway = part.isPaired() && isBridgePort(part);
        boolean unknown = link.linkedNamespace().orElse(0) < 0;
        if (link.linkedIndex() == 0 || unknown || leadsAway) {
            return;
        }
        InterfaceId id = new InterfaceId(link.linkedNamespace(), link.linkedIndex());
        Link linked = link.linkedNamespace().isEmpty() ? find(link.linkedIndex()) : null;
        Relation relation = part.isPaired() ? Relation.FAR_END : Relation.BELOW;
        add(new LinkPart(id, linked, relation, part, part.alternate()));
    }

    private static boolean isBridgePort(LinkPart part) {
        LinkPart master = part.from();
        return part.relation() == Relation.MEMBER
                && master != null
                && master.kind().equals("bridge");
    }

    private void followMembers(LinkPart part, Link link) {
        List<Link> members = present.stream()
                .filter(other -> other.masterIndex() == link.index())
                .toList();
        boolean alternate = part.alternate() || members.size() > 1;
        members.forEach(member -> add(new LinkPart(local(member), member, Relation.MEMBER, part, alternate)));
    }

    private void followMaster(LinkPart part, Link link) {
        boolean carriesThere = part.relation() == Relation.ITSELF || part.relation() == Relation.FAR_END;
        Link master = link.masterIndex() == 0 ? null : find(link.masterIndex());
        if (!carriesThere || master == null) {
            return;
        }
        LinkPart joined = new LinkPart(local(master), master, Relation.MASTER, part, part.alternate());
        if (joined.isMaster()) {
            add(joined);
        }
    }

    private static InterfaceId local(Link link) {
        return new InterfaceId(OptionalInt.empty(), link.index());
    }

    private @Nullable Link find(int index) {
        return present.stream()
                .filter(link -> link.index() == index)
                .findFirst()
                .orElse(null);
    }
}
