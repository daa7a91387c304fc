package net.twinpath.daemon.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Puts the priority before each line of the log, as systemd's journal takes it from standard error: {@code <N>} with
 * syslog's number (sd-daemon(3)). A line without a level of its own, as of a stack trace, has that of the one before it.
 */
public final class PriorityLines extends OutputStream {
    /** What a level of the log is to syslog. */
    private static final Map<String, Integer> PRIORITIES =
            Map.of("[ERROR]", 3, "[WARN]", 4, "[INFO]", 6, "[DEBUG]", 7, "[TRACE]", 7);

    private final OutputStream target;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** What precedes the log's first line is why there is none. */
    private int priority = Severity.ERROR.priority();

    /** @param target takes the lines, each whole */
    PriorityLines(OutputStream target) {
        this.target = target;
    }

    /** Has all that the process writes to {@link System#err} from now on written so. */
    public static void begin() {
        System.setErr(new PrintStream(new PriorityLines(System.err), true, StandardCharsets.UTF_8));
    }

    @Override
    public void write(int octet) throws IOException {
        line.write(octet);
        if (octet == '\n') {
            writeLine();
        }
    }

    private void writeLine() throws IOException {
        String text = line.toString(StandardCharsets.UTF_8);
        String level = text.substring(0, Math.max(0, text.indexOf(' ')));
        priority = PRIORITIES.getOrDefault(level, priority);
        line.reset();
        target.write(("<" + priority + ">" + text).getBytes(StandardCharsets.UTF_8));
        target.flush();
    }
}
