package net.twinpath.daemon.ctl;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    /** As the configuration has it; its reader alone would take a tenth of the time this command has. */
    static final String DEFAULT_SOCKET = "/run/twinpath/control.sock";

    /** The commands, but for {@code help}, in the order of their list. */
    private static final List<String> COMMANDS = List.of(
            "status",
            "path",
            "link",
            "node",
            "stream",
            "counters",
            "events",
            "top",
            "plan",
            "check",
            "reload",
            "drill",
            "reset-counters",
            "metrics",
            "version");

    @Option(
            names = {"-s", "--socket"},
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            defaultValue = DEFAULT_SOCKET,
            description = "The daemon's control socket (default: ${DEFAULT-VALUE}).")
    private Path socket = Path.of(DEFAULT_SOCKET);

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
        COMMANDS.forEach(name -> all.addSubcommand(name, command(name)));
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
        return COMMANDS.contains(name)
                ? Optional.of(new CommandLine(new Twinpathctl()).addSubcommand(name, command(name)))
                : Optional.empty();
    }

    private static Object command(String name) {
        return switch (name) {
            case "status" -> new StatusCommand();
            case "path" -> new PathCommand();
            case "link" -> new LinkCommand();
            case "node" -> new NodeCommand();
            case "stream" -> new StreamCommand();
            case "counters" -> new CountersCommand();
            case "events" -> new EventsCommand();
            case "top" -> new TopCommand();
            case "plan" -> new PlanCommand();
            case "check" -> new CheckCommand();
            case "reload" -> new ReloadCommand();
            case "drill" -> new DrillCommand();
            case "reset-counters" -> new ResetCountersCommand();
            case "metrics" -> new MetricsCommand();
            case "version" -> new VersionCommand();
            default -> throw new IllegalArgumentException(name);
        };
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
