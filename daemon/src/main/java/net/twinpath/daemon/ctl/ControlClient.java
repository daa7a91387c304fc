package net.twinpath.daemon.ctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import jnr.constants.platform.Errno;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.PollSet;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A connection to the control socket: a request after the other, and what comes without being asked for. */
final class ControlClient implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 1 << 20;
    private static final long NANOS_PER_MS = 1_000_000;
    private static final int ANSWER_TIMEOUT_MS = 5_000;

    /** Network cards need seconds for some of what they are told, and some cards need to be told one after the other. */
    static final int CHANGE_TIMEOUT_MS = 120_000;

    private final Path address;
    private final LinuxSocket socket;
    private final UnsafeBuffer packet = NativeBuffers.allocate(MAX_ANSWER_BYTES);
    private final Deque<JsonObject> notifications = new ArrayDeque<>();

    /** @throws NoDaemonException when nobody answers at {@code address} or the caller may not ask */
    ControlClient(Path address) throws NoDaemonException {
        this.address = address;
        socket = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET, 0);
        try {
            socket.connect(SocketAddress.unixPath(address.toString()));
        } catch (ErrnoException e) {
            socket.close();
            throw new NoDaemonException(reason(e));
        }
    }

    private String reason(ErrnoException e) {
        if (e.is(Errno.ENOENT) || e.is(Errno.ECONNREFUSED)) {
            return "no twinpathd answers at " + address + "; is it started, and with this socket?";
        }
        if (e.is(Errno.EACCES)) {
            return "no permission to ask at " + address + "; root and members of group twinpath may";
        }
        return String.valueOf(e.getMessage());
    }

    /** As {@link #call(String, JsonObject, int)}, for what takes no time. */
    JsonObject call(String method, JsonObject params) throws RefusedException, NoDaemonException {
        return call(method, params, ANSWER_TIMEOUT_MS);
    }

    /**
     * Sends a request and returns its result.
     *
     * @param timeoutMs milliseconds to wait for it
     * @throws RefusedException  when the daemon answers with an error
     * @throws NoDaemonException when it does not answer
     */
    JsonObject call(String method, JsonObject params, int timeoutMs) throws RefusedException, NoDaemonException {
        JsonObject request = new JsonObject();
        request.addProperty("jsonrpc", "2.0");
        request.addProperty("id", newId());
        request.addProperty("method", method);
        request.add("params", params);
        send(request.toString());
        JsonObject answer = answerTo(request.get("id"), timeoutMs);
        if (answer.has("error")) {
            throw new RefusedException(
                    answer.getAsJsonObject("error").get("message").getAsString());
        }
        return answer.getAsJsonObject("result");
    }

    /** A UUID of version 4; that nobody can guess it, which takes long to begin with, is not needed. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }

    /** An error without an id is about the connection as a whole. */
    private JsonObject answerTo(JsonElement id, int timeoutMs) throws NoDaemonException {
        long endNs = System.nanoTime() + timeoutMs * NANOS_PER_MS;
        while (true) {
            long leftMs = Math.max(0, (endNs - System.nanoTime()) / NANOS_PER_MS);
            if (new PollSet(socket.fd()).await((int) leftMs) == 0 && leftMs == 0) {
                throw new NoDaemonException(
                        "twinpathd at " + address + " did not answer within " + timeoutMs / 1_000 + " seconds");
            }
            JsonObject message = receive(Socket.MSG_DONTWAIT);
            if (message == null) {
                continue;
            }
            if (message.has("method")) {
                notifications.add(message.getAsJsonObject("params"));
            } else if (id.equals(message.get("id")) || message.get("id").isJsonNull()) {
                return message;
            }
        }
    }

    /**
     * The params of the next notification of a subscription; waits for it without a limit.
     *
     * @throws RefusedException  when the daemon ends the connection with a reason
     * @throws NoDaemonException when it ends without
     */
    JsonObject nextNotification() throws NoDaemonException, RefusedException {
        while (notifications.isEmpty()) {
            takeNotification(receive(0));
        }
        return notifications.remove();
    }

    /** As {@link #nextNotification}, without waiting; null when there is none. */
    @Nullable
    JsonObject pollNotification() throws NoDaemonException, RefusedException {
        if (notifications.isEmpty()) {
            takeNotification(receive(Socket.MSG_DONTWAIT));
        }
        return notifications.poll();
    }

    private void takeNotification(@Nullable JsonObject message) throws RefusedException {
        if (message != null && message.has("method")) {
            notifications.add(message.getAsJsonObject("params"));
        } else if (message != null && message.has("error")) {
            throw new RefusedException(
                    message.getAsJsonObject("error").get("message").getAsString());
        }
    }

    private void send(String text) throws NoDaemonException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        packet.putBytes(0, octets);
        int sent = socket.send(packet, octets.length, 0);
        // A daemon with too many clients has said so and listens no more: its answer is there to be read.
        if (sent != octets.length && sent != -Errno.EPIPE.intValue()) {
            throw new NoDaemonException("twinpathd at " + address + " takes no request");
        }
    }

    /** Null when nothing was there after all, as when a signal came. */
    private @Nullable JsonObject receive(int flags) throws NoDaemonException {
        int length = socket.receive(packet, flags);
        if (length == -Errno.EAGAIN.intValue() || length == -Errno.EINTR.intValue()) {
            return null;
        }
        if (length <= 0) {
            throw new NoDaemonException("twinpathd at " + address + " closed the connection");
        }
        return JsonParser.parseString(packet.getStringWithoutLengthUtf8(0, length))
                .getAsJsonObject();
    }

    @Override
    public void close() {
        socket.close();
    }

    /** Nobody answers. */
    static final class NoDaemonException extends Exception {
        private static final long serialVersionUID = 1L;

        NoDaemonException(String message) {
            super(message);
        }
    }

    /** The daemon answered with an error. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
