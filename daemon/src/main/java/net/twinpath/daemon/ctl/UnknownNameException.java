package net.twinpath.daemon.ctl;

import java.util.Collection;

/** A name on the command line that the daemon does not know; the message tells those it knows. */
final class UnknownNameException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param what for example {@code link} */
    UnknownNameException(String what, String name, Collection<String> known) {
        super("no " + what + " \"" + name + "\"; "
                + (known.isEmpty() ? "there is none" : "there are: " + String.join(", ", known)));
    }
}
