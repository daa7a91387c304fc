package net.twinpath.daemon.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of a plan, in their order and in the words an operator reads. */
class PlannerTest {
    private final FakeMachine machine = new FakeMachine();
    private final TreeMap<Setting, String> values = new TreeMap<>();
    private final TreeMap<String, List<String>> members = new TreeMap<>();

    @BeforeEach
    void addCards() {
        for (String name : List.of("eth0", "eth1", "eth2")) {
            machine.addNic(name);
        }
    }

    private void bond(String name, String mode, String... ports) {
        values.put(Setting.link(name, "kind"), "bond");
        values.put(Setting.link(name, "up"), "true");
        values.put(BondSetting.MODE.of(name), mode);
        values.put(BondSetting.MIIMON.of(name), "100ms");
        members.put(name, List.of(ports));
        for (String port : ports) {
            values.put(Setting.link(port, "master"), name);
        }
    }

    private void vlan(String name, String link, int id) {
        values.put(Setting.link(name, "kind"), "vlan");
        values.put(Setting.link(name, "up"), "true");
        values.put(Setting.link(name, "link"), link);
        values.put(VlanSetting.of(name, "id"), Integer.toString(id));
        values.put(VlanSetting.of(name, "protocol"), "802.1Q");
    }

    private Plan plan() {
        Wanted wanted = new Wanted(values, members, Map.of(), Set.of());
        Settings actual = machine.read(values.keySet());
        return Way.find(actual, Map.of(), before -> Target.of(wanted, before, actual, PathNeeds.NONE, Set.of()))
                .plan();
    }

    /** Each line with what it interrupts. */
    private List<String> lines() {
        return plan().steps().stream()
                .map(step -> String.join("; ", step.lines())
                        + (step.interrupts().isEmpty() ? "" : " (interrupts " + step.interrupts() + ")"))
                .toList();
    }

    private void carryOut() throws MachineException {
        for (Step step : plan().steps()) {
            machine.perform(step.change());
        }
        assertThat(plan().steps()).isEmpty();
    }

    @Test
    void aBondIsMadeFilledAndSwitchedOnBeforeTheVlanOnIt() throws Exception {
        machine.device("eth1").up = true;
        bond("bond0", "802.3ad", "eth0", "eth1");
        values.put(BondSetting.LACP_RATE.of("bond0"), "fast");
        values.put(Setting.link("bond0", "mtu"), "9000");
        vlan("bond0.100", "bond0", 100);
        values.put(VlanSetting.of("bond0.100", "egress-priority"), "5:5");
        values.put(new Setting("bond0.100", Group.ADDRESS, "192.0.2.10/24"), "present");

        assertThat(lines())
                .containsExactly(
                        "+ bond0: new bond, mode 802.3ad",
                        "~ bond0: lacp-rate slow -> fast",
                        "~ bond0: mtu 1500 -> 9000",
                        "~ eth0: joins bond0",
                        "~ eth1: switched off (interrupts eth1)",
                        "~ eth1: joins bond0",
                        "~ bond0: switched on",
                        "+ bond0.100: new VLAN 100 (802.1Q) on bond0",
                        "~ bond0.100: egress-priority none -> 5:5",
                        "~ bond0.100: switched on",
                        "+ bond0.100: address 192.0.2.10/24");
        carryOut();
    }

    @Test
    void intervalsOfABondChangeInPlaceAndInterruptNothing() throws Exception {
        bond("bond0", "active-backup", "eth0", "eth1");
        values.put(BondSetting.UPDELAY.of("bond0"), "200ms");
        carryOut();
        values.put(BondSetting.MIIMON.of("bond0"), "50ms");

        assertThat(lines())
                .as("the kernel halves the delay with the interval")
                .containsExactly("~ bond0: miimon 100ms -> 50ms", "~ bond0: updelay 100ms -> 200ms");
    }

    @Test
    void theWayOfMonitoringChangesWithoutLeavingTheOldOneBehind() throws Exception {
        bond("bond0", "active-backup", "eth0");
        values.put(BondSetting.UPDELAY.of("bond0"), "200ms");
        carryOut();
        values.remove(BondSetting.UPDELAY.of("bond0"));
        values.put(BondSetting.MIIMON.of("bond0"), "0ms");
        values.put(BondSetting.ARP_INTERVAL.of("bond0"), "500ms");
        values.put(BondSetting.ARP_IP_TARGET.of("bond0"), "192.0.2.1");

        assertThat(lines())
                .containsExactly(
                        "~ bond0: updelay 200ms -> 0ms",
                        "~ bond0: miimon 100ms -> 0ms",
                        "~ bond0: arp-ip-target none -> 192.0.2.1",
                        "~ bond0: arp-interval 0ms -> 500ms");
        carryOut();
    }

