package net.twinpath.linux;

import jnr.constants.platform.Errno;

/** A system call that failed: names the call, the argument it failed on, and the error. */
public final class ErrnoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int errno;

    /**
     * @param call     the system call, for example {@code bind}
     * @param argument what it was called on, for example an interface name
     * @param errno    the error number, positive
     */
    public ErrnoException(String call, String argument, int errno) {
        super(call + "(" + argument + "): " + describe(errno));
        this.call = call;
        this.errno = errno;
    }

    /** The system call that failed. */
    public String call() {
        return call;
    }

    /** The error number, positive; compare with {@link Errno#intValue()}. */
    public int errno() {
        return errno;
    }

    /** True when the call failed with this error. */
    public boolean is(Errno error) {
        return errno == error.intValue();
    }

    /** {@code ENODEV (No such device)}: the symbol and the words for an error number. */
    public static String describe(int errno) {
        // POSIX has a second name, ENOTSUP, for a number that Linux and its manual pages call by this one.
        Errno error = errno == Errno.EOPNOTSUPP.intValue() ? Errno.EOPNOTSUPP : Errno.valueOf(errno);
        return error == Errno.__UNKNOWN_CONSTANT__ ? "errno " + errno : error.name() + " (" + error.description() + ")";
    }

    static int check(int result, String call, String argument) {
        if (result < 0) {
            throw new ErrnoException(call, argument, LibC.lastErrno());
        }
        return result;
    }

    static long check(long result, String call, String argument) {
        if (result < 0) {
            throw new ErrnoException(call, argument, LibC.lastErrno());
        }
        return result;
    }
}
