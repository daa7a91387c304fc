package net.twinpath.daemon.machine;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.twinpath.config.machine.BondBalancing;
import net.twinpath.config.machine.BondFailover;
import net.twinpath.config.machine.BondMemberSettings;
import net.twinpath.config.machine.BondMonitor;
import net.twinpath.config.machine.BondSettings;
import net.twinpath.config.machine.ChannelSettings;
import net.twinpath.config.machine.CoalesceSettings;
import net.twinpath.config.machine.DeviceSettings;
import net.twinpath.config.machine.InterfaceSettings;
import net.twinpath.config.machine.LacpSettings;
import net.twinpath.config.machine.MachineSettings;
import net.twinpath.config.machine.PauseSettings;
import net.twinpath.config.machine.RingSettings;
import net.twinpath.config.machine.SysctlSettings;
import net.twinpath.config.machine.VlanFlags;
import net.twinpath.config.machine.VlanSettings;
import net.twinpath.config.toml.ConfigPosition;
import net.twinpath.config.toml.TableSource;
import net.twinpath.config.value.Keyword;
import net.twinpath.netlink.route.MacAddress;

/**
 * Reads the tables of a configuration as settings. What they mean without saying so is among them: bonds and VLANs are
 * switched on, and so is what carries a VLAN or has an address.
 */
public final class Configured {
    private final SortedMap<Setting, String> values = new TreeMap<>();
    private final Map<String, List<String>> members = new HashMap<>();
    private final Map<String, Wanted.Place> places = new HashMap<>();
    private final Set<Setting> optional = new HashSet<>();

    private Configured() {}

    /** Everything the tables say. */
    public static Wanted of(MachineSettings settings) {
        Configured configured = new Configured();
        configured.addSysctls(settings.sysctl());
        settings.bonds().forEach(configured::addBond);
        settings.vlans().forEach(configured::addVlan);
        settings.interfaces().forEach(configured::addInterface);
        return new Wanted(configured.values, configured.members, configured.places, configured.optional);
    }

    private void addSysctls(SysctlSettings sysctl) {
        sysctl.settings().forEach(setting -> {
            Setting named = Setting.sysctl(setting.key());
            values.put(named, setting.value());
            places.put(setting.key(), place(setting.source(), "sysctl.\"" + setting.key() + "\""));
            if (setting.reason().isPresent()) {
                optional.add(named);
            }
        });
    }

    private void addBond(BondSettings bond) {
        String name = bond.name();
        begin(name, "bond", bond.source());
        put(name, Group.LINK, Setting.KIND, Setting.BOND);
        put(name, Group.LINK, Setting.UP, Setting.TRUE);
        put(BondSetting.MODE.of(name), bond.mode().text());
        addMonitor(name, bond.monitor());
        addFailover(name, bond.failover());
        addBalancing(name, bond.balancing());
        addLacp(name, bond.lacp());
        addDevice(name, bond.device());
        members.put(name, bond.memberNames());
        bond.members().forEach(member -> addMember(bond, member));
    }

    private static Wanted.Place place(ConfigPosition position, String name) {
        return new Wanted.Place(TableSource.at(position), name);
    }

    private void begin(String owner, String table, TableSource source) {
        places.put(owner, new Wanted.Place(source, table + "." + owner));
    }

    private void put(Setting setting, String value) {
        values.put(setting, value);
    }

    private void put(String owner, Group group, String name, String value) {
        put(new Setting(owner, group, name), value);
    }

    private void addMember(BondSettings bond, BondMemberSettings member) {
        String port = member.interfaceName();
        places.putIfAbsent(port, place(member.source(), "bond." + bond.name() + ".members: " + port));
        put(port, Group.LINK, Setting.MASTER, bond.name());
        number(port, Group.PORT, PortSetting.PRIORITY, member.priority());
        number(port, Group.PORT, PortSetting.QUEUE_ID, member.queueId());
    }

    private void number(String owner, Group group, String name, OptionalInt value) {
        value.ifPresent(number -> put(owner, group, name, Integer.toString(number)));
    }

    private void flag(String owner, Group group, String name, Optional<Boolean> value) {
        value.ifPresent(on -> put(owner, group, name, on.toString()));
    }

