package net.twinpath.duppath.port;

/**
 * An interface as a port finds it.
 *
 * @param interfaceName the interface's name
 * @param ifindex       its index; {@link #ABSENT} of one that is not there
 * @param mtu           octets of payload it carries
 * @param vlan          802.1Q VLAN the path's frames travel in on this link, 1 to 4094; 0 for none
 */
public record PortSettings(String interfaceName, int ifindex, int mtu, int vlan) {
    /** The kernel gives no interface this index. */
    public static final int ABSENT = 0;

    /** Ethernet header and two VLAN tags; the path's own marks are within the MTU. */
    private static final int MAX_HEADER_BYTES = 14 + 2 * 4;

    /** Octets of the longest frame the port takes, without FCS. */
    public int maxFrameBytes() {
        return mtu + MAX_HEADER_BYTES;
    }

    /** Whether the interface is there. */
    public boolean isPresent() {
        return ifindex != ABSENT;
    }

    /** Whether frames that these bring, and those, come over the same link of a path, whatever became of the interface. */
    public boolean isLinkOf(PortSettings other) {
        return interfaceName.equals(other.interfaceName) && vlan == other.vlan;
    }
}
