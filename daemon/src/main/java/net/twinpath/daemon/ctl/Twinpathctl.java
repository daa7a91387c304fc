package net.twinpath.daemon.ctl;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.twinpath.config.ControlSettings;
import net.twinpath.daemon.ExitStatus;
import net.twinpath.daemon.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code twinpathctl}: its options and its list of commands. */
@Command(
        name = "twinpathctl",
        description = "Asks the running twinpathd, and says what a configuration would change.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:done; of status: every path is protected",
            "1:of status: a path is degraded or down; of plan and check: it cannot be carried out;"
                    + " of drill: something was lost, or it ended early",
            "2:wrong usage",
            "3:the daemon refused the request, or does not know the name",
            "4:no daemon answers",
            "78:of plan and check: the configuration was refused"
        })
public final class Twinpathctl {
    /** The commands by their names, but for {@code help}. */
    private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("status", StatusCommand::new);
        COMMANDS.put("path", PathCommand::new);
        COMMANDS.put("link", LinkCommand::new);
        COMMANDS.put("node", NodeCommand::new);
        COMMANDS.put("stream", StreamCommand::new);
        COMMANDS.put("counters", CountersCommand::new);
        COMMANDS.put("events", EventsCommand::new);
        COMMANDS.put("plan", PlanCommand::new);
        COMMANDS.put("check", CheckCommand::new);
        COMMANDS.put("reload", ReloadCommand::new);
        COMMANDS.put("drill", DrillCommand::new);
        COMMANDS.put("reset-counters", ResetCountersCommand::new);
        COMMANDS.put("version", VersionCommand::new);
    }

    @Option(
            names = {"-s", "--socket"},
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            description = "The daemon's control socket (default: ${DEFAULT-VALUE}).")
    private Path socket = ControlSettings.defaults().socket();

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON, with all there is to know.")
    private boolean json;

    @Option(
            names = "--keyvalue",
            scope = ScopeType.INHERIT,
            description = "Print lines key=value, with all there is to know.")
    private boolean keyValue;

    Twinpathctl() {}

    /** Runs the command and ends the process with its {@link ExitStatus}. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs the command and returns its {@link ExitStatus}. */
    static int execute(String... arguments) {
        return quickCommandLine(arguments).orElseGet(Twinpathctl::commandLine).execute(arguments);
    }

    /** The command with all its commands. */
    public static CommandLine commandLine() {
        CommandLine all = new CommandLine(new Twinpathctl());
        COMMANDS.forEach((name, command) -> all.addSubcommand(name, command.get()));
        return all.addSubcommand(new CommandLine.HelpCommand());
    }

    /**
     * The command with the one command that the arguments ask for: to describe them all takes as long as everything else
     * together. Empty when that is not told at a glance.
     */
    private static Optional<CommandLine> quickCommandLine(String... arguments) {
        int place = 0;
        while (place < arguments.length && arguments[place].startsWith("-")) {
            place += arguments[place].equals("-s") || arguments[place].equals("--socket") ? 2 : 1;
        }
        if (place >= arguments.length) {
            return Optional.empty();
        }
        String name = arguments[place];
        return Optional.ofNullable(COMMANDS.get(name))
                .map(command -> new CommandLine(new Twinpathctl()).addSubcommand(name, command.get()));
    }

    Path socket() {
        return socket;
    }

    /** The form of the answers; of two the one with more structure. */
    AnswerWriter writer() {
        if (json) {
            return new JsonWriter();
        }
        return keyValue ? new KeyValueWriter() : AnswerWriter.TEXT;
    }
}
