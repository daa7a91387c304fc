package net.twinpath.daemon.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A kernel as strict as the real one: it refuses what Linux refuses, changes by itself what Linux changes by itself, and
 * can refuse once what it would do. Its rules are written down here a second time, from the kernel's source.
 */
final class FakeMachine implements Machine {
    private static final Set<String> ARP_MODES = Set.of("balance-rr", "active-backup", "balance-xor", "broadcast");
    private static final Set<String> PRIMARY_MODES = Set.of("active-backup", "balance-tlb", "balance-alb");
    private static final Set<String> DOWN_OPTIONS = Set.of(
            "mode", "tlb-dynamic-lb", "lacp-active", "lacp-rate", "ad-select", "ad-user-port-key", "coupled-control");
    private static final Set<String> DELAYS = Set.of("updelay", "downdelay", "peer-notif-delay");
    private static final Set<String> LACP_ONLY =
            Set.of("lacp-active", "lacp-rate", "ad-actor-sys-prio", "ad-actor-system", "ad-user-port-key");

    final SortedMap<String, FakeDevice> devices = new TreeMap<>();
    final SortedMap<String, String> sysctls = new TreeMap<>();
    final List<String> performed = new ArrayList<>();

    /** The change with this number is refused, once; negative for none. */
    int refuseAt = -1;

    private int macs = 1;

    String freshMac() {
        return String.format("02:00:00:00:%02x:%02x", macs / 256, macs++ % 256);
    }

    FakeDevice addNic(String name) {
        FakeDevice nic = new FakeDevice(name, "device", freshMac());
        nic.device.put(
                Group.PAUSE, new TreeMap<>(Map.of("autonegotiate", "true", "receive", "false", "transmit", "false")));
        nic.device.put(Group.RING, new TreeMap<>(Map.of("receive", "256", "transmit", "256")));
        nic.device.put(Group.COALESCE, new TreeMap<>(Map.of("receive", "3us", "receive-frames", "8")));
        nic.device.put(Group.CHANNELS, new TreeMap<>(Map.of("combined", "4")));
        nic.device.put(Group.OFFLOAD, new TreeMap<>(Map.of("rx-gro", "true", "tx-checksum-ip-generic", "true")));
        devices.put(name, nic);
        return nic;
    }

    @Override
    public Settings read(Collection<Setting> interest) {
        Settings settings = new Settings();
        devices.values().forEach(device -> describe(device, settings));
        interest.stream()
                .filter(setting -> setting.group() == Group.SYSCTL)
                .forEach(setting -> settings.put(setting, sysctls.getOrDefault(setting.name(), "")));
        return settings;
    }

    @Override
    public Map<Setting, String> ownSysctls(Collection<String> interfaces) {
        Map<Setting, String> own = new TreeMap<>();
        sysctls.forEach((key, value) -> SysctlKey.interfaceOf(key)
                .filter(interfaces::contains)
                .filter(name ->
                        !value.equals(sysctls.get(key.replace("." + name.replace('.', '/') + ".", ".default."))))
                .ifPresent(name -> own.put(Setting.sysctl(key), value)));
        return own;
    }

    @Override
    public List<String> foreignManagers(Collection<String> interfaces) {
        return List.of();
    }

    private void describe(FakeDevice device, Settings to) {
        String name = device.name;
        to.put(Setting.link(name, "kind"), device.kind);
        to.put(Setting.link(name, "up"), Boolean.toString(device.up));
        to.put(
                Setting.link(name, "master"),
                device.master.map(FakeDevice::toString).orElse("none"));
        to.put(Setting.link(name, "link"), device.link.map(FakeDevice::toString).orElse(""));
        to.put(Setting.link(name, "alias"), device.alias);
        to.put(Setting.link(name, "qdisc"), device.qdisc);
        to.put(Setting.link(name, "mtu"), device.isMember() ? "" : Integer.toString(device.mtu));
        to.put(Setting.link(name, "mac"), device.isMember() ? device.macBeforeBond : device.mac);
        if (device.isVlan() && device.mac.equals(device.below().mac)) {
            to.put(Setting.link(name, "mac"), "");
        }
        bondOptions(device).forEach((option, value) -> to.put(new Setting(name, Group.BOND, option), value));
        device.port.forEach((option, value) -> to.put(new Setting(name, Group.PORT, option), value));
        device.vlan.forEach((option, value) -> to.put(new Setting(name, Group.VLAN, option), value));
        device.routes.forEach(route -> to.put(new Setting(name, Group.ROUTE, route), "0a0b"));
        device.addresses.forEach(address -> to.put(new Setting(name, Group.ADDRESS, address), "present"));
        device.device.forEach(
                (group, values) -> values.forEach((option, value) -> to.put(new Setting(name, group, option), value)));
    }

