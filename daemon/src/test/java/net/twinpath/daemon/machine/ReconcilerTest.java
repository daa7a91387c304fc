package net.twinpath.daemon.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.twinpath.config.toml.ConfigPosition;
import net.twinpath.config.toml.TableSource;
import net.twinpath.daemon.StartException;
import net.twinpath.daemon.event.Event;
import net.twinpath.daemon.event.EventKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made, told, repaired and given back. */
class ReconcilerTest {
    private static final Setting MTU = Setting.link("eth0", "mtu");
    private static final Setting RMEM = Setting.sysctl("net.core.rmem_max");

    private final FakeMachine machine = new FakeMachine();
    private final TreeMap<Setting, String> values = new TreeMap<>();
    private final TreeMap<String, List<String>> members = new TreeMap<>();

    @TempDir
    private Path folder = Path.of("");

    private final List<Event> told = new ArrayList<>();
    private PathNeeds needs = PathNeeds.NONE;
    private long nowMs;
    private Reconciler reconciler = unstarted();

    @BeforeEach
    void begin() {
        machine.addNic("eth0");
        machine.addNic("eth1");
        machine.sysctls.put("net.core.rmem_max", "212992");
        reconciler = unstarted();
    }

    private Reconciler unstarted() {
        return new Reconciler(
                machine, new BaselineFile(folder.resolve("control.sock")), () -> needs, () -> nowMs, told::add);
    }

    private Wanted wanted() {
        return wanted(Set.of());
    }

    private Wanted wanted(Set<Setting> optional) {
        return new Wanted(
                values,
                members,
                Map.of(
                        "eth0",
                        new Wanted.Place(new TableSource(at(3), new TreeMap<>(Map.of("mtu", at(4)))), "interface.eth0"),
                        "net.core.rmem_max",
                        new Wanted.Place(TableSource.at(at(2)), "sysctl.\"net.core.rmem_max\"")),
                optional);
    }

    private static ConfigPosition at(int line) {
        return new ConfigPosition(Path.of("t.toml"), line, 1);
    }

    private void bond(String... ports) {
        values.put(Setting.link("bond0", "kind"), "bond");
        values.put(Setting.link("bond0", "up"), "true");
        values.put(BondSetting.MODE.of("bond0"), "active-backup");
        values.put(BondSetting.MIIMON.of("bond0"), "100ms");
        members.put("bond0", List.of(ports));
        List.of(ports).forEach(port -> values.put(Setting.link(port, "master"), "bond0"));
    }

    @Test
    void aRefusalNamesFileLineKeyAndTheKernelsWords() {
        values.put(MTU, "65000");

        assertThatThrownBy(() -> reconciler.become(wanted()))
                .isInstanceOf(StartException.class)
                .hasMessage("t.toml:4:1: interface.eth0.mtu: EINVAL: mtu greater than device maximum");
    }

    @Test
    void aValueThatTheKernelRoundsIsAnErrorWithBothValues() {
        bond("eth0");
        values.put(BondSetting.UPDELAY.of("bond0"), "150ms");
        String before = machine.snapshot();

        assertThatThrownBy(() -> reconciler.become(wanted()))
                .hasMessage("bond0: updelay: set to 150ms without an error, but it is 100ms");
        assertThat(machine.snapshot()).isEqualTo(before);
    }

    @Test
    void whatTheKernelDoesNotTakeOfAProfileIsSkippedAndTold() throws Exception {
        values.put(RMEM, "1");
        values.put(Setting.sysctl("net.core.no_such"), "1");
        machine.refuseAt = 0;
        reconciler.become(wanted(Set.of(RMEM)));

        assertThat(reconciler.report().skippedSysctls()).containsOnlyKeys("net.core.rmem_max");
        assertThat(reconciler.report().unknownSysctls()).containsExactly("net.core.no_such");
        reconciler.look();
        assertThat(machine.sysctls).containsEntry("net.core.rmem_max", "212992");
        assertThat(reconciler.plan(wanted(Set.of(RMEM))).plan().steps()).isEmpty();
    }

