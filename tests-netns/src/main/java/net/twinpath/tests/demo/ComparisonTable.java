package net.twinpath.tests.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.TransferResult;

/** The results of several tellings of one story side by side, as text. */
final class ComparisonTable {
    private static final double MIB = 1 << 20;
    private static final int LABEL_WIDTH = 26;
    private static final int COLUMN_WIDTH = 20;

    private final List<Measurement> measurements;
    private final StringBuilder text = new StringBuilder();

    private ComparisonTable(List<Measurement> measurements) {
        this.measurements = measurements;
    }

    static String of(List<Measurement> measurements) {
        return new ComparisonTable(measurements).build();
    }

    private String build() {
        row("", Measurement::way);
        rule();
        stream("echo, " + Telling.ECHOES_PER_SECOND + "/s", Measurement::echo);
        rule();
        stream("voice, " + Telling.VOICE_PACKETS_PER_SECOND + "/s", Measurement::voice);
        rule();
        file();
        return text.toString();
    }

    private void stream(String name, Function<Measurement, StreamResult> of) {
        row(name, "sent", of.andThen(StreamResult::sent).andThen(ComparisonTable::count));
        row("", "received", of.andThen(StreamResult::received).andThen(ComparisonTable::count));
        row("", "lost", of.andThen(StreamResult::lost).andThen(ComparisonTable::count));
        row("", "duplicated", of.andThen(StreamResult::duplicated).andThen(ComparisonTable::count));
        row("", "longest gap", of.andThen(StreamResult::longestGapMs).andThen(ComparisonTable::milliseconds));
    }

    private void file() {
        Function<Measurement, TransferResult> of = Measurement::file;
        row("file, TCP", "sent", of.andThen(f -> mib(f.octetsSent())));
        row("", "received", of.andThen(f -> mib(f.octetsReceived())));
        row("", "SHA-256", of.andThen(f -> f.checksumHolds() ? "the same" : "DIFFERENT"));
        row("", "longest gap", of.andThen(TransferResult::longestGapMs).andThen(ComparisonTable::milliseconds));
        row("", "duration", of.andThen(f -> String.format(Locale.ROOT, "%.1f s", f.durationS())));
    }

    private void row(String stream, String quantity, Function<Measurement, String> value) {
        row(String.format(Locale.ROOT, "%-13s%s", stream, quantity), value);
    }

    private void row(String label, Function<Measurement, String> value) {
        List<String> cells = new ArrayList<>();
        cells.add(String.format(Locale.ROOT, "  %-" + LABEL_WIDTH + "s", label));
        for (Measurement measurement : measurements) {
            cells.add(String.format(Locale.ROOT, "%" + COLUMN_WIDTH + "s", value.apply(measurement)));
        }
        text.append(String.join("", cells)).append('\n');
    }

    private void rule() {
        text.append("  ")
                .append("─".repeat(LABEL_WIDTH + COLUMN_WIDTH * measurements.size()))
                .append('\n');
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String milliseconds(double value) {
        return String.format(Locale.ROOT, "%,.1f ms", value);
    }

    private static String mib(long octets) {
        return String.format(Locale.ROOT, "%,.1f MiB", octets / MIB);
    }
}
