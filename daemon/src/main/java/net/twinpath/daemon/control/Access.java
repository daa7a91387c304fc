package net.twinpath.daemon.control;

/** Who may call a method. */
public enum Access {
    /** Whoever may connect: root and the members of the group of the socket's file. */
    READ("every client"),

    /** Root alone, because the method changes something. */
    CHANGE("root");

    private final String words;

    Access(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
