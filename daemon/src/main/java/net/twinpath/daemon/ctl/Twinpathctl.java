package net.twinpath.daemon.ctl;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import jnr.unixsocket.UnixSocketAddress;
import net.twinpath.config.ConfigReader;
import net.twinpath.config.ControlSettings;
import net.twinpath.config.TwinpathConfig;
import net.twinpath.config.toml.ConfigException;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.StartException;
import net.twinpath.daemon.Version;
import net.twinpath.daemon.ctl.ControlClient.NoDaemonException;
import net.twinpath.daemon.ctl.ControlClient.RefusedException;
import net.twinpath.daemon.machine.MachinePreview;
import net.twinpath.daemon.machine.PlanReport;
import net.twinpath.daemon.path.PathCondition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

/** The command {@code twinpathctl}. */
@Command(
        name = "twinpathctl",
        description = "Asks the running twinpathd, and says what a configuration would change.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:done; of status: every path is protected",
            "1:of status: a path is degraded or down; of plan: it cannot be carried out",
            "2:wrong usage",
            "3:the daemon refused the request",
            "4:no daemon answers",
            "78:of plan: the configuration was refused"
        },
        subcommands = {
            Twinpathctl.Status.class,
            Twinpathctl.Stream.class,
            Twinpathctl.Plan.class,
            Twinpathctl.Reload.class,
            CommandLine.HelpCommand.class
        })
public final class Twinpathctl {
    private static final Gson PRETTY = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

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

    /** What a subcommand does with an answer. */
    @FunctionalInterface
    private interface Conversation {
        /** Talks to the daemon and returns the exit status. */
        int hold(ControlClient client) throws NoDaemonException, RefusedException;
    }

    private int talk(Conversation conversation) {
        try (ControlClient client = new ControlClient(new UnixSocketAddress(socket.toFile()))) {
            return conversation.hold(client);
        } catch (NoDaemonException e) {
            System.err.println("twinpathctl: " + e.getMessage());
            return ExitStatus.NO_DAEMON;
        } catch (RefusedException e) {
            System.err.println("twinpathctl: " + e.getMessage());
            return ExitStatus.REFUSED;
        }
    }

    /** Prints the answer as it came, or in words for people. */
    private void print(JsonObject answer, Supplier<String> words) {
        System.out.print(json ? PRETTY.toJson(answer) + "\n" : words.get());
    }

    /** {@code twinpathctl status}. */
    @Command(
            name = "status",
            description = "Shows each path and link, and says whether the paths are protected.",
            mixinStandardHelpOptions = true)
    static final class Status implements Callable<Integer> {
        @ParentCommand
        private Twinpathctl options = new Twinpathctl();

        @Override
        public Integer call() {
            return options.talk(client -> {
                JsonObject status = client.call("status", new JsonObject());
                options.print(status, () -> StatusText.of(status, Instant.now(), ZoneId.systemDefault()));
                boolean fine = status.get("condition").getAsString().equals(PathCondition.PROTECTED.words());
                return fine ? ExitStatus.OK : ExitStatus.FAILED;
            });
        }
    }

    /** {@code twinpathctl stream}. */
    @Command(name = "stream", description = "Shows the counters of a path's streams.", mixinStandardHelpOptions = true)
    static final class Stream implements Callable<Integer> {
        @ParentCommand
        private Twinpathctl options = new Twinpathctl();

        @Parameters(paramLabel = "PATH", description = "The path's name.")
        private String path = "";

        @Override
        public Integer call() {
            return options.talk(client -> {
                JsonArray streams = new JsonArray();
                JsonElement next = new JsonPrimitive(0);
                while (!next.isJsonNull()) {
                    JsonObject params = new JsonObject();
                    params.addProperty("path", path);
                    params.add("from", next);
                    JsonObject page = client.call("streams", params);
                    streams.addAll(page.getAsJsonArray("streams"));
                    next = page.get("next");
                }
                JsonObject all = new JsonObject();
                all.add("streams", streams);
                options.print(all, () -> StreamText.of(streams));
                return ExitStatus.OK;
            });
        }
    }

    /** {@code twinpathctl plan}. */
    @Command(
            name = "plan",
            description = "Shows what the configuration would change on this machine, and changes nothing: for the"
                    + " running daemon's file, or for FILE, which needs no daemon and no privilege.",
            mixinStandardHelpOptions = true)
    static final class Plan implements Callable<Integer> {
        private static final Path DEFAULT_FILE = Path.of("/etc/twinpath/twinpath.toml");

        @ParentCommand
        private Twinpathctl options = new Twinpathctl();

        @Parameters(
                paramLabel = "FILE",
                arity = "0..1",
                description = "The configuration (default: the daemon's, or " + "/etc/twinpath/twinpath.toml"
                        + " when none runs).")
        private @Nullable Path file;

        @Override
        public Integer call() {
            Path given = file;
            if (given != null) {
                return show(given);
            }
            try (ControlClient client = new ControlClient(new UnixSocketAddress(options.socket.toFile()))) {
                return show(client.call("plan", new JsonObject()));
            } catch (NoDaemonException e) {
                return show(DEFAULT_FILE);
            } catch (RefusedException e) {
                System.err.println("twinpathctl: " + e.getMessage());
                return ExitStatus.REFUSED;
            }
        }

        private int show(Path configuration) {
            try {
                TwinpathConfig config = ConfigReader.read(configuration);
                return show(PlanReport.of(MachinePreview.of(config)));
            } catch (ConfigException e) {
                e.problems().forEach(problem -> System.err.println("twinpathctl: " + problem));
                return ExitStatus.CONFIG;
            } catch (StartException e) {
                System.err.println("twinpathctl: " + e.getMessage());
                return ExitStatus.FAILED;
            }
        }

        private int show(JsonObject plan) {
            options.print(plan, () -> PlanText.of(plan));
            return plan.getAsJsonArray("objections").isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }

    /** {@code twinpathctl reload}. */
    @Command(
            name = "reload",
            description = "Has the daemon take its configuration file as it is now; if that is wrong, nothing changes.",
            mixinStandardHelpOptions = true)
    static final class Reload implements Callable<Integer> {
        @ParentCommand
        private Twinpathctl options = new Twinpathctl();

        @Override
        public Integer call() {
            return options.talk(client -> {
                client.call("reload", new JsonObject(), ControlClient.CHANGE_TIMEOUT_MS);
                return ExitStatus.OK;
            });
        }
    }
}
