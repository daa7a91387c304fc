package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.twinpath.daemon.metrics.Metric;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.BackgroundProcess;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.fixture.TwoHosts;
import org.junit.jupiter.api.Test;

/** Metrics of the running daemon: that they are right, readable to those they are for, and there without a gap. */
class MetricsIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PORT = 9477;
    private static final int SCRAPERS = 6;
    private static final String LISTEN = "[metrics]\nlisten = \"127.0.0.1:9477\"\n";
    private static final Scraper SCRAPER = new Scraper("127.0.0.1", PORT);

    /** Everything that is counted is there: streams, ordering, links. */
    private static final String ALL_KINDS = """
            format = "frer"
            links = ["lan0", "lan1"]
            ordering = { max-delay = "10ms" }
            [[path.dup0.stream]]
            name = "to-b"
            match = { destination = "10.77.0.2" }
            [[path.dup0.stream]]
            name = "to-a"
            match = { destination = "10.77.0.1" }
            recovery = { individual = true, latent-error = false }
            %s
            """.formatted(LISTEN);

    /** Reads a text as strictly as the project of Prometheus does itself, and tells each family's name and type. */
    private static final String PARSER = """
            import sys
            from prometheus_client.openmetrics import parser as openmetrics
            from prometheus_client import parser as prometheus
            read = openmetrics if sys.argv[1] == "openmetrics" else prometheus
            for family in read.text_string_to_metric_families(sys.stdin.read()):
                assert family.documentation, family.name
                print(family.name, family.type, family.unit, len(family.samples))
            """;

    /** The one for which ./run installs the parser. */
    private static final String PYTHON = "/usr/bin/python3";

    @Test
    void everythingThatIsCountedIsToldAndReadable() throws Exception {
        try (TwoHosts<Cable> hosts = TwoHosts.start(Cable::connect, ALL_KINDS)) {
            Await.until("all is told", LIMIT, () -> {
                hosts.a().run("ping", "-q", "-c", "50", "-i", "0.01", TwoHosts.ADDRESS_B);
                return missing(hosts.a().call(SCRAPER::openMetrics)).isEmpty();
            });
            Twinpathd daemon = hosts.daemonA();
            String text = hosts.a().call(SCRAPER::openMetrics);
            assertThat(value(text, "twinpath_path_out_sequenced_total{path=\"dup0\"}"))
                    .isBetween(50.0, (double) daemon.pathCounter("out_sequenced"));
            assertThat(value(text, "twinpath_path_condition{path=\"dup0\",twinpath_path_condition=\"protected\"}"))
                    .isEqualTo(1);
            assertThat(value(text, "twinpath_link_tx_frames_total{lan=\"B\",link=\"lan1\",path=\"dup0\"}"))
                    .isGreaterThanOrEqualTo(50);
            assertThat(value(text, "twinpath_stream_tsn_cps_sid_output_packets_total{path=\"dup0\",stream=\"to-b\"}"))
                    .isGreaterThanOrEqualTo(50);
            assertThat(value(
                            text,
                            "twinpath_individual_frer_cps_seq_rcvy_passed_packets_total"
                                    + "{lan=\"B\",link=\"lan1\",path=\"dup0\",stream=\"to-a\"}"))
                    .isGreaterThanOrEqualTo(50);
            assertThat(value(text, "twinpath_path_residual_loss_total{path=\"dup0\"}"))
                    .isZero();
            double leads = value(text, "twinpath_link_lead_seconds_count{lan=\"A\",link=\"lan0\",path=\"dup0\"}")
                    + value(text, "twinpath_link_lead_seconds_count{lan=\"B\",link=\"lan1\",path=\"dup0\"}");
            assertThat(leads)
                    .as("those of the last quarter of a second may be missing")
                    .isPositive();

            daemon.ctl("reset-counters");
            String afterwards = daemon.ctl("metrics", "--openmetrics").output();
            assertThat(value(afterwards, "twinpath_path_out_sequenced_total{path=\"dup0\"}"))
                    .as("no reset here")
                    .isGreaterThanOrEqualTo(50);
            assertReadable("openmetrics", text);
            assertReadable("openmetrics", afterwards);
            assertReadable("prometheus", hosts.a().call(SCRAPER::text));
            assertReadable("prometheus", daemon.ctl("metrics").output());
        }
    }

    private static List<String> missing(String text) {
        return Metric.all().stream()
                .flatMap(metric -> metric.sampleNames().stream())
                .filter(name -> !Pattern.compile("^" + name + "[ {]", Pattern.MULTILINE)
                        .matcher(text)
                        .find())
                .toList();
    }

    private static double value(String text, String sample) {
        return text.lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(sample + " is not in\n" + text));
    }

    /** Needs python3-prometheus-client, which ./run installs. */
    private static void assertReadable(String format, String text) {
        assumeTrue(
                Command.attempt("", PYTHON, "-c", "import prometheus_client").status() == 0,
                "needs prometheus_client (apt install python3-prometheus-client)");
        List<String> families =
                Command.runWithInput(text, PYTHON, "-c", PARSER, format).lines().toList();
        assertThat(families).hasSizeGreaterThanOrEqualTo(Metric.all().size());
        if (format.equals("openmetrics")) {
            assertThat(families)
                    .hasSameSizeAs(Metric.all())
                    .contains("twinpath_uptime_seconds gauge seconds 1", "twinpath_build info  1")
                    .noneMatch(family -> family.contains("unknown"));
        }
    }

    @Test
    void aThousandStreamsAreToldAlsoWhereOnePacketIsTooSmallForThem() throws Exception {
        String streams = IntStream.range(0, 1_000)
                .mapToObj(i -> """
                        [[path.dup0.stream]]
                        name = "stream-number-%d"
                        match = { protocol = "udp", destination-port = %d }
                        """.formatted(i, 1_000 + i))
                .collect(Collectors.joining());
        try (TwoHosts<Cable> hosts = TwoHosts.start(Cable::connect, TwoHosts.FRER + streams + LISTEN)) {
            String text = hosts.daemonA().ctl("metrics").output();
            assertThat(text.length()).isGreaterThan(1 << 20);
            assertThat(text.lines().filter(line -> line.startsWith("twinpath_stream_resyncs_total{")))
                    .hasSize(1_001)
                    .doesNotHaveDuplicates();
            String overHttp = hosts.a().call(SCRAPER::text);
            assertThat(overHttp.lines().map(MetricsIT::withoutValue))
                    .isEqualTo(text.lines().map(MetricsIT::withoutValue).toList());
        }
    }

    private static String withoutValue(String line) {
        return line.startsWith("#") ? line : line.substring(0, line.lastIndexOf(' '));
    }

    @Test
    void aReloadBeginsMovesAndEndsIt() throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create("metrics");
                Namespace host = Namespace.host("a");
                Twinpathd daemon = Twinpathd.start(host, folder, "a", "")) {
            assertThatThrownBy(() -> host.call(SCRAPER::text)).hasMessageContaining("refused");
            daemon.reload(LISTEN);
            assertThat(host.call(SCRAPER::text)).contains("twinpath_build_info");
            daemon.reload("[metrics]\nlisten = \"[::1]:9478\"\n");
            assertThat(host.call(new Scraper("::1", 9478)::text)).contains("twinpath_build_info");
            Await.until("the old place is free", LIMIT, () -> !listens(host, "9477"));

            daemon.configure("[metrics]\nlisten = \"0.0.0.0:9477\"\n");
            Command.Result wrong = daemon.ctl("reload");
            assertThat(wrong.status()).isEqualTo(3);
            assertThat(wrong.errors())
                    .contains(daemon.config()
                            + ":5:1: metrics.listen: \"0.0.0.0:9477\" is not on the loopback interface");
            assertThat(daemon.ctl("check", daemon.config().toString()).status()).isEqualTo(78);
            assertThat(host.call(new Scraper("::1", 9478)::text)).contains("twinpath_build_info");

            daemon.reload("");
            Await.until("nobody answers", LIMIT, () -> !listens(host, "9478"));
        }
    }

    private static boolean listens(Namespace host, String port) {
        return !host.run("ss", "--listening", "--tcp", "--no-header", "sport", "=", ":" + port)
                .isBlank();
    }

    @Test
    void anAddressOfAnotherProgramIsRefusedAndAllElseGoesOn() throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create("metrics");
                Namespace host = Namespace.host("a");
                BackgroundProcess other = host.start(
                        folder.resolve("other.log"), "socat", "TCP-LISTEN:9477,bind=127.0.0.1,fork", "SYSTEM:true")) {
            Await.until("the other program listens", LIMIT, () -> other.isAlive() && listens(host, "9477"));
            try (Twinpathd daemon = Twinpathd.start(host, folder, "a", LISTEN)) {
                String objection =
                        daemon.config() + ":5:1: metrics.listen: cannot listen at 127.0.0.1:9477: Address already"
                                + " in use; set another address or port";
                assertThat(daemon.log()).contains("going on without metrics over HTTP: " + objection);
                assertThat(daemon.plan()).anyMatch(line -> line.contains(objection));
                assertThat(daemon.ctl("reload").errors()).contains(objection);
                other.signal("TERM");
                other.waitFor(LIMIT);
                daemon.reload(LISTEN);
                assertThat(host.call(SCRAPER::text)).contains("twinpath_build_info");
            }
        }
    }

    private static String line(String text, String start) {
        return text.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }

    /** Two daemons of no path have nothing else to share. */
    @Test
    void whileADaemonTakesOverFromAnotherNoScrapeIsMissed() throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create("metrics");
                Namespace host = Namespace.host("a")) {
            Twinpathd now = Twinpathd.start(host, folder, "0", LISTEN);
            AtomicBoolean isOver = new AtomicBoolean();
            ConcurrentLinkedQueue<String> starts = new ConcurrentLinkedQueue<>();
            List<Future<Integer>> scrapers = Stream.generate(() -> host.submit("scrapes", () -> {
                        int count = 0;
                        for (; !isOver.get(); count++) {
                            starts.add(line(SCRAPER.openMetrics(), "twinpath_start_time_seconds "));
                        }
                        return count;
                    }))
                    .limit(SCRAPERS)
                    .toList();
            for (int i = 1; i <= 4; i++) {
                Twinpathd next = Twinpathd.start(host, folder, Integer.toString(i), LISTEN);
                assertThat(now.stop()).isZero();
                now = next;
                int before = starts.size();
                Await.until(
                        "the new one answers",
                        LIMIT,
                        () -> scrapers.stream().anyMatch(Future::isDone) || starts.size() > before + 20);
            }
            isOver.set(true);
            for (Future<Integer> scraper : scrapers) {
                assertThat(Await.result("scrapes", LIMIT, scraper)).isPositive();
            }
            assertThat(new HashSet<>(starts)).hasSize(5);
            now.close();
        }
    }
}
