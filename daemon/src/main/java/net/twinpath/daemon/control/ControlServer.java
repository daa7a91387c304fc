package net.twinpath.daemon.control;

import com.google.gson.JsonNull;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import jnr.constants.platform.Errno;
import jnr.unixsocket.UnixSocketAddress;
import net.twinpath.daemon.StartException;
import net.twinpath.linux.Epoll;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control socket, AF_UNIX SOCK_SEQPACKET: one packet is one JSON-RPC message each way, and every packet is answered.
 * It never waits for a client: one that does not read its answers is dropped. Used by the control thread only.
 */
public final class ControlServer implements AutoCloseable {
    /** Octets of a request at most. */
    public static final int MAX_REQUEST_BYTES = 64 * 1024;

    /** Octets of an answer at most; the kernel must take it whole. */
    public static final int MAX_ANSWER_BYTES = 1 << 20;

    /** Clients connected at once at most. */
    public static final int MAX_CLIENTS = 64;

    private static final String GROUP = "twinpath";
    private static final int BACKLOG = 64;
    private static final int S_IFMT = 0xF000;
    private static final int S_IFSOCK = 0xC000;
    private static final int EAGAIN = Errno.EAGAIN.intValue();
    private static final Logger LOG = LoggerFactory.getLogger("control");

    private final UnixSocketAddress address;
    private final JsonRpc rpc;
    private final Epoll epoll;
    private final LinuxSocket listener;
    private final Map<Integer, LinuxSocket> clients = new HashMap<>();
    private final Map<Integer, LinuxSocket> refused = new HashMap<>();
    private final UnsafeBuffer request = NativeBuffers.allocate(MAX_REQUEST_BYTES);

