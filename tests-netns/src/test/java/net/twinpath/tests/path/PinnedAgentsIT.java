package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import net.twinpath.linux.CpuAffinity;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.traffic.EchoStream;
import net.twinpath.tests.traffic.StreamResult;
import org.junit.jupiter.api.Test;

/** Agents kept on the cores that the configuration names, or awake, as the kernel tells of their threads. */
class PinnedAgentsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ECHOES = 300;
    private static final long BUSY_TICKS = 300;
    private static final int REFUSED = 3;
    private static final String ALLOWED = "Cpus_allowed_list:";

    private final SortedSet<Integer> usable = CpuAffinity.usableCores();

    @Test
    void eachAgentStaysOnItsCoreAndOtherThreadsAreLeftAlone() {
        int send = usable.last();
        int receive = usable.first();
        try (TwoHosts<Cable> hosts = start("cores = [" + send + ", " + receive + "]\n")) {
            long daemon = hosts.daemonA().pid();
            awaitCores(daemon, Integer.toString(send), Integer.toString(receive));
            assertThat(status(Path.of("/proc/" + daemon), ALLOWED)).isEqualTo(status(Path.of("/proc/self"), ALLOWED));
            assertThat(echo(hosts).isWhole()).isTrue();

            hosts.daemonA().reload(path("cores = " + receive + "\n"));
            awaitCores(daemon, Integer.toString(receive), Integer.toString(receive));

            hosts.daemonA().reload(path(""));
            String any = status(Path.of("/proc/self"), ALLOWED);
            awaitCores(daemon, any, any);
        }
    }

    @Test
    void aCoreThatIsNotThereIsRefusedAtReloadAndThePathGoesOn() {
        int wrong = usable.last() + 1;
        String cores = "cores = [" + usable.first() + ", " + usable.first() + "]\n";
        try (TwoHosts<Cable> hosts = start(cores)) {
            Twinpathd daemon = hosts.daemonA();
            List<Path> before = List.of(thread(daemon.pid(), "dup0-send"), thread(daemon.pid(), "dup0-receive"));

            daemon.configure(path("cores = [" + usable.first() + ", " + wrong + "]\n"));
            Command.Result refused = daemon.ctl("reload");
            assertThat(refused.status()).as(refused.errors()).isEqualTo(REFUSED);
            assertThat(refused.errors())
                    .contains("a.toml:6:1: path.dup0.cores: core " + wrong
                            + " does not exist or is not for this process; it may use " + usable.first());
            assertThat(daemon.plan()).anyMatch(line -> line.contains("path.dup0.cores: core " + wrong));

            assertThat(List.of(thread(daemon.pid(), "dup0-send"), thread(daemon.pid(), "dup0-receive")))
                    .isEqualTo(before);
            assertThat(echo(hosts).isWhole()).isTrue();
        }
    }

    /** An agent that sleeps has next to nothing to do while no frames come: two rounds a second. */
    @Test
    void agentsThatPollBusilyNeverSleepAndPassFrames() {
        try (TwoHosts<Cable> hosts = start("busy-polling = true\n")) {
            assertThat(echo(hosts).isWhole()).isTrue();
            for (String name : List.of("dup0-send", "dup0-receive")) {
                Path agent = thread(hosts.daemonA().pid(), name);
                long before = processorTicks(agent);
                Await.until(name + " runs all the time", LIMIT, () -> processorTicks(agent) - before > BUSY_TICKS);
            }
            hosts.daemonA().reload(path(""));
            assertThat(echo(hosts).isWhole()).isTrue();
        }
    }

    /** {@code utime} and {@code stime} of proc(5), hundredths of a second. */
    private static long processorTicks(Path task) {
        try {
            String line = Files.readString(task.resolve("stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TwoHosts<Cable> start(String keys) {
        return TwoHosts.start(Cable::connect, keys + TwoHosts.PRP);
    }

    private static String path(String keys) {
        return "[path.dup0]\naddress = [\"" + TwoHosts.ADDRESS_A + "/24\"]\n" + keys + TwoHosts.PRP;
    }

    private static StreamResult echo(TwoHosts<Cable> hosts) {
        hosts.daemonA().awaitCondition("protected");
        EchoStream stream = new EchoStream(
                hosts.a(), TwoHosts.ADDRESS_B, 5, ECHOES, hosts.folder().resolve("echo.log"));
        return Await.result("echo", LIMIT, stream.start(System.nanoTime()));
    }

    private static void awaitCores(long daemon, String send, String receive) {
        Await.until(
                "the agents are on cores " + send + " and " + receive,
                LIMIT,
                () -> status(thread(daemon, "dup0-send"), ALLOWED).equals(send)
                        && status(thread(daemon, "dup0-receive"), ALLOWED).equals(receive));
    }

    /** Where /proc tells of the thread of this name. */
    private static Path thread(long process, String name) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process + "/task"))) {
            return tasks.filter(task -> status(task, "Name:").equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no thread " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of a task's status; empty when the task has ended. */
    private static String status(Path task, String key) {
        try (Stream<String> lines = Files.lines(task.resolve("status"))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }
}