    /** As the kernel tells them: delays in milliseconds, some only with LACP. */
    private SortedMap<String, String> bondOptions(FakeDevice bond) {
        SortedMap<String, String> options = new TreeMap<>(bond.bond);
        if (!bond.isBond()) {
            return options;
        }
        for (String delay : DELAYS) {
            options.put(delay, bond.milliseconds(delay) * bond.milliseconds("miimon") + "ms");
        }
        options.replace("miimon", bond.milliseconds("miimon") + "ms");
        options.replace("arp-interval", bond.milliseconds("arp-interval") + "ms");
        if (!bond.mode().equals("802.3ad")) {
            options.keySet().removeAll(Set.of("ad-actor-sys-prio", "ad-actor-system", "ad-user-port-key"));
        }
        if (!PRIMARY_MODES.contains(bond.mode())
                || members(bond).stream().noneMatch(port -> port.name.equals(options.get("primary")))) {
            options.put("primary", "none");
        }
        return options;
    }

    /** Everything there is, for comparison. */
    String snapshot() {
        StringBuilder text = new StringBuilder();
        Settings settings = read(Set.of());
        settings.all()
                .forEach((setting, value) -> text.append(setting.owner())
                        .append(' ')
                        .append(setting.group())
                        .append(' ')
                        .append(setting.name())
                        .append('=')
                        .append(value)
                        .append('\n'));
        devices.values().forEach(device -> text.append(device.name + " has " + device.mac + " " + device.mtu + "\n"));
        sysctls.forEach((key, value) -> text.append(key + "=" + value + "\n"));
        return text.toString();
    }

    @Override
    public void perform(Change change) throws MachineException {
        if (performed.size() == refuseAt) {
            refuseAt = -1;
            performed.add("refused " + change);
            throw new MachineException("EIO (Input/output error): refused for a test: " + change);
        }
        performed.add(change.toString());
        if (change instanceof Change.Make make) {
            make(make);
        } else if (change instanceof Change.Remove remove) {
            FakeDevice device = device(remove.owner());
            refuseIf(!device.isBond() && !device.isVlan(), "EOPNOTSUPP: a " + device.kind + " cannot be removed");
            remove(device);
        } else if (change instanceof Change.Put put) {
            for (Map.Entry<String, String> value : put.values().entrySet()) {
                put(put, value.getKey(), value.getValue());
            }
        }
    }

    private static void refuseIf(boolean bad, String words) throws MachineException {
        if (bad) {
            throw new MachineException(words);
        }
    }

    FakeDevice device(String name) throws MachineException {
        return Optional.ofNullable(devices.get(name)).orElseThrow(() -> new MachineException("ENODEV: no " + name));
    }

    List<FakeDevice> members(FakeDevice master) {
        return devices.values().stream()
                .filter(device -> device.master.equals(Optional.of(master)))
                .toList();
    }

    private List<FakeDevice> vlansOn(FakeDevice link) {
        return devices.values().stream()
                .filter(device -> device.link.equals(Optional.of(link)) && device.isVlan())
                .toList();
    }

    private void make(Change.Make make) throws MachineException {
        refuseIf(devices.containsKey(make.owner()), "EEXIST: " + make.owner());
        if (make.kind().equals("bond")) {
            makeBond(make.owner(), make.value(Group.BOND, "mode"));
        } else {
            makeVlan(make);
        }
    }

