package net.twinpath.tests.bench;

import java.util.List;
import java.util.Locale;

/** The results as text in Markdown. */
final class Results {
    /** Medians that are farther off than this say nothing about a goal that is closer. */
    private static final double MAX_ERROR = 0.05;

    /** With fewer, how far a median is off cannot be told. */
    private static final int MIN_ROUNDS = 5;

    /** The quarters of what the reference says of itself may be so far apart on a machine to rely on. */
    private static final double MAX_NOISE = 0.10;

    private final Series series;
    private final StringBuilder text = new StringBuilder();

    private Results(Series series) {
        this.series = series;
    }

    /**
     * Writes it all down.
     *
     * @param footprint rows of {@link Footprint}
     * @param curves    rows of {@link Curves}
     */
    static String of(
            Series series, Machine.Disturbance disturbance, String how, List<String> footprint, List<String> curves) {
        Results results = new Results(series);
        results.head(disturbance, how);
        results.conclusion();
        results.comparison();
        results.exactlyOnce();
        results.tcp();
        results.table("What the daemon of host a needs beside that", "| | |", "|---|---|", footprint);
        results.table(
                "What more of everything costs",
                "| | number | processor time per frame at 100 000 frames/s, both hosts, ns | most frames/s, 1000s |"
                        + " lost at 100 000/s | came twice |",
                "|---|---|---|---|---|---|",
                curves);
        return results.text.toString();
    }

    private void table(String title, String head, String rule, List<String> rows) {
        line("## " + title);
        line("");
        line(head);
        line(rule);
        rows.forEach(this::line);
        line("");
    }

    private void tcp() {
        for (String name : List.of(Hosts.PLAIN_NAME, Hosts.FRAME_BY_FRAME_NAME)) {
            line("TCP over " + name + ", in Mbit/s: clean " + tcp(name, "tcp-clean") + ", losing 1 % "
                    + tcp(name, "tcp-lossy") + "; processor time per 1000 octets, clean, in ns: "
                    + tcp(name, "tcp-clean-cpu") + ".");
            line("");
        }
        line("Two sends for each full segment and nothing else, from one core, carry "
                + tcp(Hosts.COPIES_NAME, "tcp-clean")
                + " Mbit/s, " + spread(series.ratios(Hosts.COPIES_NAME, figure("tcp-clean"))) + " times the reference's"
                + " (min / median / max), at " + tcp(Hosts.COPIES_NAME, "tcp-clean-cpu")
                + " ns of processor time per 1000 octets: who sends two copies has that as its limit here.");
        line("");
    }

    private String tcp(String contender, String key) {
        return value(contender, figure(key));
    }

    private static Figure figure(String key) {
        return Figure.ALL.stream()
                .filter(figure -> figure.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private void head(Machine.Disturbance disturbance, String how) {
        line("# twinpath beside the same in C");
        line("");
        line("Written by `./run bench`" + how + ", " + series.rounds()
                + " rounds. Ratios hold on other machines better than" + " figures do.");
        line("");
        line("| | |");
        line("|---|---|");
        Machine.description().forEach(entry -> line("| " + entry[0] + " | " + entry[1] + " |"));
        line("| other programs | took " + percent(disturbance.busyShare()) + " of the cores before the start |");
        line("| the hypervisor | took " + percent(disturbance.stolenShare())
                + " of the time that was wanted of them |");
        line("");
        if (!disturbance.isSmall()) {
            line("**The machine was not quiet: these figures are not to be relied on.**");
            line("");
        }
    }

    /** What the noise lets be concluded at all, said first. */
    private void conclusion() {
        List<String> noisy = Figure.ALL.stream()
                .filter(Figure::hasGoal)
                .filter(figure -> isNoisy(series.noise(figure)))
                .map(Figure::title)
                .toList();
        if (series.rounds() < MIN_ROUNDS) {
            line("**Fewer than " + MIN_ROUNDS + " rounds: a first look, from which nothing can be concluded.**");
        } else if (noisy.isEmpty()) {
            line(
                    "The machine was steady: the reference repeats itself, within a tenth, in everything that has a goal.");
        } else {
            line("**The machine was too noisy to conclude anything of:** " + String.join("; ", noisy)
                    + ". There the reference does not repeat itself within a tenth.");
        }
        line("");
        line("![ratios](RESULTS.svg)");
        line("");
    }

    private static boolean isNoisy(Quantiles noise) {
        return noise.isEmpty() || noise.at(0.75) - noise.at(0.25) > MAX_NOISE;
    }

    private void comparison() {
        line("## Against the reference");
        line("");
        line(
                "The value is the median of all rounds, the ratio twinpath's to the reference's of the same round. *Noise* is the"
                        + " reference's ratio to itself, measured before and after twinpath.");
        line("");
        line(
                "| | twinpath | reference | with TPACKET_V3 | ratio min / median / max | noise min / median / max | goal | |");
        line("|---|---|---|---|---|---|---|---|");
        Figure.ALL.forEach(this::compare);
        line("");
    }

    private void compare(Figure figure) {
        Quantiles ratios = series.ratios(TwinpathPair.NAME, figure);
        line("| "
                + String.join(
                        " | ",
                        List.of(
                                figure.title() + ", " + figure.unit(),
                                value(TwinpathPair.NAME, figure),
                                value(Reference.NAME, figure),
                                value(Reference.BLOCKS_NAME, figure),
                                spread(ratios),
                                spread(series.noise(figure)),
                                figure.goalText(),
                                verdict(figure, ratios)))
                + " |");
    }

    private String value(String contender, Figure figure) {
        Quantiles values = series.values(contender, figure);
        return values.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f", values.median() / figure.divisor());
    }

    private static String spread(Quantiles ratios) {
        return ratios.isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%.2f / **%.2f** / %.2f", ratios.min(), ratios.median(), ratios.max());
    }

    /** Whether the goal is reached, as far as the noise lets it be told. */
    String verdict(Figure figure, Quantiles ratios) {
        if (!figure.hasGoal() || ratios.isEmpty()) {
            return "";
        }
        if (ratios.size() < MIN_ROUNDS) {
            return "too few rounds to tell";
        }
        if (isNoisy(series.noise(figure))) {
            return "too noisy to tell";
        }
        double error = Math.max(ratios.errorOfMedian(), series.noise(figure).errorOfMedian());
        boolean reached = figure.isReachedBy(ratios.median());
        boolean certain = figure.isReachedBy(ratios.median() + error) == reached
                && figure.isReachedBy(ratios.median() - error) == reached;
        if (certain) {
            return reached ? "reached" : "**missed**";
        }
        return error > MAX_ERROR ? "too noisy to tell" : reached ? "just reached" : "just missed";
    }

    private void exactlyOnce() {
        line("Frames that came twice, in all of this: twinpath " + series.sum(TwinpathPair.NAME, "duplicates")
                + ", reference " + series.sum(Reference.NAME, "duplicates")
                + ". Round trips that took more than 100 ms:"
                + " twinpath " + series.sum(TwinpathPair.NAME, "probes-lost") + ", reference "
                + series.sum(Reference.NAME, "probes-lost") + ".");
        line("");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
