package net.twinpath.daemon.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.twinpath.config.ControlSettings;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete;

/**
 * The completion for bash is the one picocli makes of the commands as they are; with {@code -Dtwinpath.complete=true} it is
 * written anew.
 */
class CompletionTest {
    private static final Path FILE = Path.of("src/main/completions/twinpathctl");

    @Test
    void theCompletionKnowsEveryCommandAndOption() throws IOException {
        String made = AutoComplete.bash("twinpathctl", Twinpathctl.commandLine());
        if (Boolean.getBoolean("twinpath.complete")) {
            Files.writeString(FILE, made);
        }
        assertThat(FILE).hasContent(made);
    }

    @Test
    void theSocketIsTheConfigurationsDefault() {
        assertThat(Path.of(Twinpathctl.DEFAULT_SOCKET))
                .isEqualTo(ControlSettings.defaults().socket());
    }

    @Test
    void bashCompletesACommandAndItsOption() throws Exception {
        assertThat(completions("twinpathctl sta")).contains("status");
        assertThat(completions("twinpathctl drill --f")).contains("--for", "--force");
    }

    /** What bash would offer for the last word. */
    private static String completions(String line) throws Exception {
        Process bash = new ProcessBuilder("bash", "-c", """
                        source %s
                        COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='%s'
                        _complete_twinpathctl
                        echo "${COMPREPLY[@]}"
                        """.formatted(FILE, line, line))
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }
}
