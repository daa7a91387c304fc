package net.twinpath.duppath.stream;

import org.jspecify.annotations.Nullable;

/**
 * Which frames belong to a stream: those that have every value given here (IEEE 802.1CB clause 6). The identification
 * functions of the standard are combinations of fields, and every other combination is allowed too:
 *
 * <pre>
 *  Null, Destination MAC and VLAN   destinationMac, tagged, vlanId
 *  Source MAC and VLAN              sourceMac, tagged, vlanId
 *  IP                               destinationMac, tagged, vlanId, sourcePrefix, destinationPrefix, dscp, protocol,
 *                                   sourcePort, destinationPort
 * </pre>
 *
 * A frame that does not have a field at all, be it cut off or of another kind, does not match a value for it. IP fields
 * are looked for behind no tag, one or two; the prefix {@code 0.0.0.0/0} means any IPv4 packet and {@code ::/0} any of
 * IPv6. What fragments match is told with {@link StreamIdentification}.
 *
 * @param destinationMac    first octet in bits 47 to 40, or {@link #ANY_MAC}
 * @param sourceMac         first octet in bits 47 to 40, or {@link #ANY_MAC}
 * @param tagged            whether the frame must have a VLAN tag
 * @param vlanId            VLAN ID of the outer tag, 1 to 4094, or {@link #ANY_VLAN}; an untagged frame has none
 * @param sourcePrefix      of the IP source address, or null for any frame
 * @param destinationPrefix of the IP destination address, or null for any frame
 * @param dscp              differentiated services code point (RFC 2474), 0 to 63, or {@link #ANY_DSCP}
 * @param protocol          IPv4 protocol, or what follows IPv6's extension headers, 0 to 255, or {@link #ANY_PROTOCOL};
 *                          AH (51) and ESP (50) count as protocols with both
 * @param sourcePort        of TCP, UDP or SCTP, 0 to 65535, or {@link #ANY_PORT}
 * @param destinationPort   of TCP, UDP or SCTP, 0 to 65535, or {@link #ANY_PORT}
 */
