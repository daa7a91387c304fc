package net.twinpath.daemon.apply;

import java.util.OptionalInt;
import net.twinpath.netlink.route.Link;
import org.jspecify.annotations.Nullable;

/**
 * An interface that a link rests on, and the way from the link to it.
 *
 * @param id        which interface it is
 * @param link      as the kernel describes it; null when it is in another network namespace
 * @param relation  what it is to {@code from}
 * @param from      what led to it; null for the link itself
 * @param alternate whether the link can do without it, as one of several members of a bond
 */
record LinkPart(
        InterfaceId id,
        @Nullable Link link,
        Relation relation,
        @Nullable LinkPart from,
        boolean alternate) {
    /**
     * Tells interfaces apart.
     *
     * @param namespace this namespace's number for the one the interface is in; empty for this namespace itself
     * @param index     interface index there
     */
    record InterfaceId(OptionalInt namespace, int index) {}

    /** What an interface is to another one. */
    enum Relation {
        ITSELF,

        /** The other one stands on it, as a VLAN does. */
        BELOW,

        /** It is a bond's, team's or bridge's member. */
        MEMBER,

        /** The other end of a veth pair. */
        FAR_END,

        /** The bond, team or bridge that the other one is a member of. */
        MASTER
    }

    static LinkPart itself(Link link) {
        return new LinkPart(new InterfaceId(OptionalInt.empty(), link.index()), link, Relation.ITSELF, null, false);
    }

    /** Steps from the link to here. */
    int distance() {
        return from == null ? 0 : from.distance() + 1;
    }

    /** The link that rests on this. */
    LinkPart root() {
        return from == null ? this : from.root();
    }

    String name() {
        if (link != null) {
            return link.name();
        }
        return "number " + id.index() + (id.namespace().isPresent() ? " of another network namespace" : "");
    }

    /** The kernel's word for what it is; empty for a physical interface and for one that cannot be looked at. */
    String kind() {
        String kind = link == null ? null : link.kind();
        return kind == null ? "" : kind;
    }

    /** Whether it joins its members. */
    boolean isMaster() {
        return switch (kind()) {
            case "bond", "team", "bridge" -> true;
            default -> false;
        };
    }

    /** Whether it is a port of a switch chip, whose frames all pass the interface below it (kernel net/dsa). */
    boolean isSwitchPort() {
        return link != null && link.linkedIndex() != 0 && (kind().isEmpty() || kind().equals("dsa"));
    }

    /** Whether it is one of two connected ends. */
    boolean isPaired() {
        return kind().equals("veth");
    }
}
