package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.PollSet;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the client once against a stand-in for the daemon, so that the classes it needs are loaded when the Java runtime
 * writes an archive of them, and lays the native library that is packed into a jar beside the jars, so that it need not
 * be unpacked at each start. Used by {@code libexec/make-class-archive}.
 */
public final class Rehearsal {
    private static final String NATIVE_LIBRARY = "jni/%s-Linux/libjffi-1.2.so";
    private static final int PACKET_BYTES = 1 << 20;

    private Rehearsal() {}

    /**
     * Rehearses.
     *
     * @param arguments a folder for the native library, which must exist
     */
    public static void main(String[] arguments) throws Exception {
        layNativeLibrary(Path.of(arguments[0]));
        Path folder = Files.createTempDirectory("twinpath-rehearsal");
        Path socket = folder.resolve("control.sock");
        PrintStream out = System.out;
        ExecutorService daemon = Executors.newSingleThreadExecutor();
        try (LinuxSocket listener = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET, 0)) {
            listener.bind(SocketAddress.unixPath(socket.toString()));
            listener.listen(1);
            Future<@Nullable Void> answered = daemon.submit(() -> answerOnce(listener));
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            Twinpathctl.execute("--socket", socket.toString(), "status");
            answered.get();
        } finally {
            System.setOut(out);
            daemon.shutdownNow();
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    private static void layNativeLibrary(Path folder) throws IOException {
        String name = NATIVE_LIBRARY.formatted(architecture());
        try (InputStream library = Rehearsal.class.getClassLoader().getResourceAsStream(name)) {
            if (library != null) {
                Path file = folder.resolve(Path.of(name).getFileName());
                Path unfinished = folder.resolve(file.getFileName() + ".new");
                Files.copy(library, unfinished, StandardCopyOption.REPLACE_EXISTING);
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** As the jar's folders are called. */
    private static String architecture() {
        String architecture = System.getProperty("os.arch");
        return architecture.equals("amd64") ? "x86_64" : architecture;
    }

    private static @Nullable Void answerOnce(LinuxSocket listener) throws IOException {
        UnsafeBuffer packet = NativeBuffers.allocate(PACKET_BYTES);
        try (LinuxSocket client = Optional.ofNullable(listener.accept()).orElseThrow();
                InputStream status = Rehearsal.class.getResourceAsStream("rehearsal-status.json")) {
            new PollSet(client.fd()).await(-1);
            int length = client.receive(packet, 0);
            JsonObject answer = JsonParser.parseString(packet.getStringWithoutLengthUtf8(0, length))
                    .getAsJsonObject();
            answer.remove("method");
            answer.remove("params");
            answer.add("result", JsonParser.parseString(new String(status.readAllBytes(), StandardCharsets.UTF_8)));
            byte[] octets = answer.toString().getBytes(StandardCharsets.UTF_8);
            packet.putBytes(0, octets);
            client.send(packet, octets.length, 0);
        }
        return null;
    }
}