    /**
     * Opens the socket at {@code address}, in place of one that no process answers at.
     *
     * @param rpc   answers the requests
     * @param epoll the control thread's; {@link #ready} is to be called with what it finds
     * @throws StartException when another process answers there, or the place cannot be written
     */
    public ControlServer(UnixSocketAddress address, JsonRpc rpc, Epoll epoll) throws StartException {
        this.address = address;
        this.rpc = rpc;
        this.epoll = epoll;
        Path path = Path.of(address.path());
        listener = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET | Socket.SOCK_NONBLOCK, 0);
        try {
            makeFolder(path);
            bind(path);
            restrict(path);
            listener.listen(BACKLOG);
            epoll.add(listener.fd());
        } catch (IOException | ErrnoException e) {
            listener.close();
            throw new StartException("control socket " + path + ": " + e);
        } catch (StartException e) {
            listener.close();
            throw e;
        }
    }

    private static void makeFolder(Path path) throws IOException, StartException {
        try {
            Files.createDirectories(Objects.requireNonNull(path.getParent(), "the path is absolute"));
        } catch (FileAlreadyExistsException e) {
            throw new StartException("control socket " + path + ": " + e.getFile()
                    + " is no folder; set another socket under [control]");
        }
    }

    private void bind(Path path) throws IOException, StartException {
        try {
            listener.bind(SocketAddress.unixPath(path.toString()));
        } catch (ErrnoException e) {
            if (!e.is(Errno.EADDRINUSE)) {
                throw e;
            }
            refuseIfNoSocket(path);
            refuseIfAnswered(path);
            Files.deleteIfExists(path);
            listener.bind(SocketAddress.unixPath(path.toString()));
        }
    }

    /** An ordinary file refuses connections as a dead socket does, but is not ours to remove. */
    private static void refuseIfNoSocket(Path path) throws IOException, StartException {
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & S_IFMT) != S_IFSOCK) {
            throw new StartException("control socket " + path
                    + ": the file is there and is no socket; remove it, or set another socket under [control]");
        }
    }

    private static void refuseIfAnswered(Path path) throws StartException {
        try (LinuxSocket probe = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET, 0)) {
            probe.connect(SocketAddress.unixPath(path.toString()));
            throw new StartException("control socket " + path + ": another twinpathd (pid "
                    + probe.peerCredentials().pid()
                    + ") answers there; stop it, or set another socket under [control]");
        } catch (ErrnoException e) {
            if (!e.is(Errno.ECONNREFUSED)) {
                throw new StartException(
                        "control socket " + path + ": the file is there and is no socket of ours: " + e.getMessage());
            }
        }
    }

    /** Root and, where it exists, the group {@code twinpath} may connect; nobody else. */
    private static void restrict(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        try {
            GroupPrincipal group =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
            Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group);
        } catch (UserPrincipalNotFoundException e) {
            LOG.debug("no group {}: root alone may connect", GROUP);
        }
    }

    /** Serves a descriptor the epoll found ready; one that is not this server's is passed over. */
    public void ready(int fd) {
        if (fd == listener.fd()) {
            accept();
        } else {
            LinuxSocket client = clients.get(fd);
            if (client != null) {
                serve(client);
            } else if (refused.containsKey(fd)) {
                LinuxSocket gone = refused.remove(fd);
                gone.receive(request, Socket.MSG_DONTWAIT);
                drop(gone);
            }
        }
    }

    private void accept() {
        LinuxSocket client = listener.accept();
        if (client == null) {
            return;
        }
        client.option(Socket.SOL_SOCKET, Socket.SO_SNDBUFFORCE, MAX_ANSWER_BYTES);
        if (clients.size() < MAX_CLIENTS) {
            clients.put(client.fd(), client);
            epoll.add(client.fd());
        } else {
            refuse(client);
        }
    }

    /**
     * Tells a client that there are too many. The connection stays until it has asked or gone: closed at once, with a
     * request unread or on its way, it would lose the answer.
     */
    private void refuse(LinuxSocket client) {
        if (refused.size() >= MAX_CLIENTS
                || !send(client, error(JsonRpc.INTERNAL_ERROR, MAX_CLIENTS + " clients are connected"))) {
            client.close();
            return;
        }
        client.endOutput();
        refused.put(client.fd(), client);
        epoll.add(client.fd());
    }

    private void serve(LinuxSocket client) {
        int length = client.receive(request, Socket.MSG_TRUNC | Socket.MSG_DONTWAIT);
        if (length == -EAGAIN) {
            return;
        }
        if (length <= 0 || !send(client, answer(client, length))) {
            drop(client);
        }
    }

    private String answer(LinuxSocket client, int length) {
        if (length > MAX_REQUEST_BYTES) {
            return error(
                    JsonRpc.INVALID_REQUEST,
                    "a request has at most " + MAX_REQUEST_BYTES + " octets, this one has " + length);
        }
        try {
            boolean isRoot = client.peerCredentials().uid() == 0;
            return rpc.answer(request.getStringWithoutLengthUtf8(0, length), isRoot);
        } catch (RuntimeException e) {
            LOG.error("request failed", e);
            return error(JsonRpc.INTERNAL_ERROR, "the request failed: " + e);
        }
    }

    private static String error(int code, String message) {
        return JsonRpc.error(JsonNull.INSTANCE, code, message);
    }

    private static boolean send(LinuxSocket client, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        UnsafeBuffer answer = NativeBuffers.allocate(octets.length);
        answer.putBytes(0, octets);
        return client.send(answer, octets.length, Socket.MSG_DONTWAIT) == octets.length;
    }

    private void drop(LinuxSocket client) {
        epoll.remove(client.fd());
        clients.remove(client.fd());
        client.close();
    }

    /** Closes every connection and takes the socket out of the file system. */
    @Override
    public void close() {
        clients.values().forEach(LinuxSocket::close);
        refused.values().forEach(LinuxSocket::close);
        listener.close();
        try {
            Files.deleteIfExists(Path.of(address.path()));
        } catch (IOException e) {
            LOG.warn("control socket {} not removed: {}", address.path(), e.toString());
        }
    }
}
