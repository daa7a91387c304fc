package net.twinpath.tests.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.twinpath.tests.fixture.OpenResources;

/**
 * Measures twinpath beside the reference and writes what came out.
 *
 * <p>Exit status: 0 when all was measured, whatever the figures are; 1 when not; 2 for wrong usage.
 */
public final class Bench {
    private static final int ROUNDS = 7;
    private static final double WARM_UP_SECONDS = 1.5;

    /** Ten minutes: a virtual machine that looks after itself now and then has done so by then. */
    private static final double PAUSES_SECONDS = 600;

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final PrintStream out;
    private final boolean quick;
    private final Part part;
    private final int rounds;
    private final Path folder;
    private final double seconds;
    private final Series series = new Series();
    private List<String> footprint = List.of();
    private List<String> curves = List.of();

    /** What is measured; a part alone is printed and not written. */
    private enum Part {
        ALL,
        TCP,
        PAUSES
    }

    private Bench(PrintStream out, boolean quick, Part part, int rounds) {
        this.out = out;
        this.quick = quick;
        this.part = part;
        this.rounds = rounds;
        this.seconds = quick ? 0.4 : 1;
        this.folder = quick ? Programs.built() : Programs.source();
    }

    /**
     * Runs the benchmark.
     *
     * @param arguments {@code [--quick] [--tcp | --pauses] [--rounds N]}; with {@code --tcp} it measures TCP only, with
     *     {@code --pauses} what a daemon needs over ten minutes of frames, and writes nothing
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            parse(out, List.of(arguments)).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IllegalStateException | UncheckedIOException e) {
            if (!OpenResources.ending()) {
                System.err.println("the benchmark could not be made: " + e.getMessage());
                System.exit(1);
            }
        }
    }

    private static Bench parse(PrintStream out, List<String> arguments) {
        boolean quick = arguments.contains("--quick");
        int rounds = quick ? 1 : ROUNDS;
        Part part = Part.ALL;
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("--rounds") && i + 1 < arguments.size()) {
                rounds = Integer.parseInt(arguments.get(++i));
            } else if (arguments.get(i).equals("--tcp")) {
                part = Part.TCP;
            } else if (arguments.get(i).equals("--pauses")) {
                part = Part.PAUSES;
            } else if (!arguments.get(i).equals("--quick")) {
                throw new IllegalArgumentException("usage: bench [--quick] [--tcp | --pauses] [--rounds N]");
            }
        }
        return new Bench(out, quick, part, rounds);
    }

    private void run() {
        Machine.check();
        Programs.compile();
        switch (part) {
            case TCP -> {
                for (int round = 0; round < rounds; round++) {
                    tcp(round);
                }
            }
            case PAUSES -> pauses();
            case ALL -> all();
        }
    }

    private void pauses() {
        try (TwinpathPair twinpath = TwinpathPair.prp()) {
            twinpath.restart();
            warmUp(twinpath);
            Footprint.of(twinpath, quick ? 3 : PAUSES_SECONDS).forEach(out::println);
        }
    }

    private void all() {
        double busyShare = Machine.lookOn(LOOK).busyShare();
        if (busyShare > Machine.QUIET) {
            out.printf(
                    "Other programs take %.0f %% of the cores: what comes out will not mean much%n", 100 * busyShare);
        }
        Machine.CoreTime begun = Machine.coreTime();
        try (BareWire wire = new BareWire();
                Reference blocks = Reference.blocks();
                Reference reference = Reference.slots();
                TwinpathPair twinpath = TwinpathPair.prp()) {
            List<Contender> inTurn = List.of(wire, blocks, reference, twinpath, reference);
            for (int round = 0; round < rounds; round++) {
                round(round, inTurn);
            }
            footprint = Footprint.of(twinpath, quick ? 3 : 20);
        }
        out.println("Streams, senders, links and paths");
        curves = Curves.measure(out, seconds);
        write(new Machine.Disturbance(busyShare, Machine.coreTime().since(begun).stolenShare()));
    }

    private void round(int round, List<Contender> inTurn) {
        out.println("Round " + (round + 1) + " of " + rounds);
        inTurn.stream().distinct().forEach(Contender::restart);
        inTurn.stream().distinct().forEach(Bench::warmUp);
        for (Trial trial : new Trials(seconds, quick ? 5 : 7).all()) {
            out.println("  " + trial.title());
            for (int turn = 0; turn < inTurn.size(); turn++) {
                measure(round, turn, inTurn.get(turn), trial);
            }
        }
        tcp(round);
        series.write(folder.resolve("RESULTS.jsonl"));
    }

    private void tcp(int round) {
        out.println("  TCP");
        try (Hosts plain = Hosts.plain();
                Hosts reference = Hosts.reference();
                Hosts twinpath = Hosts.twinpath();
                Hosts frameByFrame = Hosts.twinpathFrameByFrame()) {
            List<Hosts> inTurn = List.of(plain, reference, twinpath, frameByFrame, reference);
            inTurn.stream().distinct().forEach(hosts -> hosts.warmUp(WARM_UP_SECONDS));
            for (int turn = 0; turn < inTurn.size(); turn++) {
                add(round, turn, inTurn.get(turn).name(), inTurn.get(turn).goodput(2 * seconds));
            }
            add(round, inTurn.size(), Hosts.COPIES_NAME, reference.copies(2 * seconds));
        }
    }

    /** The code is compiled, the caches are filled, the addresses learned. */
    private static void warmUp(Contender contender) {
        Load.over(contender).seconds(WARM_UP_SECONDS).bothWays().rate(50_000).run();
        Load.over(contender).seconds(WARM_UP_SECONDS).bothWays().run();
    }

    private void measure(int round, int turn, Contender contender, Trial trial) {
        if (trial.concerns(contender)) {
            add(round, turn, contender.name(), trial.run().of(contender, series));
        }
    }

    private void add(int round, int turn, String contender, Map<String, Double> figures) {
        series.add(new Series.Sample(round, turn, contender, figures));
        out.println("    " + contender + " " + text(figures));
    }

    private static String text(Map<String, Double> figures) {
        List<String> words = new ArrayList<>();
        figures.keySet().stream().sorted().forEach(key -> words.add(String.format("%s %.2f", key, figures.get(key))));
        return String.join(", ", words);
    }

    private void write(Machine.Disturbance disturbance) {
        String text = Results.of(series, disturbance, quick ? " --quick" : "", footprint, curves);
        out.println();
        out.print(text);
        try {
            Files.writeString(folder.resolve("RESULTS.md"), text);
            Files.writeString(folder.resolve("RESULTS.svg"), ResultsPicture.of(series));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println("Written: " + folder.resolve("RESULTS.md"));
    }
}
