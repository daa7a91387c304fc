package net.twinpath.daemon.machine;

/** What running paths need of the interfaces they use, which goes before what the file says of these. */
@FunctionalInterface
public interface PathNeeds {
    /** No path runs. */
    PathNeeds NONE = (setting, value) -> value;

    /** The value a setting shall have instead of {@code value}; the same where no path minds. */
    String adjust(Setting setting, String value);
}