    @Test
    void theLacpRateTakesTheBondDownWithItsVlansAndKeepsTheMembers() throws Exception {
        bond("bond0", "802.3ad", "eth0", "eth1");
        vlan("bond0.100", "bond0", 100);
        values.put(new Setting("bond0.100", Group.ADDRESS, "fd00::1/64"), "present");
        carryOut();
        values.put(BondSetting.LACP_RATE.of("bond0"), "fast");

        assertThat(lines())
                .containsExactly(
                        "~ bond0: switched off (interrupts bond0, bond0.100)",
                        "~ bond0: lacp-rate slow -> fast",
                        "~ bond0: switched on",
                        "+ bond0.100: address fd00::1/64");
    }

    @Test
    void anotherModeReleasesTheMembersAndNothingIsMadeAnew() throws Exception {
        bond("bond0", "balance-rr", "eth0", "eth1");
        vlan("bond0.100", "bond0", 100);
        carryOut();
        values.put(BondSetting.MODE.of("bond0"), "802.3ad");

        assertThat(lines())
                .containsExactly(
                        "~ eth0: leaves bond0 (interrupts eth0 in bond0)",
                        "~ eth1: leaves bond0 (interrupts eth1 in bond0)",
                        "~ bond0: switched off (interrupts bond0, bond0.100)",
                        "~ bond0: mode balance-rr -> 802.3ad",
                        "~ bond0: mac " + machine.device("eth0").macBeforeBond,
                        "~ eth0: joins bond0",
                        "~ eth1: joins bond0",
                        "~ bond0: switched on");
        carryOut();
    }

    @Test
    void anotherVlanIdMakesTheInterfaceAnewWithWhatStandsOnIt() throws Exception {
        machine.device("eth0").up = true;
        vlan("outer", "eth0", 100);
        carryOut();
        innerOn("outer");
        values.put(VlanSetting.of("outer", "id"), "200");

        assertThat(lines())
                .containsExactly(
                        "- outer: vlan removed (interrupts outer)",
                        "+ outer: new VLAN 200 (802.1Q) on eth0",
                        "~ outer: switched on",
                        "+ inner: new VLAN 7 (802.1Q) on outer");
    }

    @Test
    void mtusRiseFromTheBottomAndFallFromTheTop() throws Exception {
        vlan("vlan5", "eth0", 5);
        values.put(Setting.link("eth0", "mtu"), "9000");
        values.put(Setting.link("vlan5", "mtu"), "8000");
        machine.device("eth0").up = true;
        carryOut();
        assertThat(machine.performed).last().asString().contains("up=true");
        values.put(Setting.link("eth0", "mtu"), "1500");
        values.put(Setting.link("vlan5", "mtu"), "1400");

        assertThat(lines())
                .containsExactly(
                        "~ vlan5: mtu 8000 -> 1400",
                        "~ eth0: mtu 9000 -> 1500 (interrupts eth0 for a moment with some drivers)");
    }

    @Test
    void aVlanLargerThanItsLinkIsObjectedTo() {
        vlan("vlan5", "eth0", 5);
        values.put(Setting.link("vlan5", "mtu"), "9000");

        assertThat(plan().objections())
                .containsExactly("vlan5: mtu: 9000 is more than the 1500 of its link eth0; give eth0 that mtu, too");
    }

    @Test
    void anInterfaceOfAnotherKindUnderTheNameIsObjectedTo() {
        bond("eth2", "active-backup", "eth0");

        assertThat(plan().objections())
                .containsExactly(
                        "eth2: kind: an interface eth2 exists that is no bond; remove it, or choose another name");
    }

    @Test
    void aVlanThatExistsUnderAnotherNameIsObjectedTo() throws Exception {
        machine.device("eth0").up = true;
        vlan("old", "eth0", 5);
        carryOut();
        values.clear();
        vlan("new", "eth0", 5);

        assertThat(plan().objections())
                .containsExactly("new: id: old is VLAN 5 of eth0 already; remove it, or use its name");
    }

    @Test
    void aMemberOfABridgeIsObjectedTo() throws Exception {
        FakeDevice bridge = new FakeDevice("br0", "bridge", machine.freshMac());
        machine.devices.put("br0", bridge);
        machine.device("eth0").master = Optional.of(bridge);
        bond("bond0", "active-backup", "eth0");

        assertThat(plan().objections())
                .containsExactly(
                        "eth0: master: eth0 belongs to br0 (bridge); take it out first (ip link set eth0 nomaster)");
    }

