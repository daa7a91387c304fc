package net.twinpath.daemon.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jnr.constants.platform.Errno;
import net.twinpath.daemon.event.Event.Published;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Systemd's journal, which keeps the fields of events; it is never waited for. */
public final class Journal implements AutoCloseable {
    /** Where journald receives (systemd-journald.service(8)). */
    public static final Path SOCKET = Path.of("/run/systemd/journal/socket");

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final int MAX_ENTRY_BYTES = 64 * 1024;

    private final Path address;
    private final UnsafeBuffer packet = NativeBuffers.allocate(MAX_ENTRY_BYTES);
    private @Nullable LinuxSocket socket;

    /** @param address where journald receives */
    public Journal(Path address) {
        this.address = address;
    }

    /**
     * Whether what this process writes to standard error goes to the journal, as when systemd started it: JOURNAL_STREAM
     * names device and inode of the stream (systemd.exec(5)), which is another when somebody has redirected it.
     */
    public static boolean takesStandardError() {
        String stream = System.getenv("JOURNAL_STREAM");
        try {
            Map<String, Object> file = Files.readAttributes(STANDARD_ERROR, "unix:dev,ino");
            return (file.get("dev") + ":" + file.get("ino")).equals(stream);
        } catch (IOException e) {
            return false;
        }
    }

    /** Hands an event over; false when the journal does not take it now. */
    public boolean takes(Published event) {
        byte[] octets = JournalEntry.of(event);
        if (octets.length > MAX_ENTRY_BYTES) {
            return false;
        }
        packet.putBytes(0, octets);
        int sent = send(octets.length);
        if (sent == -Errno.ECONNREFUSED.intValue() || sent == -Errno.ENOTCONN.intValue()) {
            close();
            sent = send(octets.length);
        }
        return sent == octets.length;
    }

    /** The number of octets, or the negative errno. */
    private int send(int length) {
        try {
            if (socket == null) {
                socket = connect();
            }
            return socket.send(packet, length, Socket.MSG_DONTWAIT);
        } catch (ErrnoException e) {
            return -e.errno();
        }
    }

    private LinuxSocket connect() {
        LinuxSocket made = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_DGRAM | Socket.SOCK_NONBLOCK, 0);
        try {
            made.connect(SocketAddress.unixPath(address.toString()));
            return made;
        } catch (ErrnoException e) {
            made.close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
