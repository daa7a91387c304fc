package net.twinpath.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.twinpath.daemon.control.ControlLimits;
import net.twinpath.daemon.ctl.Twinpathctl;
import net.twinpath.daemon.event.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The programs' man pages tell every option, command and exit status the programs have, and groff can read them. */
class ManPageTest {
    private static final Path PAGES = Path.of("../config/man");

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