    @Test
    void anInterfaceThatLeavesABondHasItsOwnMtuAgainBeforeAVlanIsLarger() throws Exception {
        bond("eth0", "eth1");
        reconciler.become(wanted());
        values.clear();
        members.clear();
        values.put(MTU, "2000");
        values.put(Setting.link("vlan0", "kind"), "vlan");
        values.put(Setting.link("vlan0", "link"), "eth0");
        values.put(Setting.link("vlan0", "mtu"), "2000");
        values.put(VlanSetting.of("vlan0", "id"), "7");
        values.put(VlanSetting.of("vlan0", "protocol"), "802.1Q");

        reconciler.become(wanted());

        assertThat(machine.device("vlan0").mtu).isEqualTo(2000);
    }

    @Test
    void aBondHasItsOwnAddressThoughTheKernelWouldKeepTheOtherInThisWayOfFailover() throws Exception {
        bond("eth0", "eth1");
        values.put(BondSetting.FAIL_OVER_MAC.of("bond0"), "follow");
        values.put(Setting.link("bond0", "mac"), "02:00:00:00:99:01");
        reconciler.become(wanted());
        assertThat(machine.device("bond0").mac).isEqualTo("02:00:00:00:99:01");

        values.put(Setting.link("bond0", "mac"), "02:00:00:00:99:02");
        reconciler.become(wanted());
        assertThat(machine.device("bond0").mac).isEqualTo("02:00:00:00:99:02");
        assertThat(machine.device("bond0").bond).containsEntry("fail-over-mac", "follow");
    }

    @Test
    void anInterfaceThatComesLaterIsTakenInAndGivenBack() throws Exception {
        bond("eth0", "eth5");
        values.put(Setting.link("eth6", "mtu"), "2000");
        vlan("v7", 7);
        values.put(Setting.link("v7", "link"), "eth6");
        values.put(Setting.link("eth6", "up"), "true");
        reconciler.become(wanted());
        assertThat(reconciler.report().absent()).containsExactly("eth5", "eth6");
        assertThat(machine.members(machine.device("bond0"))).hasToString("[eth0]");

        machine.addNic("eth5");
        machine.addNic("eth6");
        reconciler.look();

        assertThat(machine.members(machine.device("bond0"))).hasToString("[eth0, eth5]");
        assertThat(machine.device("eth6").mtu).isEqualTo(2000);
        assertThat(machine.devices).containsKey("v7");
        assertThat(reconciler.report().absent()).isEmpty();
        assertThat(reconciler.report().repairs()).isZero();
        reconciler.close();
        assertThat(machine.device("eth6").mtu).isEqualTo(1500);
        assertThat(machine.devices).doesNotContainKey("bond0");
    }

    private void vlan(String name, int id) {
        values.put(Setting.link(name, "kind"), "vlan");
        values.put(Setting.link(name, "link"), "eth0");
        values.put(Setting.link(name, "up"), "true");
        values.put(VlanSetting.of(name, "id"), Integer.toString(id));
        values.put(VlanSetting.of(name, "protocol"), "802.1Q");
    }

    /** VLAN 10, with one of somebody's standing on it. */
    private void adoptVlan10() throws Exception {
        machine.sysctls.put("net.ipv4.conf.default.rp_filter", "0");
        machine.switchOn(machine.device("eth0"));
        make("v10", "eth0", 10);
        make("v10.5", "v10", 5);
        machine.switchOn(machine.device("v10"));
        machine.sysctls.put("net.ipv4.conf.v10.rp_filter", "2");
        machine.sysctls.put("net.ipv4.conf.v10/5.rp_filter", "1");
        machine.device("v10.5").alias = "hello";
    }

    private void make(String name, String link, int id) throws Exception {
        machine.perform(new Change.Make(
                name,
                "vlan",
                new TreeMap<>(Map.of(
                        Setting.link(name, "link"),
                        link,
                        VlanSetting.of(name, "id"),
                        Integer.toString(id),
                        VlanSetting.of(name, "protocol"),
                        "802.1Q"))));
    }

