package net.twinpath.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jnr.constants.platform.Errno;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sockets, waiting and waking through the real kernel. */
class LinuxSocketTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void packetsKeepTheirBoundariesOverSeqpacket() {
        SocketAddress address = SocketAddress.unixPath(folder.resolve("s").toString());
        try (LinuxSocket listener = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET, 0);
                LinuxSocket client = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET, 0)) {
            listener.bind(address);
            listener.listen(1);
            client.connect(address);
            try (LinuxSocket server = Objects.requireNonNull(listener.accept())) {
                send(client, "one");
                send(client, "second");
                UnsafeBuffer shortBuffer = NativeBuffers.allocate(4);

                assertThat(server.receive(shortBuffer, Socket.MSG_TRUNC)).isEqualTo(3);
                assertThat(server.receive(shortBuffer, Socket.MSG_TRUNC)).isEqualTo(6);
                assertThat(shortBuffer.getStringWithoutLengthUtf8(0, 4)).isEqualTo("seco");
                assertThat(server.receive(shortBuffer, Socket.MSG_DONTWAIT)).isEqualTo(-Errno.EAGAIN.intValue());
                assertThat(server.peerCredentials().pid())
                        .isEqualTo((int) ProcessHandle.current().pid());
            }
        }
    }

    @Test
    void whatAFilterDropsWasSentAllTheSame() {
        LinuxSocket[] ends = LinuxSocket.pair();
        try (LinuxSocket near = ends[0];
                LinuxSocket far = ends[1]) {
            UnsafeBuffer message = NativeBuffers.allocate(1500);
            assertThat(near.send(message, 3, 0)).isEqualTo(3);
            assertThat(far.receive(message, Socket.MSG_DONTWAIT)).isEqualTo(3);
            far.dropAllInput();
            for (int i = 0; i < 1000; i++) {
                assertThat(near.send(message, 1500, Socket.MSG_DONTWAIT)).isEqualTo(1500);
            }
            assertThat(far.receive(message, Socket.MSG_DONTWAIT)).isEqualTo(-Errno.EAGAIN.intValue());
        }
    }

    @Test
    void failedCallNamesItselfItsArgumentAndTheError() {
        try (LinuxSocket socket = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET, 0)) {
            String path = folder.resolve("nobody").toString();
            assertThatThrownBy(() -> socket.connect(SocketAddress.unixPath(path)))
                    .isInstanceOf(ErrnoException.class)
                    .hasMessage("connect(" + path + "): ENOENT (No such file or directory)");
        }
        assertThatThrownBy(() -> LinuxSocket.open(Socket.AF_UNIX, 15, 0)).hasMessageStartingWith("socket(");
        assertThatThrownBy(() -> NetworkNamespace.enter(Path.of("/run/netns/no-such-namespace")))
                .hasMessage("open(/run/netns/no-such-namespace): ENOENT (No such file or directory)");
    }

    @Test
    void abstractNameIsTakenUntilItsOwnerCloses() {
        SocketAddress address = SocketAddress.unixAbstract(
                "twinpath-test-" + ProcessHandle.current().pid());
        try (LinuxSocket second = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET, 0)) {
            try (LinuxSocket first = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET, 0)) {
                first.bind(address);
                assertThatThrownBy(() -> second.bind(address))
                        .isInstanceOfSatisfying(
                                ErrnoException.class,
                                e -> assertThat(e.is(Errno.EADDRINUSE)).isTrue());
            }
            second.bind(address);
        }
    }

    @Test
    void socketPathTooLongForTheKernelIsRefused() {
        String tooLong = "/" + "x".repeat(107);
        assertThatThrownBy(() -> SocketAddress.unixPath(tooLong)).hasMessageContaining("has 108 octets, not 1 to 107");
    }

    @Test
    void raisedEventWakesPollAndEpollUntilDrained() {
        try (EventFd event = new EventFd();
                Epoll epoll = new Epoll()) {
            PollSet poll = new PollSet(event.fd());
            epoll.add(event.fd());
            List<Integer> ready = new ArrayList<>();

            epoll.await(0, ready::add);
            assertThat(poll.await(0)).isZero();
            assertThat(ready).isEmpty();

            event.raise();
            epoll.await(10_000, ready::add);
            assertThat(poll.await(10_000)).isEqualTo(1);
            assertThat(poll.events(0)).isEqualTo(PollSet.POLLIN);
            assertThat(ready).containsExactly(event.fd());

            event.drain();
            assertThat(poll.await(0)).isZero();
        }
    }

    @Test
    void anonymousMemoryIsZeroAndWritable() {
        try (Mapping mapping = Mapping.anonymous(1 << 20)) {
            UnsafeBuffer buffer = mapping.buffer();
            assertThat(buffer.getLong((1 << 20) - Long.BYTES)).isZero();
            buffer.putLong(0, 0xC0FFEE);
            assertThat(mapping.buffer().getLong(0)).isEqualTo(0xC0FFEE);
        }
    }

    private static void send(LinuxSocket socket, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        UnsafeBuffer packet = NativeBuffers.allocate(octets.length);
        packet.putBytes(0, octets);
        assertThat(socket.send(packet, octets.length, 0)).isEqualTo(octets.length);
    }
}
