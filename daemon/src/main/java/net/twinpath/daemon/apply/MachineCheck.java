package net.twinpath.daemon.apply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.twinpath.config.Inside;
import net.twinpath.config.LinkSettings;
import net.twinpath.config.PathSettings;
import net.twinpath.config.TwinpathConfig;
import net.twinpath.config.machine.BondMode;
import net.twinpath.config.machine.BondSettings;
import net.twinpath.config.machine.VlanSettings;
import net.twinpath.daemon.apply.MachineRemark.Level;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.route.Address;
import net.twinpath.netlink.route.Addresses;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.Links;

/** What a right configuration meets on this machine, looked at without any privilege and without changing anything. */
public final class MachineCheck {
    private final List<Link> present;
    private final Function<Link, List<Address>> addresses;
    private final SysfsDevices devices;
    private final List<MachineRemark> remarks = new ArrayList<>();
    private boolean keepsFromStarting;

    /** What the configuration makes. */
    private final Set<String> expected = new HashSet<>();

    private MachineCheck(List<Link> present, Function<Link, List<Address>> addresses, SysfsDevices devices) {
        this.present = present;
        this.addresses = addresses;
        this.devices = devices;
    }

    /** Looks at this machine; where it cannot be looked at, that is said. */
    public static MachineCheck of(TwinpathConfig config) {
        try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE)) {
            return look(config, new Links(socket).list(), new Addresses(socket)::list, SysfsDevices.ofThisMachine());
        } catch (ErrnoException | NetlinkException e) {
            MachineCheck blind = new MachineCheck(List.of(), link -> List.of(), SysfsDevices.ofThisMachine());
            blind.keepsFromStarting = true;
            blind.remark(Level.NOTE, "the interfaces of this machine cannot be looked at: " + e.getMessage());
            return blind;
        }
    }

    /** What is to be said; empty when there is nothing to say. */
    public List<MachineRemark> remarks() {
        return remarks;
    }

    /**
     * Whether the paths can start at once: of each one link at least and the inside port are there, or made by the file, and
     * all that are there may be taken.
     */
    public boolean allowsStart() {
        return !keepsFromStarting;
    }

    static MachineCheck look(
            TwinpathConfig config, List<Link> present, Function<Link, List<Address>> addresses, SysfsDevices devices) {
        MachineCheck check = new MachineCheck(present, addresses, devices);
        config.machine().bonds().forEach(bond -> check.expected.add(bond.name()));
        config.machine().vlans().forEach(vlan -> check.expected.add(vlan.name()));
        config.machine().bonds().stream()
                .filter(bond -> bond.mode() == BondMode.BALANCE_TLB)
                .forEach(bond -> check.lookForVlans(bond, config.machine().vlans()));
        config.paths().forEach(check::look);
        return check;
    }

    /** The kernel gives a member of such a bond another address without telling it ({@code alb_set_slave_mac_addr}). */
    private void lookForVlans(BondSettings bond, List<VlanSettings> vlans) {
        for (VlanSettings vlan : vlans) {
            if (bond.memberNames().contains(vlan.name())) {
                remark(
                        Level.WARNING,
                        bond.source() + ": bond." + bond.name()
                                + ".members: in a bond of mode \"balance-tlb\" the VLAN "
                                + vlan.name() + " leaves " + vlan.link()
                                + " promiscuous for good; mode \"balance-alb\" does not");
            }
        }
    }

    private void look(PathSettings path) {
        PathGround.nameObjection(path, present).ifPresent(objection -> {
            keepsFromStarting = true;
            remark(Level.ERROR, objection);
        });
        for (LinkSettings link : path.links()) {
            object(link.interfaceName(), PathGround.context(path, link));
        }
        if (path.inside() instanceof Inside.Gateway gateway) {
            object(gateway.interfaceName(), PathGround.context(path, gateway));
        }
        for (SharedPart shared : LinkIndependence.sharedParts(path.linkNames(), present, devices)) {
            remark(
                    Level.WARNING,
                    source(path, shared.second()) + ": path." + path.name() + ".links: " + shared.sentence());
        }
        path.linkNames().forEach(this::noteMissing);
        if (path.linkNames().stream().allMatch(this::isMissing)) {
            keepsFromStarting = true;
            remark(Level.NOTE, path.name() + " cannot start until one of its links is there");
        }
        if (path.inside() instanceof Inside.Gateway gateway) {
            noteMissing(gateway.interfaceName());
            keepsFromStarting |= isMissing(gateway.interfaceName());
        }
    }

    private void object(String name, String context) {
        Optional<LinkObjection> objection =
                find(name).flatMap(link -> LinkObjection.to(link, present, addresses.apply(link)));
        if (objection.isPresent()) {
            keepsFromStarting = true;
            String sentence = context + ": " + objection.get().sentence();
            if (objection.get().isLasting()) {
                remark(Level.ERROR, sentence);
            } else {
                remark(Level.WARNING, sentence + "; until then twinpathd does not start");
            }
        }
    }

    private static Object source(PathSettings path, String linkName) {
        return path.links().stream()
                .filter(link -> link.interfaceName().equals(linkName))
                .map(LinkSettings::source)
                .findFirst()
                .orElse(path.source());
    }

    private void noteMissing(String name) {
        if (isMissing(name)) {
            remark(Level.NOTE, name + " is not on this machine now");
        }
    }

    private boolean isMissing(String name) {
        return find(name).isEmpty() && !expected.contains(name);
    }

    private Optional<Link> find(String name) {
        return present.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    private void remark(Level level, String sentence) {
        remarks.add(new MachineRemark(level, sentence));
    }
}
