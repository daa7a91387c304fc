package net.twinpath.tests.bench;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;

/** What a daemon needs beside processor time: memory, time to start, and pauses of its virtual machine. */
final class Footprint {
    private static final double RATE = 200_000;
    private static final int STARTS = 3;

    /** The program that counts tells fewer than 2^24 frames apart. */
    private static final double LONGEST_LOAD_SECONDS = 20;

    private static final Pattern PAUSE = Pattern.compile("Safepoint \"([^\"]+)\".* Total: +(\\d+) ns");
    private static final Pattern ALLOCATED = Pattern.compile("\"(bench-(?:send|receive))\".* allocated=(\\d+)([BKM])");

    private final double seconds;
    private final List<String> lines = new ArrayList<>();

    private Footprint(double seconds) {
        this.seconds = seconds;
    }

    /**
     * Measures the daemon of host a while frames pass.
     *
     * @param seconds for which they do
     * @return rows of a table of two columns
     */
    static List<String> of(TwinpathPair twinpath, double seconds) {
        Footprint footprint = new Footprint(seconds);
        footprint.start(twinpath);
        footprint.run(twinpath);
        return footprint.lines;
    }

    private void start(TwinpathPair twinpath) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            String line = twinpath.startAlone(Programs.path("ready"));
            times.add(JsonParser.parseString(line.lines()
                            .filter(said -> said.startsWith("{"))
                            .findFirst()
                            .orElse("{}"))
                    .getAsJsonObject()
                    .get("readyMs")
                    .getAsDouble());
        }
        row(
                "time to READY, of " + STARTS + " starts",
                "%.0f / %.0f / %.0f ms",
                times.stream().sorted().toArray());
    }

    private void run(TwinpathPair twinpath) {
        twinpath.restart();
        Load.over(twinpath).seconds(2).run();
        Twinpathd daemon = twinpath.daemons().get(0);
        try (TemporaryFolder folder = TemporaryFolder.create("footprint")) {
            Path log = folder.resolve("jvm.log");
            long before = allocatedByAgents(daemon);
            jcmd(daemon, "VM.log", "what=gc,safepoint", "output=" + log);
            List<Load.Measured> loads = loads(twinpath);
            jcmd(daemon, "VM.log", "disable");
            long allocated = allocatedByAgents(daemon) - before;
            long sent = loads.stream().mapToLong(Load.Measured::sent).sum();
            long delivered = loads.stream().mapToLong(Load.Measured::delivered).sum();
            row(
                    "frames passed at 200 000 frames/s, for %.0f s".formatted(seconds),
                    "%,d, lost %,d, twice %,d",
                    delivered,
                    sent - delivered,
                    loads.stream().mapToLong(Load.Measured::duplicates).sum());
            row("allocated by the agents' threads per million frames", "%d octets", allocated * 1_000_000 / delivered);
            pauses(lines(log));
        }
        memory(daemon);
    }

    private List<Load.Measured> loads(TwinpathPair twinpath) {
        List<Load.Measured> loads = new ArrayList<>();
        for (double left = seconds; left > 0; left -= LONGEST_LOAD_SECONDS) {
            loads.add(Load.over(twinpath)
                    .rate(RATE)
                    .seconds(Math.min(left, LONGEST_LOAD_SECONDS))
                    .run());
        }
        return loads;
    }

    private void pauses(List<String> log) {
        List<Double> pausesUs = log.stream()
                .map(PAUSE::matcher)
                .filter(Matcher::find)
                .map(found -> Long.parseLong(found.group(2)) * 1e-3)
                .sorted()
                .toList();
        long collections = log.stream()
                .filter(line -> line.contains("Pause") && line.contains("->"))
                .count();
        row("garbage collections meanwhile", "%d", collections);
        row(
                "safepoints meanwhile",
                "%d, longest %.0f us",
                pausesUs.size(),
                pausesUs.isEmpty() ? 0.0 : pausesUs.get(pausesUs.size() - 1));
    }

    private void memory(Twinpathd daemon) {
        List<String> status = lines(Path.of("/proc/" + daemon.pid() + "/status"));
        row(
                "resident memory",
                "%.0f MB, of which rings and files %.0f MB",
                kib(status, "VmRSS") / 1e3,
                (kib(status, "RssFile") + kib(status, "RssShmem")) / 1e3);
    }

    private static double kib(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    /** The virtual machine tells whole kibibytes where it is more than ten. */
    private static long allocatedByAgents(Twinpathd daemon) {
        return jcmd(daemon, "Thread.print", "-e")
                .lines()
                .map(ALLOCATED::matcher)
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(2)) << (10 * "BKM".indexOf(found.group(3))))
                .sum();
    }

    private static String jcmd(Twinpathd daemon, String... words) {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return Command.run(Stream.concat(Stream.of(program.toString(), Long.toString(daemon.pid())), Stream.of(words))
                .toArray(String[]::new));
    }

    private void row(String title, String format, Object... values) {
        lines.add("| " + title + " | " + String.format(Locale.ROOT, format, values) + " |");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
