package net.twinpath.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import jnr.constants.platform.Errno;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ThrowawayNamespace;
import net.twinpath.netlink.route.BondChoice.AdSelect;
import net.twinpath.netlink.route.BondChoice.ArpAllTargets;
import net.twinpath.netlink.route.BondChoice.ArpValidate;
import net.twinpath.netlink.route.BondChoice.FailOverMac;
import net.twinpath.netlink.route.BondChoice.LacpRate;
import net.twinpath.netlink.route.BondChoice.Mode;
import net.twinpath.netlink.route.BondChoice.PrimaryReselect;
import net.twinpath.netlink.route.BondChoice.XmitHashPolicy;
import net.twinpath.netlink.route.BondPort.MiiStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bonds made, changed and read back in the kernel, and its own names for every choice. */
@Tag("vm")
@Timeout(120)
class BondsLiveIT {
    private static final Set<BondOption<?>> NOT_IN_SYSFS = Set.of(BondOption.NS_IP6_TARGET, BondOption.COUPLED_CONTROL);

    private ThrowawayNamespace namespace;

    @BeforeEach
    void makeNamespace() throws Exception {
        namespace = ThrowawayNamespace.create();
        namespace.assumeIp("needs the kernel module bonding", "link", "add", "probe", "type", "bond");
        namespace.ip("link", "delete", "probe");
    }

    @AfterEach
    void deleteNamespace() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @Test
    void everyModeHasTheKernelsNameAndNumber() throws Exception {
        with((links, bonds) -> {
            for (Mode mode : Mode.values()) {
                bonds.create("bond0", BondOptions.NONE.with(BondOption.MODE, mode));
                assertThat(sysfs(BondOption.MODE)).isEqualTo(text(mode));
                assertThat(options(bonds).get(BondOption.MODE)).contains(mode);
                links.delete("bond0");
            }
        });
    }

    @Test
    void everyChoiceHasTheKernelsNameAndNumber() throws Exception {
        with((links, bonds) -> {
            everyChoice(links, bonds, Mode.BALANCE_XOR, BondOption.XMIT_HASH_POLICY, XmitHashPolicy.values());
            everyChoice(links, bonds, Mode.ACTIVE_BACKUP, BondOption.ARP_VALIDATE, ArpValidate.values());
            everyChoice(links, bonds, Mode.ACTIVE_BACKUP, BondOption.ARP_ALL_TARGETS, ArpAllTargets.values());
            everyChoice(links, bonds, Mode.ACTIVE_BACKUP, BondOption.PRIMARY_RESELECT, PrimaryReselect.values());
            everyChoice(links, bonds, Mode.ACTIVE_BACKUP, BondOption.FAIL_OVER_MAC, FailOverMac.values());
            everyChoice(links, bonds, Mode.LACP, BondOption.AD_LACP_RATE, LacpRate.values());
            everyChoice(links, bonds, Mode.LACP, BondOption.AD_SELECT, AdSelect.values());
        });
    }

