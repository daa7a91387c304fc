package net.twinpath.netlink.route;

import java.net.InetAddress;
import net.twinpath.netlink.family.rtaddr.IfaFlags;

/**
 * An IP address of an interface.
 *
 * @param interfaceIndex index of the interface
 * @param address        the interface's own address
 * @param prefixLength   bits of the network part
 * @param flags          {@code IFA_F_*}
 */
public record Address(int interfaceIndex, InetAddress address, int prefixLength, long flags) {
    /** True while IPv6 still asks whether somebody else has it. */
    public boolean isTentative() {
        return (flags & IfaFlags.IFA_F_TENTATIVE) != 0;
    }

    /** For example {@code 192.0.2.1/24}. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}
