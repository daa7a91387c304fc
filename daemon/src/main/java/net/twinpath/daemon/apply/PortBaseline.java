package net.twinpath.daemon.apply;

import java.io.IOException;
import java.util.List;
import net.twinpath.netlink.route.Link;

/**
 * How an interface was before a path took it over, as far as paths change interfaces.
 *
 * @param mtu         octets of payload
 * @param isUp        whether it was switched on
 * @param hasArp      whether the kernel asked and answered ARP on it
 * @param disableIpv6 the sysctl of that name; empty where the kernel has no IPv6
 * @param merging     offloads that merge received frames, those that were on and can be switched
 */
record PortBaseline(int mtu, boolean isUp, boolean hasArp, String disableIpv6, List<String> merging) {
    PortBaseline {
        merging = List.copyOf(merging);
    }

    static PortBaseline of(Link link, Interfaces interfaces) throws IOException {
        return new PortBaseline(
                link.mtu(),
                link.isUp(),
                !link.isNoArp(),
                InterfaceSysctl.disableIpv6(link.name()),
                Offloads.merging(link, interfaces.features()));
    }
}
