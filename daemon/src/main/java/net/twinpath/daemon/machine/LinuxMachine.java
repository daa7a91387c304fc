package net.twinpath.daemon.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jnr.constants.platform.Errno;
import net.twinpath.config.value.InterfaceAddress;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.route.Address;
import net.twinpath.netlink.route.Addresses;
import net.twinpath.netlink.route.Bond;
import net.twinpath.netlink.route.BondChoice;
import net.twinpath.netlink.route.BondOption;
import net.twinpath.netlink.route.BondOptions;
import net.twinpath.netlink.route.BondPort;
import net.twinpath.netlink.route.Bonds;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.Links;
import net.twinpath.netlink.route.MacAddress;
import net.twinpath.netlink.route.Route;
import net.twinpath.netlink.route.Routes;
import net.twinpath.netlink.route.Vlan;
import net.twinpath.netlink.route.VlanOptions;
import net.twinpath.netlink.route.Vlans;

/** The kernel, by netlink and {@code /proc/sys}, in the network namespace of the thread that made it. */
public final class LinuxMachine implements Machine, AutoCloseable {
    private static final String VETH = "veth";

    private final NetlinkSocket route = NetlinkSocket.open(Netlink.NETLINK_ROUTE);
    private final NetlinkSocket generic = NetlinkSocket.open(Netlink.NETLINK_GENERIC);
    private final Links links = new Links(route);
    private final Bonds bonds = new Bonds(route);
    private final Vlans vlans = new Vlans(route);
    private final Addresses addresses = new Addresses(route);
    private final Routes routes = new Routes(route);
    private final EthtoolDevices devices = new EthtoolDevices(generic);
    private final SysctlFiles sysctls = new SysctlFiles(Path.of("/proc/sys"));
    private final ForeignManagers managers = ForeignManagers.ofThisMachine();

    @Override
    public Settings read(Collection<Setting> interest) throws MachineException {
        try {
            Settings settings = new Settings();
            List<Link> present = links.list();
            Map<Integer, Link> byIndex = new HashMap<>();
            present.forEach(link -> byIndex.put(link.index(), link));
            present.forEach(link -> describe(link, byIndex, settings));
            bonds.list().forEach(bond -> describe(bond, byIndex, settings));
            vlans.list().forEach(vlan -> describe(vlan, settings));
            describeAddresses(byIndex, interest, settings);
            if (interest.stream().anyMatch(setting -> setting.group() == Group.ROUTE)) {
                describeRoutes(byIndex, settings);
            }
            for (Link link : present) {
                devices.describe(link, interest, settings);
            }
            sysctls.describe(interest, settings);
            return settings;
        } catch (NetlinkException | ErrnoException e) {
            throw new MachineException(String.valueOf(e.getMessage()));
        }
    }

    private static void describe(Link link, Map<Integer, Link> present, Settings to) {
        String name = link.name();
        String kind = link.kind();
        to.put(Setting.link(name, Setting.KIND), kind == null ? Setting.DEVICE : kind);
        to.put(Setting.link(name, Setting.UP), Boolean.toString(link.isUp()));
        to.put(Setting.link(name, Setting.MTU), Integer.toString(link.mtu()));
        Link master = present.get(link.masterIndex());
        to.put(Setting.link(name, Setting.MASTER), master == null ? Setting.NONE : master.name());
        Link below = link.linkedNamespace().isPresent() ? null : present.get(link.linkedIndex());
        if (kind != null && !kind.equals(VETH) && below != null) {
            to.put(Setting.link(name, Setting.LINK), below.name());
        }
        String alias = link.alias();
        to.put(Setting.link(name, Setting.ALIAS), alias == null ? Setting.ABSENT : alias);
        MacAddress mac = link.address();
        boolean follows = Setting.VLAN.equals(kind) && below != null && mac != null && mac.equals(below.address());
        if (mac != null && !follows) {
            to.put(Setting.link(name, Setting.MAC), mac.toString());
        }
    }

    private void describe(Bond bond, Map<Integer, Link> present, Settings to) {
        String name = bond.link().name();
        for (BondSetting setting : BondSetting.values()) {
            if (setting != BondSetting.PRIMARY) {
                to.put(setting.of(name), BondOptionText.of(setting).text(bond.options()));
            }
        }
        Link primary = present.get(bond.options().get(BondOption.PRIMARY).orElse(0));
        to.put(BondSetting.PRIMARY.of(name), primary == null ? Setting.NONE : primary.name());
        bonds.ports(bond.link()).forEach(port -> describe(port, to));
    }

    /** A member has its own address and MTU again when it leaves; of these only the address is told. */
    private static void describe(BondPort port, Settings to) {
        String name = port.link().name();
        to.put(Setting.link(name, Setting.MTU), Setting.ABSENT);
        MacAddress own = port.originalAddress();
        if (own != null) {
            to.put(Setting.link(name, Setting.MAC), own.toString());
        }
        to.put(new Setting(name, Group.PORT, PortSetting.QUEUE_ID), Integer.toString(port.queueId()));
        Integer priority = port.priority();
        to.put(
                new Setting(name, Group.PORT, PortSetting.PRIORITY),
                priority == null ? Setting.ABSENT : priority.toString());
    }