    FakeDevice makeBond(String name, String mode) {
        FakeDevice bond = new FakeDevice(name, "bond", freshMac());
        bond.macIsBorrowed = true;
        bond.maxMtu = 65535;
        Map<String, String> initial = Map.ofEntries(
                Map.entry("miimon", "0"),
                Map.entry("updelay", "0"),
                Map.entry("downdelay", "0"),
                Map.entry("peer-notif-delay", "0"),
                Map.entry("arp-ip-target", "none"),
                Map.entry("ns-ip6-target", "none"),
                Map.entry("arp-interval", "0"),
                Map.entry("arp-missed-max", "2"),
                Map.entry("arp-validate", "none"),
                Map.entry("arp-all-targets", "any"),
                Map.entry("fail-over-mac", "none"),
                Map.entry("primary-reselect", "always"),
                Map.entry("num-peer-notif", "1"),
                Map.entry("resend-igmp", "1"),
                Map.entry("all-slaves-active", "false"),
                Map.entry("xmit-hash-policy", "layer2"),
                Map.entry("packets-per-slave", "1"),
                Map.entry("tlb-dynamic-lb", "true"),
                Map.entry("lp-interval", "1s"),
                Map.entry("lacp-active", "true"),
                Map.entry("lacp-rate", "slow"),
                Map.entry("ad-select", "stable"),
                Map.entry("min-links", "0"),
                Map.entry("ad-actor-sys-prio", "65535"),
                Map.entry("ad-actor-system", "00:00:00:00:00:00"),
                Map.entry("ad-user-port-key", "0"),
                Map.entry("primary", "none"));
        bond.bond.putAll(initial);
        bond.device.put(Group.OFFLOAD, new TreeMap<>(Map.of("rx-gro", "true")));
        devices.put(name, bond);
        setMode(bond, mode);
        return bond;
    }

    private void makeVlan(Change.Make make) throws MachineException {
        FakeDevice link = device(make.with().getOrDefault(Setting.link(make.owner(), "link"), ""));
        FakeDevice vlan = new FakeDevice(make.owner(), "vlan", link.mac);
        vlan.link = Optional.of(link);
        vlan.macIsBorrowed = true;
        vlan.mtu = link.mtu;
        vlan.maxMtu = 65535;
        vlan.vlan.put("id", make.value(Group.VLAN, "id"));
        vlan.vlan.put("protocol", make.value(Group.VLAN, "protocol"));
        refuseIf(vlan.vlan.containsValue(""), "EINVAL: VLAN without id or protocol");
        for (FakeDevice other : vlansOn(link)) {
            refuseIf(
                    Objects.equals(other.vlan.get("id"), vlan.vlan.get("id"))
                            && Objects.equals(other.vlan.get("protocol"), vlan.vlan.get("protocol")),
                    "EEXIST: " + other + " is that VLAN");
        }
        vlan.vlan.putAll(Map.of(
                "reorder-header",
                "true",
                "gvrp",
                "false",
                "mvrp",
                "false",
                "loose-binding",
                "false",
                "bridge-binding",
                "false",
                "ingress-priority",
                "none",
                "egress-priority",
                "none"));
        devices.put(vlan.name, vlan);
        Map.copyOf(sysctls)
                .forEach((key, value) -> sysctls.put(
                        key.replace(".conf.default.", ".conf." + vlan.name.replace('.', '/') + "."), value));
    }

    void remove(FakeDevice device) {
        vlansOn(device).forEach(this::remove);
        members(device).forEach(this::leave);
        if (device.isMember()) {
            leave(device);
        }
        devices.remove(device.name);
        sysctls.keySet().removeIf(key -> SysctlKey.interfaceOf(key).equals(Optional.of(device.name)));
    }

    void put(Change.Put put, String name, String value) throws MachineException {
        if (put.group() == Group.SYSCTL) {
            refuseIf(!sysctls.containsKey(name), "ENOENT: no sysctl " + name);
            sysctls.put(name, value);
            return;
        }
        FakeDevice device = device(put.owner());
        switch (put.group()) {
            case LINK -> putLink(device, name, value);
            case BOND -> putBond(device, name, value);
            case PORT -> putPort(device, name, value);
            case VLAN -> putVlan(device, name, value);
            case ADDRESS -> putAddress(device, name, value);
            case ROUTE -> {
                refuseIf(!device.up, "ENETDOWN: " + device + " is down");
                refuseIf(!value.equals("0a0b") || !device.routes.add(name), "EEXIST: " + name);
            }
            default -> putDevice(device, put.group(), name, value);
        }
    }

    private void putLink(FakeDevice device, String name, String value) throws MachineException {
        switch (name) {
            case "up" -> {
                if (value.equals("true")) {
                    switchOn(device);
                } else {
                    switchOff(device);
                }
            }
            case "mtu" -> {
                refuseIf(device.isMember(), "EBUSY: a bond decides over the MTU of " + device);
                setMtu(device, Integer.parseInt(value));
            }
            case "mac" -> {
                refuseIf(device.isMember(), "EBUSY: a bond decides over the address of " + device);
                if (!keepsMac(device)) {
                    setMac(device, value);
                    device.macIsBorrowed = device.isVlan() && value.equals(device.below().mac);
                }
            }
            case "alias" -> device.alias = value;
            case "master" -> {
                if (value.equals("none")) {
                    refuseIf(device.master.isEmpty(), "EINVAL: " + device + " is no member");
                    leave(device);
                } else {
                    join(device, device(value));
                }
            }
            default -> throw new MachineException("EOPNOTSUPP: " + name + " cannot be set");
        }
    }

