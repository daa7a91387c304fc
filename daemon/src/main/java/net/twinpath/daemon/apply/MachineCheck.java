package net.twinpath.daemon.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.twinpath.config.Inside;
import net.twinpath.config.LinkSettings;
import net.twinpath.config.PathSettings;
import net.twinpath.config.TwinpathConfig;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.Links;

/** What a right configuration meets on this machine, looked at without any privilege and without changing anything. */
public final class MachineCheck {
    private MachineCheck() {}

    /** What is to be said, a line each; empty when there is nothing to say. */
    public static List<String> remarks(TwinpathConfig config) {
        try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE)) {
            return remarks(config, new Links(socket).list(), SysfsDevices.ofThisMachine());
        } catch (ErrnoException | NetlinkException e) {
            return List.of("note: the interfaces of this machine cannot be looked at: " + e.getMessage());
        }
    }

    static List<String> remarks(TwinpathConfig config, List<Link> present, SysfsDevices devices) {
        List<String> remarks = new ArrayList<>();
        Set<String> there = present.stream().map(Link::name).collect(Collectors.toSet());
        config.machine().bonds().forEach(bond -> there.add(bond.name()));
        config.machine().vlans().forEach(vlan -> there.add(vlan.name()));
        for (PathSettings path : config.paths()) {
            remarks.addAll(warnings(path, present, devices));
            remarks.addAll(notes(path, there));
        }
        return remarks;
    }

    private static List<String> warnings(PathSettings path, List<Link> present, SysfsDevices devices) {
        return LinkIndependence.sharedParts(path.linkNames(), present, devices).stream()
                .map(shared -> "warning: " + source(path, shared.second()) + ": path." + path.name() + ".links: "
                        + shared.sentence())
                .toList();
    }

    private static Object source(PathSettings path, String linkName) {
        return path.links().stream()
                .filter(link -> link.interfaceName().equals(linkName))
                .map(LinkSettings::source)
                .findFirst()
                .orElse(path.source());
    }

    /** @param there interfaces that are there or will be made */
    private static List<String> notes(PathSettings path, Set<String> there) {
        List<String> needed = new ArrayList<>(path.linkNames());
        if (path.inside() instanceof Inside.Gateway gateway) {
            needed.add(gateway.interfaceName());
        }
        return needed.stream()
                .filter(name -> !there.contains(name))
                .map(name -> "note: " + name + " is not on this machine now")
                .toList();
    }
}
