package net.twinpath.netlink.generator;

/** A specification that cannot be turned into Java; the message is one line that begins with file, line and path. */
final class SpecificationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpecificationException(String message) {
        super(message);
    }
}
