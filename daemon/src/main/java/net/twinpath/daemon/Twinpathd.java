package net.twinpath.daemon;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.twinpath.config.ConfigReader;
import net.twinpath.config.ControlSettings;
import net.twinpath.config.TwinpathConfig;
import net.twinpath.config.toml.ConfigException;
import net.twinpath.config.toml.ConfigProblem;
import net.twinpath.daemon.event.Journal;
import net.twinpath.daemon.event.PriorityLines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code twinpathd}: runs in the foreground until SIGTERM or SIGINT. */
@Command(
        name = "twinpathd",
        description = "Sends every frame of its paths on two to eight links and passes on the copy that arrives first.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:stopped as asked, or the configuration is right (--check)",
            "1:could not start, or failed; of --check: cannot start with this configuration on this machine",
            "2:wrong usage",
            "78:the configuration was refused"
        })
public final class Twinpathd implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("twinpathd");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration (default: ${DEFAULT-VALUE}).",
            defaultValue = ConfigReader.DEFAULT_FILE)
    private Path config = Path.of("");

    @Option(
            names = "--check",
            description = "Read the configuration, say what is wrong with it and what of this machine's interfaces"
                    + " speaks against it, and end.")
    private boolean check;

    @Option(
            names = "--announce-successor",
            description =
                    "Announce to the daemon that runs with this configuration that another goes on with its paths, if"
                            + " one could start now, and end; for ExecStop= of a unit.")
    private boolean announceSuccessor;

    @Option(
            names = "--give-back",
            description =
                    "Give back the interfaces and settings that a daemon has left which was killed, or whose successor"
                            + " never came, and end; for ExecStopPost= of a unit.")
    private boolean giveBack;

    private Twinpathd() {}

    /** Runs the command and ends the process with its {@link ExitStatus}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Twinpathd()).execute(arguments));
    }

    @Override
    public Integer call() {
        if (check) {
            ConfigCheck said = ConfigCheck.of(config);
            said.problems().forEach(problem -> System.err.println("twinpathd: " + problem));
            said.lines().forEach(System.out::println);
            return said.exitStatus();
        }
        if (announceSuccessor) {
            return Succession.announce(config);
        }
        boolean writesToJournal = Journal.takesStandardError();
        if (writesToJournal) {
            PriorityLines.begin();
        }
        if (giveBack) {
            return giveBack(config);
        }
        TwinpathConfig read;
        try {
            read = ConfigReader.read(config);
        } catch (ConfigException e) {
            for (ConfigProblem problem : e.problems()) {
                System.err.println("twinpathd: " + problem);
            }
            return ExitStatus.CONFIG;
        }
        return run(config, read, writesToJournal);
    }

    /** With a file that is wrong, what was left at the default control socket is given back. */
    private static int giveBack(Path file) {
        Path socket;
        try {
            socket = ConfigReader.read(file).control().socket();
        } catch (ConfigException e) {
            socket = ControlSettings.defaults().socket();
        }
        try {
            GiveBack.run(socket);
            return ExitStatus.OK;
        } catch (StartException e) {
            LOG.error("{}", e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private static int run(Path file, TwinpathConfig config, boolean writesToJournal) {
        try (Daemon daemon = new Daemon(file, config, writesToJournal)) {
            daemon.run();
            return ExitStatus.OK;
        } catch (StartException e) {
            LOG.error("{}", e.getMessage());
            return ExitStatus.FAILED;
        }
    }
}
