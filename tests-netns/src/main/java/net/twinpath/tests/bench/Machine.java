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
    /** The share of the cores that others may take before the results mean little. */
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

    /** Watches for so long, while nothing of ours runs. */
    static CoreTime lookOn(Duration during) {
        CoreTime before = coreTime();
        Await.untilTime(System.nanoTime() + during.toNanos());
        return coreTime().since(before);
    }

    /** Of all cores together, since the machine was started (proc_stat(5)). */
    static CoreTime coreTime() {
        long[] fields = Arrays.stream(lines(Path.of("/proc/stat")).get(0).split(" +"))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        return new CoreTime(Arrays.stream(fields, 0, 8).sum(), fields[3] + fields[4], fields[7]);
    }

    /**
     * What became of the cores' time, in ticks.
     *
     * @param all    of it
     * @param idle   when nothing was to be done
     * @param stolen when something was, but a hypervisor had given the core to another machine, or was busy itself
     */
    record CoreTime(long all, long idle, long stolen) {
        CoreTime since(CoreTime before) {
            return new CoreTime(all - before.all, idle - before.idle, stolen - before.stolen);
        }

        /** From 0 to 1. */
        double busyShare() {
            return 1 - (double) idle / Math.max(1, all);
        }

        /** Of the time when something was to be done, from 0 to 1. */
        double stolenShare() {
            return (double) stolen / Math.max(1, all - idle);
        }
    }

    /**
     * What else than this program had the cores.
     *
     * @param busyShare   other programs, before the start, from 0 to 1
     * @param stolenShare a hypervisor, meanwhile, of the time when something was to be done
     */
    record Disturbance(double busyShare, double stolenShare) {
        boolean isSmall() {
            return busyShare <= QUIET && stolenShare <= QUIET;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
