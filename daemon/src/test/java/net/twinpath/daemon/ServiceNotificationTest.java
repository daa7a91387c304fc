package net.twinpath.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service manager hears at its socket. */
class ServiceNotificationTest {
    @TempDir
    private Path folder = Path.of("");

    private final LinuxSocket manager = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_DGRAM, 0);
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void listen() {
        String path = folder.resolve("notify").toString();
        manager.bind(SocketAddress.unixPath(path));
        environment.put("NOTIFY_SOCKET", path);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private List<String> heard() {
        List<String> messages = new ArrayList<>();
        UnsafeBuffer message = NativeBuffers.allocate(1000);
        int length = manager.receive(message, Socket.MSG_DONTWAIT);
        while (length > 0) {
            messages.add(message.getStringWithoutLengthUtf8(0, length));
            length = manager.receive(message, Socket.MSG_DONTWAIT);
        }
        return messages;
    }

    @Test
    void readinessIsToldOnceAndAReloadWithItsTime() {
        ServiceNotification notification = new ServiceNotification(environment);
        notification.ready();
        notification.ready();
        notification.reloading();
        notification.reloaded();
        notification.stopping();

        List<String> heard = heard();
        assertThat(heard).hasSize(4);
        assertThat(heard.get(0)).isEqualTo("READY=1");
        assertThat(heard.get(1)).matches("RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*");
        assertThat(heard.subList(2, 4)).containsExactly("READY=1", "STOPPING=1");
    }

    @Test
    void aReloadHasSixTimesTheWatchdogsTime() {
        environment.put("WATCHDOG_USEC", "20000000");
        ServiceNotification notification = new ServiceNotification(environment);
        notification.ready();
        notification.reloading();
        notification.reloaded();

        List<String> heard = heard();
        assertThat(heard.get(1)).endsWith("\nWATCHDOG_USEC=120000000");
        assertThat(heard.get(2)).isEqualTo("READY=1\nWATCHDOG_USEC=20000000");
    }

    @Test
    void aReloadBeforeReadinessDoesNotMakeReady() {
        ServiceNotification notification = new ServiceNotification(environment);
        notification.reloading();
        notification.reloaded();
        assertThat(heard()).isEmpty();
    }

    @Test
    void theStatusIsToldWhenItChangesAndIsOneLine() {
        ServiceNotification notification = new ServiceNotification(environment);
        notification.status("all is well");
        notification.status("all is well");
        notification.status("READY\nno");
        assertThat(heard()).containsExactly("STATUS=all is well", "STATUS=READY no");
    }

    @Test
    void theWatchdogIsFedFourTimesWithinItsTime() {
        environment.put("WATCHDOG_USEC", "20000000");
        environment.put("WATCHDOG_PID", Long.toString(ProcessHandle.current().pid()));
        ServiceNotification notification = new ServiceNotification(environment);
        for (long nowMs = -10_000; nowMs <= 10_000; nowMs += 250) {
            notification.works(nowMs);
        }
        assertThat(heard()).hasSize(5).containsOnly("WATCHDOG=1");
    }

    @Test
    void aWatchdogOfAnotherProcessIsNotFed() {
        environment.put("WATCHDOG_USEC", "20000000");
        environment.put("WATCHDOG_PID", "1");
        new ServiceNotification(environment).works(0);
        assertThat(heard()).isEmpty();
    }

    @Test
    void withoutASocketAndWithNobodyThereNothingFails() {
        new ServiceNotification(Map.of()).ready();
        new ServiceNotification(Map.of("NOTIFY_SOCKET", "nonsense")).ready();
        new ServiceNotification(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString())).ready();
        assertThat(heard()).isEmpty();
    }
}
