package net.twinpath.duppath.nodes;

import java.util.List;

/**
 * A sender heard on the links, as it was known at one moment. Times are by the clock of the path, nanoseconds.
 *
 * @param address       its address, first octet in bits 47 to 40
 * @param kind          what is known of it
 * @param isAnnounced   whether it announced itself, or a RedBox did, as nodes do again and again
 * @param intervalNs    how often it announces itself; 0 when it does not say
 * @param defects       links on which it said that it does not hear every node, bit 0 being LAN A
 * @param redBox        address of the RedBox that speaks for a {@link Kind#VIRTUAL_DAN}; 0 otherwise
 * @param firstHeardNs  when it was first heard; {@link #NEVER} for not yet
 * @param heardNs       when it was last heard on each link, LAN A first; {@link #NEVER} for not yet
 * @param unmarkedTwice how often frames of it without a mark came over two links at once
 */
public record Node(
        long address,
        Kind kind,
        boolean isAnnounced,
        long intervalNs,
        int defects,
        long redBox,
        long firstHeardNs,
        List<Long> heardNs,
        int unmarkedTwice) {
    public Node {
        heardNs = List.copyOf(heardNs);
    }

    /** It was not heard on that link. */
    public static final long NEVER = Long.MIN_VALUE;

    /** How long a node that announces itself so often may be unheard: 3.5 intervals, as IEEE 802.1Q 20.1 has it. */
    public static long patienceNs(long intervalNs) {
        return intervalNs / 2 * 7;
    }

    /**
     * True when a node that is there, and was known or could have been heard before, is heard, but not on one link.
     *
     * @param lastNs     when it was last heard on any link
     * @param hereNs     when it was last heard on the link; {@link #NEVER}
     * @param sinceNs    since when it could have been: as long as it is known, and the link carries
     * @param patienceNs how long it may be unheard
     */
    public static boolean isMissing(long lastNs, long hereNs, long sinceNs, long patienceNs) {
        return lastNs - Math.max(hereNs, sinceNs) > patienceNs;
    }

    /** When it was last heard on any link; {@link #NEVER} for not yet. */
    public long lastHeardNs() {
        return heardNs.stream().mapToLong(Long::longValue).max().orElse(NEVER);
    }

    /** True when it said that it does not hear every node on this link. */
    public boolean hasDefectOn(int link) {
        return (defects & 1 << link) != 0;
    }

    /** What kind of node a sender is (IEC 62439-3). */
    public enum Kind {
        /** Doubly attached: it numbers its frames, or announced itself by supervision frames. */
        DAN("DAN"),

        /** Singly attached: no numbered frame was heard from it. */
        SAN("SAN"),

        /** Announced itself as a RedBox. */
        RED_BOX("RedBox"),

        /** A device behind a RedBox, which speaks for it. */
        VIRTUAL_DAN("VDAN");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As the standard abbreviates it. */
        public String words() {
            return words;
        }
    }
}
