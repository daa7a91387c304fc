package net.twinpath.tests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Command;

/** The machine all this runs on. */
final class Machine {
    /** A core's share that other programs may take before the results mean little. */
    static final double QUIET = 0.05;

    private static final int MIN_CORES = 2;

    private Machine() {}

    /** @throws IllegalStateException when the machine has too few cores */
    static void check() {
        if (Runtime.getRuntime().availableProcessors() < MIN_CORES) {
            throw new IllegalStateException("two cores are needed, one for each host; this machine has one");
        }
    }

    /** Lines of name and value. */
    static List<String[]> description() {
        return List.of(
                new String[] {"kernel", Command.run("uname", "-srm").strip()},
                new String[] {
                    "CPU", cpu() + ", " + Runtime.getRuntime().availableProcessors() + " cores, of which 0 and 1"
                },
                new String[] {"JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")},
                new String[] {
                    "C",
                    Command.run("gcc", "--version").lines().findFirst().orElse("") + ", "
                            + String.join(" ", Programs.OPTIONS)
                });
    }

    private static String cpu() {
        return lines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    /** The share of the cores that is in use while nothing of ours runs: 0 to 1. */
    static double busyShare(Duration during) {
        long[] before = ticks();
        Await.untilTime(System.nanoTime() + during.toNanos());
        long[] after = ticks();
        return 1 - (double) (after[1] - before[1]) / Math.max(1, after[0] - before[0]);
    }

    /** All ticks of all cores so far, and of them the idle ones (proc_stat(5)). */
    private static long[] ticks() {
        long[] fields = Arrays.stream(lines(Path.of("/proc/stat")).get(0).split(" +"))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        return new long[] {Arrays.stream(fields, 0, 8).sum(), fields[3] + fields[4]};
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
