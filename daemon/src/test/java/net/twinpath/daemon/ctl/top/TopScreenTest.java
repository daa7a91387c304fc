package net.twinpath.daemon.ctl.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

/** The live screen, letter by letter, and at every size. */
class TopScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:16:00Z");
    private static final long SECOND_NS = 1_000_000_000;

    private final TopScreen screen = new TopScreen(true);

    @Test
    void ratesLossesAndLeadsAreDrawnAt80By24() {
        screen.take(status(1_000, 0, 0, 0), 0);
        screen.take(status(1_500, 500, 250, 100), SECOND_NS);
        screen.take(status(3_500, 2_500, 2_250, 200), 3 * SECOND_NS);

        List<AttributedString> lines = screen.lines(80, 24, NOW);
        assertThat(lines).hasSize(24);
        assertThat(text(lines)).startsWith("""
                twinpathd 0.1.0, up 2 min                                                q quits
                dup0  DEGRADED for 30 s                                    out 1000/s  in 1000/s
                  lan0 carrying, lan1 loses frames: frames pass, but the next failure may lose
                  some
                  link       state         frames/s           lost        first ahead by
                  lan0       carrying        1000/s     ▄█   0.0 %         76 %   200 us     ▄█
                  lan1       loses frames    1000/s     ▂█   5.0 %    ███  24 %        -
                  residual loss: at most 3 of 4000 frames (0.08 %), 0 of 190 supervision frames
                  -> lan1: does not bring 5 % of the frames
                """.indent(0).stripTrailing());
    }

    @Test
    void countersThatWereResetAreNoFramesAtAll() {
        screen.take(status(1_000, 1_000, 1_000, 0), 0);
        screen.take(status(10, 10, 10, 0), SECOND_NS);
        assertThat(text(screen.lines(80, 24, NOW))).contains("out 0/s  in 0/s");
    }

    @Test
    void everySizeIsFilledAndNoLineIsWider() {
        screen.take(status(1_000, 0, 0, 0), 0);
        screen.take(status(1_500, 500, 250, 100), SECOND_NS);
        for (int width = 1; width <= 200; width++) {
            for (int height = 1; height <= 30; height++) {
                screen.scroll(height % 3 - 1);
                List<AttributedString> lines = screen.lines(width, height, NOW);
                assertThat(lines).hasSize(height);
                int columns = width;
                assertThat(lines).allMatch(line -> line.columnLength() <= columns);
            }
        }
    }

    @Test
    void whatDoesNotFitIsToldAndCanBeScrolledTo() {
        screen.take(status(1_000, 0, 0, 0), 0);
        assertThat(text(screen.lines(80, 4, NOW))).endsWith("  ... 6 more lines: arrow keys\n");
        screen.scroll(100);
        assertThat(text(screen.lines(80, 4, NOW))).endsWith("  -> lan1: does not bring 5 % of the frames\n");
        screen.scroll(-100);
        assertThat(screen.lines(80, 4, NOW).get(1).toString()).startsWith("dup0  DEGRADED");
    }

    @Test
    void aDaemonThatIsGoneIsToldAboveWhatWasLastSeen() {
        screen.take(status(1_000, 0, 0, 0), 0);
        screen.trouble("no twinpathd answers; trying again");
        assertThat(text(screen.lines(80, 24, NOW))).startsWith("no twinpathd answers; trying again\ndup0  DEGRADED");
    }

    @Test
    void withoutBlocksLettersDraw() {
        TopScreen plain = new TopScreen(false);
        plain.take(status(1_000, 0, 0, 0), 0);
        plain.take(status(2_000, 1_000, 1_000, 100), SECOND_NS);
        assertThat(text(plain.lines(80, 24, NOW))).contains("1000/s      #").matches("\\p{ASCII}*");
    }

    private static String text(List<AttributedString> lines) {
        return lines.stream()
                .map(line -> line.toString().stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static JsonObject status(long frames, long onLan0, long onLan1, long leadUs) {
        return JsonParser.parseString("""
                {"version": "0.1.0", "started": "2026-11-21T09:14:00Z", "condition": "degraded", "paths": [{
                  "name": "dup0", "condition": "degraded", "since": "2026-11-21T09:15:30Z", "proven": true,
                  "reason": "lan0 carrying, lan1 loses frames: frames pass, but the next failure may lose some",
                  "warnings": [], "advice": ["lan1: does not bring 5 %% of the frames"],
                  "residual_loss": {"lost": 3, "frames": 4000, "exact": false, "supervision_lost": 0,
                                    "supervision_frames": 190, "unknown_pauses": 0},
                  "counters": {"out_frames": %d, "in_frames": %d},
                  "links": [
                    {"name": "lan0", "condition": "carrying", "first_share": 0.756, "recent_loss": 0.0,
                     "lead_p50_us": %d, "counters": {"rx_frames": %d}},
                    {"name": "lan1", "condition": "loses frames", "first_share": 0.244, "recent_loss": 0.05,
                     "lead_p50_us": null, "counters": {"rx_frames": %d}}]}]}
                """.formatted(frames, frames, leadUs, onLan0, onLan1))
                .getAsJsonObject();
    }
}
