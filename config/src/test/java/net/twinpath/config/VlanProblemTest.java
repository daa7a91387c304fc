package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact line an operator gets when a VLAN cannot be. */
class VlanProblemTest {
    @TempDir
    Path temporary;

    private ConfigFolder files;

    @BeforeEach
    void emptyFolder() {
        files = new ConfigFolder(temporary);
    }

    /** One line in the fourth line of a VLAN that is valid without it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            mode = 5                             | 1  | mode: unknown key; it belongs in [bond.NAME]
            egress = {}                          | 1  | egress: unknown key; known keys of [vlan.NAME]: link, id, protocol, mtu, mac, address, offload, reorder-header, gvrp, mvrp, loose-binding, bridge-binding, ingress-priority, egress-priority
            protocol = "802.1q"                  | 1  | protocol: "802.1q" is not known; use "802.1Q" or "802.1ad"
            reorder-header = "off"               | 1  | reorder-header: expected a boolean, found a string; example: reorder-header = true
            ingress-priority = 5                 | 1  | ingress-priority: expected a table, found an integer; example: ingress-priority = { 5 = 5 }
            ingress-priority = { 8 = 1 }         | 22 | ingress-priority.8: "8" is no priority here; allowed: keys 0..7, values 0..4294967295
            ingress-priority = { 07 = 1 }        | 22 | ingress-priority.07: "07" is no priority here; allowed: keys 0..7, values 0..4294967295
            ingress-priority = { 7 = 4294967296 } | 22 | ingress-priority.7: 4294967296 is out of range; allowed: keys 0..7, values 0..4294967295
            egress-priority = { 5 = 8 }          | 21 | egress-priority.5: 8 is out of range; allowed: keys 0..4294967295, values 0..7
            egress-priority = { 5 = -1 }         | 21 | egress-priority.5: -1 is out of range; allowed: keys 0..4294967295, values 0..7
            egress-priority = { 5 = "5" }        | 21 | egress-priority.5: expected an integer, found a string; example: egress-priority = { 5 = 5, 6 = 6 }
            egress-priority = { 4294967296 = 1 } | 21 | egress-priority.4294967296: "4294967296" is no priority here; allowed: keys 0..4294967295, values 0..7
            egress-priority = { ef = 5 }         | 21 | egress-priority.ef: "ef" is no priority here; allowed: keys 0..4294967295, values 0..7
            offload = { rx-gr0 = true }          | 13 | offload.rx-gr0: unknown feature; did you mean "rx-gro"?
            offload = { tso = true }             | 13 | offload.tso: "tso" is ethtool's short name; use "tx-tcp-segmentation" or "tx-tcp6-segmentation"
            offload = { speed = true }           | 13 | offload.speed: unknown feature; ethtool -k shows the names of an interface's features
            offload = { rx-gro = "off" }         | 13 | offload.rx-gro: expected a boolean, found a string; example: offload = { "rx-gro" = true }
            """)
    void aKeyOfAVlanIsWrong(String line, int column, String problem) {
        files.with("twinpath.toml", "[vlan.v]", "link = \"a\"", "id = 5", line);

        assertThat(files.problems()).containsExactly("twinpath.toml:4:" + column + ": vlan.v." + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            # none             | 1:1 | link: the key is missing; example: link = "bond0"
            link = "a/b"       | 2:1 | link: "a/b" is not an interface name; a name has 1 to 15 bytes without /, : or white space
            link = "lo"        | 2:1 | link: "lo" cannot be used: "lo" is the loopback interface, and "all" and "default" are names of sysctl
            link = ["a"]       | 2:1 | link: expected a string, found an array; example: link = "bond0"
            """)
    void theLinkIsWrong(String line, String place, String problem) {
        files.with("twinpath.toml", "[vlan.v]", line, "id = 5");

        assertThat(files.problems()).containsExactly("twinpath.toml:" + place + ": vlan.v." + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            # none     | 1:1 | id: the key is missing; example: id = 100
            id = 0     | 2:1 | id: 0 is out of range; allowed: 1..4094
            id = 4095  | 2:1 | id: 4095 is out of range; allowed: 1..4094
            id = "5"   | 2:1 | id: expected an integer, found a string; example: id = 100
            """)
    void theIdentifierIsWrong(String line, String place, String problem) {
        files.with("twinpath.toml", "[vlan.v]", line, "link = \"a\"");

        assertThat(files.problems()).containsExactly("twinpath.toml:" + place + ": vlan.v." + problem);
    }

    @ParameterizedTest
    @CsvSource({"gvrp, true", "mvrp, false"})
    void registrationIsForCustomerTagsOnly(String key, String value) {
        files.with(
                "twinpath.toml", "[vlan.v]", "link = \"a\"", "id = 5", "protocol = \"802.1ad\"", key + " = " + value);

        assertThat(files.problems())
                .containsExactly("twinpath.toml:5:1: vlan.v." + key + ": only with \"802.1Q\", and the protocol of"
                        + " this VLAN is \"802.1ad\"; remove the key, or change the protocol");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            vlan      | bond0.100      | bond0"."100    | vlan."bond0.100"
            interface | enp3s0.7       | enp3s0"."7     | interface."enp3s0.7"
            bond      | a.b            | a"."b          | bond."a.b"
            path      | dup.0          | dup"."0        | path."dup.0"
            """)
    void aNameWithADotThatLacksItsQuotesIsToldHowToWriteIt(String kind, String name, String parts, String right) {
        files.with("twinpath.toml", "[" + kind + "." + name + "]", "mtu = 1500");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:1:1: " + kind + "." + name
                        + ": unknown table; a name with a dot is written in quotes: [" + right + "]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            vlan = "x"       | vlan: expected a table, found a string; example: [vlan."bond0.100"]
            vlan.v = 5       | vlan.v: expected a table named after the VLAN, found an integer; example: [vlan."bond0.100"]
            bond.b = []      | bond.b: expected a table named after the bond, found an array; example: [bond.bond0]
            interface.i = 1  | interface.i: expected a table named after the interface, found an integer; example: [interface.enp9s0]
            [vlans.v]        | vlans: unknown table; did you mean [vlan.NAME]?
            [[bond]]         | bond: expected a table, found an array; example: [bond.bond0]
            sysctl = 1       | sysctl: expected a table, found an integer; example: [sysctl]
            pause = {}       | pause: the key stands in no table; it belongs in [interface.NAME]
            miimon = "1s"    | miimon: the key stands in no table; it belongs in [bond.NAME]
            """)
    void aTableIsWrong(String line, String problem) {
        files.with("twinpath.toml", line);

        assertThat(files.problems()).containsExactly("twinpath.toml:1:1: " + problem);
    }

    @Test
    void anMtuThatIsTooSmallForIpv6NamesTheAddress() {
        files.with("twinpath.toml", "[vlan.v]", "link = \"a\"", "id = 5", "mtu = 1000", "address = \"fd77::1/64\"");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:4:1: vlan.v.mtu: 1000 is too small for the IPv6 address fd77::1/64;"
                        + " IPv6 needs at least 1280");
    }
}
