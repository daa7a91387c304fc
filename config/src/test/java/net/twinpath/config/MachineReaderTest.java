package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.twinpath.config.machine.AdSelect;
import net.twinpath.config.machine.ArpAllTargets;
import net.twinpath.config.machine.ArpValidate;
import net.twinpath.config.machine.BondBalancing;
import net.twinpath.config.machine.BondFailover;
import net.twinpath.config.machine.BondMemberSettings;
import net.twinpath.config.machine.BondMode;
import net.twinpath.config.machine.BondMonitor;
import net.twinpath.config.machine.BondSettings;
import net.twinpath.config.machine.ChannelSettings;
import net.twinpath.config.machine.CoalesceSettings;
import net.twinpath.config.machine.DeviceSettings;
import net.twinpath.config.machine.FailOverMac;
import net.twinpath.config.machine.InterfaceSettings;
import net.twinpath.config.machine.LacpRate;
import net.twinpath.config.machine.LacpSettings;
import net.twinpath.config.machine.MachineSettings;
import net.twinpath.config.machine.PauseSettings;
import net.twinpath.config.machine.PrimaryReselect;
import net.twinpath.config.machine.RingSettings;
import net.twinpath.config.machine.VlanFlags;
import net.twinpath.config.machine.VlanProtocol;
import net.twinpath.config.machine.VlanSettings;
import net.twinpath.config.machine.XmitHashPolicy;
import net.twinpath.config.toml.ConfigException;
import net.twinpath.config.toml.ConfigPosition;
import net.twinpath.config.toml.TableSource;
import net.twinpath.config.value.InterfaceAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the tables about bonds, VLANs and interfaces become. */
class MachineReaderTest {
    private static final BondFailover KERNEL_FAILOVER = new BondFailover(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());
    private static final BondBalancing KERNEL_BALANCING =
            new BondBalancing(Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());
    private static final LacpSettings KERNEL_LACP = new LacpSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            Optional.empty());

    @TempDir
    Path temporary;

    private ConfigFolder files;

    @BeforeEach
    void emptyFolder() {
        files = new ConfigFolder(temporary);
    }

    private MachineSettings read(String... lines) throws ConfigException {
        return files.with("twinpath.toml", lines).read().machine();
    }

    private ConfigPosition at(int line, int column) {
        return new ConfigPosition(files.main(), line, column);
    }

    /** A table in the first line, and its keys in those that follow. */
    private TableSource source(String... keys) {
        TreeMap<String, ConfigPosition> positions = new TreeMap<>();
        for (String key : keys) {
            positions.put(key, at(2 + positions.size(), 1));
        }
        return new TableSource(at(1, 1), positions);
    }

    @Test
    void anEmptyFileLeavesTheMachineAsItIs() throws ConfigException {
        assertThat(read("")).isEqualTo(MachineSettings.untouched());
    }

    @ParameterizedTest
    @EnumSource
    void aBondOfEveryModeWatchesItsMembersByCarrierAndLeavesTheRestToTheKernel(BondMode mode) throws ConfigException {
        assertThat(read("[bond.bond0]", "mode = \"" + mode.text() + "\"", "members = [\"a\", \"b\"]")
                        .bonds())
                .containsExactly(new BondSettings(
                        "bond0",
                        mode,
                        List.of(
                                new BondMemberSettings("a", OptionalInt.empty(), OptionalInt.empty(), at(3, 12)),
                                new BondMemberSettings("b", OptionalInt.empty(), OptionalInt.empty(), at(3, 17))),
                        new BondMonitor.Carrier(Duration.ofMillis(100), Optional.empty(), Optional.empty()),
                        KERNEL_FAILOVER,
                        KERNEL_BALANCING,
                        KERNEL_LACP,
                        DeviceSettings.untouched(),
                        source("mode", "members")));
    }

    @Test
    void everyKeyOfAnActiveBackupBondIsRead() throws ConfigException {
        BondSettings bond = read(
                        "[bond.bond0]",
                        "mode = \"active-backup\"",
                        "members = [{ interface = \"a\", priority = -5, queue-id = 1 }, { interface = \"b\" }, \"c\"]",
                        "miimon = \"50ms\"",
                        "updelay = \"200ms\"",
                        "downdelay = \"100ms\"",
                        "primary = \"b\"",
                        "primary-reselect = \"better\"",
                        "fail-over-mac = \"follow\"",
                        "num-peer-notif = 3",
                        "peer-notif-delay = \"150ms\"",
                        "resend-igmp = 0",
                        "all-slaves-active = true",
                        "mtu = 9000",
                        "mac = \"02:00:00:00:00:0F\"",
                        "address = \"192.0.2.1/24\"",
                        "offload = { \"rx-gro\" = false, \"tx-tcp-segmentation\" = true }")
                .bonds()
                .get(0);

        assertThat(bond.members())
                .containsExactly(
                        new BondMemberSettings("a", OptionalInt.of(-5), OptionalInt.of(1), at(3, 12)),
                        new BondMemberSettings("b", OptionalInt.empty(), OptionalInt.empty(), at(3, 62)),
                        new BondMemberSettings("c", OptionalInt.empty(), OptionalInt.empty(), at(3, 83)));
        assertThat(bond.memberNames()).containsExactly("a", "b", "c");
        assertThat(bond.monitor())
                .isEqualTo(new BondMonitor.Carrier(
                        Duration.ofMillis(50),
                        Optional.of(Duration.ofMillis(200)),
                        Optional.of(Duration.ofMillis(100))));
        assertThat(bond.failover())
                .isEqualTo(new BondFailover(
                        Optional.of("b"),
                        Optional.of(PrimaryReselect.BETTER),
                        Optional.of(FailOverMac.FOLLOW),
                        OptionalInt.of(3),
                        Optional.of(Duration.ofMillis(150)),
                        OptionalInt.of(0),
                        Optional.of(true)));
        assertThat(bond.device())
                .isEqualTo(new DeviceSettings(
                        OptionalInt.of(9000),
                        OptionalLong.of(0x0200_0000_000FL),
                        List.of(InterfaceAddress.parse("192.0.2.1/24")),
                        new TreeMap<>(Map.of("rx-gro", false, "tx-tcp-segmentation", true))));
    }

    @Test
    void everyKeyOfAProbingBondIsRead() throws Exception {
        BondSettings bond = read(
                        "[bond.bond0]",
                        "mode = \"active-backup\"",
                        "members = [\"a\"]",
                        "arp-interval = \"1s\"",
                        "arp-ip-target = [\"192.0.2.1\", \"192.0.2.2\"]",
                        "ns-ip6-target = \"2001:db8::1\"",
                        "arp-validate = \"filter_backup\"",
                        "arp-all-targets = \"all\"",
                        "arp-missed-max = 255")
                .bonds()
                .get(0);

        assertThat(bond.monitor())
                .isEqualTo(new BondMonitor.Arp(
                        Duration.ofSeconds(1),
                        List.of((Inet4Address) InetAddress.getByName("192.0.2.1"), (Inet4Address)
                                InetAddress.getByName("192.0.2.2")),
                        List.of((Inet6Address) InetAddress.getByName("2001:db8::1")),
                        Optional.of(ArpValidate.FILTER_BACKUP),
                        Optional.of(ArpAllTargets.ALL),
                        OptionalInt.of(255)));
    }

    @Test
    void everyKeyOfABondWithLacpIsRead() throws ConfigException {
        BondSettings bond = read(
                        "[bond.bond0]",
                        "mode = \"802.3ad\"",
                        "members = [\"a\", \"b\"]",
                        "xmit-hash-policy = \"vlan+srcmac\"",
                        "lacp-active = false",
                        "lacp-rate = \"fast\"",
                        "ad-select = \"count\"",
                        "min-links = 2",
                        "ad-actor-sys-prio = 1",
                        "ad-actor-system = \"02:00:00:00:00:04\"",
                        "ad-user-port-key = 1023",
                        "coupled-control = false")
                .bonds()
                .get(0);

        assertThat(bond.balancing().xmitHashPolicy()).contains(XmitHashPolicy.VLAN_SRCMAC);
        assertThat(bond.lacp())
                .isEqualTo(new LacpSettings(
                        Optional.of(false),
                        Optional.of(LacpRate.FAST),
                        Optional.of(AdSelect.COUNT),
                        OptionalInt.of(2),
                        OptionalInt.of(1),
                        OptionalLong.of(0x0200_0000_0004L),
                        OptionalInt.of(1023),
                        Optional.of(false)));
    }

    @Test
    void everyKeyOfBondsThatBalanceIsRead() throws ConfigException {
        List<BondSettings> bonds = read(
                        "[bond.rr]",
                        "mode = \"balance-rr\"",
                        "members = [\"a\"]",
                        "packets-per-slave = 0",
                        "[bond.alb]",
                        "mode = \"balance-alb\"",
                        "members = [\"b\"]",
                        "tlb-dynamic-lb = false",
                        "lp-interval = \"1min\"")
                .bonds();

        assertThat(bonds.get(0).balancing().packetsPerSlave()).hasValue(0);
        assertThat(bonds.get(1).balancing().tlbDynamicLb()).contains(false);
        assertThat(bonds.get(1).balancing().lpInterval()).contains(Duration.ofMinutes(1));
    }

    @Test
    void aVlanNeedsALinkAndAnIdentifierOnly() throws ConfigException {
        assertThat(read("[vlan.\"bond0.100\"]", "link = \"bond0\"", "id = 100").vlans())
                .containsExactly(new VlanSettings(
                        "bond0.100",
                        "bond0",
                        100,
                        VlanProtocol.CUSTOMER,
                        new VlanFlags(true, false, false, false, false),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        DeviceSettings.untouched(),
                        source("link", "id")));
    }

    @Test
    void theKeysOfATableAreKnownByTheirPlaceAndThoseThatAreNotByTheTableAroundThem() throws ConfigException {
        TableSource source = read(
                        "[interface.enp3s0]",
                        "mtu = 1508",
                        "pause = { autonegotiate = false, receive = true }",
                        "ring.receive = 4096",
                        "[interface.enp3s0.coalesce]",
                        "receive = \"20us\"")
                .interfaces()
                .get(0)
                .source();

        assertThat(source.of("mtu")).isEqualTo(at(2, 1));
        assertThat(source.of("pause.receive")).isEqualTo(at(3, 34));
        assertThat(source.of("pause.transmit")).isEqualTo(at(3, 1));
        assertThat(source.of("ring.receive")).isEqualTo(at(4, 1));
        assertThat(source.of("coalesce.receive")).isEqualTo(at(6, 1));
        assertThat(source.of("mac")).isEqualTo(at(1, 1));
        assertThat(source).hasToString(at(1, 1).toString());
    }

    @Test
    void everyKeyOfAVlanIsRead() throws ConfigException {
        VlanSettings vlan = read(
                        "[vlan.v]",
                        "link = \"a\"",
                        "id = 4094",
                        "protocol = \"802.1Q\"",
                        "reorder-header = false",
                        "gvrp = true",
                        "mvrp = true",
                        "loose-binding = true",
                        "bridge-binding = true",
                        "ingress-priority = { 0 = 4294967295, 7 = 7 }",
                        "egress-priority = { 4294967295 = 0, 6 = 7 }",
                        "mtu = 68",
                        "address = []",
                        "mac = \"02:00:00:00:00:01\"",
                        "offload = {}")
                .vlans()
                .get(0);

        assertThat(vlan.id()).isEqualTo(4094);
        assertThat(vlan.flags()).isEqualTo(new VlanFlags(false, true, true, true, true));
        assertThat(vlan.ingressPriority()).containsExactly(entry(0, 4294967295L), entry(7, 7L));
        assertThat(vlan.egressPriority()).containsExactly(entry(6L, 7), entry(4294967295L, 0));
        assertThat(vlan.device())
                .isEqualTo(new DeviceSettings(
                        OptionalInt.of(68), OptionalLong.of(0x0200_0000_0001L), List.of(), new TreeMap<>()));
    }

    @Test
    void vlansMayStandOnVlansAndBondsOnVlans() throws ConfigException {
        MachineSettings machine = read(
                "[vlan.inner]",
                "link = \"outer\"",
                "id = 5",
                "[vlan.outer]",
                "link = \"bond0\"",
                "id = 5",
                "protocol = \"802.1ad\"",
                "[bond.bond0]",
                "mode = \"active-backup\"",
                "members = [\"a.1\", \"b\"]",
                "[vlan.\"a.1\"]",
                "link = \"a\"",
                "id = 1",
                "[path.p]",
                "links = [\"inner\", \"c\"]");

        assertThat(machine.vlans()).extracting(VlanSettings::name).containsExactly("inner", "outer", "a.1");
        assertThat(machine.vlans().get(1).protocol()).isEqualTo(VlanProtocol.SERVICE);
    }

    @Test
    void everyKeyOfAnInterfaceIsRead() throws ConfigException {
        assertThat(read(
                                "[interface.enp3s0]",
                                "mtu = 1508",
                                "mac = \"02:00:00:00:00:03\"",
                                "address = [\"192.0.2.1/24\", \"2001:db8::1/64\"]",
                                "offload = { rx-lro = false }",
                                "pause = { autonegotiate = false, receive = true, transmit = false }",
                                "ring = { receive = 4096, transmit = 512 }",
                                "channels = { combined = 4, receive = 0, transmit = 1 }",
                                "[interface.enp3s0.coalesce]",
                                "receive = \"20us\"",
                                "receive-frames = 32",
                                "transmit = \"1ms\"",
                                "transmit-frames = 64",
                                "adaptive-receive = true",
                                "adaptive-transmit = false")
                        .interfaces())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("source")
                .containsExactly(new InterfaceSettings(
                        "enp3s0",
                        new DeviceSettings(
                                OptionalInt.of(1508),
                                OptionalLong.of(0x0200_0000_0003L),
                                List.of(
                                        InterfaceAddress.parse("192.0.2.1/24"),
                                        InterfaceAddress.parse("2001:db8::1/64")),
                                new TreeMap<>(Map.of("rx-lro", false))),
                        new PauseSettings(Optional.of(false), Optional.of(true), Optional.of(false)),
                        new RingSettings(OptionalInt.of(4096), OptionalInt.of(512)),
                        new CoalesceSettings(
                                Optional.of(Duration.ofNanos(20_000)),
                                OptionalInt.of(32),
                                Optional.of(Duration.ofMillis(1)),
                                OptionalInt.of(64),
                                Optional.of(true),
                                Optional.of(false)),
                        new ChannelSettings(OptionalInt.of(4), OptionalInt.of(0), OptionalInt.of(1)),
                        source()));
    }

    @Test
    void aTableOfAnInterfaceMayLeaveEverythingOut() throws ConfigException {
        InterfaceSettings settings =
                read("[interface.enp3s0]", "pause = {}").interfaces().get(0);

        assertThat(settings.device()).isEqualTo(DeviceSettings.untouched());
        assertThat(settings.pause()).isEqualTo(new PauseSettings(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(settings.ring()).isEqualTo(new RingSettings(OptionalInt.empty(), OptionalInt.empty()));
        assertThat(settings.channels())
                .isEqualTo(new ChannelSettings(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()));
    }

    @Test
    void theTablesMayStandInSeveralFiles() throws ConfigException {
        files.with("twinpath.toml", "[bond.b]", "mode = \"broadcast\"", "members = [\"x\"]")
                .with("conf.d/1.toml", "[interface.x]", "offload = { rx-gro = false }")
                .with("conf.d/2.toml", "[vlan.v]", "link = \"b\"", "id = 1", "[sysctl]", "vm.swappiness = 1");

        MachineSettings machine = files.read().machine();
        assertThat(machine.bonds()).hasSize(1);
        assertThat(machine.vlans()).hasSize(1);
        assertThat(machine.interfaces()).hasSize(1);
        assertThat(machine.sysctl().settings()).hasSize(1);
    }

    @Test
    void aMemberWhoseBondLeavesAddressesAloneMayHaveItsOwn() throws ConfigException {
        assertThat(read(
                                "[bond.b]",
                                "mode = \"active-backup\"",
                                "members = [\"x\", \"y\"]",
                                "fail-over-mac = \"active\"",
                                "[interface.x]",
                                "mac = \"02:00:00:00:00:01\"",
                                "ring = { receive = 512 }")
                        .interfaces())
                .hasSize(1);
    }
}
