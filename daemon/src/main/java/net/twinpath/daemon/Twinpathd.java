package net.twinpath.daemon;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.twinpath.config.ConfigReader;
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
        boolean writesToJournal = Journal.takesStandardError();
        if (writesToJournal) {
            PriorityLines.begin();
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
