package net.twinpath.duppath.nodes;

import java.util.List;

/**
 * A sender heard on the links, as it was known at one moment.
 *
 * @param address    its address, first octet in bits 47 to 40
 * @param kind       what is known of it
 * @param redBox     address of the RedBox that speaks for a {@link Kind#VIRTUAL_DAN}; 0 otherwise
 * @param heardNs when it was last heard on each link, LAN A first, by the clock of the path; {@link #NEVER} for not yet
 */
public record Node(long address, Kind kind, long redBox, List<Long> heardNs) {
    public Node {
        heardNs = List.copyOf(heardNs);
    }

    /** It was not heard on that link. */
    public static final long NEVER = Long.MIN_VALUE;

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
