package net.twinpath.config;

/** What stands on the inner side of a path. */
public enum Inside {
    /** This machine: the daemon makes a network interface named like the path. */
    HOST("host");

    private final String text;

    Inside(String text) {
        this.text = text;
    }

    /** The value in the file. */
    public String text() {
        return text;
    }
}