    @Test
    void aVlanMadeAnewKeepsItsSysctlsAndTheAliasOfWhatStandsOnIt() throws Exception {
        adoptVlan10();
        String before = machine.snapshot();
        vlan("v10", 11);
        assertThat(reconciler.plan(wanted()).plan().steps())
                .extracting(step -> step.lines().get(0))
                .contains("~ net.ipv4.conf.v10.rp_filter 2", "~ net.ipv4.conf.v10/5.rp_filter 1");
        reconciler.become(wanted());

        assertThat(machine.device("v10").vlan).containsEntry("id", "11");
        assertThat(machine.sysctls)
                .containsEntry("net.ipv4.conf.v10.rp_filter", "2")
                .containsEntry("net.ipv4.conf.v10/5.rp_filter", "1");
        assertThat(machine.device("v10.5").alias).isEqualTo("hello");
        reconciler.close();
        assertThat(machine.snapshot()).isEqualTo(before);
    }

    @Test
    void aVlanWithAPortOfABridgeOnItIsNotMadeAnewButAtTheStopIsAPortAgain() throws Exception {
        adoptVlan10();
        FakeDevice bridge = new FakeDevice("br0", "bridge", machine.freshMac());
        machine.devices.put("br0", bridge);
        machine.join(machine.device("v10.5"), bridge);
        String before = machine.snapshot();
        vlan("v10", 11);

        assertThatThrownBy(() -> reconciler.become(wanted())).hasMessageContaining("v10.5 belongs to br0 (bridge)");
        assertThat(machine.snapshot()).isEqualTo(before);

        machine.device("v10.5").master = Optional.empty();
        reconciler.become(wanted());
        machine.join(machine.device("v10.5"), bridge);
        reconciler.close();
        assertThat(machine.snapshot()).isEqualTo(before);
    }

    @Test
    void whatSomebodyChangesIsSetAgainAndTold() throws Exception {
        bond("eth0", "eth1");
        values.put(RMEM, "1");
        reconciler.become(wanted());
        machine.device("bond0").bond.put("miimon", "0");
        reconciler.look();

        assertThat(machine.device("bond0").milliseconds("miimon")).isEqualTo(100);
        assertThat(reconciler.report().lastRepair())
                .contains("bond0: miimon was changed to 0ms by somebody, set to 100ms again");

        machine.remove(machine.device("bond0"));
        reconciler.look();

        assertThat(machine.members(machine.device("bond0"))).hasToString("[eth0, eth1]");
        assertThat(reconciler.report().lastRepair()).contains("bond0 was removed by somebody, made again");
        assertThat(reconciler.report().repairs())
                .as("one of miimon, one of bond0")
                .isEqualTo(2);
        machine.sysctls.put("net.core.rmem_max", "2");
        reconciler.look();
        assertThat(machine.sysctls).containsEntry("net.core.rmem_max", "1");
        assertThat(reconciler.report().problems()).isEmpty();
    }

    @Test
    void whatIsChangedAgainAndAgainIsLeftAloneUntilTheNextFile() throws Exception {
        values.put(MTU, "2000");
        reconciler.become(wanted());
        for (int i = 0; i < Repairs.MOST_A_MINUTE; i++) {
            nowMs += 11_999;
            machine.device("eth0").mtu = 1500;
            reconciler.look();
            assertThat(machine.device("eth0").mtu).isEqualTo(2000);
        }
        machine.device("eth0").mtu = 1500;
        reconciler.look();

        assertThat(machine.device("eth0").mtu).isEqualTo(1500);
        assertThat(reconciler.report().leftAlone()).containsExactly("eth0: mtu");
        assertThat(told)
                .extracting(Event::kind)
                .containsExactly(
                        EventKind.DRIFT_REPAIRED,
                        EventKind.DRIFT_REPAIRED,
                        EventKind.DRIFT_REPAIRED,
                        EventKind.DRIFT_REPAIRED,
                        EventKind.DRIFT_REPAIRED,
                        EventKind.DRIFT_LEFT_ALONE);
        reconciler.become(wanted());
        assertThat(machine.device("eth0").mtu).isEqualTo(2000);
        assertThat(reconciler.report().leftAlone()).isEmpty();
    }

