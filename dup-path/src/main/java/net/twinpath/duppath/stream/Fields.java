package net.twinpath.duppath.stream;

/** The fields a frame can have and a match can ask for, one bit each. */
final class Fields {
    static final int DESTINATION_MAC = 1;
    static final int SOURCE_MAC = 1 << 1;

    /** A VLAN tag of any VLAN ID. */
    static final int TAG = 1 << 2;

    /** No VLAN tag, or one with VLAN ID 0. */
    static final int NO_VLAN = 1 << 3;

    static final int VLAN_ID = 1 << 4;
    static final int IPV4 = 1 << 5;
    static final int IPV6 = 1 << 6;
    static final int DSCP = 1 << 7;
    static final int PROTOCOL = 1 << 8;
    static final int SOURCE_PORT = 1 << 9;
    static final int DESTINATION_PORT = 1 << 10;

    private Fields() {}
}
