package net.twinpath.daemon.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import net.twinpath.daemon.event.Event.Published;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal is sent, octet by octet, and that nobody waits for it. */
class JournalTest {
    private static final Published EVENT =
            new Published(7, Instant.EPOCH, Event.ofLink(EventKind.LINK_DOWN, "dup0", "enp3s0", "enp3s0 no carrier"));

    @TempDir
    Path folder;

    @Test
    void anEventHasItsFieldsALineEach() {
        assertThat(new String(JournalEntry.of(EVENT), StandardCharsets.UTF_8)).isEqualTo("""
                MESSAGE=dup0: enp3s0 no carrier
                PRIORITY=4
                SYSLOG_IDENTIFIER=twinpathd
                TWINPATH_EVENT=link-down
                TWINPATH_NUMBER=7
                TWINPATH_PATH=dup0
                TWINPATH_LINK=enp3s0
                """);
    }

    @Test
    void severitiesAreSyslogs() {
        assertThat(Severity.INFO.priority()).isEqualTo(6);
        assertThat(Severity.WARNING.priority()).isEqualTo(4);
        assertThat(Severity.ERROR.priority()).isEqualTo(3);
    }

    @Test
    void aValueOfSeveralLinesHasItsLengthInOctetsBeforeIt() {
        byte[] octets =
                new JournalEntry().with("MESSAGE", "ü\n=").with("A", "=").octets();
        assertThat(octets)
                .isEqualTo(concatenated(
                        "MESSAGE\n".getBytes(StandardCharsets.UTF_8),
                        new byte[] {4, 0, 0, 0, 0, 0, 0, 0},
                        "ü\n=\nA==\n".getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] concatenated(byte[]... parts) {
        UnsafeBuffer all = new UnsafeBuffer(new byte[100]);
        int length = 0;
        for (byte[] part : parts) {
            all.putBytes(length, part);
            length += part.length;
        }
        byte[] octets = new byte[length];
        all.getBytes(0, octets);
        return octets;
    }

    @Test
    void anEventArrivesAlsoAfterTheReceiverHasStartedAgain() throws Exception {
        Path address = folder.resolve("socket");
        try (Journal journal = new Journal(address)) {
            assertThat(journal.takes(EVENT)).as("before there is a receiver").isFalse();
            for (int start = 0; start < 2; start++) {
                try (LinuxSocket receiver = receiver(address)) {
                    assertThat(journal.takes(EVENT)).isTrue();
                    assertThat(received(receiver)).isEqualTo(JournalEntry.of(EVENT));
                }
                assertThat(journal.takes(EVENT)).as("while there is none").isFalse();
                Files.delete(address);
            }
        }
    }

    @Test
    void aFullReceiverIsNotWaitedFor() {
        Path address = folder.resolve("socket");
        try (Journal journal = new Journal(address);
                LinuxSocket receiver = receiver(address)) {
            int taken = 0;
            while (journal.takes(EVENT)) {
                taken++;
            }
            assertThat(taken).isPositive();
            assertThat(journal.takes(EVENT)).isFalse();
            received(receiver);
            assertThat(journal.takes(EVENT)).isTrue();
        }
    }

    @Test
    void anEventTooLongForAPacketIsNotTaken() {
        Path address = folder.resolve("socket");
        Event event = Event.of(EventKind.CONFIG_REFUSED, "x".repeat(1 << 16));
        try (Journal journal = new Journal(address);
                LinuxSocket receiver = receiver(address)) {
            assertThat(journal.takes(new Published(1, Instant.EPOCH, event))).isFalse();
            assertThat(journal.takes(EVENT)).isTrue();
            assertThat(received(receiver)).isEqualTo(JournalEntry.of(EVENT));
        }
    }

    private static LinuxSocket receiver(Path address) {
        LinuxSocket socket = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_DGRAM, 0);
        socket.bind(SocketAddress.unixPath(address.toString()));
        return socket;
    }

    private static byte[] received(LinuxSocket receiver) {
        UnsafeBuffer packet = NativeBuffers.allocate(4_096);
        byte[] octets = new byte[receiver.receive(packet, 0)];
        packet.getBytes(0, octets);
        return octets;
    }
}
