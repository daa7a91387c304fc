package net.twinpath.daemon.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jnr.constants.platform.Errno;
import net.twinpath.linux.Epoll;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One connection: one request, its answer, and its end. Never waits. */
final class Scrape {
    /** Octets of a request's head. */
    static final int MAX_HEAD_BYTES = 8_192;

    /** From the connection to the whole head of the request, milliseconds. */
    static final long REQUEST_MS = 2_000;

    /** From the request until the values are there, milliseconds; the control thread may be at work. */
    static final long VALUES_MS = 5_000;

    /** From the values until the client has taken the answer, milliseconds. */
    static final long ANSWER_MS = 5_000;

    /** From the end of the answer to that of the connection, which the client makes, milliseconds. */
    static final long END_MS = 1_000;

    private static final int EAGAIN = Errno.EAGAIN.intValue();
    private static final int END = -1;
    private static final int UNAVAILABLE = 503;
    private static final Pattern EMPTY_LINE = Pattern.compile("\r?\n\r?\n");

    private final LinuxSocket socket;
    private final Epoll epoll;
    private final UnsafeBuffer received = NativeBuffers.allocate(MAX_HEAD_BYTES);
    private int receivedBytes;
    private @Nullable ScrapeRequest request;
    private UnsafeBuffer answer = NativeBuffers.allocate(0);
    private int sentBytes;
    private boolean isAwaited;
    private boolean isOver;
    private Step step = Step.REQUEST;
    private long dueMs;

    private enum Step {
        REQUEST,
        VALUES,
        ANSWER,
        END
    }

    /**
     * @param socket the connection
     * @param epoll  tells when it is ready
     * @param nowMs  time, never going back
     */
    Scrape(LinuxSocket socket, Epoll epoll, long nowMs) {
        this.socket = socket;
        this.epoll = epoll;
        this.dueMs = nowMs + REQUEST_MS;
        await(Epoll.EPOLLIN);
    }

    /** Of the connection. */
    int fd() {
        return socket.fd();
    }

    /** Whether the client has not said yet what it wants. */
    boolean isSilent() {
        return step == Step.REQUEST;
    }

    /** Whether it waits for the values. */
    boolean wantsValues() {
        return step == Step.VALUES;
    }

    /** Goes on with what the channel is ready for. */
    void proceed(long nowMs) {
        switch (step) {
            case REQUEST -> receive(nowMs);
            case ANSWER -> send(nowMs);
            case VALUES -> {}
            case END -> discard();
        }
    }

    private void receive(long nowMs) {
        int count = read(new UnsafeBuffer(received, receivedBytes, MAX_HEAD_BYTES - receivedBytes));
        receivedBytes += Math.max(0, count);
        String head = headUpToEmptyLine();
        if (!head.isEmpty()) {
            request = ScrapeRequest.parse(head);
            if (request.status() == ScrapeRequest.OK) {
                next(Step.VALUES, nowMs + VALUES_MS, 0);
            } else {
                refuse(request.status(), nowMs);
            }
        } else if (count == END) {
            close();
        } else if (receivedBytes == MAX_HEAD_BYTES) {
            refuse(ScrapeRequest.HEAD_TOO_LARGE, nowMs);
        }
    }

    /** Empty when it has not come yet; a client may begin with an empty line (RFC 9112 section 2.2). */
    private String headUpToEmptyLine() {
        String text = received.getStringWithoutLengthAscii(0, receivedBytes).stripLeading();
        Matcher end = EMPTY_LINE.matcher(text);
        return end.find() ? text.substring(0, end.start()) : "";
    }

    /** Answers with the values. */
    void answer(MetricSnapshots values, long nowMs) {
        String accept = request == null ? "" : request.accept();
        MetricsText text = MetricsText.acceptedBy(accept);
        answer(ScrapeRequest.OK, text.contentType(), text.of(values), nowMs);
    }

    private void refuse(int status, long nowMs) {
        byte[] body = (reason(status) + "; GET or HEAD /metrics is what is answered here\n")
                .getBytes(StandardCharsets.US_ASCII);
        answer(status, "text/plain; charset=utf-8", body, nowMs);
    }

    private void answer(int status, String contentType, byte[] body, long nowMs) {
        boolean isHead = request != null && request.isHead();
        String head = "HTTP/1.1 " + status + " " + reason(status) + "\r\n"
                + (status == ScrapeRequest.METHOD_NOT_ALLOWED ? "Allow: GET, HEAD\r\n" : "")
                + "Content-Type: " + contentType + "\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Connection: close\r\n\r\n";
        byte[] octets = head.getBytes(StandardCharsets.US_ASCII);
        answer = NativeBuffers.allocate(octets.length + (isHead ? 0 : body.length));
        answer.putBytes(0, octets);
        if (!isHead) {
            answer.putBytes(octets.length, body);
        }
        next(Step.ANSWER, nowMs + ANSWER_MS, Epoll.EPOLLOUT);
        send(nowMs);
    }

    private static String reason(int status) {
        return switch (status) {
            case ScrapeRequest.OK -> "OK";
            case ScrapeRequest.NOT_FOUND -> "Not Found";
            case ScrapeRequest.METHOD_NOT_ALLOWED -> "Method Not Allowed";
            case ScrapeRequest.HEAD_TOO_LARGE -> "Request Header Fields Too Large";
            case UNAVAILABLE -> "Service Unavailable";
            case ScrapeRequest.VERSION_NOT_SUPPORTED -> "HTTP Version Not Supported";
            default -> "Bad Request";
        };
    }

    private void send(long nowMs) {
        int left = answer.capacity() - sentBytes;
        int sent = socket.send(new UnsafeBuffer(answer, sentBytes, left), left, 0);
        if (sent < 0 && sent != -EAGAIN) {
            throw new ErrnoException("send", "a client", -sent);
        }
        sentBytes += Math.max(0, sent);
        if (sentBytes == answer.capacity()) {
            socket.endOutput();
            next(Step.END, nowMs + END_MS, Epoll.EPOLLIN);
        }
    }

    /** To close with octets unread would reset the connection, and could take the answer from the client. */
    private void discard() {
        if (read(received) == END) {
            close();
        }
    }

    /** How many octets came; {@link #END} when no more will. */
    private int read(UnsafeBuffer place) {
        int count = socket.receive(place, 0);
        if (count < 0 && count != -EAGAIN) {
            throw new ErrnoException("recv", "a client", -count);
        }
        return count == 0 ? END : Math.max(0, count);
    }

    private void next(Step now, long due, int interest) {
        step = now;
        dueMs = due;
        await(interest);
    }

    /** Without interest nothing is told, not even that the client has gone. */
    private void await(int events) {
        if (isAwaited) {
            epoll.remove(socket.fd());
        }
        isAwaited = events != 0;
        if (isAwaited) {
            epoll.add(socket.fd(), events);
        }
    }

    /** Ends what takes too long; who waits for values is told so. */
    void tick(long nowMs) {
        if (nowMs < dueMs) {
            return;
        }
        if (step == Step.VALUES) {
            refuse(UNAVAILABLE, nowMs);
        } else {
            close();
        }
    }

    boolean isOver() {
        return isOver;
    }

    /** Ends the connection; further calls do nothing. */
    void close() {
        isOver = true;
        socket.close();
    }
}
