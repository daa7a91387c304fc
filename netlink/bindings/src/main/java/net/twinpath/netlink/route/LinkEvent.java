package net.twinpath.netlink.route;

/** Something that happened to the interfaces of a namespace. */
public sealed interface LinkEvent {
    /**
     * An interface came, or something about it changed.
     *
     * @param link how it is now
     */
    record Changed(Link link) implements LinkEvent {}

    /**
     * An interface is gone.
     *
     * @param link how it last was
     */
    record Removed(Link link) implements LinkEvent {}

    /** The kernel had to drop events: {@link Links#list} tells how things are now. */
    record ResyncNeeded() implements LinkEvent {}
}
