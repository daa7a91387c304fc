package net.twinpath.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages to the service manager, through the real kernel. */
class NotifySocketTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aMessageArrivesAsOneDatagramAtAPath() {
        String path = folder.resolve("notify").toString();
        assertArrives(SocketAddress.unixPath(path), path);
    }

    @Test
    void aMessageArrivesAtAnAbstractName() {
        String name = "twinpath-test-notify-" + ProcessHandle.current().pid();
        assertArrives(SocketAddress.unixAbstract(name), "@" + name);
    }

    private static void assertArrives(SocketAddress address, String name) {
        try (LinuxSocket manager = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_DGRAM, 0)) {
            manager.bind(address);
            NotifySocket socket = new NotifySocket(name);
            socket.send("READY=1\nSTATUS=two lines");
            socket.send("WATCHDOG=1");

            UnsafeBuffer received = NativeBuffers.allocate(100);
            int length = manager.receive(received, Socket.MSG_DONTWAIT);
            assertThat(received.getStringWithoutLengthUtf8(0, length)).isEqualTo("READY=1\nSTATUS=two lines");
            length = manager.receive(received, Socket.MSG_DONTWAIT);
            assertThat(received.getStringWithoutLengthUtf8(0, length)).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void aSocketNobodyListensAtIsNamed() {
        String path = folder.resolve("nobody").toString();
        assertThatThrownBy(() -> new NotifySocket(path).send("READY=1"))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining(path);
        assertThatThrownBy(() -> new NotifySocket("notify"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NOTIFY_SOCKET=notify is neither an absolute path nor @ and an abstract name");
    }

    @Test
    void theMonotonicClockIsThatOfTheKernelsUptime() throws IOException {
        long before = MonotonicClock.nowUs();
        String uptimes = Files.readString(Path.of("/proc/uptime"));
        double uptime = Double.parseDouble(uptimes.substring(0, uptimes.indexOf(' ')));
        // Uptime counts time asleep, too, and has two decimals.
        assertThat(before).isPositive().isLessThanOrEqualTo((long) ((uptime + 0.01) * 1e6));
        assertThat(MonotonicClock.nowUs()).isGreaterThanOrEqualTo(before);
    }
}
