package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code twinpathctl top} on a terminal: shows, follows its size, and leaves it as it was found. */
@TestInstance(Lifecycle.PER_CLASS)
class TopIT {
    private static final String SHOW_CURSOR = "\u001b[?12;25h";
    private static final String LEAVE_SCREEN = "\u001b[?1049l";
    private static final String SCRIPT = TopIT.class.getResource("/terminal.py").getPath();

    private TwoHosts<Cable> hosts;

    @BeforeAll
    void start() {
        hosts = TwoHosts.start();
    }

    @AfterAll
    void stop() {
        hosts.close();
    }

    @Test
    void showsThePathsAndFollowsTheSize() {
        Command.Result top =
                top("show:PROTECTED", "show:/s", "size:50x6", "show:more lines", "type:j", "show:lan0", "type:q");
        assertLeft(top);
        assertThat(top.output()).endsWith("exit 0 restored True\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT:0", "TERM:143", "HUP:129"})
    void aSignalLeavesTheTerminalAsItWas(String signalAndExit) {
        String signal = signalAndExit.split(":", 2)[0];
        Command.Result top = top("show:PROTECTED", "signal:" + signal);
        assertLeft(top);
        assertThat(top.output()).endsWith("exit " + signalAndExit.split(":", 2)[1] + " restored True\n");
    }

    @Test
    void withoutATerminalItSaysWhatDoesWithout() {
        Command.Result top = hosts.daemonA().ctl("top");
        assertThat(top.status()).isEqualTo(2);
        assertThat(top.errors())
                .isEqualTo("twinpathctl: top needs a terminal that can place its cursor; status needs none\n");
        assertThat(top.output()).isEmpty();
    }

    private static void assertLeft(Command.Result top) {
        assertThat(top.errors()).isEmpty();
        assertThat(top.output().indexOf(LEAVE_SCREEN))
                .isGreaterThan(top.output().indexOf(SHOW_CURSOR))
                .isPositive();
    }

    private Command.Result top(String... steps) {
        List<String> line = new ArrayList<>(List.of("python3", SCRIPT));
        line.addAll(List.of(steps));
        line.add("--");
        line.addAll(hosts.daemonA().ctlLine("top", "--interval", "250ms"));
        return Command.attempt("", line.toArray(String[]::new));
    }
}
