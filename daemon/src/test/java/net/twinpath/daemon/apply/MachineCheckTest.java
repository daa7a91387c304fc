package net.twinpath.daemon.apply;

import static net.twinpath.netlink.route.Address.FOREVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.twinpath.config.ConfigReader;
import net.twinpath.netlink.route.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code twinpathd --check} says of the machine, letter by letter. */
class MachineCheckTest {
    private static final String VLANS = """
            [path.dup0]
            links = ["enp3s0.66", "enp3s0.67"]
            """;

    /** {@code ARPHRD_LOOPBACK} (linux/if_arp.h). */
    private static final int LOOPBACK = 772;

    @TempDir
    private Path folder;

    @Test
    void independentLinksThatAreThereNeedNoWord() throws Exception {
        assertThat(remarks(VLANS, new FakeLinks().physical("enp3s0.66", "enp3s0.67")))
                .isEmpty();
    }

    @Test
    void aSharedPartIsToldWhereTheLaterLinkStands() throws Exception {
        FakeLinks present = new FakeLinks().physical("enp3s0").upon("enp3s0", "vlan", "enp3s0.66", "enp3s0.67");

        assertThat(remarks(VLANS, present))
                .containsExactly("warning: FILE:2:23: path.dup0.links: enp3s0.66 and enp3s0.67 are VLANs of one"
                        + " interface, enp3s0: one cable cut takes both");
    }

    @Test
    void interfacesThatAreNotThereAreNoted() throws Exception {
        assertThat(remarks(VLANS + "inside = \"enp9s0\"\n", new FakeLinks().physical("lo", "enp3s0.67")))
                .containsExactly(
                        "note: enp3s0.66 is not on this machine now", "note: enp9s0 is not on this machine now");
    }

    @Test
    void everyPathIsLookedAt() throws Exception {
        String paths = VLANS + """
                [path.dup1]
                links = ["enp5s0", "enp6s0"]
                """;

        assertThat(remarks(paths, new FakeLinks()))
                .containsExactly(
                        "note: enp3s0.66 is not on this machine now",
                        "note: enp3s0.67 is not on this machine now",
                        "note: dup0 cannot start until one of its links is there",
                        "note: enp5s0 is not on this machine now",
                        "note: enp6s0 is not on this machine now",
                        "note: dup1 cannot start until one of its links is there");
    }

    @Test
    void onePresentLinkIsEnoughToStart() throws Exception {
        assertThat(check(VLANS, new FakeLinks().physical("enp3s0.66", "enp3s0.67"))
                        .allowsStart())
                .isTrue();
        assertThat(check(VLANS, new FakeLinks().physical("enp3s0.67")).allowsStart())
                .isTrue();
        assertThat(check(VLANS, new FakeLinks().physical("enp9s0")).allowsStart())
                .isFalse();
    }

    @Test
    void aLinkThatIsThereMustBeUsable() throws Exception {
        FakeLinks present =
                new FakeLinks().physical("enp3s0.67").virtual("br0", "bridge").join("br0", "enp3s0.67");

        assertThat(check(VLANS, present).allowsStart()).isFalse();
    }

    @Test
    void aGatewayNeedsItsInsidePort() throws Exception {
        String gateway = VLANS + "inside = \"enp9s0\"\n";

        assertThat(check(gateway, new FakeLinks().physical("enp3s0.66", "enp3s0.67"))
                        .allowsStart())
                .isFalse();
        assertThat(check(gateway, new FakeLinks().physical("enp3s0.66", "enp9s0"))
                        .allowsStart())
                .isTrue();
    }

    @Test
    void aLinkThatTheFileMakesIsNotMissing() throws Exception {
        String made = """
                [vlan."enp3s0.66"]
                link = "enp3s0"
                id = 66
                """ + VLANS;

        MachineCheck check = check(made, new FakeLinks().physical("enp3s0"));

        assertThat(check.allowsStart()).isTrue();
        assertThat(check.remarks()).hasToString("[note: enp3s0.67 is not on this machine now]");
    }