    @Test
    void whatIsChangedNowAndThenIsSetAgainForEver() throws Exception {
        values.put(MTU, "2000");
        reconciler.become(wanted());
        for (int i = 0; i < 20; i++) {
            nowMs += 15_001;
            machine.device("eth0").mtu = 1500;
            reconciler.look();
            assertThat(machine.device("eth0").mtu).isEqualTo(2000);
        }
    }

    @Test
    void whatCannotBeRepairedIsTriedAgainAndToldUntilItIs() throws Exception {
        values.put(MTU, "2000");
        reconciler.become(wanted());
        machine.device("eth0").mtu = 1500;
        machine.refuseAt = machine.performed.size();
        reconciler.look();
        assertThat(reconciler.report().problems()).singleElement().asString().contains("EIO");

        reconciler.look();

        assertThat(reconciler.report().problems()).isEmpty();
        assertThat(machine.device("eth0").mtu).isEqualTo(2000);
    }

    @Test
    void theFileTakenLastIsTakenBackToTheOneBefore() throws Exception {
        values.put(MTU, "2000");
        reconciler.become(wanted());
        String before = machine.snapshot();
        bond("eth1");
        values.put(MTU, "3000");
        reconciler.become(wanted());
        reconciler.takeBack();

        assertThat(machine.snapshot()).isEqualTo(before);
        reconciler.look();
        assertThat(machine.snapshot()).isEqualTo(before);
        reconciler.close();
        assertThat(machine.device("eth0").mtu).isEqualTo(1500);
    }

    @Test
    void aStartThatIsTakenBackLeavesWhatAKilledDaemonLeft() throws Exception {
        values.put(MTU, "2000");
        reconciler.become(wanted());
        Reconciler successor = unstarted();
        values.put(MTU, "3000");
        successor.become(wanted());
        successor.takeBack();
        successor.close();

        assertThat(machine.device("eth0").mtu).isEqualTo(2000);
        Reconciler third = unstarted();
        third.become(Wanted.NOTHING);
        assertThat(machine.device("eth0").mtu).isEqualTo(1500);
    }

    @Test
    void whatRunningPathsNeedGoesBeforeTheFile() throws Exception {
        values.put(MTU, "1400");
        reconciler.become(wanted());
        needs = (setting, value) -> setting.equals(MTU) ? "1506" : value;
        machine.device("eth0").mtu = 1506;
        reconciler.look();
        assertThat(machine.device("eth0").mtu).isEqualTo(1506);

        needs = PathNeeds.NONE;
        reconciler.look();
        assertThat(machine.device("eth0").mtu).isEqualTo(1400);
    }

    @Test
    void anInterfaceThatIsNotNamedAnyMoreIsAsItWas() throws Exception {
        bond("eth0", "eth1");
        values.put(RMEM, "1");
        String before = machine.snapshot();
        reconciler.become(wanted());
        values.clear();
        members.clear();
        reconciler.become(wanted());

        assertThat(machine.snapshot()).isEqualTo(before);
        assertThat(folder.resolve("control.sock.baseline")).doesNotExist();
    }

    @Test
    void aKeyThatIsNotNamedAnyMoreIsAsTheKernelMakesIt() throws Exception {
        bond("eth0");
        values.put(BondSetting.NUM_PEER_NOTIF.of("bond0"), "5");
        reconciler.become(wanted());
        values.remove(BondSetting.NUM_PEER_NOTIF.of("bond0"));
        reconciler.become(wanted());

        assertThat(machine.device("bond0").bond).containsEntry("num-peer-notif", "1");
    }

    @Test
    void nothingIsKeptOrChangedForAFileThatSaysNothing() throws Exception {
        reconciler.become(wanted());
        reconciler.look();
        reconciler.close();

        assertThat(machine.performed).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
