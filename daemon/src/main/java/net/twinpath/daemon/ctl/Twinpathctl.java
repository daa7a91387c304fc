package net.twinpath.daemon.ctl;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import jnr.unixsocket.UnixSocketAddress;
import net.twinpath.config.ControlSettings;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.Version;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import net.twinpath.daemon.path.PathCondition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

/** The command {@code twinpathctl}. */
@Command(
        name = "twinpathctl",
        description = "Asks the running twinpathd.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:done; of status: every path is protected",
            "1:of status: a path is degraded or down",
            "2:wrong usage",
            "3:the daemon refused the request",
            "4:no daemon answers"
        },
        subcommands = {Twinpathctl.Status.class, CommandLine.HelpCommand.class})
public final class Twinpathctl {
    @Option(
            names = {"-s", "--socket"},
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            description = "The daemon's control socket (default: ${DEFAULT-VALUE}).")
    private Path socket = ControlSettings.defaults().socket();

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the daemon's answer as JSON.")
    private boolean json;

    private Twinpathctl() {}

    /** Runs the command and ends the process with its {@link ExitStatus}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Twinpathctl()).execute(arguments));
    }

    /** {@code twinpathctl status}. */
    @Command(
            name = "status",
            description = "Shows each path and link, and says whether the paths are protected.",
            mixinStandardHelpOptions = true)
    static final class Status implements Callable<Integer> {
        private static final Gson PRETTY = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .create();

        @ParentCommand
        private Twinpathctl options = new Twinpathctl();

        @Override
        public Integer call() {
            try (ControlClient client = new ControlClient(new UnixSocketAddress(options.socket.toFile()))) {
                JsonObject status = client.call("status");
                System.out.print(
                        options.json
                                ? PRETTY.toJson(status) + "\n"
                                : StatusText.of(status, Instant.now(), ZoneId.systemDefault()));
                boolean fine = status.get("condition").getAsString().equals(PathCondition.PROTECTED.words());
                return fine ? ExitStatus.OK : ExitStatus.FAILED;
            } catch (NoDaemonException e) {
                System.err.println("twinpathctl: " + e.getMessage());
                return ExitStatus.NO_DAEMON;
            } catch (RefusedException e) {
                System.err.println("twinpathctl: " + e.getMessage());
                return ExitStatus.REFUSED;
            }
        }
    }
}
