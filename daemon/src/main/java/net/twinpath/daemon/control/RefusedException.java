package net.twinpath.daemon.control;

/** Why the daemon will not do what a request asks: lines for the operator that say what would be right. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