    private static void describe(Vlan vlan, Settings to) {
        String name = vlan.link().name();
        to.put(Setting.link(name, Setting.QDISC), vlan.hasOwnQdisc() ? vlan.qdisc() : Setting.ABSENT);
        VlanOptions options = vlan.options();
        to.put(VlanSetting.of(name, VlanSetting.ID), Integer.toString(options.id()));
        to.put(VlanSetting.of(name, VlanSetting.PROTOCOL), options.protocol().toString());
        VlanText.FLAGS.forEach((key, flag) -> to.put(
                VlanSetting.of(name, key), Boolean.toString(options.flags().contains(flag))));
        to.put(VlanSetting.of(name, VlanSetting.INGRESS_PRIORITY), Configured.priorities(options.ingress()));
        to.put(VlanSetting.of(name, VlanSetting.EGRESS_PRIORITY), Configured.priorities(options.egress()));
    }

    /** Addresses the kernel gives by itself are looked at only where they are named. */
    private void describeAddresses(Map<Integer, Link> present, Collection<Setting> interest, Settings to) {
        for (Address address : addresses.list()) {
            Link link = present.get(address.interfaceIndex());
            if (link != null) {
                Setting setting = new Setting(link.name(), Group.ADDRESS, AddressText.name(address));
                if (!AddressText.isAutomatic(address) || interest.contains(setting)) {
                    to.put(setting, AddressText.value(address));
                }
            }
        }
    }

    private void describeRoutes(Map<Integer, Link> present, Settings to) {
        for (Route route : routes.list()) {
            Link link = present.get(route.interfaceIndex());
            if (link != null) {
                to.put(new Setting(link.name(), Group.ROUTE, route.text()), route.octets());
            }
        }
    }

    @Override
    public Map<Setting, String> ownSysctls(Collection<String> interfaces) {
        return interfaces.stream()
                .flatMap(name -> sysctls.ownOf(name).entrySet().stream())
                .collect(Collectors.toMap(own -> Setting.sysctl(own.getKey()), Map.Entry::getValue));
    }

    @Override
    public List<String> foreignManagers(Collection<String> interfaces) {
        try {
            return links.list().stream()
                    .filter(link -> interfaces.contains(link.name()))
                    .flatMap(link -> managers.warning(link.name(), link.index()).stream())
                    .toList();
        } catch (NetlinkException e) {
            return List.of();
        }
    }

    @Override
    public void perform(Change change) throws MachineException {
        try {
            if (change instanceof Change.Make make) {
                make(make);
            } else if (change instanceof Change.Put put) {
                put(put);
            } else {
                links.delete(change.owner());
            }
        } catch (NetlinkException | ErrnoException | IllegalArgumentException e) {
            throw new MachineException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new MachineException(e.toString());
        }
    }

    private Link find(String name) throws MachineException {
        return links.find(name).orElseThrow(() -> new MachineException(name + " is not there any more"));
    }

    private void make(Change.Make make) throws MachineException {
        if (make.kind().equals(Setting.BOND)) {
            makeBond(make.owner(), make.value(Group.BOND, BondSetting.MODE.key()));
        } else {
            Link below = find(make.with().getOrDefault(Setting.link(make.owner(), Setting.LINK), Setting.ABSENT));
            int id = Integer.parseInt(make.value(Group.VLAN, VlanSetting.ID));
            VlanOptions options =
                    VlanOptions.of(id).with(VlanText.protocol(make.value(Group.VLAN, VlanSetting.PROTOCOL)));
            vlans.create(make.owner(), below, options);
        }
    }

    /** Loading the bonding module makes a bond0 by itself where max_bonds is not 0. */
    private void makeBond(String name, String mode) throws MachineException {
        BondOptions options = BondOptionText.of(BondSetting.MODE).options(mode);
        try {
            bonds.create(name, options);
        } catch (NetlinkException e) {
            boolean fresh = e.is(Errno.EEXIST)
                    && bonds.find(name).filter(bond -> isUntouched(bond)).isPresent();
            if (!fresh) {
                throw e;
            }
            bonds.change(find(name), options);
        }
    }

    private boolean isUntouched(Bond bond) {
        return !bond.link().isUp()
                && bond.options().get(BondOption.MODE).equals(Optional.of(BondChoice.Mode.BALANCE_RR))
                && bonds.ports(bond.link()).isEmpty();
    }

    private void put(Change.Put put) throws MachineException, IOException {
        if (put.group() == Group.SYSCTL) {
            for (Map.Entry<String, String> value : put.values().entrySet()) {
                sysctls.write(value.getKey(), value.getValue());
            }
            return;
        }
        Link link = find(put.owner());
        if (put.group().isOfTheDevice()) {
            devices.set(link, put.group(), put.values());
            return;
        }
        for (Map.Entry<String, String> value : put.values().entrySet()) {
            put(link, put.setting(value.getKey()), value.getValue());
        }
    }

