package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.twinpath.config.machine.BondMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The exact line an operator gets when a bond cannot be. */
class BondProblemTest {
    @TempDir
    Path temporary;

    private ConfigFolder files;

    @BeforeEach
    void emptyFolder() {
        files = new ConfigFolder(temporary);
    }

    /** One line in the fourth line of a bond that is valid without it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            mod = "802.3ad"                    | mod: unknown key; did you mean "mode"?
            slaves = []                        | slaves: unknown key; known keys of [bond.NAME]: mode, members, mtu, mac, address, offload, miimon, updelay, downdelay, arp-interval, arp-ip-target, ns-ip6-target, arp-validate, arp-all-targets, arp-missed-max, primary, primary-reselect, fail-over-mac, num-peer-notif, peer-notif-delay, resend-igmp, all-slaves-active, xmit-hash-policy, packets-per-slave, tlb-dynamic-lb, lp-interval, lacp-active, lacp-rate, ad-select, min-links, ad-actor-sys-prio, ad-actor-system, ad-user-port-key, coupled-control
            miimon = 100                       | miimon: expected a duration with its unit, such as "2s" or "100ms", found an integer; example: miimon = "100ms"
            miimon = "0ms"                     | miimon: "0ms" is out of range; allowed: "1ms".."1min"
            miimon = "1500us"                  | miimon: "1500us" is not a whole number of milliseconds
            updelay = "150ms"                  | updelay: "150ms" is no multiple of miimon, "100ms"; use "100ms" or "200ms"
            downdelay = "1ms"                  | downdelay: "1ms" is no multiple of miimon, "100ms"; use "0ms" or "100ms"
            peer-notif-delay = "50ms"          | peer-notif-delay: "50ms" is no multiple of miimon, "100ms"; use "0ms" or "100ms"
            peer-notif-delay = "301s"          | peer-notif-delay: "301s" is out of range; allowed: "0ms".."5min"
            arp-ip-target = "192.0.2.1"        | arp-ip-target: needs arp-interval; example: arp-interval = "1s"
            ns-ip6-target = "2001:db8::1"      | ns-ip6-target: needs arp-interval; example: arp-interval = "1s"
            arp-validate = "all"               | arp-validate: needs arp-interval; example: arp-interval = "1s"
            arp-all-targets = "all"            | arp-all-targets: needs arp-interval; example: arp-interval = "1s"
            arp-missed-max = 2                 | arp-missed-max: needs arp-interval; example: arp-interval = "1s"
            arp-interval = "1s"                | arp-interval: needs hosts to ask, or every member counts as down; example: arp-ip-target = ["192.0.2.1"]
            primary = "c"                      | primary: "c" is no member of this bond; its members are "a", "b"
            primary-reselect = "always"        | primary-reselect: needs primary, or a priority of members; example: primary = "a"
            fail-over-mac = "all"              | fail-over-mac: "all" is not known; use "none", "active" or "follow"
            num-peer-notif = 256               | num-peer-notif: 256 is out of range; allowed: 0..255
            resend-igmp = -1                   | resend-igmp: -1 is out of range; allowed: 0..255
            all-slaves-active = 1              | all-slaves-active: expected a boolean, found an integer; example: all-slaves-active = false
            mtu = 67                           | mtu: 67 is out of range; allowed: 68..65535
            mac = "01:00:5e:00:00:01"          | mac: "01:00:5e:00:00:01" is a group address, which no frame comes from; give a sender's address
            mac = "00:00:00:00:00:00"          | mac: "00:00:00:00:00:00" is no address, all bytes are zero; give another
            mac = "02-00-00-00-00-01"          | mac: "02-00-00-00-00-01" is not a MAC address; it has six bytes in hexadecimal, such as "02:00:00:00:00:01"
            address = "192.0.2.0/24"           | address: "192.0.2.0/24" is the network itself; give an address in it, such as "192.0.2.1/24"
            offload = { gro = true }           | offload.gro: "gro" is ethtool's short name; use "rx-gro"
            offload = true                     | offload: expected a table, found a boolean; example: offload = { "rx-gro" = true }
            lacp-rate = "fast"                 | lacp-rate: only with "802.3ad", and the mode of this bond is "active-backup"; remove the key, or change the mode
            packets-per-slave = 1              | packets-per-slave: only with "balance-rr", and the mode of this bond is "active-backup"; remove the key, or change the mode
            xmit-hash-policy = "layer2"        | xmit-hash-policy: not with "balance-rr", "active-backup" or "broadcast", and the mode of this bond is "active-backup"; remove the key, or change the mode
            tlb-dynamic-lb = false             | tlb-dynamic-lb: only with "balance-tlb" or "balance-alb", and the mode of this bond is "active-backup"; remove the key, or change the mode
            """)
    void aKeyOfABondIsWrong(String line, String problem) {
        files.with("twinpath.toml", "[bond.z]", "mode = \"active-backup\"", "members = [\"a\", \"b\"]", "  " + line);

        assertThat(files.problems()).singleElement().asString().endsWith(": bond.z." + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            mode = "lacp"          | 2:1 | mode: "lacp" is not known; use "balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb" or "balance-alb"
            mode = 4               | 2:1 | mode: expected a string, found an integer; example: mode = "active-backup"
            # no mode              | 1:1 | mode: the key is missing; example: mode = "active-backup"
            """)
    void theModeIsWrongAndWhatDependsOnItIsNotBlamed(String line, String place, String problem) {
        files.with("twinpath.toml", "[bond.z]", line, "members = [\"a\"]", "lacp-rate = \"fast\"", "primary = \"a\"");

        assertThat(files.problems()).containsExactly("twinpath.toml:" + place + ": bond.z." + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            # no members                                   | 1:1  | : the key is missing; example: members = ["enp7s0", "enp8s0"]
            members = []                                   | 3:1  | : a bond needs at least one member; example: members = ["enp7s0", "enp8s0"]
            members = "a"                                  | 3:1  | : expected an array of strings or tables, found a string; example: members = ["enp7s0", "enp8s0"]
            members = ["a", 1]                             | 3:17 | : expected a string or a table, found an integer; example: members = ["enp7s0", "enp8s0"]
            members = ["a", "a"]                           | 3:17 | : "a" is given twice; remove one
            members = ["lo"]                               | 3:12 | : "lo" cannot be used: "lo" is the loopback interface, and "all" and "default" are names of sysctl
            members = ["a234567890123456"]                 | 3:12 | : "a234567890123456" is not an interface name; a name has 1 to 15 bytes without /, : or white space
            members = [{}]                                 | 3:12 | .interface: the key is missing; example: interface = "enp10s0"
            members = [{interface = "a", prio = 1}]        | 3:30 | .prio: unknown key; known keys of members: interface, priority, queue-id
            members = [{interface = "a", priority = 1}]    | 3:30 | .priority: only with "active-backup", "balance-tlb" or "balance-alb", and the mode of this bond is "802.3ad"; remove the key, or change the mode
            members = [{interface = "a", queue-id = 17}]   | 3:30 | .queue-id: 17 is out of range; allowed: 1..16
            """)
    void theMembersAreWrong(String line, String place, String problem) {
        files.with("twinpath.toml", "[bond.z]", "mode = \"802.3ad\"", line);

        assertThat(files.problems()).containsExactly("twinpath.toml:" + place + ": bond.z.members" + problem);
    }

    @Test
    void aQueueThatLeadsToTwoMembersNamesBothPlaces() {
        files.with(
                "twinpath.toml",
                "[bond.z]",
                "mode = \"balance-rr\"",
                "[[bond.z.members]]",
                "interface = \"a\"",
                "queue-id = 2",
                "[[bond.z.members]]",
                "interface = \"c\"",
                "queue-id = 2");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:8:1: bond.z.members.queue-id: queue 2 leads to the member at"
                        + " twinpath.toml:5:1 already; give each its own");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            arp-ip-target = "192.0.2.1/32"            | arp-ip-target: "192.0.2.1/32" is not the IPv4 address of a host
            arp-ip-target = "2001:db8::1"             | arp-ip-target: "2001:db8::1" is not the IPv4 address of a host
            arp-ip-target = "gateway"                 | arp-ip-target: "gateway" is not the IPv4 address of a host
            arp-ip-target = "0.0.0.0"                 | arp-ip-target: "0.0.0.0" is not the IPv4 address of a host
            arp-ip-target = "255.255.255.255"         | arp-ip-target: "255.255.255.255" is not the IPv4 address of a host
            arp-ip-target = "239.0.0.1"               | arp-ip-target: "239.0.0.1" is not the IPv4 address of a host
            ns-ip6-target = "192.0.2.1"               | ns-ip6-target: "192.0.2.1" is not the IPv6 address of a host
            ns-ip6-target = "ff02::1"                 | ns-ip6-target: "ff02::1" is not the IPv6 address of a host
            ns-ip6-target = "::1"                     | ns-ip6-target: "::1" is not the IPv6 address of a host
            arp-missed-max = 0                        | arp-missed-max: 0 is out of range; allowed: 1..255
            arp-validate = "filter-active"            | arp-validate: "filter-active" is not known; use "none", "active", "backup", "all", "filter", "filter_active" or "filter_backup"
            updelay = "1s"                            | updelay: is counted in times of miimon, and arp-interval takes its place; remove one of the two
            downdelay = "1s"                          | downdelay: is counted in times of miimon, and arp-interval takes its place; remove one of the two
            peer-notif-delay = "1s"                   | peer-notif-delay: is counted in times of miimon, and arp-interval takes its place; remove one of the two
            arp-all-targets = "all"                   | arp-all-targets: needs arp-validate, without which any frame is a sign of life; example: arp-validate = "all"
            """)
    void aKeyOfAProbingBondIsWrong(String line, String problem) {
        String target = line.startsWith("arp-ip-target") ? "" : "arp-ip-target = [\"192.0.2.9\"]";
        files.with(
                "twinpath.toml",
                "[bond.z]",
                "mode = \"active-backup\"",
                "members = [\"a\"]",
                "arp-interval = \"1s\"",
                target,
                line);

        assertThat(files.problems()).containsExactly("twinpath.toml:6:1: bond.z." + problem);
    }

    @Test
    void twoMonitorsAreOneTooMany() {
        files.with(
                "twinpath.toml",
                "[bond.z]",
                "mode = \"active-backup\"",
                "members = [\"a\"]",
                "miimon = \"100ms\"",
                "arp-interval = \"1s\"",
                "arp-ip-target = [\"192.0.2.1\", \"192.0.2.1\"]",
                "arp-validate = \"none\"",
                "arp-all-targets = \"all\"");

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml:5:1: bond.z.arp-interval: miimon and arp-interval exclude each other in the"
                                + " kernel; remove one of the two",
                        "twinpath.toml:6:31: bond.z.arp-ip-target: \"192.0.2.1\" is given twice; remove one",
                        "twinpath.toml:8:1: bond.z.arp-all-targets: needs arp-validate, without which any frame is a"
                                + " sign of life; example: arp-validate = \"all\"");
    }

    @ParameterizedTest
    @EnumSource(names = {"LACP", "BALANCE_TLB", "BALANCE_ALB"})
    void modesThatNeedCarrierCannotProbe(BondMode mode) {
        files.with(
                "twinpath.toml",
                "[bond.z]",
                "mode = \"" + mode.text() + "\"",
                "members = [\"a\"]",
                "arp-interval = \"1s\"",
                "arp-ip-target = \"192.0.2.1\"");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:4:1: bond.z.arp-interval: not with \"802.3ad\", \"balance-tlb\" or"
                        + " \"balance-alb\", and the mode of this bond is \"" + mode.text()
                        + "\"; remove the key, or change the mode");
    }

    @Test
    void thereAreAtMostSixteenTargets() {
        String targets = IntStream.rangeClosed(1, 17)
                .mapToObj(i -> "\"192.0.2." + i + "\"")
                .collect(Collectors.joining(",\n"));
        files.with(
                "twinpath.toml",
                "[bond.z]",
                "mode = \"broadcast\"",
                "members = [\"a\"]",
                "arp-interval = \"1s\"",
                "arp-ip-target = [" + targets + "]");

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml:21:1: bond.z.arp-ip-target: 17 targets are too many; a bond has at most 16");
    }

    @Test
    void aBondThatTakesTheAddressOfItsActiveMemberHasNone() {
        files.with(
                "twinpath.toml",
                "[bond.z]",
                "mode = \"active-backup\"",
                "members = [\"a\"]",
                "fail-over-mac = \"active\"",
                "mac = \"02:00:00:00:00:01\"");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:5:1: bond.z.mac: with fail-over-mac = \"active\" the bond has the MAC"
                        + " address of its active member; remove one of the two");
    }

    @Test
    void aBondThatWouldNeverHaveCarrierIsRefused() {
        files.with("twinpath.toml", "[bond.z]", "mode = \"802.3ad\"", "members = [\"a\", \"b\"]", "min-links = 3");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:4:1: bond.z.min-links: 3 is more than the bond has members, 2, so that"
                        + " it would never have carrier");
    }

    @Test
    void theIntervalOfTheBondDecidesWhichDelaysAreEven() {
        files.with(
                "twinpath.toml",
                "[bond.z]",
                "mode = \"802.3ad\"",
                "members = [\"a\"]",
                "miimon = \"70ms\"",
                "updelay = \"140ms\"",
                "downdelay = \"100ms\"");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:6:1: bond.z.downdelay: \"100ms\" is no multiple of miimon, \"70ms\";"
                        + " use \"70ms\" or \"140ms\"");
    }

    @Test
    void aWrongIntervalIsReportedOnceAndDelaysAreNotBlamed() {
        files.with(
                "twinpath.toml",
                "[bond.z]",
                "mode = \"802.3ad\"",
                "members = [\"a\"]",
                "miimon = \"often\"",
                "updelay = \"7ms\"");

        assertThat(files.problems()).singleElement().asString().contains("bond.z.miimon: \"often\" is not a duration");
    }

    @ParameterizedTest
    @CsvSource({"lo", "all", "default", "..", "0123", "a b", "bonding_masters", "abcdefghijklmnop"})
    void aNameThatABondCannotHave(String name) {
        files.with("twinpath.toml", "[bond.\"" + name + "\"]", "mode = \"broadcast\"", "members = [\"a\"]");

        assertThat(files.problems())
                .singleElement()
                .asString()
                .endsWith("\"" + name + "\" cannot name a bond; a name has 1 to 15 of A-Z a-z 0-9 _ . - and is neither"
                        + " a number nor one of . .. lo all default bonding_masters");
    }
}
