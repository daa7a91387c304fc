package net.twinpath.tests.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.BackgroundProcess;
import net.twinpath.tests.fixture.BuildFolder;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;

/** The daemon's programs called as an operator calls them, with files of their own, whatever comes of it. */
final class DaemonPrograms {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Namespace host;
    private final TemporaryFolder folder;
    private final String label;

    /** @param label names the files in the folder */
    DaemonPrograms(Namespace host, TemporaryFolder folder, String label) {
        this.host = host;
        this.folder = folder;
        this.label = label;
    }

    Path config() {
        return folder.resolve(label + ".toml");
    }

    Path socket() {
        return folder.resolve(label + ".sock");
    }

    /** Writes the configuration: a table {@code [control]}, an empty line, and from line 4 the paths. */
    void configure(String paths) {
        write("[control]\nsocket = \"" + socket() + "\"\n\n" + paths);
    }

    /** Writes the configuration as it is. */
    void write(String text) {
        try {
            Files.writeString(config(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the daemon, which must end by itself. */
    Command.Result run(String... options) {
        return runBy(List.of(), options);
    }

    /** As {@link #run}, started by another program. */
    Command.Result runBy(List<String> starter, String... options) {
        return host.attempt(daemon(starter, options));
    }

    /** Starts the daemon and does not wait; a shell may have had SIGINT ignored, which a program would inherit. */
    BackgroundProcess start() {
        return host.start(folder.resolve(label + ".log"), daemon(List.of("env", "--default-signal=INT")));
    }

    /** Waits until the daemon answers and says that every path is protected. */
    void awaitProtected(BackgroundProcess daemon) {
        Await.until("twinpathd " + label + " says protected", START_LIMIT, () -> {
            if (!daemon.isAlive()) {
                throw new IllegalStateException(daemon + " ended\n" + daemon.output());
            }
            return ctl("status").status() == 0;
        });
    }

    /** Runs {@code twinpathctl} on the daemon's socket. */
    Command.Result ctl(String... command) {
        return ctlBy(List.of(), command);
    }

    /** As {@link #ctl}, started by another program. */
    Command.Result ctlBy(List<String> starter, String... command) {
        return host.attempt(words(starter, "twinpathctl", "--socket", socket(), command));
    }

    private String[] daemon(List<String> starter, String... options) {
        return words(starter, "twinpathd", "--config", config(), options);
    }

    private String[] words(List<String> starter, String program, String option, Path value, String... more) {
        List<String> all = new ArrayList<>(starter);
        all.add((starter.isEmpty() ? home() : readableByAll())
                .resolve("bin")
                .resolve(program)
                .toString());
        all.add(option);
        all.add(value.toString());
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** A copy of the programs: the build may lie in a folder that another user cannot enter. */
    private Path readableByAll() {
        Path copy = folder.resolve("programs");
        if (!Files.exists(copy)) {
            Command.run("cp", "-r", home().toString(), copy.toString());
            Command.run("chmod", "-R", "a+rX", copy.toString());
        }
        return copy;
    }

    private static Path home() {
        String home = System.getProperty("twinpath.home");
        return home == null
                ? BuildFolder.target().resolve("../../daemon/target/twinpath").normalize()
                : Path.of(home).toAbsolutePath().normalize();
    }
}
