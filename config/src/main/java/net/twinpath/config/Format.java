package net.twinpath.config;

import net.twinpath.config.value.Keyword;

/** How the copies of a frame are marked so that the receiver can tell them. */
public enum Format implements Keyword {
    /** The redundancy control trailer of IEC 62439-3 (PRP-1), over LAN A and LAN B. */
    PRP("prp", 2, 2, 4089, ", as the 12-bit LSDUsize of \"prp\" counts at most 4095 bytes, 6 of them its trailer"),
    /** The redundancy tag (R-TAG) of IEEE 802.1CB 7.8. */
    FRER("frer", 2, 8, 9000, "");

    private final String text;
    private final int minLinks;
    private final int maxLinks;
    private final int maxMtu;
    private final String maxMtuReason;

    Format(String text, int minLinks, int maxLinks, int maxMtu, String maxMtuReason) {
        this.text = text;
        this.minLinks = minLinks;
        this.maxLinks = maxLinks;
        this.maxMtu = maxMtu;
        this.maxMtuReason = maxMtuReason;
    }

    @Override
    public String text() {
        return text;
    }

    /** The smallest number of links a path of this format has. */
    public int minLinks() {
        return minLinks;
    }

    /** The largest number of links a path of this format has. */
    public int maxLinks() {
        return maxLinks;
    }

    /** The number of links in words, such as {@code 2 to 8}. */
    String linkCount() {
        return minLinks == maxLinks ? Integer.toString(minLinks) : minLinks + " to " + maxLinks;
    }

    /** The largest packet, in bytes, that a path of this format carries. */
    public int maxMtu() {
        return maxMtu;
    }

    /** Words that may follow the limit and say where it comes from; may be empty. */
    String maxMtuReason() {
        return maxMtuReason;
    }
}
