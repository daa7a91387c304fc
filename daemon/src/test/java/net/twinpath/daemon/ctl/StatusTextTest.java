package net.twinpath.daemon.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The status screen, letter by letter. */
class StatusTextTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:16:00Z");

    @Test
    void degradedPathIsToldWithReasonAdviceAndLinks() {
        JsonObject status = parse("""
                {"version": "0.1.0", "started": "2026-11-21T09:14:00Z", "condition": "degraded", "paths": [{
                  "name": "dup0", "condition": "degraded", "since": "2026-11-21T09:15:30Z", "proven": true,
                  "reason": "lan0 carrying, lan1 no carrier: frames pass, but the next failure may lose some",
                  "warnings": ["lan0 and lan1 are VLANs of one interface, enp3s0: one cable cut takes both"],
                  "advice": ["lan1: check its cable"],
                  "format": "prp", "inside": "enp5s0", "mtu": 1494, "mac": "02:00:00:00:00:0a", "address": ["10.77.0.1/24"],
                  "residual_loss": {"lost": 12, "frames": 2012, "exact": false, "supervision_lost": 1,
                                    "supervision_frames": 190, "unknown_pauses": 1},
                  "out_ring_full": 2, "counters": {"out_frames": 1000, "in_frames": 2000, "in_refused": 1,
                    "out_super_frames_cut": 20, "out_segments": 700, "out_super_frames": 3},
                  "links": [
                    {"name": "lan0", "lan": "A", "condition": "carrying", "speed_mbit": 2500, "first_share": 0.756,
                     "lead_p50_us": 85, "lead_p99_us": 3150, "missing": 0,
                     "counters": {"tx_frames": 1000, "tx_no_carrier": 0, "tx_no_buffer": 0, "tx_too_long": 0,
                                  "tx_errors": 0, "rx_frames": 2000, "rx_duplicates": 480,
                                  "rx_super_frames_cut": 0, "rx_segments": 0, "rx_super_frames": 0}},
                    {"name": "lan1", "lan": "B", "condition": "no carrier", "speed_mbit": null, "first_share": null,
                     "lead_p50_us": null, "lead_p99_us": null, "missing": 12,
                     "counters": {"tx_frames": 10, "tx_no_carrier": 900, "tx_no_buffer": 80, "tx_too_long": 7,
                                  "tx_errors": 3, "rx_frames": 1988, "rx_duplicates": 1508,
                                  "rx_super_frames_cut": 0, "rx_segments": 0, "rx_super_frames": 4}}],
                  "nodes_in_all": 4711, "nodes": [
                    {"address": "02:00:00:00:00:0b", "kind": "DAN", "heard_on_a_ms_ago": 40, "heard_on_b_ms_ago": 31000},
                    {"address": "02:00:00:00:00:0c", "kind": "VDAN", "red_box": "02:00:00:00:00:0d",
                     "heard_on_a_ms_ago": 1250, "heard_on_b_ms_ago": null}],
                  "inside_devices": ["02:00:00:00:00:21", "02:00:00:00:00:22"]}]}
                """);

        assertThat(StatusText.of(status, NOW, ZoneOffset.UTC)).isEqualTo("""
                twinpathd 0.1.0, up 2 min, 1 path

                dup0: DEGRADED since 09:15:30 (30 s)
                  lan0 carrying, lan1 no carrier: frames pass, but the next failure may lose some
                  ! lan0 and lan1 are VLANs of one interface, enp3s0: one cable cut takes both
                  -> lan1: check its cable
                  prp, mtu 1494, 02:00:00:00:00:0a, 10.77.0.1/24
                  from inside 1000 frames, to inside 2000, lost at the inside port 3
                  residual loss: at most 12 of 2012 frames (0.60 %), 1 of 190 supervision frames, unknown in 1 pause of a sender
                  merged frames from inside: 20 cut into 700, 3 dropped
                  merged frames at lan1: 0 cut into 0, 4 dropped
                   link  LAN  state       speed  sent  not sent  received  came first  removed  missing
                   lan0  A    carrying     2.5G  1000         0      2000        76 %      480        0
                   lan1  B    no carrier      -    10       990      1988           -     1508       12
                  where lan0 came first it was ahead by 85 us in the median, 3.2 ms at most in 99 of 100
                   node               kind                           heard on A  heard on B
                   02:00:00:00:00:0b  DAN                            0.0 s ago   31.0 s ago
                   02:00:00:00:00:0c  VDAN behind 02:00:00:00:00:0d  1.3 s ago   never
                   and 4709 more: twinpathctl node shows all
                   2 devices behind enp5s0: 02:00:00:00:00:21, 02:00:00:00:00:22
                """);
    }

    @ParameterizedTest
    @CsvSource({"10, 10M", "100, 100M", "1000, 1G", "2500, 2.5G", "10000, 10G", "400000, 400G"})
    void aSpeedIsToldAsOnCardsAndSwitches(String mbit, String told) {
        assertThat(oneLink(mbit, 1)).contains("  state     speed  sent ").containsPattern("  carrying +" + told + " ");
    }

    @Test
    void speedsThatNobodyKnowsTakeNoColumn() {
        assertThat(oneLink("null", 1)).contains("  state     sent ");
    }

    @Test
    void theSpeedGivesWayToLongCounters() {
        String text = oneLink("1000", 1_000_000_000_000L);

        assertThat(text).contains("  state              sent ").doesNotContain("speed");
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    }

    private static String oneLink(String speedMbit, long frames) {
        return oneLink(speedMbit, frames, "true", "0");
    }

    private static String oneLink(String speedMbit, long frames, String proven, String lost) {
        String counters =
                "{\"out_frames\": 0, \"in_frames\": 0, \"in_refused\": 0, \"tx_no_carrier\": 0, \"tx_no_buffer\": 0,"
                        + " \"tx_too_long\": 0, \"tx_errors\": 0, \"tx_frames\": FRAMES, \"rx_frames\": FRAMES,"
                        + " \"rx_duplicates\": FRAMES, \"rx_super_frames_cut\": 0, \"rx_segments\": 0, \"rx_super_frames\": 0,"
                        + " \"out_super_frames_cut\": 0, \"out_segments\": 0, \"out_super_frames\": 0}";
        JsonObject status = parse("""
                {"version": "0.1.0", "started": "2026-11-21T09:14:00Z", "condition": "protected", "paths": [{
                  "name": "dup0", "condition": "protected", "since": "2026-11-21T09:15:30Z", "reason": "all is well",
                  "proven": PROVEN, "residual_loss": {"lost": LOST, "frames": 12345, "exact": true, "supervision_lost": 0,
                                                      "supervision_frames": 9, "unknown_pauses": 0},
                  "warnings": [], "advice": [], "format": "prp", "inside": "host", "mtu": 1494,
                  "mac": "02:00:00:00:00:0a", "address": [], "out_ring_full": 0, "counters": COUNTERS,
                  "links": [{"name": "lan0", "lan": "A", "condition": "carrying", "speed_mbit": SPEED,
                             "first_share": 1, "lead_p50_us": null, "lead_p99_us": null, "missing": 0, "counters": COUNTERS}],
                  "nodes_in_all": 0, "nodes": [], "inside_devices": []}]}
                """.replace("COUNTERS", counters)
                .replace("FRAMES", Long.toString(frames))
                .replace("SPEED", speedMbit)
                .replace("PROVEN", proven)
                .replace("LOST", lost));
        return StatusText.of(status, NOW, ZoneOffset.UTC);
    }

    @Test
    void aPathOfWhichOnlyTheCarrierSpeaksIsProtectedAsFarAsKnown() {
        assertThat(oneLink("10", 1, "true", "0")).contains("dup0: PROTECTED since 09:15:30 (30 s)");
        assertThat(oneLink("10", 1, "false", "0")).contains("dup0: PROTECTED AS FAR AS KNOWN since 09:15:30 (30 s)");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 of 12345 frames",
        "1, 1 of 12345 frames (less than 0.01 %)",
        "12, 12 of 12345 frames (0.10 %)",
        "1000, 1000 of 12345 frames (8.1 %)",
        "12345, 12345 of 12345 frames (100 %)"
    })
    void residualLossIsToldWithItsShare(String lost, String told) {
        assertThat(oneLink("10", 1, "true", lost)).contains("  residual loss: " + told + "\n");
    }

    @Test
    void daemonWithoutPathsSaysSo() {
        JsonObject status = parse(
                "{\"version\": \"0.1.0\", \"started\": \"2026-11-19T09:16:00Z\", \"condition\": \"protected\", \"paths\": []}");

        assertThat(StatusText.of(status, NOW, ZoneOffset.UTC))
                .isEqualTo("twinpathd 0.1.0, up 2 days, 0 paths\nNo path is configured: nothing is duplicated.\n");
    }

    @Test
    void aMachineThatIsAsTheFileSaysTakesOneLine() {
        assertThat(machine("\"settings\": 14")).isEqualTo("""
                twinpathd 0.1.0, up 2 days, 0 paths
                machine: as the file says, 14 settings
                No path is configured: nothing is duplicated.
                """);
    }

    @Test
    void whatIsNotAsTheFileSaysIsTold() {
        String text = machine("""
                "settings": 14, "problems": ["set mtu of enp3s0: EINVAL (Invalid argument)"],
                "left_alone": ["bond0: miimon"], "repairs": 3,
                "last_repair": "bond0: miimon was changed to 0ms by somebody, set to 100ms again",
                "foreign_managers": ["enp3s0 is managed by NetworkManager, too"],
                "absent_interfaces": ["enp9s0"], "unknown_sysctls": ["net.core.fast"],
                "skipped_sysctls": {"net.ipv4.tcp_congestion_control": "No such file or directory"}
                """);

        assertThat(text).isEqualTo("""
                twinpathd 0.1.0, up 2 days, 0 paths
                machine: NOT as the file says
                  ! set mtu of enp3s0: EINVAL (Invalid argument)
                  ! bond0: miimon is changed again and again by somebody else, and left alone
                  ! set again 3 times, the last: bond0: miimon was changed to 0ms by somebody, set to 100ms again
                  ! enp3s0 is managed by NetworkManager, too
                  - enp9s0 is not on this machine now; it is taken in when it comes
                  - net.core.fast is no sysctl of this kernel; it is passed over
                  - net.ipv4.tcp_congestion_control is not set: No such file or directory
                No path is configured: nothing is duplicated.
                """);
    }

    private static String machine(String content) {
        JsonObject status = parse("{\"version\": \"0.1.0\", \"started\": \"2026-11-19T09:16:00Z\","
                + " \"condition\": \"protected\", \"paths\": []}");
        JsonObject machine = status.getAsJsonObject("machine");
        JsonParser.parseString("{" + content + "}").getAsJsonObject().asMap().forEach(machine::add);
        return StatusText.of(status, NOW, ZoneOffset.UTC);
    }

    private static JsonObject parse(String json) {
        JsonObject status = JsonParser.parseString(json).getAsJsonObject();
        status.add("machine", JsonParser.parseString("""
                {"settings": 0, "problems": [], "left_alone": [], "repairs": 0, "last_repair": null,
                 "foreign_managers": [], "absent_interfaces": [], "unknown_sysctls": [], "skipped_sysctls": {}}
                """));
        return status;
    }
}
