package net.twinpath.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.twinpath.daemon.control.ControlLimits;
import net.twinpath.daemon.ctl.Twinpathctl;
import net.twinpath.daemon.event.EventKind;
import net.twinpath.daemon.metrics.Metric;
import net.twinpath.daemon.metrics.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The programs' man pages tell every option, command and exit status the programs have, and groff can read them. */
class ManPageTest {
    private static final Path PAGES = Path.of("../config/man");
    private static final String METRICS_BEGIN = "The metrics are:\n";
    private static final String METRICS_END = ".SH SIGNALS\n";

    @Test
    void theDaemonsPageTellsAllOfIt() throws IOException {
        assertTold(new CommandLine(Twinpathd.class), text("twinpathd.8"));
    }

    @Test
    void theClientsPageTellsAllOfIt() throws IOException {
        String page = text("twinpathctl.1");
        CommandLine client = Twinpathctl.commandLine();
        assertTold(client, page);
        String sentences = sentences(page);
        client.getSubcommands().forEach((name, command) -> {
            assertThat(page.lines()).as(name).anyMatch(line -> line.matches("\\.BI?R? " + name + "( .*)?"));
            assertTold(command, page);
            if (!name.equals("help")) {
                assertThat(sentences)
                        .contains(command.getCommandSpec().usageMessage().description());
                command.getCommandSpec().options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .forEach(option -> assertThat(sentences).contains(option.description()));
            }
        });
        client.getCommandSpec()
                .usageMessage()
                .exitCodeList()
                .values()
                .forEach(meaning -> assertThat(sentences).contains(meaning));
    }

    @Test
    void theClientsPageTellsEveryKindOfEvent() throws IOException {
        String page = text("twinpathctl.1");
        for (EventKind kind : EventKind.values()) {
            assertThat(page).contains(".B " + kind.text() + "\n" + kind.sentence() + "\n");
        }
    }

    /** With {@code -Dtwinpath.man=true} the list is written anew. */
    @Test
    void theDaemonsPageListsEveryMetric() throws IOException {
        Path page = PAGES.resolve("twinpathd.8");
        String now = Files.readString(page);
        int begin = now.indexOf(METRICS_BEGIN) + METRICS_BEGIN.length();
        int end = now.indexOf(METRICS_END);
        String list = Stream.of(Subject.values()).map(ManPageTest::list).collect(Collectors.joining());
        if (Boolean.getBoolean("twinpath.man")) {
            Files.writeString(page, now.substring(0, begin) + list + now.substring(end));
        }
        assertThat(Files.readString(page).substring(begin)).startsWith(list + METRICS_END);
    }

    private static String list(Subject subject) {
        String labels = subject.labels().isEmpty()
                ? ""
                : ", with the " + (subject.labels().size() == 1 ? "label " : "labels ")
                        + String.join(", ", subject.labels());
        return Metric.all().stream()
                .filter(metric -> metric.subject() == subject)
                .map(metric -> ".TP\n.B " + name(metric) + "\n" + metric.help() + "\n")
                .collect(Collectors.joining("", ".PP\nOf " + subject.words() + labels + ":\n", ""))
                .replace("-", "\\-");
    }

    /** With the label that the type adds. */
    private static String name(Metric metric) {
        List<String> more = metric.labels().stream()
                .filter(label -> !metric.subject().labels().contains(label))
                .toList();
        return metric.sampleNames().get(0) + (more.isEmpty() ? "" : "{" + more.get(0) + "}");
    }

    @Test
    void theDaemonsPageTellsEveryLimitWithItsValue() throws IOException {
        String page = text("twinpathd.8");
        String sentences = sentences(page);
        ControlLimits.json().asMap().forEach((limit, value) -> {
            assertThat(page).contains(limit);
            assertThat(sentences)
                    .containsPattern("[( ]" + value.getAsString() + "\\)|" + "\\(" + value.getAsString() + " to ");
        });
    }

    /** The page as one line. */
    private static String sentences(String page) {
        return page.replaceAll("\\s+", " ");
    }

    private static void assertTold(CommandLine command, String page) {
        CommandSpec spec = command.getCommandSpec();
        spec.options().forEach(option -> assertThat(page).contains(option.names()));
        spec.usageMessage()
                .exitCodeList()
                .keySet()
                .forEach(status -> assertThat(page).contains("\n.B " + status + "\n"));
    }

    /** Without the backslash that keeps a hyphen from being a dash. */
    private static String text(String page) throws IOException {
        return Files.readString(PAGES.resolve(page)).replace("\\-", "-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"twinpathd.8", "twinpathctl.1"})
    void groffHasNothingToSayAgainstIt(String page) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "needs groff (apt install groff)");
        Process groff = new ProcessBuilder(
                        "groff",
                        "-man",
                        "-ww",
                        "-Tutf8",
                        "-z",
                        PAGES.resolve(page).toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(groff.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(groff.exitValue()).isZero();
    }
}
