package net.twinpath.daemon.ctl;

import java.util.Collection;
import java.util.stream.Collectors;

/** A name on the command line that the daemon does not know; the message tells those it knows. */
final class UnknownNameException extends Exception {
    private static final long serialVersionUID = 1L;

    /** There may be thousands. */
    private static final int MOST_NAMES = 100;

    /** @param what for example {@code link} */
    UnknownNameException(String what, String name, Collection<String> known) {
        super("no " + what + " \"" + name + "\"; " + (known.isEmpty() ? "there is none" : "there are: " + list(known)));
    }

    private static String list(Collection<String> known) {
        String first = known.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return known.size() > MOST_NAMES ? first + " and " + (known.size() - MOST_NAMES) + " more" : first;
    }
}
