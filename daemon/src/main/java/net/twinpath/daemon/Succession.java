package net.twinpath.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.twinpath.linux.DescriptorStore;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.PassedDescriptors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether another daemon goes on in this one's place at once, as at {@code systemctl restart} or when the package is
 * upgraded. systemd tells a service that it is to stop, not why; so what the unit runs before ({@code ExecStop=}) leaves a
 * file {@code SOCKET.hand-over} beside the control socket when a successor comes that can go on.
 */
final class Succession {
    private static final Logger LOG = LoggerFactory.getLogger("twinpathd");

    /** systemd reads what it is told in milliseconds, but for a machine that is overloaded. */
    private static final int LONGEST_READ_MS = 2_000;

    /** What {@link #ask} runs starts a Java runtime. */
    private static final int LONGEST_ASKED_S = 15;

    private final Path file;
    private final Optional<DescriptorStore> store;
    private final PassedDescriptors passed;

    /**
     * @param socket the control socket's place
     * @param store  where descriptors are kept; empty when nobody keeps any, and so nothing is handed over
     * @param passed what the daemon before has left
     */
    Succession(Path socket, Optional<DescriptorStore> store, PassedDescriptors passed) {
        this.file = file(socket);
        this.store = store;
        this.passed = passed;
    }

    private static Path file(Path socket) {
        return socket.resolveSibling(socket.getFileName() + ".hand-over");
    }

    /**
     * Announces to the daemon that runs with a configuration that this program goes on with its paths, if it could start
     * with it now.
     *
     * @return {@link ExitStatus}
     */
    static int announce(Path configuration) {
        ConfigCheck check = ConfigCheck.of(configuration);
        if (check.exitStatus() != ExitStatus.OK) {
            return check.exitStatus();
        }
        if (!check.allowsStart()) {
            return ExitStatus.FAILED;
        }
        Path announcement = file(check.config().orElseThrow().control().socket());
        try {
            // Somebody may have emptied /run.
            Files.createDirectories(announcement.resolveSibling(""));
            Files.write(announcement, new byte[0]);
            return ExitStatus.OK;
        } catch (IOException e) {
            System.err.println("twinpathd: nothing is handed over: " + e);
            return ExitStatus.FAILED;
        }
    }

    /** All that was handed over is taken: what is kept still would go on filling rings that nobody reads. */
    void complete() {
        takeAnnouncement();
        passed.close();
        store.ifPresent(it -> passed.names().forEach(name -> attempt(() -> it.remove(name))));
    }

    /** Where to leave what the successor needs; empty when none comes. */
    Optional<DescriptorStore> successor(Path configuration) {
        if (takeAnnouncement()) {
            return store;
        }
        ask(configuration);
        return takeAnnouncement() ? store : Optional.empty();
    }

    /** systemd runs {@code ExecStop=} only of a service that was ready; of another what it names is run by this. */
    private void ask(Path configuration) {
        String home = System.getProperty("twinpath.home", "");
        if (store.isEmpty() || home.isEmpty()) {
            return;
        }
        try {
            Process asked = new ProcessBuilder(home + "/libexec/announce-successor", configuration.toString())
                    .inheritIO()
                    .start();
            if (!asked.waitFor(LONGEST_ASKED_S, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.warn("not known whether another daemon goes on: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there was one; one of an earlier time must not be taken for ours. */
    private boolean takeAnnouncement() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", file, e.toString());
            return false;
        }
    }

    /** What systemd has not read when this process ends is lost. */
    void awaitKept(DescriptorStore kept) {
        attempt(() -> {
            if (!kept.awaitRead(LONGEST_READ_MS)) {
                LOG.warn("systemd has not taken all that was left for the next daemon");
            }
        });
    }

    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (ErrnoException e) {
            LOG.warn("systemd was not told: {}", e.getMessage());
        }
    }
}