    /** The kernel says it is done, and does nothing. */
    private static boolean keepsMac(FakeDevice device) {
        return device.isBond()
                && device.mode().equals("active-backup")
                && !Objects.equals(device.bond.get("fail-over-mac"), "none");
    }

    void switchOn(FakeDevice device) throws MachineException {
        refuseIf(device.isVlan() && !device.below().up && isBound(device), "ENETDOWN: " + device.link + " is down");
        device.up = true;
        for (FakeDevice vlan : vlansOn(device)) {
            if (!vlan.up && isBound(vlan)) {
                switchOn(vlan);
            }
        }
    }

    private static boolean isBound(FakeDevice vlan) {
        return vlan.vlan.getOrDefault("loose-binding", "").equals("false");
    }

    void switchOff(FakeDevice device) {
        device.up = false;
        device.addresses.removeIf(address -> address.contains(":"));
        device.routes.clear();
        for (FakeDevice vlan : vlansOn(device)) {
            if (vlan.up && isBound(vlan)) {
                switchOff(vlan);
            }
        }
    }

    void setMtu(FakeDevice device, int mtu) throws MachineException {
        refuseIf(mtu < 68 || mtu > device.maxMtu, "EINVAL: mtu greater than device maximum");
        refuseIf(device.isVlan() && mtu > device.below().mtu, "ERANGE: more than " + device.link);
        for (FakeDevice port : device.isBond() ? members(device) : List.<FakeDevice>of()) {
            setMtu(port, mtu);
        }
        device.mtu = mtu;
        for (FakeDevice vlan : vlansOn(device)) {
            if (vlan.mtu > mtu) {
                setMtu(vlan, mtu);
            }
        }
    }

    private void setMac(FakeDevice device, String mac) {
        device.mac = mac;
        vlansOn(device).stream().filter(vlan -> vlan.macIsBorrowed).forEach(vlan -> setMac(vlan, mac));
        if (device.isBond()) {
            members(device).forEach(port -> setMac(port, mac));
        }
    }

    void join(FakeDevice port, FakeDevice bond) throws MachineException {
        refuseIf(port.master.isPresent(), "EBUSY: " + port + " is a member of " + port.master);
        if (bond.kind.equals("bridge")) {
            port.master = Optional.of(bond);
            return;
        }
        refuseIf(!bond.isBond(), "EOPNOTSUPP: " + bond + " takes no members");
        refuseIf(port.up, "EPERM: Device can not be enslaved while up");
        refuseIf(port.equals(bond) || port.link.equals(Optional.of(bond)), "ELOOP");
        refuseIf(bond.mtu > port.maxMtu, "EINVAL: mtu greater than device maximum");
        port.macBeforeBond = port.mac;
        port.mtuBeforeBond = port.mtu;
        if (members(bond).isEmpty() && bond.macIsBorrowed) {
            setMac(bond, port.mac);
        }
        port.master = Optional.of(bond);
        setMac(port, bond.mac);
        setMtu(port, bond.mtu);
        switchOn(port);
        port.port.putAll(Map.of("priority", "0", "queue-id", "0"));
    }

    void leave(FakeDevice port) {
        FakeDevice bond = port.master.orElseThrow();
        port.master = Optional.empty();
        port.port.clear();
        switchOff(port);
        try {
            setMac(port, port.macBeforeBond);
            setMtu(port, port.mtuBeforeBond);
        } catch (MachineException e) {
            throw new IllegalStateException(e);
        }
        if (members(bond).isEmpty()) {
            bond.macIsBorrowed = true;
            setMac(bond, freshMac());
        }
    }

