package net.twinpath.daemon;

/** What the programs' exit statuses mean. */
public final class ExitStatus {
    /** Done; of {@code twinpathctl status}: every path is protected. */
    public static final int OK = 0;

    /** Failed while running or starting; of {@code twinpathctl status}: a path is degraded or down. */
    public static final int FAILED = 1;

    /** The command line was wrong. */
    public static final int USAGE = 2;

    /** The daemon refused the request. */
    public static final int REFUSED = 3;

    /** No daemon answers. */
    public static final int NO_DAEMON = 4;

    /** The configuration was refused ({@code EX_CONFIG} of sysexits.h): starting again would not help. */
    public static final int CONFIG = 78;

    private ExitStatus() {}
}