    /** Also shows that the names of the options are those of the kernel: each is the name of a file. */
    @Test
    void everyOptionIsSetAndReadBack() throws Exception {
        Inet4Address ipv4 = (Inet4Address) InetAddress.getByName("192.0.2.1");
        Inet6Address ipv6 = (Inet6Address) InetAddress.getByName("2001:db8::1");
        with((links, bonds) -> {
            setAndReadBack(
                    links,
                    bonds,
                    mode(Mode.BALANCE_RR)
                            .with(BondOption.PACKETS_PER_SLAVE, 3)
                            .with(BondOption.MIIMON, 100)
                            .with(BondOption.UPDELAY, 200)
                            .with(BondOption.DOWNDELAY, 300)
                            .with(BondOption.PEER_NOTIF_DELAY, 400)
                            .with(BondOption.USE_CARRIER, true)
                            .with(BondOption.RESEND_IGMP, 5)
                            .with(BondOption.NUM_PEER_NOTIF, 3)
                            .with(BondOption.ALL_SLAVES_ACTIVE, true)
                            .with(BondOption.MIN_LINKS, 2)
                            .with(BondOption.LP_INTERVAL, 7));
            setAndReadBack(
                    links,
                    bonds,
                    mode(Mode.ACTIVE_BACKUP)
                            .with(BondOption.ARP_INTERVAL, 1000)
                            .with(BondOption.ARP_IP_TARGET, List.of(ipv4))
                            .with(BondOption.NS_IP6_TARGET, List.of(ipv6))
                            .with(BondOption.MISSED_MAX, 4));
            setAndReadBack(
                    links,
                    bonds,
                    mode(Mode.LACP)
                            .with(BondOption.AD_LACP_ACTIVE, false)
                            .with(BondOption.AD_ACTOR_SYS_PRIO, 258)
                            .with(BondOption.AD_USER_PORT_KEY, 515)
                            .with(BondOption.AD_ACTOR_SYSTEM, MacAddress.parse("02:54:50:00:00:09")));
            bonds.create("bond0", mode(Mode.LACP));
            boolean hasCoupledControl =
                    options(bonds).get(BondOption.COUPLED_CONTROL).isPresent();
            links.delete("bond0");
            if (hasCoupledControl) {
                setAndReadBack(links, bonds, mode(Mode.LACP).with(BondOption.COUPLED_CONTROL, false));
            }
            setAndReadBack(links, bonds, mode(Mode.BALANCE_TLB).with(BondOption.TLB_DYNAMIC_LB, false));
        });
    }

    @Test
    void whatWasChangedIsTakenBack() throws Exception {
        Inet4Address target = (Inet4Address) InetAddress.getByName("192.0.2.1");
        with((links, bonds) -> {
            Link bond = bonds.create("bond0", mode(Mode.ACTIVE_BACKUP).with(BondOption.MIIMON, 100));
            BondOptions before = options(bonds);
            BondOptions wanted = BondOptions.NONE
                    .with(BondOption.MODE, Mode.ACTIVE_BACKUP)
                    .with(BondOption.MIIMON, 0)
                    .with(BondOption.ARP_INTERVAL, 500)
                    .with(BondOption.ARP_IP_TARGET, List.of(target))
                    .with(BondOption.MIN_LINKS, 1);

            BondOptions changes = wanted.differingFrom(before);
            assertThat(changes.options())
                    .isEqualTo(Set.of(
                            BondOption.MIIMON,
                            BondOption.ARP_INTERVAL,
                            BondOption.ARP_IP_TARGET,
                            BondOption.MIN_LINKS));
            bonds.change(bond, changes);
            assertThat(wanted.differingFrom(options(bonds)).isEmpty()).isTrue();

            bonds.change(bond, before.only(changes.options()));
            assertThat(options(bonds)).isEqualTo(before);
        });
    }

