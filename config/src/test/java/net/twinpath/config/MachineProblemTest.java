package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact line an operator gets when tables do not go together. */
class MachineProblemTest {
    private static final String[] BOND = {"[bond.b]", "mode = \"802.3ad\"", "members = [\"m\", \"n\"]"};

    @TempDir
    Path temporary;

    private ConfigFolder files;

    @BeforeEach
    void emptyFolder() {
        files = new ConfigFolder(temporary);
        files.with("twinpath.toml", "");
    }

    /** Several lines of one file, given with semicolons between. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            [bond.c];mode = "balance-rr";members = ["m"] | 3:12: bond.c.members: interface "m" is already a member of [bond.b] at conf.d/0.toml:3:12; an interface may have one use only
            [path.p];links = ["m", "x"] | 2:10: path.p.links: interface "m" is already a member of [bond.b] at conf.d/0.toml:3:12; an interface may have one use only
            [path.p];links = ["x", "y"];inside = "m" | 3:1: path.p.inside: interface "m" is already a member of [bond.b] at conf.d/0.toml:3:12; an interface may have one use only
            [path.b];links = ["x", "y"] | 1:1: path.b: interface "b" is already made for [bond.b] at conf.d/0.toml:1:1; an interface may have one use only
            [vlan.b];link = "x";id = 1 | 1:1: vlan.b: interface "b" is already made for [bond.b] at conf.d/0.toml:1:1; an interface may have one use only
            [path.m];links = ["x", "y"] | 1:1: path.m: interface "m" is already a member of [bond.b] at conf.d/0.toml:3:12; an interface may have one use only
            [vlan.v];link = "m";id = 1 | 2:1: vlan.v.link: interface "m" is a member of [bond.b] at conf.d/0.toml:3:12, whose frames are the bond's; put the VLAN on the bond
            [interface.b];mtu = 9000 | 1:1: interface.b: interface "b" is made for [bond.b] at conf.d/0.toml:1:1, where its keys belong; this table is for interfaces that exist without twinpath
            [interface.m];address = "192.0.2.1/24" | 2:1: interface.m.address: the interface is a member of [bond.b] at conf.d/0.toml:3:12; give the address to the bond
            [interface.n];mtu = 9000 | 2:1: interface.n.mtu: the interface is a member of [bond.b] at conf.d/0.toml:3:17, which gives its mtu to all its members; set that
            [interface.n];mac = "02:00:00:00:00:01" | 2:1: interface.n.mac: the interface is a member of [bond.b] at conf.d/0.toml:3:17, which gives its MAC address to all its members; set that
            [vlan.m];link = "x";id = 1;address = "192.0.2.1/24" | 4:1: vlan.m.address: the interface is a member of [bond.b] at conf.d/0.toml:3:12; give the address to the bond
            [vlan.v];link = "b";id = 1;mtu = 9000 | 4:1: vlan.v.mtu: 9000 is more than the mtu of its link "b", 1500; raise that, or lower this
            [vlan.v];link = "b";id = 1;bridge-binding = true | 4:1: vlan.v.bridge-binding: is for VLANs of a bridge, and "b" is made for [bond.b] at conf.d/0.toml:1:1; remove the key
            [path.p];links = ["b", "x"];mtu = 1500 | 3:1: path.p.mtu: 1500 needs links of 1506, and "b" has an mtu of 1500; raise that, or lower this
            [bond.b] | 1:1: bond.b: the table stands at conf.d/0.toml:1:1 too; a table may stand in one file only
            """)
    void aTableDoesNotGoWithABond(String lines, String problem) {
        files.with("conf.d/0.toml", BOND).with("conf.d/1.toml", lines.split(";"));

        assertThat(files.problems()).contains("conf.d/1.toml:" + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            [vlan.v];link = "x";id = 66 | 2:1: vlan.v.link: interface "x" is a link of [path.p] at conf.d/0.toml:3:10, which takes all its frames; use another interface, or give a link of the path a vlan
            [vlan.v];link = "y";id = 1 | 2:1: vlan.v.link: interface "y" is a link of [path.p] at conf.d/0.toml:3:42, which takes all its frames; use another interface, or give a link of the path a vlan
            [vlan.v];link = "i";id = 1 | 2:1: vlan.v.link: interface "i" is the inside of [path.g] at conf.d/0.toml:6:1, which takes all its frames; use another interface, or give a link of the path a vlan
            [vlan.v];link = "p";id = 1 | 2:1: vlan.v.link: interface "p" is made for [path.p] at conf.d/0.toml:1:1, and VLANs on a path are not supported by this version; use another interface
            [vlan.p-in];link = "z";id = 1 | 1:1: vlan.p-in: interface "p-in" is already made for [path.p] at conf.d/0.toml:1:1; an interface may have one use only
            [bond.b];mode = "broadcast";members = ["p"] | 3:12: bond.b.members: interface "p" is already made for [path.p] at conf.d/0.toml:1:1; an interface may have one use only
            [interface.p];mtu = 1500 | 1:1: interface.p: interface "p" is made for [path.p] at conf.d/0.toml:1:1, where its keys belong; this table is for interfaces that exist without twinpath
            [interface.x];address = "192.0.2.1/24" | 2:1: interface.x.address: the interface is a link of [path.p] at conf.d/0.toml:3:10, which takes all its frames; give the address to a path
            [interface.i];address = "192.0.2.1/24" | 2:1: interface.i.address: the interface is the inside of [path.g] at conf.d/0.toml:6:1, which takes all its frames; give the address to a path
            [interface.x];offload = { rx-gro = true, rx-hashing = true } | 2:1: interface.x.offload: the interface is a link of [path.p] at conf.d/0.toml:3:10, where received frames must not be merged; remove "rx-gro"
            [interface.x];mtu = 1509 | FIRST:4:1: path.p.mtu: 1500 needs links of 1510, and "x" has an mtu of 1509; raise that, or lower this
            """)
    void aTableDoesNotGoWithAPath(String lines, String problem) {
        files.with(
                        "conf.d/0.toml",
                        "[path.p]",
                        "format = \"frer\"",
                        "links = [{ interface = \"x\", vlan = 66 }, \"y\"]",
                        "mtu = 1500",
                        "[path.g]",
                        "inside = \"i\"",
                        "links = [\"v1\", \"v2\"]")
                .with("conf.d/1.toml", lines.split(";"));

        String place =
                problem.startsWith("FIRST:") ? problem.replace("FIRST:", "conf.d/0.toml:") : "conf.d/1.toml:" + problem;
        assertThat(files.problems()).containsExactly(place);
    }

    @Test
    void aGatewayWhoseInsideIsTooSmallIsRefused() {
        files.with(
                "twinpath.toml",
                "[path.g]",
                "inside = \"i\"",
                "mtu = 1500",
                "links = [\"x\", \"y\"]",
                "[interface.i]",
                "mtu = 1499",
                "[interface.x]",
                "mtu = 1506");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:3:1: path.g.mtu: 1500 needs an inside of 1500, and \"i\" has an mtu of"
                        + " 1499; raise that, or lower this");
    }

    @Test
    void whatGoesWithAPathIsNotRefused() {
        files.with(
                "twinpath.toml",
                "[interface.x]",
                "mtu = 1506",
                "mac = \"02:00:00:00:00:01\"",
                "address = []",
                "offload = { rx-gro = false, rx-hashing = true }",
                "[path.p]",
                "links = [\"x\", \"v\"]",
                "mtu = 1500",
                "[vlan.v]",
                "link = \"y\"",
                "id = 1");

        assertThat(files.problems()).isEmpty();
    }

    @Test
    void aVlanOnItselfIsNamed() {
        files.with("twinpath.toml", "[vlan.v]", "id = 1", "link = \"v\"");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:3:1: vlan.v.link: the interface stands on itself: v -> v; put one of"
                        + " them on another interface");
    }

    @Test
    void aCycleIsNamedInFullAndOnce() {
        files.with(
                "twinpath.toml",
                "[vlan.top]",
                "link = \"v\"",
                "id = 9",
                "[vlan.v]",
                "link = \"b\"",
                "id = 1",
                "[bond.b]",
                "mode = \"balance-rr\"",
                "members = [\"x\", \"w\"]",
                "[vlan.w]",
                "link = \"v\"",
                "id = 2");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:9:1: bond.b.members: the interface stands on itself: b -> w -> v -> b;"
                        + " put one of them on another interface");
    }

    @Test
    void aStackThatIsTooHighForTheKernelIsRefusedWhereItBecomesSo() {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            lines.addAll(List.of("[vlan.v" + i + "]", "id = 1", "link = \"v" + (i - 1) + "\""));
        }
        files.with("twinpath.toml", lines.toArray(String[]::new));

        assertThat(files.problems())
                .containsExactly("twinpath.toml:24:1: vlan.v8.link: the interface would be the 9th of those on top of"
                        + " each other; the kernel has at most 8");
    }

    @Test
    void aStackOfAnyHeightAndACycleOfAnyLengthAreFoundInTime() {
        int count = 6_000;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.addAll(List.of("[vlan.v" + i + "]", "id = 1", "link = \"v" + (i + 1) % count + "\""));
        }
        files.with("twinpath.toml", lines.toArray(String[]::new));

        assertThat(files.problems()).singleElement().asString().contains("stands on itself: v0 -> v1 -> v2 -> v3 ->");
    }

    @Test
    void twoInterfacesOfOneVlanNameBothPlaces() {
        files.with(
                "twinpath.toml",
                "[vlan.v]",
                "link = \"x\"",
                "id = 5",
                "[vlan.w]",
                "link = \"x\"",
                "id = 5",
                "[vlan.s]",
                "link = \"x\"",
                "id = 5",
                "protocol = \"802.1ad\"");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:6:1: vlan.w.id: VLAN 5 (802.1Q) of \"x\" is \"v\" at"
                        + " twinpath.toml:1:1 already; remove one of the two");
    }

    @Test
    void aVlanIsNoLargerThanWhatCarriesItHoweverDeep() {
        files.with(
                "twinpath.toml",
                "[interface.x]",
                "mtu = 2000",
                "[vlan.v]",
                "link = \"x\"",
                "id = 5",
                "[vlan.w]",
                "link = \"v\"",
                "id = 5",
                "mtu = 2001",
                "[vlan.unknown]",
                "link = \"y\"",
                "id = 5",
                "mtu = 9000");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:9:1: vlan.w.mtu: 2001 is more than the mtu of its link \"v\", 2000;"
                        + " raise that, or lower this");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            pause = "off"                   | 1  | pause: expected a table, found a string; example: pause = { autonegotiate = false, receive = true, transmit = true }
            pause = { rx = true }           | 11 | pause.rx: unknown key; known keys of pause: autonegotiate, receive, transmit
            pause = { receive = 1 }         | 11 | pause.receive: expected a boolean, found an integer; example: receive = true
            ring = { receive = 0 }          | 10 | ring.receive: 0 is out of range; allowed: 1..65536
            ring = { recieve = 1 }          | 10 | ring.recieve: unknown key; did you mean "receive"?
            coalesce = { receive = 50 }     | 14 | coalesce.receive: expected a duration with its unit, such as "2s" or "100ms", found an integer; example: receive = "20us"
            coalesce = { receive = "101ms" } | 14 | coalesce.receive: "101ms" is out of range; allowed: "0us".."100ms"
            channels = { combined = 1025 }  | 14 | channels.combined: 1025 is out of range; allowed: 0..1024
            speed = 1000                    | 1  | speed: unknown key; known keys of [interface.NAME]: mtu, mac, address, offload, pause, ring, coalesce, channels
            """)
    void aKeyOfAnInterfaceIsWrong(String line, int column, String problem) {
        files.with("twinpath.toml", "[interface.enp3s0]", line);

        assertThat(files.problems()).containsExactly("twinpath.toml:2:" + column + ": interface.enp3s0." + problem);
    }

    @ParameterizedTest
    @CsvSource({"lo", "default", "all"})
    void anInterfaceThatIsNoneIsRefused(String name) {
        files.with("twinpath.toml", "[interface." + name + "]", "mtu = 1500");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:1:1: interface." + name + ": \"" + name + "\" cannot be used: \"lo\" is"
                        + " the loopback interface, and \"all\" and \"default\" are names of sysctl");
    }

    @Test
    void aSyntaxErrorElsewhereDoesNotMakeTablesClash() {
        files.with(
                "twinpath.toml",
                "[bond.b]",
                "mode = \"broadcast\"",
                "members = [\"x\"]",
                "mtu = ",
                "[vlan.v]",
                "link = \"b\"",
                "id = 1",
                "mtu = 9000",
                "[interface x]",
                "ring = { receive = 1 }");

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml:4:7: not valid TOML: Unexpected end of line, expected a value",
                        "twinpath.toml:9:12: not valid TOML: Unexpected 'x', expected ]");
    }
}
