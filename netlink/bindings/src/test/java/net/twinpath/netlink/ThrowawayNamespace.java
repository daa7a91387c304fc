package net.twinpath.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import net.twinpath.linux.NetworkNamespace;

/** A network namespace with only {@code lo} in it, of which nothing is left after {@link #close}. */
public final class ThrowawayNamespace implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;

    private ThrowawayNamespace(String name) {
        this.name = name;
    }

    /** Makes a namespace whose name no other run uses; skips the test where that is not allowed. */
    public static ThrowawayNamespace create() throws IOException {
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "needs root, to make a network namespace");
        assumeTrue(succeeds("ip", "-V"), "needs the ip program of iproute2");
        String name = "tp-nl-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        command("ip", "netns", "add", name);
        return new ThrowawayNamespace(name);
    }

    public String name() {
        return name;
    }

    /** Runs {@code body} on a thread that enters the namespace and ends with it. */
    public <T> T call(Callable<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            NetworkNamespace.enter(Path.of("/run/netns", name));
            return body.call();
        });
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception exception ? exception : e;
        }
    }

    /** Runs {@code body} on a thread that enters the namespace and ends with it. */
    public void run(Body body) throws Exception {
        Boolean done = call(() -> {
            body.run();
            return true;
        });
        assertThat(done).isTrue();
    }

    /** {@code ip -n NAME ...}; returns its output. */
    public String ip(String... arguments) {
        List<String> words = new ArrayList<>(List.of("ip", "-n", name));
        words.addAll(List.of(arguments));
        return command(words.toArray(String[]::new));
    }

    /** Skips the test, for this reason, where {@code ip -n NAME ...} fails. */
    public void assumeIp(String reason, String... arguments) {
        List<String> words = new ArrayList<>(List.of("ip", "-n", name));
        words.addAll(List.of(arguments));
        assumeTrue(succeeds(words.toArray(String[]::new)), reason);
    }

    /** A file as a process of the namespace sees it: {@code /sys/class/net} and {@code /proc/net} are its own there. */
    public String read(String file) {
        return command("ip", "netns", "exec", name, "cat", file).strip();
    }

    /** {@code tc -n NAME ...}; returns its output. */
    public String tc(String... arguments) {
        List<String> words = new ArrayList<>(List.of("tc", "-n", name));
        words.addAll(List.of(arguments));
        return command(words.toArray(String[]::new));
    }

    @Override
    public void close() {
        command("ip", "netns", "delete", name);
    }

    private static boolean succeeds(String... words) {
        try {
            return new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String command(String... words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.onExit().join().exitValue())
                    .as("%s: %s", String.join(" ", words), output)
                    .isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is done within a namespace. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }
}
