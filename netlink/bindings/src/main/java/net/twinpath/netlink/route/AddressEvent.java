package net.twinpath.netlink.route;

/** Something that happened to the IP addresses of a namespace. */
public sealed interface AddressEvent {
    /**
     * An address came, or something about it changed.
     *
     * @param address how it is now
     */
    record Changed(Address address) implements AddressEvent {}

    /**
     * An address is gone.
     *
     * @param address how it last was
     */
    record Removed(Address address) implements AddressEvent {}

    /** The kernel had to drop events: {@link Addresses#list} tells how things are now. */
    record ResyncNeeded() implements AddressEvent {}
}
