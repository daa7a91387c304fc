package net.twinpath.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A VLAN somebody made that the file wants with another identifier, and what somebody put on it. */
@Tag("vm")
class RebuiltVlanIT {
    private final TemporaryFolder folder = TemporaryFolder.create("rebuilt-vlan");
    private final Namespace a = Namespace.host("a");
    private final Namespace b = Namespace.host("b");
    private final Cable lanA = Cable.connect("lan-a", a, "lan0", b, "lan0");

    @AfterEach
    void removeEverything() {
        a.close();
        b.close();
        lanA.close();
        folder.close();
    }

    @Test
    void aVlanMadeAnewTakesWhatStandsOnItAlongUnlessThatBelongsToABridge() {
        b.up("lan0");
        a.run("sh", "-ec", """
                ip link set lan0 up
                ip link add link lan0 name v10 type vlan id 10; ip link set v10 up
                ip link add link v10 name v10.5 type vlan id 5; ip link set v10.5 up alias hello
                ip link add br0 type bridge; ip link set br0 up; ip link set v10.5 master br0
                sysctl -q -w net.ipv4.conf.v10.rp_filter=1 net.ipv6.conf.v10/5.accept_ra=0
                """);
        String file = "[vlan.v10]\nlink = \"lan0\"\nid = 11\nmtu = 1400\n";
        try (Twinpathd daemon = Twinpathd.start(a, folder, "a", "")) {
            daemon.configure(file);
            assertThat(daemon.ctl("reload").errors())
                    .contains("v10 must be made anew, and v10.5 belongs to br0 (bridge)");
            assertThat(described("v10")).contains("id 10 ");

            a.run("ip", "link", "set", "v10.5", "nomaster");
            a.run("tc", "qdisc", "add", "dev", "v10.5", "root", "pfifo", "limit", "7");
            assertThat(daemon.ctl("plan").output()).contains("v10.5 has a queueing discipline (pfifo)");
            a.run("tc", "qdisc", "delete", "dev", "v10.5", "root");
            daemon.reload(file);
            assertThat(described("v10")).contains("id 11 ", "mtu 1400");
            assertSysctlsOfVlans();
            assertThat(described("v10.5")).contains("id 5 ", "alias hello");

            a.run("ip", "link", "set", "v10.5", "master", "br0");
            assertThat(daemon.stop()).as(daemon.log()).isZero();
            assertThat(daemon.log()).doesNotContain("not restored");
        }
        assertSysctlsOfVlans();
        assertThat(described("v10")).contains("id 10 ");
        assertThat(described("v10.5")).contains("id 5 ", "master br0", ",UP,LOWER_UP", "alias hello");
    }

    private String described(String name) {
        return a.run("ip", "-details", "link", "show", "dev", name);
    }

    private void assertSysctlsOfVlans() {
        assertThat(a.run("sysctl", "-n", "net.ipv4.conf.v10.rp_filter", "net.ipv6.conf.v10/5.accept_ra"))
                .isEqualTo("1\n0\n");
    }
}
