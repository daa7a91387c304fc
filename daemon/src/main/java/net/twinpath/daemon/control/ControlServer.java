package net.twinpath.daemon.control;

import com.google.gson.JsonNull;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jnr.unixsocket.UnixSocketAddress;
import net.twinpath.daemon.StartException;
import net.twinpath.linux.Epoll;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.Socket;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control socket, AF_UNIX SOCK_SEQPACKET: one packet is one JSON-RPC message each way, and every packet is answered.
 * Clients take turns, one packet each, and none is waited for: one that does not read is dropped. Used by the control
 * thread only.
 */
public final class ControlServer implements AutoCloseable {
    /** A client that came when there were too many is closed when it has not gone by then. */
    private static final long REFUSED_MS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger("control");

    private final JsonRpc rpc;
    private final Epoll epoll;
    private final ControlSocket listener;
    private final Map<Integer, Connection> clients = new LinkedHashMap<>();
    private final Map<Integer, Refused> refused = new HashMap<>();
    private final UnsafeBuffer request = NativeBuffers.allocate(ControlLimits.MAX_REQUEST_BYTES);
    private final UnsafeBuffer packet = NativeBuffers.allocate(ControlLimits.MAX_ANSWER_BYTES);
    private boolean isListening;

    /**
     * A client there was no room for.
     *
     * @param socket its connection
     * @param sinceMs when it came
     */
    private record Refused(LinuxSocket socket, long sinceMs) {}

    /**
     * Opens the socket at {@code address}, in place of one that no process answers at.
     *
     * @param rpc   answers the requests
     * @param epoll the control thread's; {@link #ready} is to be called with what it finds
     * @throws StartException when another process answers there, or the place cannot be written
     */
    public ControlServer(UnixSocketAddress address, JsonRpc rpc, Epoll epoll) throws StartException {
        this.rpc = rpc;
        this.epoll = epoll;
        listener = new ControlSocket(address);
        listen();
    }

    private void listen() {
        epoll.add(listener.fd());
        isListening = true;
    }

    /** Tells the log when fewer may connect than is usual. */
    public void tellAccess() {
        listener.tellAccess();
    }

    /**
     * Serves a descriptor the epoll found ready; one that is not this server's is passed over.
     *
     * @param nowMs time, never going back: of this moment, or a client would be held to have been silent before it came
     */
    public void ready(int fd, long nowMs) {
        if (fd == listener.fd()) {
            accept(nowMs);
            return;
        }
        Connection client = clients.get(fd);
        if (client != null) {
            client.serve(request, rpc, nowMs);
            dropIfOver(client);
        } else if (refused.containsKey(fd)) {
            refused.get(fd).socket().receive(request, Socket.MSG_DONTWAIT);
            dropRefused(fd);
        }
    }

    private void accept(long nowMs) {
        LinuxSocket socket = nextClient();
        if (socket == null) {
            return;
        }
        socket.option(Socket.SOL_SOCKET, Socket.SO_SNDBUFFORCE, ControlLimits.MAX_ANSWER_BYTES);
        if (clients.size() < ControlLimits.MAX_CLIENTS) {
            clients.put(socket.fd(), new Connection(socket, packet, nowMs));
            epoll.add(socket.fd());
        } else {
            refuse(socket, nowMs);
        }
    }

    /** Without descriptors a client that waits would be found ready again and again: it is left until the next tick. */
    private @Nullable LinuxSocket nextClient() {
        try {
            return listener.accept();
        } catch (ErrnoException e) {
            LOG.warn("a client cannot be taken: {}", e.getMessage());
            epoll.remove(listener.fd());
            isListening = false;
            return null;
        }
    }

    /**
     * Tells a client that there are too many. The connection stays until it has asked or gone: closed at once, with a
     * request unread or on its way, it would lose the answer.
     */
    private void refuse(LinuxSocket client, long nowMs) {
        byte[] octets = JsonRpc.error(
                        JsonNull.INSTANCE, JsonRpc.LIMIT_EXCEEDED, ControlLimits.MAX_CLIENTS + " clients are connected")
                .getBytes(StandardCharsets.UTF_8);
        packet.putBytes(0, octets);
        if (refused.size() >= ControlLimits.MAX_CLIENTS
                || client.send(packet, octets.length, Socket.MSG_DONTWAIT) != octets.length) {
            client.close();
            return;
        }
        client.endOutput();
        refused.put(client.fd(), new Refused(client, nowMs));
        epoll.add(client.fd());
    }

    private void dropRefused(int fd) {
        Refused gone = refused.remove(fd);
        if (gone != null) {
            epoll.remove(fd);
            gone.socket().close();
        }
    }

    private void dropIfOver(Connection client) {
        if (client.isOver()) {
            epoll.remove(client.fd());
            clients.remove(client.fd());
            client.close();
        }
    }

    /**
     * Tells subscribers what is due and lets go of clients that are none any more; called a few times a second, and
     * after everything that may have led to an event.
     *
     * @param nowMs time, never going back
     */
    public void tick(long nowMs) {
        for (Connection client : List.copyOf(clients.values())) {
            client.tick(nowMs);
            dropIfOver(client);
        }
        List<Integer> late = new ArrayList<>();
        refused.forEach((fd, client) -> {
            if (nowMs - client.sinceMs() >= REFUSED_MS) {
                late.add(fd);
            }
        });
        late.forEach(this::dropRefused);
        if (!isListening) {
            listen();
        }
    }

    /** Closes every connection and takes the socket out of the file system. */
    @Override
    public void close() {
        clients.values().forEach(Connection::close);
        clients.clear();
        refused.values().forEach(client -> client.socket().close());
        listener.close();
    }
}
