package net.twinpath.tests.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the cost of a frame grows with streams, peers, links and paths. */
final class Curves {
    private static final double RATE = 100_000;
    private static final int FIRST_PORT = 5000;
    private static final String PRP = """
            [path.bench]
            inside = "inside"
            links = ["lan0", "lan1"]
            """;

    private final PrintStream out;
    private final double seconds;
    private final List<String> rows = new ArrayList<>();

    private Curves(PrintStream out, double seconds) {
        this.out = out;
        this.seconds = seconds;
    }

    /**
     * Measures one after the other.
     *
     * @param seconds that each load takes
     * @return rows of a table of four columns
     */
    static List<String> measure(PrintStream out, double seconds) {
        Curves curves = new Curves(out, seconds);
        curves.streams(1);
        curves.streams(1000);
        curves.peers(1);
        curves.peers(1000);
        curves.peers(4000);
        curves.links(2);
        curves.links(8);
        curves.paths(1);
        curves.paths(16);
        return curves.rows;
    }

    /** Each frame belongs to one of the streams, by its UDP port. */
    private void streams(int count) {
        String matches = IntStream.range(0, count)
                .mapToObj(stream -> """
                        [[path.bench.stream]]
                        name = "s%d"
                        match = { protocol = "udp", destination-port = %d }
                        """.formatted(stream, FIRST_PORT + stream))
                .collect(Collectors.joining());
        measure("FRER, streams", count, 2, frer(2) + matches, load -> load.ports(count));
    }

    /** Each frame comes from one of the devices behind the gateway. */
    private void peers(int count) {
        measure("PRP, senders", count, 2, PRP, load -> load.sources(count));
    }

    private void links(int count) {
        measure("FRER, links", count, count, frer(count), UnaryOperator.identity());
    }

    private static String frer(int links) {
        return """
                [path.bench]
                format = "frer"
                inside = "inside"
                links = [%s]
                """.formatted(IntStream.range(0, links)
                .mapToObj(link -> "\"lan" + link + "\"")
                .collect(Collectors.joining(", ")));
    }

    /** All but one have nothing to do. */
    private void paths(int count) {
        String others = IntStream.range(1, count)
                .mapToObj(path -> """
                        [path.dup%d]
                        links = ["other%da", "other%db"]
                        """.formatted(path, path, path))
                .collect(Collectors.joining());
        measure("PRP, paths, of which one in use", count, 2, PRP + others, UnaryOperator.identity());
    }

    private void measure(String title, int count, int links, String path, UnaryOperator<Load> variant) {
        try (TwinpathPair twinpath = TwinpathPair.configured(title, links, path)) {
            IntStream.range(1, title.contains("paths") ? count : 1).forEach(twinpath::addOtherLinks);
            twinpath.restart();
            Load load = variant.apply(Load.over(twinpath).seconds(seconds));
            load.rate(RATE).seconds(3 * seconds).run();
            load.seconds(2 * seconds).run();
            Load.Measured paced = load.rate(RATE).run();
            Load.Measured most = load.run();
            String row = String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.0f | %.0f | %,d | %,d |",
                    title,
                    count,
                    paced.cpuNsPerFrame(),
                    most.rate() / 1e3,
                    paced.sent() - paced.delivered(),
                    paced.duplicates());
            out.println(row);
            rows.add(row);
        }
    }
}
