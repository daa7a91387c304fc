package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import net.twinpath.daemon.ctl.top.FullScreen;
import net.twinpath.daemon.ctl.top.TopScreen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code twinpathctl top}. */
@Command(
        name = "top",
        description = "Shows paths and links live: rates, losses and leads, drawn. Arrow keys scroll, q quits.",
        mixinStandardHelpOptions = true)
final class TopCommand implements Callable<Integer> {
    private static final int PAGE_LINES = 10;

    @ParentCommand
    private Twinpathctl options = new Twinpathctl();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            defaultValue = "1s",
            description = "From one look to the next, 250ms to 1h (default: ${DEFAULT-VALUE}).")
    private Duration interval = Duration.ofSeconds(1);

    @Override
    public Integer call() {
        try (StatusFeed feed = new StatusFeed(options.socket(), interval);
                FullScreen terminal = FullScreen.open()) {
            if (!terminal.isCapable()) {
                System.err.println("twinpathctl: top needs a terminal that can place its cursor; status needs none");
                return ExitStatus.USAGE;
            }
            show(feed, terminal);
            return ExitStatus.OK;
        } catch (NoDaemonException e) {
            DaemonCommand.complain(e);
            return ExitStatus.NO_DAEMON;
        } catch (RefusedException e) {
            DaemonCommand.complain(e);
            return ExitStatus.REFUSED;
        } catch (IOException e) {
            DaemonCommand.complain(e);
            return ExitStatus.FAILED;
        }
    }

    private static void show(StatusFeed feed, FullScreen terminal) throws IOException, RefusedException {
        TopScreen screen = new TopScreen(terminal.isUnicode());
        while (true) {
            FullScreen.Key key = terminal.key();
            if (key == FullScreen.Key.QUIT) {
                return;
            }
            screen.scroll(
                    switch (key) {
                        case UP -> -1;
                        case DOWN -> 1;
                        case PAGE_UP -> -PAGE_LINES;
                        case PAGE_DOWN -> PAGE_LINES;
                        default -> 0;
                    });
            if (takeStatus(feed, screen) || key != FullScreen.Key.NONE) {
                terminal.draw(screen.lines(terminal.width(), terminal.height(), Instant.now()));
            }
        }
    }

    /** True when there is something new to show. */
    private static boolean takeStatus(StatusFeed feed, TopScreen screen) throws RefusedException {
        try {
            JsonObject status = feed.poll();
            if (status != null) {
                screen.take(status, System.nanoTime());
            }
            return status != null;
        } catch (NoDaemonException e) {
            screen.trouble(e.getMessage() + "; trying again");
            return true;
        }
    }
}
