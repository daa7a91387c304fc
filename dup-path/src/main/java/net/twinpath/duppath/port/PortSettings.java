package net.twinpath.duppath.port;

/**
 * An interface as a port finds it.
 *
 * @param interfaceName the interface's name
 * @param ifindex       its index
 * @param mtu           octets of payload it carries
 */
public record PortSettings(String interfaceName, int ifindex, int mtu) {
    /** Ethernet header and two VLAN tags. */
    private static final int MAX_HEADER_BYTES = 14 + 2 * 4;

    /** Octets of the longest frame the port takes, without FCS. */
    public int maxFrameBytes() {
        return mtu + MAX_HEADER_BYTES;
    }
}