    private void putBond(FakeDevice bond, String name, String value) throws MachineException {
        refuseIf(!bond.isBond(), "EOPNOTSUPP: " + bond + " is no bond");
        refuseIf(!bond.bond.containsKey(name), "EINVAL: no option " + name);
        refuseIf(!isOfMode(name, bond.mode()), "EACCES: option not supported in mode: " + name + " in " + bond.mode());
        refuseIf(
                (name.equals("mode") || name.equals("fail-over-mac"))
                        && !members(bond).isEmpty(),
                "ENOTEMPTY: unable to set option because the bond device has slaves");
        refuseIf(DOWN_OPTIONS.contains(name) && bond.up, "EBUSY: unable to set option because the bond is up");
        switch (name) {
            case "mode" -> setMode(bond, value);
            case "miimon" -> setMiimon(bond, milliseconds(value));
            case "updelay", "downdelay", "peer-notif-delay" -> setDelay(bond, name, milliseconds(value));
            case "arp-interval" -> {
                bond.bond.put(name, Integer.toString(milliseconds(value)));
                if (milliseconds(value) > 0) {
                    bond.bond.put("miimon", "0");
                }
            }
            case "primary" -> {
                refuseIf(
                        !value.equals("none") && !device(value).master.equals(Optional.of(bond)),
                        "EINVAL: " + value + " is no member");
                bond.bond.put(name, value);
            }
            default -> bond.bond.put(name, value);
        }
    }

    private static int milliseconds(String value) throws MachineException {
        refuseIf(!value.endsWith("ms"), "EINVAL: " + value);
        return Integer.parseInt(value.substring(0, value.length() - 2));
    }

    private static boolean isOfMode(String name, String mode) {
        if (LACP_ONLY.contains(name)) {
            return mode.equals("802.3ad");
        }
        return switch (name) {
            case "arp-interval", "arp-validate", "arp-missed-max" -> ARP_MODES.contains(mode);
            case "primary" -> PRIMARY_MODES.contains(mode);
            case "packets-per-slave" -> mode.equals("balance-rr");
            case "tlb-dynamic-lb" -> mode.equals("balance-tlb") || mode.equals("balance-alb");
            default -> true;
        };
    }

    private static void setMode(FakeDevice bond, String mode) {
        if (!ARP_MODES.contains(mode)) {
            bond.bond.put("arp-interval", "0");
            if (bond.milliseconds("miimon") == 0) {
                bond.bond.put("miimon", "100");
            }
        }
        if (mode.equals("balance-alb")) {
            bond.bond.put("tlb-dynamic-lb", "true");
        }
        bond.bond.put("arp-validate", "none");
        bond.bond.put("mode", mode);
    }

    private static void setMiimon(FakeDevice bond, int miimon) {
        bond.bond.put("miimon", Integer.toString(miimon));
        if (miimon > 0 && bond.milliseconds("arp-interval") > 0) {
            bond.bond.put("arp-interval", "0");
            bond.bond.put("arp-validate", "none");
        }
    }

    /** Kept as a multiple, rounded down. */
    private static void setDelay(FakeDevice bond, String name, int delay) throws MachineException {
        refuseIf(bond.milliseconds("miimon") == 0, "EPERM: Unable to set " + name + " as MII monitoring is disabled");
        bond.bond.put(name, Integer.toString(delay / bond.milliseconds("miimon")));
    }

    private static void putPort(FakeDevice port, String name, String value) throws MachineException {
        refuseIf(!port.isMember(), "EINVAL: " + port + " is no member");
        refuseIf(
                name.equals("priority")
                        && !PRIMARY_MODES.contains(port.master.orElseThrow().mode()),
                "EACCES: option not supported in mode: priority");
        port.port.put(name, value);
    }

    private static void putVlan(FakeDevice vlan, String name, String value) throws MachineException {
        refuseIf(!vlan.isVlan() || name.equals("id") || name.equals("protocol"), "EOPNOTSUPP: " + name + " of " + vlan);
        vlan.vlan.put(name, value);
    }

    private static void putAddress(FakeDevice device, String address, String value) throws MachineException {
        refuseIf(device.isMember() && address.contains(":"), "EACCES: " + device + " is a member");
        boolean done = value.isEmpty() ? device.addresses.remove(address) : device.addresses.add(address);
        refuseIf(!done, (value.isEmpty() ? "EADDRNOTAVAIL: " : "EEXIST: ") + address);
    }

    private static void putDevice(FakeDevice device, Group group, String name, String value) throws MachineException {
        SortedMap<String, String> values = device.device.getOrDefault(group, new TreeMap<>());
        refuseIf(!values.containsKey(name), "EOPNOTSUPP: " + group + " " + name + " of " + device);
        values.put(name, value);
    }
}
