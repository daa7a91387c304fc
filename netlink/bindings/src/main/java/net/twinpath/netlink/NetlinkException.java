package net.twinpath.netlink;

import jnr.constants.platform.Errno;
import net.twinpath.linux.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * A request the kernel refused, or that it did not answer.
 *
 * <p>The message is one line: {@code set mtu of enp3s0: EINVAL (Invalid argument): mtu greater than device maximum
 * (attribute IFLA_MTU)}.
 */
public final class NetlinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;
    private final @Nullable String interfaceName;
    private final int errno;
    private final @Nullable String explanation;
    private final @Nullable String attribute;

    /**
     * @param operation   what was to be done
     * @param errno       the error number, positive
     * @param explanation the kernel's words (extended acknowledgement) or ours; null when there are none
     * @param attribute   the attribute the kernel points at, for example {@code IFLA_MTU}; null when at none
     */
    public NetlinkException(Operation operation, int errno, @Nullable String explanation, @Nullable String attribute) {
        super(line(operation, errno, explanation, attribute));
        this.action = operation.action();
        this.interfaceName = operation.interfaceName();
        this.errno = errno;
        this.explanation = explanation;
        this.attribute = attribute;
    }

    /** What was to be done. */
    public Operation operation() {
        return new Operation(action, interfaceName);
    }

    /** The interface it was to be done to; null when it was about no single one. */
    public @Nullable String interfaceName() {
        return interfaceName;
    }

    /** The error number, positive. */
    public int errno() {
        return errno;
    }

    /** True when the request failed with this error. */
    public boolean is(Errno error) {
        return errno == error.intValue();
    }

    /** The kernel's words, or ours where it had none; null when there are none. */
    public @Nullable String explanation() {
        return explanation;
    }

    /** The attribute the kernel points at; null when at none. */
    public @Nullable String attribute() {
        return attribute;
    }

    private static String line(
            Operation operation, int errno, @Nullable String explanation, @Nullable String attribute) {
        StringBuilder line = new StringBuilder().append(operation).append(": ").append(ErrnoException.describe(errno));
        if (explanation != null) {
            line.append(": ").append(explanation);
        }
        if (attribute != null) {
            line.append(" (attribute ").append(attribute).append(')');
        }
        return line.toString();
    }
}
