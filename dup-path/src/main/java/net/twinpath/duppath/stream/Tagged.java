package net.twinpath.duppath.stream;

/**
 * Which VLAN tag a frame must have to belong to a stream (IEEE 802.1CB 9.1.2.2; YANG {@code
 * vlan-tag-identification-type}). A priority tag, one with VLAN ID 0, satisfies all three.
 */
public enum Tagged {
    /** The frame must have a VLAN tag. */
    TAGGED,

    /** The frame must have no VLAN tag, or one with VLAN ID 0. */
    PRIORITY,

    /** The frame may be tagged or not. */
    ALL
}
