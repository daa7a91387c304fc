package net.twinpath.daemon.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Each line of the log has its priority before it. */
class PriorityLinesTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(new PriorityLines(written), true, StandardCharsets.UTF_8);

    @Test
    void aLineHasThePriorityOfItsLevelAndOneWithoutThatOfTheLineBefore() {
        stream.print("""
                twinpathd: wrong file
                [INFO] path - up
                [WARN] path - lossy
                more of it
                [ERROR] path - fäiled
                \tat X

                [DEBUG] path - detail
                """);
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("""
                <3>twinpathd: wrong file
                <6>[INFO] path - up
                <4>[WARN] path - lossy
                <4>more of it
                <3>[ERROR] path - fäiled
                <3>\tat X
                <3>
                <7>[DEBUG] path - detail
                """);
    }

    @Test
    void aLineIsWrittenWhenItIsWhole() {
        stream.print("[WARN] pa");
        stream.flush();
        assertThat(written.size()).isZero();
        stream.print("th\n");
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("<4>[WARN] path\n");
    }

    @Test
    void theLogWritesLinesThatAreUnderstood() {
        String lines =
                LogCapture.of(() -> LoggerFactory.getLogger("path").error("failed", new IllegalStateException("why")));
        stream.print(lines);
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .hasSizeGreaterThan(2)
                .allMatch(line -> line.startsWith("<3>"))
                .first()
                .isEqualTo("<3>[ERROR] path - failed");
    }
}
