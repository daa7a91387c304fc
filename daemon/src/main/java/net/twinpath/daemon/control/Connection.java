package net.twinpath.daemon.control;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jnr.constants.platform.Errno;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.LinuxSocket.PeerCredentials;
import net.twinpath.linux.Socket;
import org.agrona.concurrent.UnsafeBuffer;

/** One client: what it may still ask, what it waits for, and what it is told of without asking. */
final class Connection implements Caller {
    private static final int EAGAIN = Errno.EAGAIN.intValue();
    private static final long TAKES = -1;

    /** To find the id of a longer request that is over the limit would cost more than it is worth. */
    private static final int MOST_BYTES_LOOKED_AT = 4_096;

    private final LinuxSocket socket;
    private final UnsafeBuffer packet;
    private final PeerCredentials peer;
    private final RequestRate rate;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final List<Runnable> whenGone = new ArrayList<>();
    private int subscribed;
    private int underWay;
    private long heardMs;
    private long stalledMs = TAKES;
    private boolean isOver;

    /**
     * @param packet takes what is sent, shared by all clients
     * @param nowMs  time, never going back
     */
    Connection(LinuxSocket socket, UnsafeBuffer packet, long nowMs) {
        this.socket = socket;
        this.packet = packet;
        this.peer = socket.peerCredentials();
        this.rate = new RequestRate(ControlLimits.MAX_REQUESTS_PER_SECOND, nowMs);
        this.heardMs = nowMs;
    }

    int fd() {
        return socket.fd();
    }

    @Override
    public int uid() {
        return peer.uid();
    }

    @Override
    public int pid() {
        return peer.pid();
    }

    /** Answers one packet that may be waiting. */
    void serve(UnsafeBuffer request, JsonRpc rpc, long nowMs) {
        int length = socket.receive(request, Socket.MSG_TRUNC | Socket.MSG_DONTWAIT);
        if (length == -EAGAIN) {
            return;
        }
        // An empty packet looks like the end; without SCM_RIGHTS being asked for, the kernel closes what comes so.
        if (length <= 0) {
            isOver = true;
            return;
        }
        heardMs = nowMs;
        if (!rate.admits(nowMs)) {
            answer(JsonRpc.error(
                    idOf(request, length),
                    JsonRpc.LIMIT_EXCEEDED,
                    "a client has at most " + ControlLimits.MAX_REQUESTS_PER_SECOND + " requests a second"));
        } else if (length > ControlLimits.MAX_REQUEST_BYTES) {
            answer(JsonRpc.error(
                    JsonNull.INSTANCE,
                    JsonRpc.INVALID_REQUEST,
                    "a request has at most " + ControlLimits.MAX_REQUEST_BYTES + " octets, this one has " + length));
        } else {
            underWay++;
            rpc.answer(request.getStringWithoutLengthUtf8(0, length), this, answer -> {
                underWay--;
                answer(answer);
            });
        }
    }

    private static JsonElement idOf(UnsafeBuffer request, int length) {
        return length > MOST_BYTES_LOOKED_AT
                ? JsonNull.INSTANCE
                : JsonRpc.idOf(request.getStringWithoutLengthUtf8(0, length));
    }

    /** A client that has no room for an answer does not read, and is not waited for. */
    private void answer(String text) {
        if (!isOver && !send(text)) {
            isOver = true;
        }
    }

    private boolean send(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length > packet.capacity()) {
            return send(JsonRpc.error(
                    JsonNull.INSTANCE,
                    JsonRpc.INTERNAL_ERROR,
                    "the answer has " + octets.length + " octets, too many"));
        }
        packet.putBytes(0, octets);
        return socket.send(packet, octets.length, Socket.MSG_DONTWAIT) == octets.length;
    }

    @Override
    public String subscribe(Subscription subscription) throws RefusedException {
        if (subscriptions.size() >= ControlLimits.MAX_SUBSCRIPTIONS) {
            throw new RefusedException("a client has at most " + ControlLimits.MAX_SUBSCRIPTIONS + " subscriptions");
        }
        String id = "s" + ++subscribed;
        subscriptions.put(id, subscription);
        return id;
    }

    @Override
    public Optional<Subscription> unsubscribe(String id) {
        return Optional.ofNullable(subscriptions.remove(id));
    }

    @Override
    public void whenGone(Runnable work) {
        whenGone.add(work);
    }

    /** Delivers what is due to subscriptions, and judges whether the client is still one. */
    void tick(long nowMs) {
        subscriptions.forEach((id, subscription) -> subscription.deliver(
                id, nowMs, params -> notify(JsonRpc.notification(subscription.method(), params), nowMs)));
        if (stalledMs != TAKES && nowMs - stalledMs >= ControlLimits.STALL_MS) {
            isOver = true;
        } else if (nowMs - heardMs > ControlLimits.IDLE_MS && subscriptions.isEmpty() && underWay == 0) {
            answer(JsonRpc.error(
                    JsonNull.INSTANCE,
                    JsonRpc.LIMIT_EXCEEDED,
                    "closed after " + ControlLimits.IDLE_MS / 1_000 + " s without a request"));
            isOver = true;
        }
    }

    private boolean notify(String text, long nowMs) {
        if (isOver) {
            return false;
        }
        if (send(text)) {
            stalledMs = TAKES;
            return true;
        }
        stalledMs = stalledMs == TAKES ? nowMs : stalledMs;
        return false;
    }

    /** Whether the connection is to be closed. */
    boolean isOver() {
        return isOver;
    }

    /** Closes the connection and tells those who wanted to know. */
    void close() {
        isOver = true;
        socket.close();
        whenGone.forEach(Runnable::run);
    }
}
