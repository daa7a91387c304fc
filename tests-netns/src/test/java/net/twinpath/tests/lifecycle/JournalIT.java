package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.BackgroundProcess;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the daemon writes where systemd has started it: events with fields to the journal, and priorities on its lines. */
class JournalIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TemporaryFolder folder = TemporaryFolder.create("journal");
    private final Namespace host = Namespace.host("a");
    private final Path log = folder.resolve("log");
    private final Path config = folder.resolve("twinpath.toml");
    private final LinuxSocket journald = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_DGRAM | Socket.SOCK_NONBLOCK, 0);
    private final UnsafeBuffer packet = NativeBuffers.allocate(1 << 16);
    private final List<String> entries = new ArrayList<>();

    @BeforeEach
    void receive() throws Exception {
        journald.bind(SocketAddress.unixPath(folder.resolve("socket").toString()));
        Files.writeString(config, "[control]\nsocket = \"" + folder.resolve("control.sock") + "\"\n");
    }

    @AfterEach
    void removeEverything() {
        journald.close();
        host.close();
        folder.close();
    }

    /** Starts it in a mount namespace where journald's socket is the test's. */
    private BackgroundProcess start(String journalStream) {
        String script = """
                mount -t tmpfs none /run && mkdir /run/systemd && ln -s '%s' /run/systemd/journal || exit 99
                export JOURNAL_STREAM=%s
                exec '%s' --config '%s'
                """.formatted(
                        folder.resolve("."), journalStream, Twinpathd.home().resolve("bin/twinpathd"), config);
        return host.start(log, "unshare", "--mount", "--propagation", "private", "sh", "-c", script);
    }

    private void awaitEntry(String description, Predicate<String> wanted) {
        Await.until(description, LIMIT, () -> {
            for (int length = next(); length > 0; length = next()) {
                entries.add(packet.getStringWithoutLengthUtf8(0, length));
            }
            return entries.stream().anyMatch(wanted);
        });
    }

    private int next() {
        return journald.receive(packet, Socket.MSG_DONTWAIT);
    }

    @Test
    void eventsGoToTheJournalWithFieldsAndNotToTheLogToo() throws Exception {
        try (BackgroundProcess daemon = start("$(stat -L -c %d:%i /proc/self/fd/2)")) {
            awaitEntry("the start", entry -> entry.contains("TWINPATH_EVENT=config-applied\n"));
            assertThat(entries.get(0))
                    .isEqualTo("MESSAGE=" + config + " taken: no path is configured\nPRIORITY=6\n"
                            + "SYSLOG_IDENTIFIER=twinpathd\nTWINPATH_EVENT=config-applied\nTWINPATH_NUMBER=1\n");
            Files.writeString(config, "[nonsense]\n[more]\n");
            daemon.signal("HUP");
            awaitEntry("the refusal", entry -> entry.contains("\nTWINPATH_EVENT=config-refused\n"));
            assertThat(entries.get(1))
                    .startsWith("MESSAGE\n")
                    .contains("not reloaded, going on as before: " + config + ":1", "\nPRIORITY=3\n");
            daemon.signal("TERM");
            assertThat(daemon.waitFor(LIMIT)).isZero();
            assertThat(Files.readString(log)).isEqualTo("<6>[INFO] twinpathd - stopping\n");
        }
    }

    @Test
    void whereTheJournalDoesNotTakeThemTheyAreInTheLogWithPriority() throws Exception {
        journald.close();
        try (BackgroundProcess daemon = start("$(stat -L -c %d:%i /proc/self/fd/2)")) {
            Await.until("the start", LIMIT, () -> daemon.output().contains("taken"));
            assertThat(daemon.output())
                    .isEqualTo("<6>[INFO] twinpathd - " + config + " taken: no path is configured\n");
        }
    }

    @Test
    void withItsStandardErrorSomewhereElseTheLogIsAsEver() throws Exception {
        try (BackgroundProcess daemon = start("1:1")) {
            Await.until("the start", LIMIT, () -> daemon.output().contains("taken"));
            assertThat(daemon.output()).isEqualTo("[INFO] twinpathd - " + config + " taken: no path is configured\n");
            assertThat(next()).isNegative();
        }
    }

    @Test
    void aWrongConfigurationIsAnErrorInTheJournal() throws Exception {
        Files.writeString(config, "[nonsense]\n");
        try (BackgroundProcess daemon = start("$(stat -L -c %d:%i /proc/self/fd/2)")) {
            assertThat(daemon.waitFor(LIMIT)).isEqualTo(78);
            assertThat(daemon.output()).startsWith("<3>twinpathd: " + config + ":1:1: nonsense: unknown table");
        }
    }
}
