package net.twinpath.config;

/** How the copies of a frame are marked so that the receiver can tell them. */
public enum Format {
    /** The redundancy control trailer of IEC 62439-3 (PRP-1), over LAN A and LAN B. */
    PRP("prp", 2);

    private final String text;
    private final int linkCount;

    Format(String text, int linkCount) {
        this.text = text;
        this.linkCount = linkCount;
    }

    /** The value in the file. */
    public String text() {
        return text;
    }

    /** The number of links a path of this format has. */
    public int linkCount() {
        return linkCount;
    }
}