    @Test
    void whatStandsOnAnInterfaceThatMustGoAndCannotBeMadeAgainIsObjectedTo() throws Exception {
        machine.device("eth0").up = true;
        vlan("vlan5", "eth0", 5);
        carryOut();
        FakeDevice macvlan = new FakeDevice("mac0", "macvlan", machine.freshMac());
        macvlan.link = Optional.of(machine.device("vlan5"));
        machine.devices.put("mac0", macvlan);
        values.put(VlanSetting.of("vlan5", "id"), "6");

        assertThat(plan().objections())
                .containsExactly("vlan5 must be removed, and mac0 (macvlan) stands on it; remove that first");

        machine.devices.remove("mac0");
        macvlan.link = Optional.of(innerOn("vlan5"));
        machine.devices.put("mac0", macvlan);
        assertThat(plan().objections())
                .as("also on what stands on it")
                .containsExactly("vlan5 must be removed, and mac0 (macvlan) stands on it; remove that first");
    }

    /** VLAN 7 that somebody made. */
    private FakeDevice innerOn(String link) throws MachineException {
        machine.perform(new Change.Make(
                "inner",
                "vlan",
                new TreeMap<>(Map.of(
                        Setting.link("inner", "link"), link,
                        VlanSetting.of("inner", "id"), "7",
                        VlanSetting.of("inner", "protocol"), "802.1Q"))));
        return machine.device("inner");
    }

    @Test
    void whatWouldLoseItsPlaceInABridgeIsObjectedTo() throws Exception {
        machine.device("eth0").up = true;
        vlan("vlan5", "eth0", 5);
        carryOut();
        FakeDevice bridge = new FakeDevice("br0", "bridge", machine.freshMac());
        machine.devices.put("br0", bridge);
        machine.join(innerOn("vlan5"), bridge);
        values.put(VlanSetting.of("vlan5", "id"), "6");

        assertThat(plan().objections())
                .containsExactly("vlan5 must be made anew, and inner belongs to br0 (bridge), which would forget its"
                        + " settings; take it out first (ip link set inner nomaster)");
        machine.device("inner").master = Optional.empty();
        machine.join(machine.device("vlan5"), bridge);
        assertThat(plan().objections()).singleElement().asString().contains("and vlan5 belongs to br0 (bridge)");
    }

    @Test
    void whatWouldLoseItsQueueingDisciplineIsObjectedTo() throws Exception {
        machine.device("eth0").up = true;
        vlan("vlan5", "eth0", 5);
        carryOut();
        innerOn("vlan5").qdisc = "htb";
        values.put(VlanSetting.of("vlan5", "id"), "6");

        assertThat(plan().objections())
                .containsExactly("vlan5 must be made anew, and inner has a queueing discipline (htb) that would be"
                        + " lost; remove it first (tc qdisc delete dev inner root)");
    }

    @Test
    void whatAVlanLosesWhenItIsMadeAnewIsWarnedOf() throws Exception {
        machine.device("eth0").up = true;
        vlan("vlan5", "eth0", 5);
        carryOut();
        innerOn("vlan5").alias = "hello";
        values.put(VlanSetting.of("vlan5", "id"), "6");

        assertThat(lines()).last().isEqualTo("~ inner: alias hello");
        assertThat(plan().warnings())
                .singleElement()
                .asString()
                .startsWith("vlan5 and inner are made anew, and lose")
                .contains("permanent neighbours");
    }

    @Test
    void theAddressOfAMemberIsWarnedOf() throws Exception {
        machine.device("eth0").addresses.add("192.0.2.1/24");
        bond("bond0", "active-backup", "eth0");

        assertThat(plan().warnings())
                .containsExactly(
                        "eth0 has the address 192.0.2.1/24, which stops answering while it is a member of bond0;"
                                + " give it to bond0");
    }

    @Test
    void settingsOfOneGroupGoInOneRequest() {
        values.put(new Setting("eth0", Group.PAUSE, "autonegotiate"), "false");
        values.put(new Setting("eth0", Group.PAUSE, "receive"), "true");
        values.put(new Setting("eth0", Group.PAUSE, "transmit"), "false");

        assertThat(plan().steps()).hasSize(1);
        assertThat(lines())
                .containsExactly("~ eth0: pause.autonegotiate true -> false; ~ eth0: pause.receive false -> true");
    }

    @Test
    void aSysctlOfAnInterfaceThatIsMadeWaitsForIt() {
        machine.sysctls.put("net.core.rmem_max", "1");
        bond("bond0", "active-backup", "eth0");
        values.put(Setting.sysctl("net.core.rmem_max"), "2");
        values.put(Setting.sysctl("net.ipv4.conf.bond0.rp_filter"), "0");
        values.put(Setting.sysctl("net.ipv4.conf.eth9.rp_filter"), "0");

        assertThat(lines()).first().isEqualTo("~ net.core.rmem_max 1 -> 2");
        assertThat(lines())
                .containsSubsequence(
                        "+ bond0: new bond, mode active-backup",
                        "~ net.ipv4.conf.bond0.rp_filter 0",
                        "~ bond0: switched on");
    }
}
