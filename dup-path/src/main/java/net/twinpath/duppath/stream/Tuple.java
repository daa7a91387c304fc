package net.twinpath.duppath.stream;

import org.jspecify.annotations.Nullable;

/**
 * Which fields a match asks for, and how many bits of the IP addresses; matches of one tuple can share a table.
 *
 * @param fields            bits of {@link Fields}
 * @param sourceLength      prefix length of the source address, 0 when none is asked for
 * @param destinationLength prefix length of the destination address, 0 when none is asked for
 */
record Tuple(int fields, int sourceLength, int destinationLength) {
    static Tuple of(StreamMatch match) {
        return new Tuple(
                ethernetFields(match) | ipFields(match),
                length(match.sourcePrefix()),
                length(match.destinationPrefix()));
    }

    private static int length(@Nullable IpPrefix prefix) {
        return prefix == null ? 0 : prefix.length();
    }

    private static int ethernetFields(StreamMatch match) {
        int fields = 0;
        if (match.destinationMac() != StreamMatch.ANY_MAC) {
            fields |= Fields.DESTINATION_MAC;
        }
        if (match.sourceMac() != StreamMatch.ANY_MAC) {
            fields |= Fields.SOURCE_MAC;
        }
        if (match.vlanId() != StreamMatch.ANY_VLAN) {
            return fields | Fields.VLAN_ID; // a frame that has it has a tag
        }
        return switch (match.tagged()) {
            case TAGGED -> fields | Fields.TAG;
            case PRIORITY -> fields | Fields.NO_VLAN;
            case ALL -> fields;
        };
    }

    private static int ipFields(StreamMatch match) {
        int fields = version(match.sourcePrefix()) | version(match.destinationPrefix());
        if (match.dscp() != StreamMatch.ANY_DSCP) {
            fields |= Fields.DSCP;
        }
        if (match.protocol() != StreamMatch.ANY_PROTOCOL) {
            fields |= Fields.PROTOCOL;
        }
        if (match.sourcePort() != StreamMatch.ANY_PORT) {
            fields |= Fields.SOURCE_PORT;
        }
        if (match.destinationPort() != StreamMatch.ANY_PORT) {
            fields |= Fields.DESTINATION_PORT;
        }
        return fields;
    }

    private static int version(@Nullable IpPrefix prefix) {
        if (prefix == null) {
            return 0;
        }
        return prefix.isIpv4() ? Fields.IPV4 : Fields.IPV6;
    }

    private boolean has(int field) {
        return (fields & field) != 0;
    }

    /** All ones at the places of what is asked for. */
    FieldValues mask() {
        FieldValues mask = new FieldValues();
        mask.destinationMac(has(Fields.DESTINATION_MAC) ? -1 : 0);
        mask.sourceMac(has(Fields.SOURCE_MAC) ? -1 : 0);
        mask.vlanId(has(Fields.VLAN_ID) ? -1 : 0);
        mask.source(IpPrefix.highMask(sourceLength), IpPrefix.lowMask(sourceLength));
        mask.destination(IpPrefix.highMask(destinationLength), IpPrefix.lowMask(destinationLength));
        mask.dscp(has(Fields.DSCP) ? -1 : 0);
        mask.protocol(has(Fields.PROTOCOL) ? -1 : 0);
        mask.sourcePort(has(Fields.SOURCE_PORT) ? -1 : 0);
        mask.destinationPort(has(Fields.DESTINATION_PORT) ? -1 : 0);
        return mask;
    }

    /** The values one of this tuple's matches asks for; where it asks for nothing, 0 or what the mask hides. */
    static FieldValues values(StreamMatch match) {
        FieldValues values = new FieldValues();
        values.destinationMac(match.destinationMac());
        values.sourceMac(match.sourceMac());
        values.vlanId(match.vlanId());
        IpPrefix source = match.sourcePrefix();
        if (source != null) {
            values.source(source.high(), source.low());
        }
        IpPrefix destination = match.destinationPrefix();
        if (destination != null) {
            values.destination(destination.high(), destination.low());
        }
        values.dscp(match.dscp());
        values.protocol(match.protocol());
        values.sourcePort(match.sourcePort());
        values.destinationPort(match.destinationPort());
        return values;
    }
}