    /** One way of monitoring is off when the other is on. */
    private void addMonitor(String bond, BondMonitor monitor) {
        if (monitor instanceof BondMonitor.Carrier carrier) {
            put(BondSetting.MIIMON.of(bond), milliseconds(carrier.interval()));
            put(BondSetting.ARP_INTERVAL.of(bond), BondSetting.NO_TIME);
            milliseconds(BondSetting.UPDELAY.of(bond), carrier.upDelay());
            milliseconds(BondSetting.DOWNDELAY.of(bond), carrier.downDelay());
        } else if (monitor instanceof BondMonitor.Arp arp) {
            put(BondSetting.MIIMON.of(bond), BondSetting.NO_TIME);
            put(BondSetting.ARP_INTERVAL.of(bond), milliseconds(arp.interval()));
            put(BondSetting.ARP_IP_TARGET.of(bond), addresses(arp.ipTargets()));
            put(BondSetting.NS_IP6_TARGET.of(bond), addresses(arp.ip6Targets()));
            keyword(BondSetting.ARP_VALIDATE.of(bond), arp.validate());
            keyword(BondSetting.ARP_ALL_TARGETS.of(bond), arp.allTargets());
            number(bond, Group.BOND, BondSetting.ARP_MISSED_MAX.key(), arp.missedMax());
        }
    }

    private static String milliseconds(Duration duration) {
        return duration.toMillis() + "ms";
    }

    private void milliseconds(Setting setting, Optional<Duration> duration) {
        duration.ifPresent(time -> put(setting, milliseconds(time)));
    }

