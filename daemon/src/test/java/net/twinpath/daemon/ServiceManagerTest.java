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
class ServiceManagerTest {
    @TempDir
    private Path folder = Path.of("");

    private final LinuxSocket systemd = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_DGRAM, 0);
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void listen() {
        String path = folder.resolve("notify").toString();
        systemd.bind(SocketAddress.unixPath(path));
        environment.put("NOTIFY_SOCKET", path);
    }

    @AfterEach
    void close() {
        systemd.close();
    }

    private List<String> heard() {
        List<String> messages = new ArrayList<>();
        UnsafeBuffer message = NativeBuffers.allocate(1000);
        int length = systemd.receive(message, Socket.MSG_DONTWAIT);
        while (length > 0) {
            messages.add(message.getStringWithoutLengthUtf8(0, length));
            length = systemd.receive(message, Socket.MSG_DONTWAIT);
        }
        return messages;
    }

    @Test
    void readinessIsToldOnceAndAReloadWithItsTime() {
        ServiceManager manager = new ServiceManager(environment);
        manager.ready();
        manager.ready();
        manager.reloading();
        manager.reloaded();
        manager.stopping();

        List<String> heard = heard();
        assertThat(heard).hasSize(4);
        assertThat(heard.get(0)).isEqualTo("READY=1");
        assertThat(heard.get(1)).matches("RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*");
        assertThat(heard.subList(2, 4)).containsExactly("READY=1", "STOPPING=1");
    }

    @Test
    void aReloadHasSixTimesTheWatchdogsTime() {
        environment.put("WATCHDOG_USEC", "20000000");
        ServiceManager manager = new ServiceManager(environment);
        manager.ready();
        manager.reloading();
        manager.reloaded();

        List<String> heard = heard();
        assertThat(heard.get(1)).endsWith("\nWATCHDOG_USEC=120000000");
        assertThat(heard.get(2)).isEqualTo("READY=1\nWATCHDOG_USEC=20000000");
    }

    @Test
    void aReloadBeforeReadinessDoesNotMakeReady() {
        ServiceManager manager = new ServiceManager(environment);
        manager.reloading();
        manager.reloaded();
        assertThat(heard()).isEmpty();
    }

    @Test
    void theStatusIsToldWhenItChangesAndIsOneLine() {
        ServiceManager manager = new ServiceManager(environment);
        manager.status("all is well");
        manager.status("all is well");
        manager.status("READY\nno");
        assertThat(heard()).containsExactly("STATUS=all is well", "STATUS=READY no");
    }

    @Test
    void theWatchdogIsFedFourTimesWithinItsTime() {
        environment.put("WATCHDOG_USEC", "20000000");
        environment.put("WATCHDOG_PID", Long.toString(ProcessHandle.current().pid()));
        ServiceManager manager = new ServiceManager(environment);
        for (long nowMs = -10_000; nowMs <= 10_000; nowMs += 250) {
            manager.works(nowMs);
        }
        assertThat(heard()).hasSize(5).containsOnly("WATCHDOG=1");
    }

    @Test
    void aWatchdogOfAnotherProcessIsNotFed() {
        environment.put("WATCHDOG_USEC", "20000000");
        environment.put("WATCHDOG_PID", "1");
        new ServiceManager(environment).works(0);
        assertThat(heard()).isEmpty();
    }

    @Test
    void withoutASocketAndWithNobodyThereNothingFails() {
        new ServiceManager(Map.of()).ready();
        new ServiceManager(Map.of("NOTIFY_SOCKET", "nonsense")).ready();
        new ServiceManager(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString())).ready();
        assertThat(heard()).isEmpty();
    }
}
