package net.twinpath.daemon;

/** Why the daemon, or a path, cannot start: one line for the operator that says what would be right. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }
}