public record StreamMatch(
        long destinationMac,
        long sourceMac,
        Tagged tagged,
        int vlanId,
        @Nullable IpPrefix sourcePrefix,
        @Nullable IpPrefix destinationPrefix,
        int dscp,
        int protocol,
        int sourcePort,
        int destinationPort) {
    /** Any MAC address. */
    public static final long ANY_MAC = -1;

    /** Any VLAN ID, or none. */
    public static final int ANY_VLAN = 0;

    /** Any code point, or no IP packet (IEEE 802.1CB 9.1.5.6). */
    public static final int ANY_DSCP = 64;

    /** Any protocol, or no IP packet. */
    public static final int ANY_PROTOCOL = -1;

    /** Any port, or none. */
    public static final int ANY_PORT = -1;

    /** Protocol number of TCP. */
    public static final int TCP = 6;

    /** Protocol number of UDP. */
    public static final int UDP = 17;

    /** Protocol number of SCTP. */
    public static final int SCTP = 132;

    private static final int LAST_VLAN = 4094;
    private static final StreamMatch ANY = new StreamMatch(
            ANY_MAC, ANY_MAC, Tagged.ALL, ANY_VLAN, null, null, ANY_DSCP, ANY_PROTOCOL, ANY_PORT, ANY_PORT);

    /** @throws IllegalArgumentException when a value is out of range, or two of them can never be met by one frame */
    public StreamMatch {
        checkMac("destination MAC", destinationMac);
        checkMac("source MAC", sourceMac);
        checkRange("VLAN ID", vlanId, ANY_VLAN, LAST_VLAN, "1 to 4094, or 0 for any");
        checkRange("DSCP", dscp, 0, ANY_DSCP, "0 to 63, or 64 for any");
        checkRange("protocol", protocol, ANY_PROTOCOL, 255, "0 to 255, or -1 for any");
        checkPort("source port", sourcePort, protocol);
        checkPort("destination port", destinationPort, protocol);
        if (tagged == Tagged.PRIORITY && vlanId != ANY_VLAN) {
            throw new IllegalArgumentException(
                    "VLAN ID %d: no untagged or priority-tagged frame has one; give tagged or all".formatted(vlanId));
        }
        if (sourcePrefix != null && destinationPrefix != null && sourcePrefix.isIpv4() != destinationPrefix.isIpv4()) {
            throw new IllegalArgumentException("source %s and destination %s: must both be IPv4 or both IPv6"
                    .formatted(sourcePrefix, destinationPrefix));
        }
    }

    private static void checkMac(String field, long address) {
        if (address != ANY_MAC && address >>> 48 != 0) {
            throw new IllegalArgumentException("%s %x: must be of 48 bits, or -1 for any".formatted(field, address));
        }
    }

    private static void checkRange(String field, int value, int least, int greatest, String right) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException("%s %d: must be %s".formatted(field, value, right));
        }
    }

    private static void checkPort(String field, int port, int protocol) {
        checkRange(field, port, ANY_PORT, 65_535, "0 to 65535, or -1 for any");
        if (port != ANY_PORT && !hasPorts(protocol)) {
            throw new IllegalArgumentException(
                    "%s %d: needs the protocol to be TCP (6), UDP (17) or SCTP (132), and it is %s"
                            .formatted(field, port, protocol == ANY_PROTOCOL ? "any" : protocol));
        }
    }

    /** True for the protocols whose first four octets are the source and the destination port. */
    static boolean hasPorts(int protocol) {
        return protocol == UDP || protocol == TCP || protocol == SCTP;
    }

    /** The match of every frame. */
    public static StreamMatch any() {
        return ANY;
    }

    /** Starts from {@link #any()}, to be narrowed down. */
    public static Builder builder() {
        return new Builder();
    }

    /** Takes the fields of a match in any order; those not given match any frame. */
    public static final class Builder {
        private long destinationMac = ANY_MAC;
        private long sourceMac = ANY_MAC;
        private Tagged tagged = Tagged.ALL;
        private int vlanId = ANY_VLAN;
        private @Nullable IpPrefix sourcePrefix;
        private @Nullable IpPrefix destinationPrefix;
        private int dscp = ANY_DSCP;
        private int protocol = ANY_PROTOCOL;
        private int sourcePort = ANY_PORT;
        private int destinationPort = ANY_PORT;

        private Builder() {}

        /** See {@link StreamMatch#destinationMac}. */
        public Builder destinationMac(long address) {
            destinationMac = address;
            return this;
        }

        /** See {@link StreamMatch#sourceMac}. */
        public Builder sourceMac(long address) {
            sourceMac = address;
            return this;
        }

        /** See {@link StreamMatch#tagged}. */
        public Builder tagged(Tagged rule) {
            tagged = rule;
            return this;
        }

        /** See {@link StreamMatch#vlanId}. */
        public Builder vlanId(int id) {
            vlanId = id;
            return this;
        }

        /** See {@link StreamMatch#sourcePrefix}. */
        public Builder sourcePrefix(IpPrefix prefix) {
            sourcePrefix = prefix;
            return this;
        }

        /** See {@link StreamMatch#destinationPrefix}. */
        public Builder destinationPrefix(IpPrefix prefix) {
            destinationPrefix = prefix;
            return this;
        }

        /** See {@link StreamMatch#dscp}. */
        public Builder dscp(int codePoint) {
            dscp = codePoint;
            return this;
        }

        /** See {@link StreamMatch#protocol}. */
        public Builder protocol(int number) {
            protocol = number;
            return this;
        }

        /** See {@link StreamMatch#sourcePort}. */
        public Builder sourcePort(int port) {
            sourcePort = port;
            return this;
        }

        /** See {@link StreamMatch#destinationPort}. */
        public Builder destinationPort(int port) {
            destinationPort = port;
            return this;
        }

        /**
         * The match of all that was given.
         *
         * @throws IllegalArgumentException when a value is out of range, or two can never be met by one frame
         */
        public StreamMatch build() {
            return new StreamMatch(
                    destinationMac,
                    sourceMac,
                    tagged,
                    vlanId,
                    sourcePrefix,
                    destinationPrefix,
                    dscp,
                    protocol,
                    sourcePort,
                    destinationPort);
        }
    }
}
