package net.twinpath.daemon.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.twinpath.config.ConfigReader;
import net.twinpath.netlink.route.BondOptions;
import net.twinpath.netlink.route.VlanOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tables of a file say, as settings; and that the kernel's bindings understand all of it. */
class ConfiguredTest {
    @TempDir
    private Path folder = Path.of("");

    private Wanted read(String toml) throws Exception {
        Path file = Files.writeString(folder.resolve("t.toml"), toml);
        return Configured.of(ConfigReader.read(file).machine());
    }

    private static List<String> lines(Wanted wanted) {
        List<String> lines = new ArrayList<>();
        wanted.values().forEach((setting, value) -> lines.add(setting + " = " + value));
        return lines;
    }

    @Test
    void aFileWithoutSuchTablesSaysNothing() throws Exception {
        assertThat(read("").values()).isEmpty();
    }

    @Test
    void aBondIsSwitchedOnAndHasItsMembersInTheirOrder() throws Exception {
        Wanted wanted = read("""
                [bond.bond0]
                mode    = "802.3ad"
                members = ["enp2s0", "enp1s0"]
                miimon  = "100ms"
                updelay = "200ms"
                lacp-rate = "fast"
                """);

        assertThat(lines(wanted))
                .containsExactly(
                        "bond0: kind = bond",
                        "bond0: up = true",
                        "bond0: arp-interval = 0ms",
                        "bond0: lacp-rate = fast",
                        "bond0: miimon = 100ms",
                        "bond0: mode = 802.3ad",
                        "bond0: updelay = 200ms",
                        "enp1s0: master = bond0",
                        "enp2s0: master = bond0");
        assertThat(wanted.members()).isEqualTo(Map.of("bond0", List.of("enp2s0", "enp1s0")));
        assertThat(wanted.place(BondSetting.LACP_RATE.of("bond0")))
                .isEqualTo(folder.resolve("t.toml") + ":6:1: bond.bond0.lacp-rate");
        assertThat(wanted.place(Setting.link("enp1s0", Setting.MASTER)))
                .isEqualTo(folder.resolve("t.toml") + ":3:22: bond.bond0.members: enp1s0.master");
    }

    @Test
    void aVlanSwitchesItsLinkOn() throws Exception {
        Wanted wanted = read("""
                [vlan."enp3s0.100"]
                link = "enp3s0"
                id   = 100
                egress-priority = { 5 = 5, 6 = 6, 7 = 0 }
                address = ["192.0.2.10/24", "fd77::0:1/64"]
                """);

        assertThat(lines(wanted))
                .containsExactly(
                        "enp3s0: up = true",
                        "enp3s0.100: kind = vlan",
                        "enp3s0.100: link = enp3s0",
                        "enp3s0.100: up = true",
                        "enp3s0.100: bridge-binding = false",
                        "enp3s0.100: egress-priority = 5:5 6:6",
                        "enp3s0.100: gvrp = false",
                        "enp3s0.100: id = 100",
                        "enp3s0.100: ingress-priority = none",
                        "enp3s0.100: loose-binding = false",
                        "enp3s0.100: mvrp = false",
                        "enp3s0.100: protocol = 802.1Q",
                        "enp3s0.100: reorder-header = true",
                        "enp3s0.100: address 192.0.2.10/24 = present",
                        "enp3s0.100: address fd77::1/64 = present");
    }

    @Test
    void anInterfaceIsSwitchedOnOnlyForAnAddress() throws Exception {
        Wanted wanted = read("""
                [interface.enp3s0]
                mtu = 1508
                mac = "02:00:00:00:00:0A"
                offload = { "rx-gro" = false }
                pause = { autonegotiate = false, receive = true }
                ring = { receive = 4096 }
                coalesce = { receive = "20us", adaptive-receive = false }
                channels = { combined = 4 }
                [interface.enp4s0]
                address = "192.0.2.1/24"
                """);

        assertThat(lines(wanted))
                .containsExactly(
                        "enp3s0: mac = 02:00:00:00:00:0a",
                        "enp3s0: mtu = 1508",
                        "enp3s0: offload.rx-gro = false",
                        "enp3s0: channels.combined = 4",
                        "enp3s0: ring.receive = 4096",
                        "enp3s0: coalesce.adaptive-receive = false",
                        "enp3s0: coalesce.receive = 20us",
                        "enp3s0: pause.autonegotiate = false",
                        "enp3s0: pause.receive = true",
                        "enp4s0: up = true",
                        "enp4s0: address 192.0.2.1/24 = present");
    }

    @Test
    void sysctlsOfAProfileAreOptionalAndSingleOnesAreNot() throws Exception {
        Wanted wanted = read("""
                [sysctl]
                profile = "appliance"
                "net.core.rmem_max" = 1048576
                "net.ipv4.conf.bond0/100.rp_filter" = 2
                """);
        Setting single = Setting.sysctl("net.core.rmem_max");
        Setting profile = Setting.sysctl("net.core.wmem_max");

        assertThat(wanted.values()).containsEntry(single, "1048576").containsKey(profile);
        assertThat(wanted.optional()).contains(profile).doesNotContain(single);
        assertThat(wanted.place(single)).isEqualTo(folder.resolve("t.toml") + ":3:1: sysctl.\"net.core.rmem_max\"");
        assertThat(SysctlKey.interfaceOf("net.ipv4.conf.bond0/100.rp_filter")).contains("bond0.100");
        assertThat(SysctlKey.file("net.ipv4.conf.bond0/100.rp_filter")).isEqualTo("net/ipv4/conf/bond0.100/rp_filter");
        assertThat(SysctlKey.interfaceOf("net.ipv4.conf.all.rp_filter")).isEmpty();
    }

    @Test
    void everyValueOfABondOptionIsReadAsItIsWritten() {
        for (BondSetting option : BondSetting.values()) {
            if (option != BondSetting.PRIMARY) {
                BondOptions options = BondOptionText.of(option).options(option.initial());
                assertThat(BondOptionText.of(option).text(options))
                        .as(option.key())
                        .isEqualTo(option.initial());
            }
        }
        List.of("192.0.2.1 192.0.2.2", "none")
                .forEach(text -> assertThat(BondOptionText.of(BondSetting.ARP_IP_TARGET)
                                .text(BondOptionText.of(BondSetting.ARP_IP_TARGET)
                                        .options(text)))
                        .isEqualTo(text));
    }

    @Test
    void everySettingOfAVlanIsReadAsItIsWritten() {
        VlanOptions options = VlanOptions.of(5);
        options = VlanText.with(options, VlanSetting.EGRESS_PRIORITY, "5:5 4294967295:6");
        options = VlanText.with(options, VlanSetting.INGRESS_PRIORITY, "7:1");
        options = VlanText.with(options, VlanSetting.GVRP, "true");
        options = VlanText.with(options, VlanSetting.REORDER_HEADER, "false");

        assertThat(Configured.priorities(options.egress())).isEqualTo("5:5 4294967295:6");
        assertThat(Configured.priorities(options.ingress())).isEqualTo("7:1");
        assertThat(options.flags()).containsExactly(VlanOptions.Flag.GVRP);
        options = VlanText.with(options, VlanSetting.EGRESS_PRIORITY, "none");
        assertThat(options.egress()).isEqualTo(new TreeMap<>());
    }
}
