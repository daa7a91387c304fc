package net.twinpath.daemon.ctl.top;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/** The operator's terminal, taken as a whole and given back as it was found, however the program ends. */
public final class FullScreen implements AutoCloseable {
    private static final int KEY_WAIT_MS = 100;

    /** What follows the escape character of an arrow key comes with it. */
    private static final int SEQUENCE_WAIT_MS = 20;

    private static final int ESCAPE = 27;
    private static final int CONTROL_L = 12;

    private final Terminal terminal;
    private final Display display;
    private final Attributes found;
    private final Thread atEnd = new Thread(this::giveBack, "give the terminal back");
    private final AtomicBoolean isInterrupted = new AtomicBoolean();
    private final AtomicBoolean isResized = new AtomicBoolean();
    private final AtomicBoolean isGivenBack = new AtomicBoolean();
    private Size size;

    private FullScreen(Terminal terminal) {
        this.terminal = terminal;
        this.display = new Display(terminal, true);
        this.found = terminal.getAttributes();
        this.size = size(terminal);
    }

    /** One that does not tell its size, as behind a pipe, has the one that all had. */
    private static Size size(Terminal terminal) {
        Size told = terminal.getSize();
        return told.getColumns() > 0 && told.getRows() > 0 ? told : new Size(80, 24);
    }

    /** What the operator asks for. */
    public enum Key {
        /** Nothing for a tenth of a second. */
        NONE,
        QUIT,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        /** What is shown fits the terminal no more, or another key was pressed. */
        REDRAW
    }

    /** Takes the terminal, by programs that every system has, so that no native library need be laid anywhere. */
    public static FullScreen open() throws IOException {
        FullScreen screen = new FullScreen(TerminalBuilder.builder()
                .system(true)
                .dumb(true)
                .provider("exec")
                .nativeSignals(true)
                .build());
        Runtime.getRuntime().addShutdownHook(screen.atEnd);
        if (screen.isCapable()) {
            screen.take();
        }
        return screen;
    }

    /** Whether it is a terminal at all, and one whose cursor can be placed. */
    public boolean isCapable() {
        return terminal.getStringCapability(Capability.cursor_address) != null;
    }

    private void take() {
        terminal.handle(Signal.INT, signal -> isInterrupted.set(true));
        terminal.handle(Signal.QUIT, signal -> isInterrupted.set(true));
        terminal.handle(Signal.WINCH, signal -> isResized.set(true));
        terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        // Stopped it would leave the shell a terminal without echo.
        raw.setControlChar(ControlChar.VSUSP, 0);
        terminal.setAttributes(raw);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        display.resize(size.getRows(), size.getColumns());
        display.clear();
        terminal.flush();
    }

    /** Whether it can show more than ASCII. */
    public boolean isUnicode() {
        return terminal.encoding().newEncoder().canEncode('█');
    }

    public int width() {
        return size.getColumns();
    }

    public int height() {
        return size.getRows();
    }

    /** The next key, waited for a tenth of a second. */
    public Key key() throws IOException {
        int read = terminal.reader().read(KEY_WAIT_MS);
        if (isInterrupted.get()) {
            return Key.QUIT;
        }
        if (isResized.getAndSet(false)) {
            size = size(terminal);
            display.resize(size.getRows(), size.getColumns());
            display.clear();
            return Key.REDRAW;
        }
        return switch (read) {
            case NonBlockingReader.READ_EXPIRED -> Key.NONE;
            case NonBlockingReader.EOF, 'q', 'Q' -> Key.QUIT;
            case 'k' -> Key.UP;
            case 'j' -> Key.DOWN;
            case CONTROL_L -> cleared();
            case ESCAPE -> sequence();
            default -> Key.REDRAW;
        };
    }

    private Key cleared() {
        display.clear();
        return Key.REDRAW;
    }

    /** ESC [ A and others, or ESC O A. */
    private Key sequence() throws IOException {
        terminal.reader().read(SEQUENCE_WAIT_MS);
        return switch (terminal.reader().read(SEQUENCE_WAIT_MS)) {
            case 'A' -> Key.UP;
            case 'B' -> Key.DOWN;
            case '5' -> endOfSequence(Key.PAGE_UP);
            case '6' -> endOfSequence(Key.PAGE_DOWN);
            default -> Key.REDRAW;
        };
    }

    private Key endOfSequence(Key key) throws IOException {
        terminal.reader().read(SEQUENCE_WAIT_MS);
        return key;
    }

    /** Shows these lines, of which there are no more than fit. */
    public void draw(List<AttributedString> lines) {
        display.update(lines, 0);
        terminal.flush();
    }

    private void giveBack() {
        if (isCapable() && !isGivenBack.getAndSet(true)) {
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(found);
        }
    }

    @Override
    public void close() throws IOException {
        giveBack();
        Runtime.getRuntime().removeShutdownHook(atEnd);
        terminal.close();
    }
}
