package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact line an operator gets for every kind of problem of a stream and of what it matches. */
class StreamProblemTest {
    private static final String[] PATH = {"[path.feed]", "links = [\"enp3s0\", \"enp4s0\"]", "format = \"frer\""};

    @TempDir
    Path temporary;

    private ConfigFolder files;

    @BeforeEach
    void emptyFolder() {
        files = new ConfigFolder(temporary);
    }

    /** What follows a valid path: lines from the fourth on, separated by a slash here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            [[path.feed.stream]] ; match = {vlan = 1}                        | 4:1 | .name: the key is missing; example: name = "camera"
            [[path.feed.stream]] ; name = "a"                                | 4:1 | .match: the key is missing; example: match = { destination-mac = "01:00:5e:00:00:01", vlan = 100 }
            [[path.feed.stream]] ; name = 5 ; match = {vlan = 1}             | 5:1 | .name: expected a string, found an integer; example: name = "camera"
            [[path.feed.stream]] ; name = "" ; match = {vlan = 1}            | 5:1 | .name: "" cannot name a stream; a name has 1 to 32 of A-Z a-z 0-9 _ . -
            [[path.feed.stream]] ; name = "a b" ; match = {vlan = 1}         | 5:1 | .name: "a b" cannot name a stream; a name has 1 to 32 of A-Z a-z 0-9 _ . -
            [[path.feed.stream]] ; name = "abcdefghijklmnopqrstuvwxyz0123456" ; match = {vlan = 1} | 5:1 | .name: "abcdefghijklmnopqrstuvwxyz0123456" cannot name a stream; a name has 1 to 32 of A-Z a-z 0-9 _ . -
            [[path.feed.stream]] ; name = "a" ; match = "all"                | 6:1 | .match: expected a table, found a string; example: match = { destination-mac = "01:00:5e:00:00:01", vlan = 100 }
            [[path.feed.stream]] ; name = "a" ; match = {}                   | 6:1 | .match: no key is given; give at least one of destination-mac, source-mac, vlan, tagged, source, destination, dscp, protocol, source-port, destination-port
            [[path.feed.stream]] ; name = "a" ; [path.feed.stream.match]     | 6:1 | .match: no key is given; give at least one of destination-mac, source-mac, vlan, tagged, source, destination, dscp, protocol, source-port, destination-port
            [[path.feed.stream]] ; name = "a" ; match = {vlan = 1} ; action = "send" | 7:1 | .action: "send" is not known; use "duplicate", "first-link" or "drop"
            [[path.feed.stream]] ; name = "a" ; match = {vlan = 1} ; nmae = ""  | 7:1 | .nmae: unknown key; did you mean "name"?
            [[path.feed.stream]] ; name = "a" ; match = {vlan = 1} ; mtu = 1500 | 7:1 | .mtu: unknown key; it belongs in [path.NAME]
            [[path.feed.stream]] ; name = "a" ; match = {vlan = 1} ; vlan = 1 | 7:1 | .vlan: unknown key; it belongs in links or match
            [[path.feed.stream]] ; name = "a" ; match = {vlan = 1} ; x = 1   | 7:1 | .x: unknown key; known keys of [[path.NAME.stream]]: name, action, match, recovery
            [[path.feed.stream]] ; name = "a" ; match = {vlan = 1} ; recovery = 1 | 7:1 | .recovery: expected a table, found an integer; example: recovery = { history = 256 }
            [[path.feed.stream]] ; name = "a" ; match = {vlan = 1} ; recovery = {history = 1} | 7:13 | .recovery.history: 1 is out of range; allowed: 2..65536
            stream = [{name = "a", match = {vlan = 1}}, "b"]                 | 4:45 | : expected a table, found a string; example: [[path.feed.stream]]
            stream = [{name = "a", match = {vlan = 1}}, {name = "b"}]        | 4:45 | .match: the key is missing; example: match = { destination-mac = "01:00:5e:00:00:01", vlan = 100 }
            """)
    void aStreamIsWrong(String lines, String position, String problem) {
        files.with("twinpath.toml", String.join("\n", PATH), lines.replace(" ; ", "\n"));

        assertThat(files.problems()).containsExactly("twinpath.toml:" + position + ": path.feed.stream" + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            sorce = "192.0.2.5"                | sorce: unknown key; did you mean "source"?
            mac = "02:00:00:00:00:01"          | mac: unknown key; known keys of match: destination-mac, source-mac, vlan, tagged, source, destination, dscp, protocol, source-port, destination-port
            destination-mac = 1                | destination-mac: expected a string, found an integer; example: destination-mac = "01:00:5e:00:00:01"
            destination-mac = ""               | destination-mac: "" is not a MAC address; it has six bytes in hexadecimal, such as "02:00:00:00:00:01"
            destination-mac = "01:00:5e:0:0:1" | destination-mac: "01:00:5e:0:0:1" is not a MAC address; it has six bytes in hexadecimal, such as "02:00:00:00:00:01"
            source-mac = "02-00-00-00-00-01"   | source-mac: "02-00-00-00-00-01" is not a MAC address; it has six bytes in hexadecimal, such as "02:00:00:00:00:01"
            source-mac = "01:00:5e:00:00:01"   | source-mac: "01:00:5e:00:00:01" is a group address, which no frame comes from; give a sender's address
            vlan = 0                           | vlan: 0 is out of range; allowed: 1..4094
            vlan = 4095                        | vlan: 4095 is out of range; allowed: 1..4094
            vlan = "100"                       | vlan: expected an integer, found a string; example: vlan = 100
            tagged = "yes"                     | tagged: "yes" is not known; use "tagged", "priority" or "all"
            tagged = true                      | tagged: expected a string, found a boolean; example: tagged = "all"
            source = 5                         | source: expected a string, found an integer; example: source = "192.0.2.0/24"
            source = "camera.example"          | source: "camera.example" is not an IPv4 or IPv6 address or prefix; examples: "192.0.2.5", "2001:db8:1::/64"
            source = "192.0.2.0/33"            | source: "192.0.2.0/33" has a prefix length other than 0..32; examples: "192.0.2.5", "2001:db8:1::/64"
            source = "192.0.2.5/24"            | source: "192.0.2.5/24" has bits set after its prefix; write "192.0.2.0/24", or "192.0.2.5" for that address alone
            source = "239.0.0.1"               | source: "239.0.0.1" is multicast, which no packet comes from; give a sender's address
            source = "ff02::/16"               | source: "ff02::/16" is multicast, which no packet comes from; give a sender's address
            destination = "::ffff:192.0.2.5"   | destination: "::ffff:192.0.2.5" is an IPv4 address in IPv6 form; write it as IPv4: 192.0.2.5
            dscp = 64                          | dscp: 64 is out of range; allowed: 0..63
            dscp = "ef"                        | dscp: expected an integer, found a string; example: dscp = 46
            protocol = "TCP"                   | protocol: "TCP" is not known; use "tcp", "udp", "sctp", "icmp", "icmpv6" or 0..255
            protocol = 256                     | protocol: 256 is out of range; allowed: 0..255
            protocol = 1.0                     | protocol: expected a string or an integer, found a float; example: protocol = "udp"
            source-port = 5004                 | source-port: a port needs protocol = "tcp", "udp" or "sctp"
            destination-port = 5004            | destination-port: a port needs protocol = "tcp", "udp" or "sctp"
            """)
    void aKeyOfTheMatchIsWrong(String key, String problem) {
        assertRefused(key, 11, problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            vlan = 100, tagged = "priority"                        | 23 | tagged: "priority" takes frames without a VLAN, and vlan asks for VLAN 100; remove one of the two
            tagged = "priority", vlan = 100                        | 11 | tagged: "priority" takes frames without a VLAN, and vlan asks for VLAN 100; remove one of the two
            source = "2001:db8::1", destination = "192.0.2.5"      | 35 | destination: "192.0.2.5" is IPv4, and source is IPv6; give both of one version
            source = "192.0.2.0/24", destination = "ff0e::5"       | 36 | destination: "ff0e::5" is IPv6, and source is IPv4; give both of one version
            protocol = "icmp", source-port = 5004                  | 30 | source-port: a port needs protocol = "tcp", "udp" or "sctp"
            protocol = 47, destination-port = 5004                 | 26 | destination-port: a port needs protocol = "tcp", "udp" or "sctp"
            protocol = "udp", destination-port = 0                 | 29 | destination-port: 0 is out of range; allowed: 1..65535
            protocol = "udp", destination-port = 65536             | 29 | destination-port: 65536 is out of range; allowed: 1..65535
            protocol = "ucp", destination-port = 5004              | 11 | protocol: "ucp" is not known; use "tcp", "udp", "sctp", "icmp", "icmpv6" or 0..255
            protocol = "icmp", source = "2001:db8::1"              | 11 | protocol: ICMP over IPv6 is "icmpv6", not "icmp"
            protocol = 58, destination = "192.0.2.5"               | 11 | protocol: ICMP over IPv4 is "icmp", not "icmpv6"
            """)
    void twoKeysOfTheMatchContradict(String keys, int column, String problem) {
        assertRefused(keys, column, problem);
    }

    private void assertRefused(String keys, int column, String problem) {
        files.with(
                "twinpath.toml",
                String.join("\n", PATH),
                "[[path.feed.stream]]",
                "name = \"camera\"",
                "match = { " + keys + " }");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:6:" + column + ": path.feed.stream.match." + problem);
    }

    @Test
    void aNameThatTwoStreamsHaveNamesBothPlaces() {
        files.with(
                "twinpath.toml",
                String.join("\n", PATH),
                "stream = [",
                "  { name = \"camera\", match = { vlan = 1 } },",
                "  { match = { vlan = 2 }, name = \"camera\" },",
                "]");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:6:27: path.feed.stream.name: \"camera\" names the stream at"
                        + " twinpath.toml:5:5 too; each name once in a path");
    }

    @Test
    void theStreamAfterTheLastAllowedOneIsRefused() {
        files.with("twinpath.toml", String.join("\n", PATH), streams(StreamsReader.MAX_STREAMS));
        assertThat(files.problems()).isEmpty();

        files.with("twinpath.toml", String.join("\n", PATH), streams(StreamsReader.MAX_STREAMS + 2));
        assertThat(files.problems())
                .containsExactly("twinpath.toml:" + (4 + 3 * 4096) + ":1: path.feed.stream: 4098 streams are too many;"
                        + " a path has at most 4096");
    }

    private static String streams(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "[[path.feed.stream]]\nname = \"s" + i + "\"\nmatch = { vlan = 1 }")
                .collect(Collectors.joining("\n"));
    }

    @Test
    void allProblemsOfAllStreamsComeAtOnce() {
        files.with(
                "twinpath.toml",
                String.join("\n", PATH),
                "[[path.feed.stream]]",
                "name = \"a/b\"",
                "match = { vlan = 0, dscp = 64, source = \"x\" }",
                "[[path.feed.stream]]",
                "match = { source-port = 1, destination-port = 0 }",
                "recovery = { reset = \"\" }",
                "[path.feed.recovery]",
                "histroy = 5");

        assertThat(files.problems())
                .extracting(problem -> problem.replaceAll("^twinpath.toml:(\\S+ [a-z.-]+): .*$", "$1"))
                .containsExactly(
                        "5:1: path.feed.stream.name",
                        "6:11: path.feed.stream.match.vlan",
                        "6:21: path.feed.stream.match.dscp",
                        "6:32: path.feed.stream.match.source",
                        "7:1: path.feed.stream.name",
                        "8:11: path.feed.stream.match.source-port",
                        "8:28: path.feed.stream.match.destination-port",
                        "8:28: path.feed.stream.match.destination-port",
                        "9:14: path.feed.stream.recovery.reset",
                        "11:1: path.feed.recovery.histroy");
    }

    /** What is missing may be what could not be parsed. */
    @Test
    void whatASyntaxErrorMayHideIsNotCalledMissing() {
        files.with(
                "twinpath.toml",
                String.join("\n", PATH),
                "[[path.feed.stream]]",
                "name = camera",
                "[path.feed.stream.match]",
                "protocol = udp",
                "destination-port = 5004");

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml:5:8: not valid TOML: Unexpected 'c', expected a value;"
                                + " text needs quotes, as in \"enp3s0\"",
                        "twinpath.toml:7:12: not valid TOML: Unexpected 'u', expected a value;"
                                + " text needs quotes, as in \"enp3s0\"");
    }
}