    static String addresses(Collection<? extends InetAddress> addresses) {
        return addresses.isEmpty()
                ? Setting.NONE
                : addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" "));
    }

    private void keyword(Setting setting, Optional<? extends Keyword> value) {
        value.ifPresent(keyword -> put(setting, keyword.text()));
    }

    private void addFailover(String bond, BondFailover failover) {
        failover.primary().ifPresent(port -> put(BondSetting.PRIMARY.of(bond), port));
        keyword(BondSetting.PRIMARY_RESELECT.of(bond), failover.primaryReselect());
        keyword(BondSetting.FAIL_OVER_MAC.of(bond), failover.failOverMac());
        number(bond, Group.BOND, BondSetting.NUM_PEER_NOTIF.key(), failover.numPeerNotif());
        milliseconds(BondSetting.PEER_NOTIF_DELAY.of(bond), failover.peerNotifDelay());
        number(bond, Group.BOND, BondSetting.RESEND_IGMP.key(), failover.resendIgmp());
        flag(bond, Group.BOND, BondSetting.ALL_SLAVES_ACTIVE.key(), failover.allSlavesActive());
    }

    private void addBalancing(String bond, BondBalancing balancing) {
        keyword(BondSetting.XMIT_HASH_POLICY.of(bond), balancing.xmitHashPolicy());
        number(bond, Group.BOND, BondSetting.PACKETS_PER_SLAVE.key(), balancing.packetsPerSlave());
        flag(bond, Group.BOND, BondSetting.TLB_DYNAMIC_LB.key(), balancing.tlbDynamicLb());
        balancing.lpInterval().ifPresent(time -> put(BondSetting.LP_INTERVAL.of(bond), time.toSeconds() + "s"));
    }

    private void addLacp(String bond, LacpSettings lacp) {
        flag(bond, Group.BOND, BondSetting.LACP_ACTIVE.key(), lacp.active());
        keyword(BondSetting.LACP_RATE.of(bond), lacp.rate());
        keyword(BondSetting.AD_SELECT.of(bond), lacp.adSelect());
        number(bond, Group.BOND, BondSetting.MIN_LINKS.key(), lacp.minLinks());
        number(bond, Group.BOND, BondSetting.AD_ACTOR_SYS_PRIO.key(), lacp.actorSystemPriority());
        mac(BondSetting.AD_ACTOR_SYSTEM.of(bond), lacp.actorSystem());
        number(bond, Group.BOND, BondSetting.AD_USER_PORT_KEY.key(), lacp.userPortKey());
        flag(bond, Group.BOND, BondSetting.COUPLED_CONTROL.key(), lacp.coupledControl());
    }

    private void mac(Setting setting, OptionalLong address) {
        address.ifPresent(bits -> put(setting, new MacAddress(bits).toString()));
    }

    private void addDevice(String owner, DeviceSettings device) {
        number(owner, Group.LINK, Setting.MTU, device.mtu());
        mac(Setting.link(owner, Setting.MAC), device.mac());
        device.addresses().forEach(address -> put(owner, Group.ADDRESS, address.toString(), Setting.PRESENT));
        device.offloads().forEach((feature, on) -> put(owner, Group.OFFLOAD, feature, on.toString()));
    }

    private void addVlan(VlanSettings vlan) {
        String name = vlan.name();
        begin(name, "vlan", vlan.source());
        put(name, Group.LINK, Setting.KIND, Setting.VLAN);
        put(name, Group.LINK, Setting.LINK, vlan.link());
        put(name, Group.LINK, Setting.UP, Setting.TRUE);
        places.putIfAbsent(
                vlan.link(), place(vlan.source().of(Setting.LINK), "vlan." + name + ".link: " + vlan.link()));
        put(vlan.link(), Group.LINK, Setting.UP, Setting.TRUE);
        put(name, Group.VLAN, VlanSetting.ID, Integer.toString(vlan.id()));
        put(name, Group.VLAN, VlanSetting.PROTOCOL, vlan.protocol().text());
        addFlags(name, vlan.flags());
        put(name, Group.VLAN, VlanSetting.INGRESS_PRIORITY, priorities(vlan.ingressPriority()));
        put(name, Group.VLAN, VlanSetting.EGRESS_PRIORITY, priorities(vlan.egressPriority()));
        addDevice(name, vlan.device());
    }

    private void addFlags(String vlan, VlanFlags flags) {
        put(vlan, Group.VLAN, VlanSetting.REORDER_HEADER, Boolean.toString(flags.reorderHeader()));
        put(vlan, Group.VLAN, VlanSetting.GVRP, Boolean.toString(flags.gvrp()));
        put(vlan, Group.VLAN, VlanSetting.MVRP, Boolean.toString(flags.mvrp()));
        put(vlan, Group.VLAN, VlanSetting.LOOSE_BINDING, Boolean.toString(flags.looseBinding()));
        put(vlan, Group.VLAN, VlanSetting.BRIDGE_BINDING, Boolean.toString(flags.bridgeBinding()));
    }

    /** For example {@code 5:5 6:6}; the kernel has no place for what is mapped to 0. */
    static String priorities(SortedMap<?, ? extends Number> map) {
        String text = map.entrySet().stream()
                .filter(entry -> entry.getValue().longValue() != 0)
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(" "));
        return text.isEmpty() ? Setting.NONE : text;
    }

    private void addInterface(InterfaceSettings read) {
        String name = read.name();
        begin(name, "interface", read.source());
        addDevice(name, read.device());
        if (!read.device().addresses().isEmpty()) {
            put(name, Group.LINK, Setting.UP, Setting.TRUE);
        }
        addPause(name, read.pause());
        addRing(name, read.ring());
        addCoalesce(name, read.coalesce());
        addChannels(name, read.channels());
    }

    private void addPause(String name, PauseSettings pause) {
        flag(name, Group.PAUSE, DeviceSetting.AUTONEGOTIATE, pause.autonegotiate());
        flag(name, Group.PAUSE, DeviceSetting.RECEIVE, pause.receive());
        flag(name, Group.PAUSE, DeviceSetting.TRANSMIT, pause.transmit());
    }

    private void addRing(String name, RingSettings ring) {
        number(name, Group.RING, DeviceSetting.RECEIVE, ring.receive());
        number(name, Group.RING, DeviceSetting.TRANSMIT, ring.transmit());
    }

    private void addCoalesce(String name, CoalesceSettings coalesce) {
        microseconds(name, DeviceSetting.RECEIVE, coalesce.receive());
        number(name, Group.COALESCE, DeviceSetting.RECEIVE_FRAMES, coalesce.receiveFrames());
        microseconds(name, DeviceSetting.TRANSMIT, coalesce.transmit());
        number(name, Group.COALESCE, DeviceSetting.TRANSMIT_FRAMES, coalesce.transmitFrames());
        flag(name, Group.COALESCE, DeviceSetting.ADAPTIVE_RECEIVE, coalesce.adaptiveReceive());
        flag(name, Group.COALESCE, DeviceSetting.ADAPTIVE_TRANSMIT, coalesce.adaptiveTransmit());
    }

    private void microseconds(String owner, String name, Optional<Duration> duration) {
        duration.ifPresent(time -> put(owner, Group.COALESCE, name, time.toNanos() / 1_000 + "us"));
    }

    private void addChannels(String name, ChannelSettings channels) {
        number(name, Group.CHANNELS, DeviceSetting.COMBINED, channels.combined());
        number(name, Group.CHANNELS, DeviceSetting.RECEIVE, channels.receive());
        number(name, Group.CHANNELS, DeviceSetting.TRANSMIT, channels.transmit());
    }
}