    private void put(Link link, Setting setting, String value) throws MachineException {
        switch (setting.group()) {
            case LINK -> putLink(link, setting.name(), value);
            case BOND -> bonds.change(link, bondOptions(setting, value));
            case PORT -> putPort(link, setting.name(), Integer.parseInt(value));
            case VLAN -> putVlan(link, setting.name(), value);
            case ADDRESS -> putAddress(link, setting.name(), value);
            case ROUTE -> routes.restore(link, new Route(link.index(), setting.name(), value));
            default -> throw new IllegalArgumentException(setting + " is set in another way");
        }
    }

    private void putLink(Link link, String name, String value) throws MachineException {
        switch (name) {
            case Setting.UP -> {
                if (value.equals(Setting.TRUE)) {
                    links.setUp(link);
                } else {
                    links.setDown(link);
                }
            }
            case Setting.MTU -> links.setMtu(link, Integer.parseInt(value));
            case Setting.MAC -> putMac(link, MacAddress.parse(value));
            case Setting.ALIAS -> links.setAlias(link, value);
            case Setting.MASTER -> {
                if (value.equals(Setting.NONE)) {
                    links.release(link);
                } else {
                    links.setMaster(link, find(value));
                }
            }
            default -> throw new IllegalArgumentException(name + " of " + link.name() + " cannot be set");
        }
    }

    /** Some drivers take another address only while the interface is off. */
    private void putMac(Link link, MacAddress mac) {
        try {
            links.setAddress(link, mac);
        } catch (NetlinkException e) {
            if (!e.is(Errno.EBUSY) || !link.isUp()) {
                throw e;
            }
            keepingAddresses(link, () -> {
                links.setDown(link);
                try {
                    links.setAddress(link, mac);
                } finally {
                    links.setUp(link);
                }
            });
        }
        moveLinkLocal(link, mac);
    }

    /** The kernel makes the link-local address of the MAC when the interface comes up, and not again when that changes. */
    private void moveLinkLocal(Link link, MacAddress mac) {
        MacAddress before = link.address();
        if (before == null || before.equals(mac)) {
            return;
        }
        for (Address address : addresses.list(link)) {
            if (address.address().equals(before.linkLocalAddress())) {
                addresses.restore(link, List.of(address.at(mac.linkLocalAddress())));
                addresses.delete(link, address);
            }
        }
    }

    /** Puts back the addresses that go with a change and were not meant to. */
    private void keepingAddresses(Link link, Runnable change) {
        List<Address> before = addresses.list(link);
        change.run();
        List<Address> after = addresses.list(link);
        Predicate<Address> there = address ->
                after.stream().anyMatch(other -> AddressText.name(other).equals(AddressText.name(address)));
        addresses.restore(
                link,
                before.stream()
                        .filter(address -> !AddressText.isAutomatic(address) && !there.test(address))
                        .toList());
    }

    private BondOptions bondOptions(Setting setting, String value) throws MachineException {
        BondSetting option = BondSetting.of(setting)
                .orElseThrow(() -> new IllegalArgumentException(setting + " is no option of a bond"));
        if (option != BondSetting.PRIMARY) {
            return BondOptionText.of(option).options(value);
        }
        int index = value.equals(Setting.NONE) ? 0 : find(value).index();
        return BondOptions.NONE.with(BondOption.PRIMARY, index);
    }

    private void putPort(Link port, String name, int value) {
        if (name.equals(PortSetting.QUEUE_ID)) {
            bonds.setQueueId(port, value);
        } else {
            bonds.setPriority(port, value);
        }
    }

    private void putVlan(Link link, String name, String value) throws MachineException {
        VlanOptions now = vlans.find(link.name())
                .orElseThrow(() -> new MachineException(link.name() + " is no VLAN"))
                .options();
        vlans.change(link, now, VlanText.with(now, name, value));
    }

    /** IPv4 addresses can go with the first one of their network. */
    private void putAddress(Link link, String name, String value) {
        if (value.equals(Setting.PRESENT)) {
            InterfaceAddress address = AddressText.parseName(name);
            addresses.add(link, address.address(), address.prefixLength());
        } else if (!value.isEmpty()) {
            addresses.restore(link, List.of(AddressText.parse(name, value, link.index())));
        } else {
            deleteAddress(link, name);
        }
    }

    private void deleteAddress(Link link, String name) {
        List<Address> before = addresses.list(link);
        before.stream()
                .filter(address -> AddressText.name(address).equals(name))
                .forEach(address -> addresses.delete(link, address));
        SortedMap<String, Address> lost = new TreeMap<>();
        before.forEach(address -> lost.put(AddressText.name(address), address));
        lost.remove(name);
        addresses.list(link).forEach(address -> lost.remove(AddressText.name(address)));
        addresses.restore(
                link,
                lost.values().stream()
                        .filter(address -> !AddressText.isAutomatic(address))
                        .toList());
    }

    @Override
    public void close() {
        route.close();
        generic.close();
    }
}