    @Test
    void aVlanInABondThatBalancesByAddressIsWarnedOf() throws Exception {
        String file = """
                [vlan."enp5s0.7"]
                link = "enp5s0"
                id = 7

                [bond.bond0]
                mode = "balance-tlb"
                members = ["enp5s0.7", "enp6s0"]
                """;

        assertThat(remarks(file, new FakeLinks().physical("enp5s0", "enp6s0")))
                .containsExactly("warning: FILE:5:1: bond.bond0.members: in a bond of mode \"balance-tlb\" the VLAN"
                        + " enp5s0.7 leaves enp5s0 promiscuous for good; mode \"balance-alb\" does not");
        assertThat(remarks(file.replace("-tlb", "-alb"), new FakeLinks().physical("enp5s0", "enp6s0")))
                .isEmpty();
    }

    @Test
    void whatIsNoEthernetIsAnErrorWhereItStands() throws Exception {
        FakeLinks present = new FakeLinks().physical("enp3s0.66", "enp9s0").ofType(LOOPBACK, "enp3s0.67");

        assertThat(remarks(VLANS, present))
                .containsExactly(
                        "error: FILE:2:23: path.dup0.links: enp3s0.67 is no Ethernet interface; a link must be one");
        assertThat(remarks(VLANS.replace("3s0.67", "9s0") + "inside = \"enp3s0.67\"\n", present))
                .containsExactly(
                        "error: FILE:3:1: path.dup0.inside: enp3s0.67 is no Ethernet interface; a link must be one");
    }

    @Test
    void aMemberOfABridgeOrBondIsToldWithItsName() throws Exception {
        FakeLinks present = new FakeLinks()
                .physical("enp3s0.66", "enp3s0.67")
                .virtual("br0", "bridge")
                .virtual("bond0", "bond")
                .join("br0", "enp3s0.66")
                .join("bond0", "enp3s0.67");

        assertThat(remarks(VLANS, present))
                .containsExactly(
                        "warning: FILE:2:10: path.dup0.links: enp3s0.66 belongs to the bridge br0; take it out first,"
                                + " or name that one; until then twinpathd does not start",
                        "warning: FILE:2:23: path.dup0.links: enp3s0.67 belongs to the bond bond0; take it out first,"
                                + " or name that one; until then twinpathd does not start");
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 24", "2001:db8::1, 64", "169.254.1.1, 16"})
    void anAddressOfALinkIsToldAndTheAutomaticOneOfIpv6IsNot(String address, int prefixLength) throws Exception {
        FakeLinks present = new FakeLinks().physical("enp3s0.66", "enp3s0.67");

        assertThat(remarks(VLANS, present, List.of(address(2, "fe80::1", 64), address(2, address, prefixLength))))
                .containsExactly("warning: FILE:2:23: path.dup0.links: enp3s0.67 has the address " + address + "/"
                        + prefixLength + ", which would stop answering; give it to the path instead"
                        + " (ip address del ... dev enp3s0.67); until then twinpathd does not start");
        assertThat(remarks(VLANS, present, List.of(address(2, "fe80::1", 64)))).isEmpty();
    }

    private static Address address(int index, String address, int prefixLength) throws UnknownHostException {
        return new Address(
                index, InetAddress.getByName(address), prefixLength, null, null, null, 0, 0, 0, 0, FOREVER, FOREVER);
    }

    private List<String> remarks(String configuration, FakeLinks present) throws Exception {
        return remarks(configuration, present, List.of());
    }

    private List<String> remarks(String configuration, FakeLinks present, List<Address> addresses) throws Exception {
        return check(configuration, present, addresses).remarks().stream()
                .map(remark -> remark.toString().replace(file().toString(), "FILE"))
                .toList();
    }

    private MachineCheck check(String configuration, FakeLinks present) throws Exception {
        return check(configuration, present, List.of());
    }

    private MachineCheck check(String configuration, FakeLinks present, List<Address> addresses) throws Exception {
        return MachineCheck.look(
                ConfigReader.read(Files.writeString(file(), configuration)),
                present.list(),
                link -> addresses.stream()
                        .filter(address -> address.interfaceIndex() == link.index())
                        .toList(),
                new FakeSysfs(folder).devices());
    }

    private Path file() {
        return folder.resolve("twinpath.toml");
    }
}
