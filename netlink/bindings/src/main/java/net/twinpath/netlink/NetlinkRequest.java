package net.twinpath.netlink;

/** A typed request; implementations are generated. */
public interface NetlinkRequest {
    /** {@code nlmsg_type}: the operation, or the number of a generic netlink family. */
    int messageType();

    /** Writes everything that follows {@code struct nlmsghdr}. */
    void encode(AttributeEncoder out);
}
