package net.twinpath.daemon.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger("metrics");
    private static final int UNAVAILABLE = 503;
    private static final Pattern EMPTY_LINE = Pattern.compile("\r?\n\r?\n");

    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocate(MAX_HEAD_BYTES);
    private @Nullable SelectionKey key;
    private @Nullable ScrapeRequest request;
    private ByteBuffer answer = ByteBuffer.allocate(0);
    private Step step = Step.REQUEST;
    private long dueMs;

    private enum Step {
        REQUEST,
        VALUES,
        ANSWER,
        END
    }

    /** @param nowMs time, never going back */
    Scrape(SocketChannel channel, long nowMs) {
        this.channel = channel;
        this.dueMs = nowMs + REQUEST_MS;
    }

    /** Learns of its place among what is waited for. */
    void registered(SelectionKey now) {
        key = now;
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
    void proceed(long nowMs) throws IOException {
        switch (step) {
            case REQUEST -> receive(nowMs);
            case ANSWER -> send(nowMs);
            case VALUES -> {}
            case END -> discard();
        }
    }

    private void receive(long nowMs) throws IOException {
        int count = channel.read(received);
        String head = headUpToEmptyLine();
        if (!head.isEmpty()) {
            request = ScrapeRequest.parse(head);
            if (request.status() == ScrapeRequest.OK) {
                next(Step.VALUES, nowMs + VALUES_MS, 0);
            } else {
                refuse(request.status(), nowMs);
            }
        } else if (count < 0) {
            close();
        } else if (!received.hasRemaining()) {
            refuse(ScrapeRequest.HEAD_TOO_LARGE, nowMs);
        }
    }

    /** Empty when it has not come yet; a client may begin with an empty line (RFC 9112 section 2.2). */
    private String headUpToEmptyLine() {
        String text = new String(received.array(), 0, received.position(), StandardCharsets.ISO_8859_1).stripLeading();
        Matcher end = EMPTY_LINE.matcher(text);
        return end.find() ? text.substring(0, end.start()) : "";
    }

    /** Answers with the values. */
    void answer(MetricSnapshots values, long nowMs) throws IOException {
        String accept = request == null ? "" : request.accept();
        MetricsText text = MetricsText.acceptedBy(accept);
        answer(ScrapeRequest.OK, text.contentType(), text.of(values), nowMs);
    }

    private void refuse(int status, long nowMs) throws IOException {
        byte[] body = (reason(status) + "; GET or HEAD /metrics is what is answered here\n")
                .getBytes(StandardCharsets.US_ASCII);
        answer(status, "text/plain; charset=utf-8", body, nowMs);
    }

    private void answer(int status, String contentType, byte[] body, long nowMs) throws IOException {
        boolean isHead = request != null && request.isHead();
        String head = "HTTP/1.1 " + status + " " + reason(status) + "\r\n"
                + (status == ScrapeRequest.METHOD_NOT_ALLOWED ? "Allow: GET, HEAD\r\n" : "")
                + "Content-Type: " + contentType + "\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Connection: close\r\n\r\n";
        byte[] octets = head.getBytes(StandardCharsets.US_ASCII);
        answer = ByteBuffer.allocate(octets.length + body.length)
                .put(octets)
                .put(isHead ? new byte[0] : body)
                .flip();
        next(Step.ANSWER, nowMs + ANSWER_MS, SelectionKey.OP_WRITE);
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

    private void send(long nowMs) throws IOException {
        channel.write(answer);
        if (!answer.hasRemaining()) {
            channel.shutdownOutput();
            next(Step.END, nowMs + END_MS, SelectionKey.OP_READ);
        }
    }

    /** To close with octets unread would reset the connection, and could take the answer from the client. */
    private void discard() throws IOException {
        received.clear();
        if (channel.read(received) < 0) {
            close();
        }
    }

    private void next(Step now, long due, int interest) {
        step = now;
        dueMs = due;
        if (key != null) {
            key.interestOps(interest);
        }
    }

    /** Ends what takes too long; who waits for values is told so. */
    void tick(long nowMs) throws IOException {
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
        return !channel.isOpen();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closed all the same", e);
        }
    }
}