    @Test
    void membersJoinAreToldAndLeave() throws Exception {
        namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "w0");
        namespace.ip("link", "add", "v1", "type", "veth", "peer", "name", "w1");
        namespace.ip("link", "set", "w0", "up");
        with((links, bonds) -> {
            Link bond = bonds.create(
                    "bond0",
                    mode(Mode.ACTIVE_BACKUP).with(BondOption.MIIMON, 20).with(BondOption.MIN_LINKS, 1));
            Link v0 = links.find("v0").orElseThrow();
            Link v1 = links.find("v1").orElseThrow();
            links.setMaster(v0, bond);
            links.setMaster(v1, bond);
            links.setUp(bond);
            links.setUp(v0);
            links.setUp(v1);

            await(() -> port(bonds, bond, "v0").miiStatus() == MiiStatus.UP
                    && port(bonds, bond, "v0").active());
            BondPort ready = port(bonds, bond, "v0");
            assertThat(ready.originalAddress()).isEqualTo(v0.address());
            assertThat(namespace.read("/sys/class/net/v0/bonding_slave/state")).isEqualTo("active");
            assertThat(namespace.read("/sys/class/net/v0/bonding_slave/mii_status"))
                    .isEqualTo(MiiStatus.UP.kernelName());
            await(() -> port(bonds, bond, "v1").miiStatus() == MiiStatus.DOWN);
            assertThat(port(bonds, bond, "v1").active()).isFalse();
            assertThat(namespace.read("/sys/class/net/v1/bonding_slave/state")).isEqualTo("backup");
            assertThat(namespace.read("/sys/class/net/v1/bonding_slave/mii_status"))
                    .isEqualTo(MiiStatus.DOWN.kernelName());
            assertThat(options(bonds).get(BondOption.ACTIVE_SLAVE)).contains(v0.index());

            bonds.setQueueId(v1, 2);
            bonds.setPriority(v1, -5);
            bonds.change(bond, BondOptions.NONE.with(BondOption.PRIMARY, v1.index()));
            assertThat(port(bonds, bond, "v1").queueId()).isEqualTo(2);
            assertThat(port(bonds, bond, "v1").priority()).isEqualTo(-5);
            assertThat(options(bonds).get(BondOption.PRIMARY)).contains(v1.index());
            assertThat(namespace.read("/sys/class/net/bond0/bonding/primary")).isEqualTo("v1");
            bonds.change(bond, BondOptions.NONE.with(BondOption.PRIMARY, 0));
            assertThat(options(bonds).get(BondOption.PRIMARY)).contains(0);

            links.release(v0);
            assertThat(bonds.ports(bond)).extracting(port -> port.link().name()).containsExactly("v1");
            assertThat(links.find(v0.index()).orElseThrow().masterIndex()).isZero();
        });
    }

    /** A port whose link comes back waits for updelay while another is in use; one whose link goes, for downdelay. */
    @Test
    void theDelaysHaveTheKernelsNames() throws Exception {
        namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "w0");
        namespace.ip("link", "add", "v1", "type", "veth", "peer", "name", "w1");
        namespace.ip("link", "set", "w0", "up");
        with((links, bonds) -> {
            Link bond = bonds.create(
                    "bond0",
                    mode(Mode.ACTIVE_BACKUP)
                            .with(BondOption.MIIMON, 100)
                            .with(BondOption.UPDELAY, 90_000)
                            .with(BondOption.DOWNDELAY, 90_000));
            join(links, bond, "v0");
            statusIs(bonds, bond, "v0", MiiStatus.UP);
            join(links, bond, "v1");
            statusIs(bonds, bond, "v1", MiiStatus.DOWN);

            links.setUp(links.find("w1").orElseThrow());
            statusIs(bonds, bond, "v1", MiiStatus.GOING_BACK);
            links.setDown(links.find("w0").orElseThrow());
            statusIs(bonds, bond, "v0", MiiStatus.GOING_DOWN);
        });
    }

    /**
     * Two bonds that face each other.
     *
     * <pre>
     *  bond0 --+-- v0 ===== w0 --+-- bond1
     *          +-- v1 ===== w1 --+
     * </pre>
     */
    @Test
    void lacpAgreesWithItsPartner() throws Exception {
        namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "w0");
        namespace.ip("link", "add", "v1", "type", "veth", "peer", "name", "w1");
        with((links, bonds) -> {
            BondOptions lacp = mode(Mode.LACP).with(BondOption.MIIMON, 20).with(BondOption.AD_LACP_RATE, LacpRate.FAST);
            Link near = bonds.create("bond0", lacp);
            Link far = bonds.create("bond1", lacp);
            join(links, near, "v0", "v1");
            join(links, far, "w0", "w1");
            await(() -> hasTwoPortsWith(aggregator(bonds), links.find("bond1").orElseThrow()));
            int aggregator = Objects.requireNonNull(aggregator(bonds)).id();
            assertThat(bonds.ports(near)).hasSize(2).allSatisfy(port -> {
                assertThat(port.aggregatorId()).isEqualTo(aggregator);
                assertThat(port.actorPortState()).isNotNull();
                assertThat(port.partnerPortState()).isNotNull();
            });
        });
    }

    @Test
    void refusalsAreTheKernelsOwnWords() throws Exception {
        namespace.ip("link", "add", "v0", "type", "veth", "peer", "name", "w0");
        with((links, bonds) -> {
            Link bond = bonds.create("bond0", mode(Mode.ACTIVE_BACKUP));
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> bonds.create("bond0", BondOptions.NONE))
                    .withMessageStartingWith("create bond bond0: EEXIST (File exists)");
            Link v0 = links.find("v0").orElseThrow();
            links.setUp(v0);
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> links.setMaster(v0, bond))
                    .withMessageStartingWith("join bond0 with v0: EPERM (Operation not permitted): ")
                    .withMessageContaining("can not be enslaved while up");
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> bonds.change(bond, BondOptions.NONE.with(BondOption.AD_LACP_RATE, LacpRate.FAST)))
                    .satisfies(e -> assertThat(e.is(Errno.EACCES)).isTrue())
                    .withMessageStartingWith("set lacp_rate fast of bond0: EACCES (Permission denied)");
        });
    }

    private <C extends BondChoice> void everyChoice(
            Links links, Bonds bonds, Mode mode, BondOption<C> option, C[] choices) {
        Link bond = bonds.create("bond0", mode(mode));
        for (C choice : choices) {
            bonds.change(bond, BondOptions.NONE.with(option, choice));
            assertThat(sysfs(option)).as(option.kernelName()).isEqualTo(text(choice));
            assertThat(options(bonds).get(option)).contains(choice);
        }
        links.delete("bond0");
    }

    private void setAndReadBack(Links links, Bonds bonds, BondOptions wanted) {
        bonds.create("bond0", wanted);
        assertThat(wanted.differingFrom(options(bonds))).hasToString("").isEqualTo(BondOptions.NONE);
        for (BondOption<?> option : wanted.options()) {
            Object value = wanted.get(option).orElseThrow();
            if (value instanceof Integer number) {
                assertThat(sysfs(option)).as(option.kernelName()).isEqualTo(number.toString());
            } else if (!NOT_IN_SYSFS.contains(option)) {
                assertThat(sysfs(option)).as(option.kernelName()).isNotEmpty();
            }
        }
        links.delete("bond0");
    }

    private void statusIs(Bonds bonds, Link bond, String port, MiiStatus status) {
        await(() -> port(bonds, bond, port).miiStatus() == status);
        assertThat(namespace.read("/sys/class/net/" + port + "/bonding_slave/mii_status"))
                .isEqualTo(status.kernelName());
    }

    private static void join(Links links, Link bond, String... names) {
        for (String name : names) {
            Link port = links.find(name).orElseThrow();
            links.setMaster(port, bond);
            links.setUp(port);
        }
        links.setUp(bond);
    }

    private String sysfs(BondOption<?> option) {
        return namespace.read("/sys/class/net/bond0/bonding/" + option.kernelName());
    }

    /** As sysfs shows a choice. */
    private static String text(BondChoice choice) {
        return choice.kernelName() + " " + choice.number();
    }

    private static BondOptions mode(Mode mode) {
        return BondOptions.NONE.with(BondOption.MODE, mode);
    }

    private static BondOptions options(Bonds bonds) {
        return bonds.find("bond0").orElseThrow().options();
    }

    private static Bond.@Nullable Aggregator aggregator(Bonds bonds) {
        return bonds.find("bond0").orElseThrow().aggregator();
    }

    /** There is none until a port has its carrier. */
    private static boolean hasTwoPortsWith(Bond.@Nullable Aggregator aggregator, Link partner) {
        return aggregator != null
                && aggregator.ports() == 2
                && aggregator.partnerAddress().equals(partner.address());
    }

    private static BondPort port(Bonds bonds, Link bond, String name) {
        return bonds.ports(bond).stream()
                .filter(port -> port.link().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void with(Body body) throws Exception {
        namespace.run(() -> {
            try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE)) {
                body.run(new Links(socket), new Bonds(socket));
            }
        });
    }

    private static void await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 60 s in vain").isLessThan(deadlineNs);
            Thread.onSpinWait();
        }
    }

    private interface Body {
        void run(Links links, Bonds bonds) throws Exception;
    }
}
