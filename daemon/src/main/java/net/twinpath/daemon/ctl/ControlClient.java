package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import jnr.constants.platform.Errno;
import jnr.unixsocket.UnixSocketAddress;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.PollSet;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import org.agrona.concurrent.UnsafeBuffer;

/** A connection to the control socket: one request, one answer. */
final class ControlClient implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 4 << 20;
    private static final int ANSWER_TIMEOUT_MS = 5_000;

    /** Network cards need seconds for some of what they are told, and some cards need to be told one after the other. */
    static final int CHANGE_TIMEOUT_MS = 120_000;

    private final UnixSocketAddress address;
    private final LinuxSocket socket;

    /** @throws NoDaemonException when nobody answers at {@code address} or the caller may not ask */
    ControlClient(UnixSocketAddress address) throws NoDaemonException {
        this.address = address;
        socket = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET, 0);
        try {
            socket.connect(SocketAddress.unixPath(address.path()));
        } catch (ErrnoException e) {
            socket.close();
            throw new NoDaemonException(reason(e));
        }
    }

    private String reason(ErrnoException e) {
        if (e.is(Errno.ENOENT) || e.is(Errno.ECONNREFUSED)) {
            return "no twinpathd answers at " + address.path() + "; is it started, and with this socket?";
        }
        if (e.is(Errno.EACCES)) {
            return "no permission to ask at " + address.path() + "; root and members of group twinpath may";
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
        request.addProperty("id", UUID.randomUUID().toString());
        request.addProperty("method", method);
        request.add("params", params);
        send(request.toString());
        JsonObject answer = JsonParser.parseString(receive(timeoutMs)).getAsJsonObject();
        if (answer.has("error")) {
            throw new RefusedException(
                    answer.getAsJsonObject("error").get("message").getAsString());
        }
        return answer.getAsJsonObject("result");
    }

    private void send(String text) throws NoDaemonException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        UnsafeBuffer packet = NativeBuffers.allocate(octets.length);
        packet.putBytes(0, octets);
        if (socket.send(packet, octets.length, 0) != octets.length) {
            throw new NoDaemonException("twinpathd at " + address.path() + " takes no request");
        }
    }

    private String receive(int timeoutMs) throws NoDaemonException {
        if (new PollSet(socket.fd()).await(timeoutMs) == 0) {
            throw new NoDaemonException(
                    "twinpathd at " + address.path() + " did not answer within " + timeoutMs / 1_000 + " seconds");
        }
        UnsafeBuffer packet = NativeBuffers.allocate(MAX_ANSWER_BYTES);
        int length = socket.receive(packet, 0);
        if (length <= 0) {
            throw new NoDaemonException("twinpathd at " + address.path() + " closed the connection");
        }
        return packet.getStringWithoutLengthUtf8(0, length);
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
