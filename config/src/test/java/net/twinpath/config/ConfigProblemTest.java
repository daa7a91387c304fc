package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import net.twinpath.config.toml.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact line an operator gets for every kind of problem. */
class ConfigProblemTest {
    private static final String LINKS = "links = [\"enp3s0\", \"enp4s0\"]";

    @TempDir
    Path temporary;

    private ConfigFolder files;

    @BeforeEach
    void emptyFolder() {
        files = new ConfigFolder(temporary);
    }

    /** One line in the third line of a path that is valid without it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            adress = []                | adress: unknown key; did you mean "address"?
            mut = 1500                 | mut: unknown key; did you mean "mtu"?
            streams = []               | streams: unknown key; did you mean "stream"?
            history = 64               | history: unknown key; it belongs in recovery
            vlan = 66                  | vlan: unknown key; it belongs in links or match
            socket = "/run/x"          | socket: unknown key; it belongs in [control]
            bond = {}                  | bond: unknown key; known keys of [path.NAME]: inside, address, links, format, mtu, super-frames, cores, busy-polling, supervision, life-check-interval, continuity-interval, unmatched, stream, recovery, ordering
            "a b" = 1                  | "a b": unknown key; known keys of [path.NAME]: inside, address, links, format, mtu, super-frames, cores, busy-polling, supervision, life-check-interval, continuity-interval, unmatched, stream, recovery, ordering
            stream.name = "camera"     | stream: expected an array of tables, found a table; example: [[path.feed.stream]]
            stream = "camera"          | stream: expected an array of tables, found a string; example: [[path.feed.stream]]
            ordering = "10ms"          | ordering: expected a table, found a string; example: ordering = { max-delay = "10ms" }
            ordering = {}              | ordering.max-delay: the key is missing; example: max-delay = "10ms"
            unmatched = "first"        | unmatched: "first" is not known; use "duplicate", "first-link" or "drop"
            unmatched = false          | unmatched: expected a string, found a boolean; example: unmatched = "duplicate"
            supervision = 256          | supervision: 256 is out of range; allowed: 0..255
            life-check-interval = 2    | life-check-interval: expected a duration with its unit, such as "2s" or "100ms", found an integer; example: life-check-interval = "2s"
            life-check-interval = ""   | life-check-interval: "" is not a duration with its unit, such as "2s" or "100ms"; units are us, ms, s, min or h
            life-check-interval = "2"  | life-check-interval: "2" is not a duration with its unit, such as "2s" or "100ms"; units are us, ms, s, min or h
            life-check-interval = "99ms" | life-check-interval: "99ms" is out of range; allowed: "100ms".."60s"
            life-check-interval = "61s" | life-check-interval: "61s" is out of range; allowed: "100ms".."60s"
            inside = true              | inside: expected a string, found a boolean; example: inside = "host"
            inside = "enp4s0"          | inside: "enp4s0" is a link of this path, which cannot be its own inside; use "host", or the name of an interface that is no link
            inside = ""                | inside: "" is not an interface name; a name has 1 to 15 bytes without /, : or white space
            inside = "Host 1"          | inside: "Host 1" is not an interface name; a name has 1 to 15 bytes without /, : or white space
            address = 10               | address: expected a string or an array of strings, found an integer; example: address = ["10.77.0.1/24", "fd77::1/64"]
            address = "10.77.0.1"      | address: "10.77.0.1" has no prefix length; examples: "10.77.0.1/24", "fd77::1/64"
            address = "localhost/8"    | address: "localhost/8" is not an IPv4 or IPv6 address with prefix length; examples: "10.77.0.1/24", "fd77::1/64"
            address = "a\\nb\\"\\\\"   | address: "a\\nb\\"\\\\" is not an IPv4 or IPv6 address with prefix length; examples: "10.77.0.1/24", "fd77::1/64"
            format = 1.5               | format: expected a string, found a float; example: format = "prp"
            format = "udp"             | format: "udp" is not supported by this version; use "prp" or "frer"
            format = "PRP"             | format: "PRP" is not known; use "prp" or "frer"
            cores = -1                 | cores: -1 is out of range; allowed: 0..8191
            cores = "2,3"              | cores: expected an integer or an array of integers, found a string; example: cores = [2, 3]
            cores = 2.5                | cores: expected an integer or an array of integers, found a float; example: cores = [2, 3]
            cores = []                 | cores: 0 cores are given; use one for both agents, or two: the sending one's, then the receiving one's; example: cores = [2, 3]
            cores = [1, 2, 3]          | cores: 3 cores are given; use one for both agents, or two: the sending one's, then the receiving one's; example: cores = [2, 3]
            busy-polling = 1           | busy-polling: expected a boolean, found an integer; example: busy-polling = false
            mtu = "1500"               | mtu: expected an integer, found a string; example: mtu = 1500
            mtu = 1979-05-27           | mtu: expected an integer, found a date or time; example: mtu = 1500
            mtu = {}                   | mtu: expected an integer, found a table; example: mtu = 1500
            mtu = 575                  | mtu: 575 is out of range; allowed: 576..4089
            mtu = 4090                 | mtu: 4090 is out of range; allowed: 576..4089, as the 12-bit LSDUsize of "prp" counts at most 4095 bytes, 6 of them its trailer
            mtu = -9223372036854775808 | mtu: -9223372036854775808 is out of range; allowed: 576..4089
            """)
    void aKeyOfAPathIsWrong(String line, String problem) {
        files.with("twinpath.toml", "[path.dup0]", LINKS, "  " + line);

        assertThat(files.problems()).containsExactly("twinpath.toml:3:3: path.dup0." + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            8192 | 8192 is out of range; allowed: 0..8191
            -1   | -1 is out of range; allowed: 0..8191
            "3"  | expected an integer, found a string; example: cores = [2, 3]
            2.5  | expected an integer, found a float; example: cores = [2, 3]
            """)
    void aCoreOfTwoIsWrong(String core, String problem) {
        files.with("twinpath.toml", "[path.dup0]", LINKS, "cores = [2, " + core + "]");

        assertThat(files.problems()).containsExactly("twinpath.toml:3:13: path.dup0.cores: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            address = ["10.77.0.1/24", 5]                 | 28 | address: expected a string, found an integer; example: address = ["10.77.0.1/24", "fd77::1/64"]
            address = ["10.77.0.1/24", "10.77.0.1/16"]    | 28 | address: "10.77.0.1/16" is given twice; remove one
            address = ["fd77::1/64", "fd77:0:0::0:1/64"]  | 26 | address: "fd77:0:0::0:1/64" is given twice; remove one
            address = ["10.77.0.1/24", "224.0.0.1/24"]    | 28 | address: "224.0.0.1/24" is a multicast address; an interface needs a unicast address
            """)
    void anElementOfAnArrayIsWrong(String line, int column, String problem) {
        files.with("twinpath.toml", "[path.dup0]", LINKS, line);

        assertThat(files.problems()).containsExactly("twinpath.toml:3:" + column + ": path.dup0." + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            # no links                        | 1:1  | the key is missing; example: links = ["enp3s0", "enp4s0"]
            links = "enp3s0"                  | 2:1  | expected an array of strings or tables, found a string; example: links = ["enp3s0", "enp4s0"]
            links = []                        | 2:1  | expected 2 links for "prp", found 0; example: links = ["enp3s0", "enp4s0"]
            links = ["enp3s0"]                | 2:1  | expected 2 links for "prp", found 1; example: links = ["enp3s0", "enp4s0"]
            links = ["a", "b", "c"]           | 2:1  | expected 2 links for "prp", found 3; example: links = ["enp3s0", "enp4s0"]
            links = ["a", 5]                  | 2:15 | expected a string or a table, found an integer; example: links = ["enp3s0", "enp4s0"]
            links = ["a", ["b"]]              | 2:15 | expected a string or a table, found an array; example: links = ["enp3s0", "enp4s0"]
            links = ["a", "a"]                | 2:15 | "a" is given twice; two copies over one cable protect nothing, so links must be different interfaces
            links = [{interface = "a"}, "a"]  | 2:29 | "a" is given twice; two copies over one cable protect nothing, so links must be different interfaces
            links = ["", "b"]                 | 2:10 | "" is not an interface name; a name has 1 to 15 bytes without /, : or white space
            links = ["a", "lo"]               | 2:15 | "lo" cannot be used: "lo" is the loopback interface, and "all" and "default" are names of sysctl
            links = ["a", ".."]               | 2:15 | ".." is not an interface name; a name has 1 to 15 bytes without /, : or white space
            links = ["a/b", "b"]              | 2:10 | "a/b" is not an interface name; a name has 1 to 15 bytes without /, : or white space
            links = ["eth0:1", "b"]           | 2:10 | "eth0:1" is not an interface name; a name has 1 to 15 bytes without /, : or white space
            links = ["a\\u0000", "b"]         | 2:10 | "a\\u0000" is not an interface name; a name has 1 to 15 bytes without /, : or white space
            links = ["a b", "b"]              | 2:10 | "a b" is not an interface name; a name has 1 to 15 bytes without /, : or white space
            links = ["a234567890123456", "b"] | 2:10 | "a234567890123456" is not an interface name; a name has 1 to 15 bytes without /, : or white space
            links = ["dup0", "b"]             | 2:10 | interface "dup0" is already made for [path.dup0] at twinpath.toml:1:1; an interface may have one use only
            links = ["a", "dup0-in"]          | 2:15 | interface "dup0-in" is already made for [path.dup0] at twinpath.toml:1:1; an interface may have one use only
            """)
    void theLinksAreWrong(String line, String position, String problem) {
        files.with("twinpath.toml", "[path.dup0]", line);

        assertThat(files.problems()).containsExactly("twinpath.toml:" + position + ": path.dup0.links: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            links = ["a", {}]                               | 3:15 | .interface: the key is missing; example: interface = "enp5s0"
            links = ["a", {interface = 5}]                  | 3:16 | .interface: expected a string, found an integer; example: interface = "enp5s0"
            links = ["a", {interface = "b/c"}]              | 3:16 | .interface: "b/c" is not an interface name; a name has 1 to 15 bytes without /, : or white space
            links = ["a", {interface = "b", vlam = 1}]      | 3:33 | .vlam: unknown key; did you mean "vlan"?
            links = ["a", {interface = "b", mtu = 1500}]    | 3:33 | .mtu: unknown key; it belongs in [path.NAME]
            links = ["a", {interface = "b", lan = "B"}]     | 3:33 | .lan: unknown key; did you mean "vlan"?
            links = ["a", {interface = "b", cable = "B"}]   | 3:33 | .cable: unknown key; known keys of links: interface, vlan
            links = ["a", {interface = "b", vlan = "67"}]   | 3:33 | .vlan: expected an integer, found a string; example: vlan = 66
            links = ["a", {interface = "b", vlan = 0}]      | 3:33 | .vlan: 0 is out of range; allowed: 1..4094
            links = ["a", {interface = "b", vlan = 4095}]   | 3:33 | .vlan: 4095 is out of range; allowed: 1..4094
            links = ["a"]                                   | 3:1  | : expected 2 to 8 links for "frer", found 1; example: links = ["enp3s0", "enp4s0"]
            links = ["a","b","c","d","e","f","g","h","i"]   | 3:1  | : expected 2 to 8 links for "frer", found 9; example: links = ["enp3s0", "enp4s0"]
            links = [{interface = "a", vlan = 1}, {interface = "a", vlan = 2}] | 3:39 | : "a" is given twice; two copies over one cable protect nothing, so links must be different interfaces
            """)
    void theLinksOfFrerAreWrong(String line, String position, String problem) {
        files.with("twinpath.toml", "[path.feed]", "format = \"frer\"", line);

        assertThat(files.problems()).containsExactly("twinpath.toml:" + position + ": path.feed.links" + problem);
    }

    @Test
    void aLinkThatIsWrongInATableOfItsOwnNamesItsLine() {
        files.with(
                "twinpath.toml",
                "[path.feed]",
                "format = \"frer\"",
                "[[path.feed.links]]",
                "interface = \"a\"",
                "[[path.feed.links]]",
                "vlan = 67");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:5:1: path.feed.links.interface: the key is missing;"
                        + " example: interface = \"enp5s0\"");
    }

    /** One line in the fourth line of a path that is valid without it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            prp  | recovery = {}                          | 1  | recovery: only for "frer", and the format of this path is "prp"; remove the key, or change the format
            prp  | continuity-interval = "1s"             | 1  | continuity-interval: only for "frer", and the format of this path is "prp"; remove the key, or change the format
            frer | supervision = 0                        | 1  | supervision: only for "prp", and the format of this path is "frer"; remove the key, or change the format
            frer | life-check-interval = "2s"             | 1  | life-check-interval: only for "prp", and the format of this path is "frer"; remove the key, or change the format
            prp  | stream = [{name = "s", match = {vlan = 1}, recovery = {}}] | 44 | stream.recovery: only for "frer", and the format of this path is "prp"; remove the key, or change the format
            frer | recovery = "vector"                    | 1  | recovery: expected a table, found a string; example: recovery = { history = 4096, reset = "2s" }
            frer | recovery = [{}]                        | 1  | recovery: expected a table, found an array; example: recovery = { history = 4096, reset = "2s" }
            frer | mtu = 9001                             | 1  | mtu: 9001 is out of range; allowed: 576..9000
            prp  | mtu = 9001                             | 1  | mtu: 9001 is out of range; allowed: 576..4089, as the 12-bit LSDUsize of "prp" counts at most 4095 bytes, 6 of them its trailer
            """)
    void aKeyDoesNotGoWithTheFormat(String format, String line, int column, String problem) {
        files.with("twinpath.toml", "[path.dup0]", LINKS, "format = \"" + format + "\"", line);

        assertThat(files.problems()).containsExactly("twinpath.toml:4:" + column + ": path.dup0." + problem);
    }

    @Test
    void aVlanOfALinkDoesNotGoWithPrp() {
        files.with("twinpath.toml", "[path.dup0]", "links = [\"a\", { interface = \"b\", vlan = 67 }]");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:2:34: path.dup0.links.vlan: only for \"frer\", and the format of this"
                        + " path is \"prp\"; remove the key, or change the format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"format = \"udp\"", "format = frer"})
    void whatDependsOnTheFormatIsNotBlamedWhenTheFormatIsWrong(String format) {
        files.with(
                "twinpath.toml",
                "[path.feed]",
                format,
                "links = [\"a\", \"b\", { interface = \"c\", vlan = 1 }]",
                "mtu = 9000",
                "supervision = 0",
                "recovery = {}",
                "stream = [{name = \"s\", match = {vlan = 1}, recovery = {}}]");

        assertThat(files.problems())
                .singleElement()
                .asString()
                .startsWith("twinpath.toml:2:")
                .doesNotContain("mtu");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            algorthm = "match"               | 14 | .algorthm: unknown key; did you mean "algorithm"?
            latent-errors = true             | 14 | .latent-errors: unknown key; did you mean "latent-error"?
            max-delay = "10ms"               | 14 | .max-delay: unknown key; it belongs in ordering
            x = 1                            | 14 | .x: unknown key; known keys of recovery: algorithm, history, reset, take-no-sequence, individual, latent-error, latent-error-difference, latent-error-period, latent-error-reset
            algorithm = "Vector"             | 14 | .algorithm: "Vector" is not known; use "vector" or "match"
            history = 1                      | 14 | .history: 1 is out of range; allowed: 2..65536
            history = 65537                  | 14 | .history: 65537 is out of range; allowed: 2..65536
            history = "4096"                 | 14 | .history: expected an integer, found a string; example: history = 4096
            reset = 2000                     | 14 | .reset: expected a duration with its unit, such as "2s" or "100ms", found an integer; example: reset = "2s"
            reset = ""                       | 14 | .reset: "" is not a duration with its unit, such as "2s" or "100ms"; units are us, ms, s, min or h
            reset = "2 s"                    | 14 | .reset: "2 s" is not a duration with its unit, such as "2s" or "100ms"; units are us, ms, s, min or h
            reset = "0s"                     | 14 | .reset: "0s" is out of range; allowed: "1ms".."1h"
            reset = "61min"                  | 14 | .reset: "61min" is out of range; allowed: "1ms".."1h"
            take-no-sequence = "no"          | 14 | .take-no-sequence: expected a boolean, found a string; example: take-no-sequence = false
            individual = 1                   | 14 | .individual: expected a boolean, found an integer; example: individual = false
            latent-error = {}                | 14 | .latent-error: expected a boolean, found a table; example: latent-error = true
            latent-error-difference = -1     | 14 | .latent-error-difference: -1 is out of range; allowed: 0..1000000
            latent-error-period = "50ms"     | 14 | .latent-error-period: "50ms" is out of range; allowed: "100ms".."1h"
            latent-error-reset = "999ms"     | 14 | .latent-error-reset: "999ms" is out of range; allowed: "1s".."1h"
            latent-error-reset = "2s"        | 14 | .latent-error-reset: must be longer than latent-error-period, or each comparison starts anew before it is made
            latent-error-period = "30s"      | 14 | .latent-error-period: must be shorter than latent-error-reset, or each comparison starts anew before it is made
            """)
    void aKeyOfTheRecoveryIsWrong(String key, int column, String problem) {
        files.with("twinpath.toml", "[path.feed]", LINKS, "format = \"frer\"", "recovery = { " + key + " }");
        assertThat(files.problems()).containsExactly("twinpath.toml:4:" + column + ": path.feed.recovery" + problem);

        files.with("twinpath.toml", "[path.feed]", LINKS, "format = \"frer\"", "[path.feed.recovery]", "  " + key);
        assertThat(files.problems()).containsExactly("twinpath.toml:5:3: path.feed.recovery" + problem);
    }

    @Test
    void aStreamWhoseRecoveryDoesNotGoWithThePathsIsNamed() {
        files.with(
                "twinpath.toml",
                "[path.feed]",
                LINKS,
                "format = \"frer\"",
                "recovery = { latent-error-period = \"10s\" }",
                "[[path.feed.stream]]",
                "name = \"camera\"",
                "match = { vlan = 1 }",
                "recovery = { latent-error-reset = \"5s\" }");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:8:14: path.feed.stream.recovery.latent-error-reset: must be longer than"
                        + " latent-error-period, or each comparison starts anew before it is made");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            max-dely = "1ms"    | max-dely: unknown key; did you mean "max-delay"?
            max-delay = 10      | max-delay: expected a duration with its unit, such as "2s" or "100ms", found an integer; example: max-delay = "10ms"
            max-delay = "10"    | max-delay: "10" is not a duration with its unit, such as "2s" or "100ms"; units are us, ms, s, min or h
            max-delay = "0ms"   | max-delay: "0ms" is out of range; allowed: "1ms".."1s"
            max-delay = "2s"    | max-delay: "2s" is out of range; allowed: "1ms".."1s"
            """)
    void aKeyOfTheOrderingIsWrong(String key, String problem) {
        files.with("twinpath.toml", "[path.dup0]", LINKS, "ordering = { " + key + " }");

        assertThat(files.problems()).contains("twinpath.toml:3:14: path.dup0.ordering." + problem);
    }

    @Test
    void anMtuThatIsTooSmallForIpv6NamesTheAddress() {
        files.with("twinpath.toml", "[path.dup0]", LINKS, "mtu = 1279", "address = \"fd77::1/64\"");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:3:1: path.dup0.mtu: 1279 is too small for the IPv6 address"
                        + " fd77::1/64; IPv6 needs at least 1280");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''              | ''
            abcdefghijklm   | abcdefghijklm
            0123            | 0123
            .               | .
            ..              | ..
            lo              | lo
            all             | all
            default         | default
            a b             | a b
            dup/0           | dup/0
            d\\u00fcp       | d\\u00fcp
            """)
    void aNameThatAPathCannotHave(String name, String shown) {
        files.with("twinpath.toml", "[path.\"" + name + "\"]", LINKS);

        String key = "path." + (shown.matches("[a-z0-9]+") ? shown : "\"" + shown + "\"");
        assertThat(files.problems())
                .containsExactly("twinpath.toml:1:1: " + key + ": \"" + shown + "\" cannot name a path; a name has"
                        + " 1 to 12 of A-Z a-z 0-9 _ . - and is neither a number nor one of . .. lo all default");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            control = 1          | control: expected a table, found an integer; example: [control]
            [[control]]          | control: expected a table, found an array; example: [control]
            path = "x"           | path: expected a table, found a string; example: [path.dup0]
            path.links = []      | path.links: expected a table named after the path, found an array; example: [path.dup0]
            [[path.dup0]]        | path.dup0: expected a table named after the path, found an array; example: [path.dup0]
            [paths.dup0]         | paths: unknown table; did you mean [path.NAME]?
            [dup0]               | dup0: unknown table; known tables are [control], [metrics], [sysctl], [bond.NAME], [vlan.NAME], [interface.NAME] and [path.NAME]
            links = []           | links: the key stands in no table; it belongs in [path.NAME]
            [recovery]           | recovery: the key stands in no table; it belongs in [path.NAME] or [[path.NAME.stream]]
            [[stream]]           | stream: the key stands in no table; it belongs in [path.NAME]
            max-delay = "1ms"    | max-delay: the key stands in no table; it belongs in ordering
            [mtu]                | mtu: unknown table; known tables are [control], [metrics], [sysctl], [bond.NAME], [vlan.NAME], [interface.NAME] and [path.NAME]
            socket = "/run/x"    | socket: the key stands in no table; it belongs in [control]
            listen = "x"         | listen: the key stands in no table; it belongs in [metrics]
            metrics = 9477       | metrics: expected a table, found an integer; example: [metrics]
            metrics.port = 9477  | metrics.port: unknown key; known keys of [metrics]: listen
            metrics.socket = ""  | metrics.socket: unknown key; it belongs in [control]
            control.sockt = ""   | control.sockt: unknown key; did you mean "socket"?
            control.group = ""   | control.group: unknown key; known keys of [control]: socket
            control.mtu = 1500   | control.mtu: unknown key; it belongs in [path.NAME], [bond.NAME], [vlan.NAME] or [interface.NAME]
            """)
    void aTableIsWrong(String line, String problem) {
        files.with("twinpath.toml", line);

        assertThat(files.problems()).containsExactly("twinpath.toml:1:1: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            9477                      | expected a string, found an integer; example: listen = "127.0.0.1:9477"
            ["127.0.0.1:9477"]        | expected a string, found an array; example: listen = "127.0.0.1:9477"
            "0.0.0.0:9477"            | "0.0.0.0:9477" is not on the loopback interface; use 127.0.0.1 or [::1], and for others a proxy that asks who they are
            "[::]:9477"               | "[::]:9477" is not on the loopback interface; use 127.0.0.1 or [::1], and for others a proxy that asks who they are
            "192.0.2.1:9477"          | "192.0.2.1:9477" is not on the loopback interface; use 127.0.0.1 or [::1], and for others a proxy that asks who they are
            "[::ffff:127.0.0.1]:9477" | "[::ffff:127.0.0.1]:9477" is not on the loopback interface; use 127.0.0.1 or [::1], and for others a proxy that asks who they are
            "127.0.0.1:0"             | "127.0.0.1:0" has no port from 1 to 65535
            "127.0.0.1:65536"         | "127.0.0.1:65536" has no port from 1 to 65535
            ""                        | "" is not a loopback address and a port from 1 to 65535, such as "127.0.0.1:9477" or "[::1]:9477"
            "9477"                    | "9477" is not a loopback address and a port from 1 to 65535, such as "127.0.0.1:9477" or "[::1]:9477"
            ":9477"                   | ":9477" is not a loopback address and a port from 1 to 65535, such as "127.0.0.1:9477" or "[::1]:9477"
            "127.0.0.1"               | "127.0.0.1" is not a loopback address and a port from 1 to 65535, such as "127.0.0.1:9477" or "[::1]:9477"
            "127.0.0.1:"              | "127.0.0.1:" is not a loopback address and a port from 1 to 65535, such as "127.0.0.1:9477" or "[::1]:9477"
            "127.0.0.1/8:9477"        | "127.0.0.1/8:9477" is not a loopback address and a port from 1 to 65535, such as "127.0.0.1:9477" or "[::1]:9477"
            "::1:9477"                | "::1:9477" is not a loopback address and a port from 1 to 65535, such as "127.0.0.1:9477" or "[::1]:9477"
            "[127.0.0.1]:9477"        | "[127.0.0.1]:9477" is not a loopback address and a port from 1 to 65535, such as "127.0.0.1:9477" or "[::1]:9477"
            "[::1%lo]:9477"           | "[::1%lo]:9477" is not a loopback address and a port from 1 to 65535, such as "127.0.0.1:9477" or "[::1]:9477"
            "localhost:9477"          | "localhost:9477" is not a loopback address and a port from 1 to 65535, such as "127.0.0.1:9477" or "[::1]:9477"
            """)
    void aPlaceForMetricsThatCannotBe(String value, String problem) {
        files.with("twinpath.toml", "[metrics]", "listen = " + value);

        assertThat(files.problems()).containsExactly("twinpath.toml:2:1: metrics.listen: " + problem);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            ''
            run/x
            /run/
            /run/\\u0007
            /run/\\u00fc
            """)
    void aSocketPathThatCannotBe(String path) {
        assertSocketIsRefused(path);
    }

    @Test
    void aSocketPathThatIsTooLong() {
        assertSocketIsRefused("/" + "s".repeat(107));
    }

    private void assertSocketIsRefused(String path) {
        files.with("twinpath.toml", "[control]", "socket = \"" + path + "\"");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:2:1: control.socket: \"" + path + "\" is not an absolute path of"
                        + " printable ASCII characters, at most 107 bytes, not ending in /");
    }

    @Test
    void aTableInTwoFilesNamesBothPlacesOnce() {
        files.with("twinpath.toml", "", "[path.dup0]", LINKS, "[control]")
                .with("conf.d/a.toml", "[control]", "  [path.dup0]", LINKS);

        assertThat(files.problems())
                .containsExactly(
                        "conf.d/a.toml:1:1: control: the table stands at twinpath.toml:4:1 too;"
                                + " a table may stand in one file only",
                        "conf.d/a.toml:2:3: path.dup0: the table stands at twinpath.toml:2:1 too;"
                                + " a table may stand in one file only");
    }

    @Test
    void aLinkOfTwoPathsNamesBothPlaces() {
        files.with("twinpath.toml", "[path.dup0]", LINKS)
                .with("conf.d/a.toml", "[path.dup1]", "links = [\"enp5s0\", \"enp3s0\"]");

        assertThat(files.problems())
                .containsExactly("conf.d/a.toml:2:20: path.dup1.links: interface \"enp3s0\" is already a link of"
                        + " [path.dup0] at twinpath.toml:2:10; an interface may have one use only");
    }

    @Test
    void aPathThatWouldMakeAnInterfaceOfAnotherNamesBothPlaces() {
        files.with(
                "twinpath.toml",
                "[path.a]",
                "links = [\"x\", \"c\"]",
                "[path.a-in]",
                "links = [\"y\", \"z\"]",
                "[path.c]",
                "links = [\"v\", \"w\"]");

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml:3:1: path.a-in: interface \"a-in\" is already made for [path.a]"
                                + " at twinpath.toml:1:1; an interface may have one use only",
                        "twinpath.toml:5:1: path.c: interface \"c\" is already a link of [path.a]"
                                + " at twinpath.toml:2:15; an interface may have one use only");
    }

    @Test
    void problemsOfAllFilesComeAtOnceInOrder() {
        files.with(
                        "twinpath.toml",
                        "[path.dup0]",
                        "mtu = 9001",
                        "links = [\"a\", \"b/c\"]",
                        "format = \"udp\"",
                        "",
                        "[contrl]")
                .withBytes("conf.d/10.toml", new byte[] {(byte) 0xFF})
                .with("conf.d/20.toml", "[path.dup1]", "inside = ", "links = [\"a\", \"d\"]", "mtu = 1");

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml:2:1: path.dup0.mtu: 9001 is out of range; allowed: 576..9000",
                        "twinpath.toml:3:15: path.dup0.links: \"b/c\" is not an interface name;"
                                + " a name has 1 to 15 bytes without /, : or white space",
                        "twinpath.toml:4:1: path.dup0.format: \"udp\" is not supported by this version;"
                                + " use \"prp\" or \"frer\"",
                        "twinpath.toml:6:1: contrl: unknown table; did you mean [control]?",
                        "conf.d/10.toml:1:1: byte 0xFF is not UTF-8; save the file as UTF-8",
                        "conf.d/20.toml:2:10: not valid TOML: Unexpected end of line, expected a value",
                        "conf.d/20.toml:3:10: path.dup1.links: interface \"a\" is already a link of [path.dup0]"
                                + " at twinpath.toml:3:10; an interface may have one use only",
                        "conf.d/20.toml:4:1: path.dup1.mtu: 1 is out of range; allowed: 576..9000");
    }

    @Test
    void theMessageOfTheExceptionHasALineForEachProblem() {
        files.with("twinpath.toml", "a = 1", "b = 2");

        ConfigException refused = catchThrowableOfType(ConfigException.class, files::read);
        assertThat(refused.problems()).hasSize(2);
        assertThat(refused)
                .hasMessage(
                        refused.problems().get(0) + "\n" + refused.problems().get(1));
    }

    @Test
    void syntaxErrorsAreAllReportedAndDoNotHideOtherProblems() {
        files.with(
                "twinpath.toml",
                "[path.dup0]",
                "links = [enp3s0, enp4s0]",
                "format = prp",
                "mtu = 1500",
                "mtu = 1400",
                "adress = []",
                "[path.dup0]");

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml:2:10: not valid TOML: Unexpected 'e', expected ], a value, or a newline;"
                                + " text needs quotes, as in \"enp3s0\"",
                        "twinpath.toml:3:10: not valid TOML: Unexpected 'p', expected a value;"
                                + " text needs quotes, as in \"enp3s0\"",
                        "twinpath.toml:5:1: not valid TOML: mtu previously defined at line 4, column 1",
                        "twinpath.toml:6:1: path.dup0.adress: unknown key; did you mean \"address\"?",
                        "twinpath.toml:7:1: not valid TOML: path.dup0 previously defined at line 1, column 1");
    }

    @Test
    void keysAfterABrokenHeaderAreNotBlamedOnTheTableBefore() {
        files.with("twinpath.toml", "[control]", "[path dup0]", LINKS, "mtu = 1", "[path.dup1]", "mtu = 1", LINKS);

        assertThat(files.problems())
                .containsExactly(
                        "twinpath.toml:2:7: not valid TOML: Unexpected 'dup0', expected ]",
                        "twinpath.toml:6:1: path.dup1.mtu: 1 is out of range; allowed: 576..9000");
    }

    @Test
    void aTextOnWhichTheParserItselfFailsIsAProblemWithItsLine() {
        files.with("twinpath.toml", "[path.dup0]", LINKS, "x = {a = 1, # \u0001}", "mtu = 1500");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:3:1: not valid TOML: the parser fails on this line;"
                        + " remove comments inside of an inline table { }");
    }

    @Test
    void aByteOrderMarkIsNamed() {
        files.with("twinpath.toml", "\uFEFF[control]");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:1:1: not valid TOML: the file starts with a byte order mark;"
                        + " save it as UTF-8 without one");
    }
}
