package net.twinpath.tests.lifecycle;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of HTTP that asks for metrics, one connection for each time; works where its caller's sockets are. */
final class Scraper {
    private static final int LIMIT_MS = (int) Duration.ofSeconds(20).toMillis();

    private final InetSocketAddress address;

    Scraper(String host, int port) {
        address = new InetSocketAddress(host, port);
    }

    /** The text of OpenMetrics. */
    String openMetrics() throws IOException {
        return body("Accept: application/openmetrics-text; version=1.0.0\r\n");
    }

    /** The text for those who ask for nothing else. */
    String text() throws IOException {
        return body("");
    }

    /** @throws IOException when the connection is refused, reset or closed too soon, or the answer is not 200 and whole */
    private String body(String fields) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(LIMIT_MS);
            socket.connect(address, LIMIT_MS);
            socket.getOutputStream()
                    .write(("GET /metrics HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            if (!answer.startsWith("HTTP/1.1 200 OK\r\n") || end < 0) {
                throw new IOException("no metrics: " + answer);
            }
            String body = answer.substring(end + 4);
            if (!answer.contains("\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n")) {
                throw new IOException("not whole: " + answer);
            }
            return body;
        }
    }
}
