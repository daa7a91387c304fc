package net.twinpath.netlink;

/** Octets that are no netlink message: a length that leads outside, or a payload too short for its type. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }
}
